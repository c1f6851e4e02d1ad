import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { NewBucket } from '../../../../local/s3/index.ts';
import type { ObjectStore } from '../../../../local/s3/object-store.ts';
import { ServiceError } from '../../../../local/service.ts';
import { FakeAccess } from '../../../support/fake-object-store.ts';
import { base64, direct, MINUTE, partitioned, refusal, rig, roleArn, type Rig } from '../../firehose/rig.ts';
import { keyArn as kmsArn, keyId, kms } from '../../kms/rig.ts';
import { bucketNamed, lakeWith, operator } from '../../s3/lake.ts';
import { kmsKeyArn as bucketKeyArn, withS3 } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';

const api = (page: string): string => `https://docs.aws.amazon.com/firehose/latest/APIReference/API_${page}.html`;
const errorCodes = 'https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html#monitoring-s3-errors';

const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/of-the-delivery';
const under = (AWSKMSKeyARN: string) => ({ EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN } } });
const none = { EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' } };
const backup = (more: object) => ({
  S3BackupMode: 'Enabled',
  S3BackupConfiguration: { BucketARN: 'arn:aws:s3:::raw', RoleARN: roleArn, ...more },
});

interface World extends Rig {
  readonly access: FakeAccess;
  /** Puts one record, and waits until every buffer has gone out. */
  readonly deliver: (text?: string) => Promise<void>;
  /** What HeadObject says of the one object of a bucket: algorithm and key. */
  readonly head: (bucket: string) => Promise<readonly (string | undefined)[]>;
}

/** A delivery by direct puts into two real buckets: `lake`, as `settings` say, and `raw`, under its own key by default. */
async function delivering(settings: Partial<NewBucket>, act: (world: World) => Promise<void>): Promise<void> {
  const access = new FakeAccess();
  await withS3(
    settings,
    async ({ s3, client }) => {
      s3.createBucket(bucketNamed('raw', { kmsKeyArn: bucketKeyArn }));
      const world = rig({ store: s3 });
      const deliver = async (text = 'a') => {
        await world.call('PutRecord', { Record: { Data: base64(text) } });
        await world.clock.advance(6 * MINUTE);
      };
      const head = (bucket: string) => headOf(client, bucket, s3.listObjects(operator, bucket, '')[0]?.key);
      await act({ ...world, access, deliver, head });
    },
    { access },
  );
}

async function headOf(client: S3Client, Bucket: string, Key: string | undefined) {
  const { ServerSideEncryption, SSEKMSKeyId } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  return [ServerSideEncryption, SSEKMSKeyId];
}

/** The code in the log where S3 may not use the key. */
async function codeFor(refusal: (access: FakeAccess) => void): Promise<unknown> {
  let code: unknown;
  await delivering({}, async ({ access, create, deliver, lines }) => {
    const delivery = create(under(keyArn), direct);
    refusal(access);
    await deliver();
    expect(delivery.undelivered).toBe(1);
    code = (JSON.parse(lines[0]?.message ?? '{}') as Record<string, unknown>).errorCode;
  });
  return code;
}

/** What KMS answers whoever uses the key. */
const answering = (code: string) => (access: FakeAccess) => {
  access.deny((action) => {
    if (action === 'kms:GenerateDataKey') throw new ServiceError(code, 'no');
    return false;
  });
};

/** Under which key objects lie. */
export const firehoseEncrypting: FactTable = {
  service: 'Data Firehose',
  facts: [
    {
      says: 'with KMSEncryptionConfig an object is put with aws:kms and the key, whatever the bucket’s default: HeadObject and DescribeDeliveryStream tell',
      basis: 'documented',
      source: api('KMSEncryptionConfig'),
      holds: () =>
        delivering({ kmsKeyArn: bucketKeyArn }, async ({ access, create, deliver, head, call }) => {
          create(under(keyArn), direct);
          await deliver();
          expect(await head('lake')).toEqual(['aws:kms', keyArn]);
          const put = access.asked.find((each) => each.startsWith('s3:PutObject '));
          expect(put).toContain('s3:x-amz-server-side-encryption=aws:kms');
          expect(put).toContain(`s3:x-amz-server-side-encryption-aws-kms-key-id=${keyArn}`);
          expect((await call('DescribeDeliveryStream')).DeliveryStreamDescription).toMatchObject({
            Destinations: [{ ExtendedS3DestinationDescription: under(keyArn) }],
          });
        }),
    },
    {
      says: 'S3 asks for kms:GenerateDataKey in the name of the delivery’s role, and says for which object',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3',
      holds: () =>
        delivering({}, async ({ access, create, deliver }) => {
          create(under(keyArn), direct);
          await deliver();
          const use = access.asked.find((each) => each.startsWith(`kms:GenerateDataKey ${keyArn}`));
          expect(use).toContain('kms:ViaService=s3.us-east-1.amazonaws.com');
          expect(use).toContain('kms:EncryptionContext:aws:s3:arn=arn:aws:s3:::lake/data/');
        }),
    },
    {
      says: 'NoEncryption asks S3 for nothing: the object has the bucket’s default encryption',
      basis: 'undecided',
      source: api('EncryptionConfiguration'),
      holds: () =>
        delivering({ kmsKeyArn: bucketKeyArn }, async ({ create, deliver, head }) => {
          create(none, direct);
          await deliver();
          expect(await head('lake')).toEqual(['aws:kms', bucketKeyArn]);
        }),
    },
    {
      says: 'source record backup has an encryption of its own',
      basis: 'documented',
      source: api('S3DestinationConfiguration'),
      holds: async () => {
        await delivering({}, async ({ create, deliver, head }) => {
          create(backup(under(keyArn)), direct);
          await deliver();
          expect([await head('lake'), await head('raw')]).toEqual([
            ['AES256', undefined],
            ['aws:kms', keyArn],
          ]);
        });
        await delivering({}, async ({ create, deliver, head }) => {
          create({ ...under(keyArn), ...backup({}) }, direct);
          await deliver();
          expect([await head('lake'), await head('raw')]).toEqual([
            ['aws:kms', keyArn],
            ['aws:kms', bucketKeyArn],
          ]);
        });
      },
    },
    {
      says: 'what goes to the error prefix is encrypted as the destination’s objects are',
      basis: 'undecided',
      source: api('ExtendedS3DestinationConfiguration'),
      holds: () =>
        delivering({}, async ({ create, deliver, head }) => {
          create({ ...partitioned(), ...under(keyArn) }, direct);
          await deliver('{}');
          expect(await head('lake')).toEqual(['aws:kms', keyArn]);
        }),
    },
    {
      says: 'an update to NoEncryptionConfig takes the key away, of the backup too',
      basis: 'documented',
      source: api('EncryptionConfiguration'),
      holds: () =>
        delivering({}, async ({ create, deliver, head, call }) => {
          create({ ...under(keyArn), ...backup(under(keyArn)) }, direct);
          await call('UpdateDestination', {
            CurrentDeliveryStreamVersionId: '1',
            DestinationId: 'destinationId-000000000001',
            ExtendedS3DestinationUpdate: { ...none, S3BackupUpdate: none },
          });
          await deliver();
          expect([await head('lake'), await head('raw')]).toEqual([
            ['AES256', undefined],
            ['aws:kms', bucketKeyArn],
          ]);
        }),
    },
    {
      says: 'a key that the role may not use is told as S3.AccessDenied, one that is not there as S3.KMS.NotFoundException, its rate as S3.KMS.RequestLimitExceeded',
      basis: 'documented',
      source: errorCodes,
      holds: async () => {
        const denied = (access: FakeAccess) => {
          access.deny((action) => action === 'kms:GenerateDataKey');
        };
        expect(await codeFor(denied)).toBe('S3.AccessDenied');
        expect(await codeFor(answering('NotFoundException'))).toBe('S3.KMS.NotFoundException');
        expect(await codeFor(answering('ThrottlingException'))).toBe('S3.KMS.RequestLimitExceeded');
      },
    },
    {
      says: 'a disabled key is told in the same way, as S3.KMS.DisabledException, which no page lists',
      basis: 'undecided',
      source: errorCodes,
      holds: async () => {
        expect(await codeFor(answering('DisabledException'))).toBe('S3.KMS.DisabledException');
      },
    },
    {
      says: 'KMSEncryptionConfig takes the ARN of an alias too: the object lies under its key',
      basis: 'documented',
      source: api('KMSEncryptionConfig'),
      holds: async () => {
        const { operator: user, service, iam } = kms();
        service.createAlias('alias/of-the-delivery', keyId());
        const { s3, remove } = lakeWith({}, { access: iam, keys: service });
        const { create, call, clock } = rig({
          store: { putObject: (_role, ...put) => s3.putObject(user, ...put) } as ObjectStore,
        });
        create(under('arn:aws:kms:us-east-1:123456789012:alias/of-the-delivery'), direct);
        await call('PutRecord', { Record: { Data: base64('a') } });
        await clock.advance(6 * MINUTE);
        expect(s3.listObjects(user, 'lake', '').map(({ encryption }) => encryption?.kmsKeyArn)).toEqual([kmsArn()]);
        s3.close();
        remove();
      },
    },
    {
      says: 'a put into a delivery whose key is disabled, or is not there, is InvalidKMSResourceException',
      basis: 'documented',
      source: `${api('PutRecord')}#API_PutRecord_Errors`,
      holds: async () => {
        const { call: onKey, service } = kms();
        const { create, call } = rig({ keys: service });
        const encrypted = (KeyARN: string) => ({
          ...direct,
          DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN },
        });
        const put = () => call('PutRecord', { Record: { Data: base64('a') } });
        create({}, encrypted(kmsArn()));
        await put();
        await onKey('DisableKey');
        expect(await refusal(put())).toMatchObject({ code: 'InvalidKMSResourceException' });
        create({}, encrypted(kmsArn(7)));
        expect(await refusal(put())).toMatchObject({ code: 'InvalidKMSResourceException' });
      },
    },
  ],
};
