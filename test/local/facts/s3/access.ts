import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ACCOUNT } from '../../iam/account.ts';
import { keyArn, keyId, kms } from '../../kms/rig.ts';
import { Bucket, kmsKeyArn, refusal, withS3, type Rig } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, recorded } from './sources.ts';

const Key = 'k';
const ACTIONS = guide('amazon-s3-policy-keys');
const KMS = guide('UsingKMSEncryption');
const bucketArn = 'arn:aws:s3:::lake';
const objects = `${bucketArn}/*`;
const allow = (Action: string | string[], Resource: string | string[] = objects, Condition?: object) => ({
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const put = (client: S3Client, rest: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...rest }));
const denied = { code: 'AccessDenied', status: 403 };

/** A lake beside a KMS of one key. */
async function withKeys(act: (world: Rig & Omit<ReturnType<typeof kms>, 'clock' | 'iam' | 'operator'>) => Promise<void>) {
  const keys = kms();
  await withS3({}, (rig) => act({ ...keys, ...rig }), { access: keys.iam, keys: keys.service });
}

/** Who may do what: actions, condition keys and encryption. */
export const s3Access: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'a read of a version asks for s3:GetObjectVersion, and s3:GetObject does not do',
      basis: 'documented',
      source: ACTIONS,
      holds: () =>
        withS3({ versioned: true }, async ({ client, clientFor }) => {
          const { VersionId } = await put(client);
          const reader = clientFor(allow('s3:GetObject'));
          await reader.send(new GetObjectCommand({ Bucket, Key }));
          expect(await refusal(reader.send(new GetObjectCommand({ Bucket, Key, VersionId })))).toMatchObject(denied);
        }),
    },
    {
      says: 'a missing key is 404 for who may list the bucket and 403 for who may not',
      basis: 'documented',
      source: api('GetObject'),
      holds: async () => {
        await withS3({}, async ({ clientFor }) => {
          const reader = clientFor(allow('s3:GetObject'), allow('s3:ListBucket', bucketArn));
          expect(await refusal(reader.send(new GetObjectCommand({ Bucket, Key })))).toMatchObject({
            code: 'NoSuchKey',
            status: 404,
          });
        });
        await withS3({}, async ({ clientFor }) => {
          expect(await refusal(clientFor(allow('s3:GetObject')).send(new GetObjectCommand({ Bucket, Key })))).toMatchObject(
            denied,
          );
        });
      },
    },
    {
      says: 'a put with x-amz-tagging asks for s3:PutObjectTagging too, and its tags are condition keys',
      basis: 'documented',
      source: api('PutObject'),
      holds: () =>
        withS3({}, async ({ clientFor }) => {
          const tagged = { StringEquals: { 's3:RequestObjectTag/class': 'open' } };
          const writer = clientFor(allow('s3:PutObject'), allow('s3:PutObjectTagging', objects, tagged));
          await put(writer, { Tagging: 'class=open' });
          expect(await refusal(put(writer, { Tagging: 'class=closed' }))).toMatchObject(denied);
        }),
    },
    {
      says: 's3:ExistingObjectTag lets a policy admit reads by the tags of the object',
      basis: 'documented',
      source: guide('tagging-and-policies'),
      holds: () =>
        withS3({}, async ({ client, clientFor }) => {
          await put(client, { Tagging: 'class=open' });
          await put(client, { Key: 'closed', Tagging: 'class=closed' });
          const open = { StringEquals: { 's3:ExistingObjectTag/class': 'open' } };
          const reader = clientFor(allow('s3:GetObject', objects, open));
          await reader.send(new GetObjectCommand({ Bucket, Key }));
          expect(await refusal(reader.send(new GetObjectCommand({ Bucket, Key: 'closed' })))).toMatchObject(denied);
        }),
    },
    {
      says: 'listings of versions ask for s3:ListBucketVersions; s3:prefix and s3:max-keys are condition keys of listings',
      basis: 'documented',
      source: ACTIONS,
      holds: () =>
        withS3({}, async ({ clientFor }) => {
          const within = { StringEquals: { 's3:prefix': 'hot/' }, NumericLessThanEquals: { 's3:max-keys': '10' } };
          const lister = clientFor(allow('s3:ListBucket', bucketArn, within));
          const list = (Prefix: string, MaxKeys?: number) => lister.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys }));
          await list('hot/', 10);
          expect(await refusal(list('hot/', 11))).toMatchObject(denied);
          expect(await refusal(list('cold/', 10))).toMatchObject(denied);
          expect(await refusal(list('hot/'))).toMatchObject(denied);
          expect(await refusal(lister.send(new ListObjectVersionsCommand({ Bucket })))).toMatchObject(denied);
        }),
    },
    {
      says: 'a header that a put does not send is no condition key: the bucket’s default encryption does not make one',
      basis: 'documented',
      source: KMS,
      holds: () =>
        withS3({ kmsKeyArn }, async ({ clientFor }) => {
          const encrypted = { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } };
          const writer = clientFor(allow('s3:PutObject', objects, encrypted), allow('kms:GenerateDataKey', kmsKeyArn));
          expect(await refusal(put(writer))).toMatchObject(denied);
          await put(writer, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyArn });
        }),
    },
    {
      says: 'with a bucket key the encryption context is the bucket’s ARN, without one the object’s',
      basis: 'documented',
      source: guide('bucket-key'),
      holds: async () => {
        for (const [bucketKeyEnabled, context] of [
          [true, bucketArn],
          [false, `${bucketArn}/${Key}`],
        ] as const) {
          await withS3({ kmsKeyArn, bucketKeyEnabled }, async ({ clientFor }) => {
            const within = { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': context } };
            const writer = clientFor(allow('s3:PutObject'), allow('kms:GenerateDataKey', kmsKeyArn, within));
            expect((await put(writer)).BucketKeyEnabled).toBe(bucketKeyEnabled ? true : undefined);
          });
        }
      },
    },
    {
      says: 'a put that names aws:kms and no key is under AWS’s own key, whatever key is the bucket’s default',
      basis: 'documented',
      source: api('PutObject'),
      holds: () =>
        withS3({ kmsKeyArn }, async ({ client }) => {
          expect((await put(client)).SSEKMSKeyId).toBe(kmsKeyArn);
          const { ServerSideEncryption, SSEKMSKeyId } = await put(client, { ServerSideEncryption: 'aws:kms' });
          expect([ServerSideEncryption, SSEKMSKeyId]).toEqual(['aws:kms', undefined]);
        }),
    },
    {
      says: 'HeadObject of an object under a KMS key needs no kms:Decrypt; GetObject does',
      basis: 'undecided',
      source: api('HeadObject'),
      holds: () =>
        withS3({ kmsKeyArn }, async ({ client, clientFor }) => {
          await put(client);
          const reader = clientFor(allow('s3:GetObject'));
          await reader.send(new HeadObjectCommand({ Bucket, Key }));
          expect(await refusal(reader.send(new GetObjectCommand({ Bucket, Key })))).toMatchObject(denied);
        }),
    },
    {
      says: 'a copy of a tagged object asks for s3:GetObjectTagging and s3:PutObjectTagging too',
      basis: 'undecided',
      source: api('CopyObject'),
      holds: () =>
        withS3({}, async ({ client, clientFor }) => {
          await put(client, { Tagging: 'a=b' });
          const copier = clientFor(allow(['s3:GetObject', 's3:PutObject']));
          const copy = (rest: object) =>
            copier.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `lake/${Key}`, ...rest }));
          expect(await refusal(copy({}))).toMatchObject(denied);
          await copy({ TaggingDirective: 'REPLACE' });
        }),
    },
    {
      says: 's3:ObjectCreationOperation is true of PutObject and false of CreateMultipartUpload, so that a policy can ask the one alone for If-None-Match',
      basis: 'documented',
      source: guide('conditional-writes-enforce'),
      holds: () =>
        withS3({}, async ({ clientFor }) => {
          const conditional = { Null: { 's3:if-none-match': 'false' } };
          const begins = { Bool: { 's3:ObjectCreationOperation': 'false' } };
          const writer = clientFor(allow('s3:PutObject', objects, conditional), allow('s3:PutObject', objects, begins));
          await put(writer, { IfNoneMatch: '*' });
          expect(await refusal(put(writer, { Key: 'other' }))).toMatchObject(denied);
          await writer.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        }),
    },
    {
      says: 'a put with If-Match asks for s3:GetObject too',
      basis: 'undecided',
      source: guide('conditional-writes'),
      holds: () =>
        withS3({}, async ({ client, clientFor }) => {
          const { ETag: IfMatch } = await put(client);
          expect(await refusal(put(clientFor(allow('s3:PutObject')), { IfMatch }))).toMatchObject(denied);
          await put(client, { IfMatch });
        }),
    },
    {
      says: 'parts of an upload under a KMS key ask for kms:Decrypt, its beginning for kms:GenerateDataKey',
      basis: 'documented',
      source: api('CreateMultipartUpload'),
      holds: () =>
        withS3({ kmsKeyArn }, async ({ clientFor }) => {
          const writer = clientFor(allow('s3:PutObject'), allow('kms:GenerateDataKey', kmsKeyArn));
          const { UploadId } = await writer.send(new CreateMultipartUploadCommand({ Bucket, Key }));
          const part = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'x' });
          expect(await refusal(writer.send(part))).toMatchObject(denied);
        }),
    },
    {
      says: 'a put names its KMS key by id, ARN, alias or the alias’s ARN: answer, HeadObject and policies have the key’s ARN',
      basis: 'documented',
      source: api('PutObject'),
      holds: () =>
        withKeys(async ({ client, service, s3, user }) => {
          service.createAlias('alias/lake', keyId());
          for (const SSEKMSKeyId of [keyId(), keyArn(), 'alias/lake', `arn:aws:kms:us-east-1:${ACCOUNT}:alias/lake`]) {
            const sent = await put(client, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId });
            expect(sent.SSEKMSKeyId).toBe(keyArn());
            expect((await client.send(new HeadObjectCommand({ Bucket, Key }))).SSEKMSKeyId).toBe(keyArn());
          }
          const named = { StringEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn() } };
          const writer = user('writer', ['kms:GenerateDataKey'], {
            allows: [allow('s3:PutObject', objects, named), allow('kms:GenerateDataKey', keyArn())],
          });
          const sse = { algorithm: 'aws:kms', keyId: 'alias/lake' } as const;
          expect(s3.put(writer, Bucket, Key, Buffer.of(), { sse }).encryption?.kmsKeyArn).toBe(keyArn());
        }),
    },
    {
      says: 'a key that is not there is KMS.NotFoundException, and one on its way out KMS.KMSInvalidStateException, each with status 400',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withKeys(async ({ call, client }) => {
          const under = (SSEKMSKeyId: string) => refusal(put(client, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId }));
          const code = 'KMS.NotFoundException';
          expect(await under(keyId(7))).toEqual({ code, status: 400, message: `Key '${keyArn(7)}' does not exist` });
          expect(await under('fake-key-id')).toEqual({ code, status: 400, message: "Invalid keyId 'fake-key-id'" });
          expect(await under('alias/none')).toMatchObject({ code, status: 400 });
          expect(await under(keyArn().replace('us-east-1', 'us-west-2'))).toMatchObject({
            code,
            message: 'Invalid arn us-west-2',
          });
          await put(client, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyId() });
          await call('ScheduleKeyDeletion');
          expect(await refusal(client.send(new GetObjectCommand({ Bucket, Key })))).toEqual({
            code: 'KMS.KMSInvalidStateException',
            status: 400,
            message: `${keyArn()} is pending deletion.`,
          });
        }),
    },
    {
      says: 'an upload with a key of the client’s own (SSE-C) is AccessDenied, since April 2026 also in a bucket that says nothing of it; GetBucketEncryption tells',
      basis: 'documented',
      source: guide('blocking-unblocking-s3-c-encryption-gpb'),
      holds: async () => {
        const customerKey = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'x'.repeat(32) };
        for (const blockedEncryptionTypes of [undefined, ['SSE-C']]) {
          await withS3({ blockedEncryptionTypes }, async ({ client }) => {
            const { message, ...refused } = await refusal(put(client, customerKey));
            expect(refused).toEqual(denied);
            expect(message).toContain('because this bucket has blocked upload requests that specify Server Side Encryption');
            const upload = new CreateMultipartUploadCommand({ Bucket, Key, ...customerKey });
            expect(await refusal(client.send(upload))).toMatchObject(denied);
            const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
            expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.BlockedEncryptionTypes).toEqual({ EncryptionType: ['SSE-C'] });
          });
        }
      },
    },
    {
      says: 'a read with a customer’s key of an object that has none is an InvalidRequest',
      basis: 'observed',
      source: 'https://github.com/boto/boto3/issues/982',
      holds: () =>
        withS3({}, async ({ client }) => {
          await put(client);
          const read = new GetObjectCommand({ Bucket, Key, SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'x'.repeat(32) });
          expect(await refusal(client.send(read))).toEqual({
            code: 'InvalidRequest',
            status: 400,
            message: 'The encryption parameters are not applicable to this object.',
          });
        }),
    },
  ],
};
