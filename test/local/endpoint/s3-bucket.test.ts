import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetObjectLockConfigurationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { ServiceError } from '../../../local/service.ts';
import { refused } from '../iam/refused.ts';
import { bucketNamed, lakeWith } from '../s3/lake.ts';
import { Bucket, kmsKeyArn, refusal, withS3 } from '../s3/rig.ts';

const lifecycle = {
  Rules: [
    {
      Id: 'cold',
      Status: 'Enabled',
      Prefix: 'hot/',
      TagFilters: [{ Key: 'age', Value: 'old' }],
      ObjectSizeGreaterThan: 10,
      Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 90 }],
      ExpirationInDays: 365,
    },
    {
      Id: 'tidy',
      Status: 'Disabled',
      NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 3, NewerNoncurrentVersions: 2 }],
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    },
  ],
};

test('lifecycle rules read as the API words them, disabled ones too', async () => {
  await withS3({ lifecycle }, async ({ client }) => {
    const { Rules, TransitionDefaultMinimumObjectSize } = await client.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket }),
    );
    expect(TransitionDefaultMinimumObjectSize).toBe('all_storage_classes_128K');
    expect(Rules).toEqual([
      {
        ID: 'cold',
        Status: 'Enabled',
        Filter: { And: { Prefix: 'hot/', Tags: [{ Key: 'age', Value: 'old' }], ObjectSizeGreaterThan: 10 } },
        Transitions: [{ Days: 90, StorageClass: 'GLACIER' }],
        Expiration: { Days: 365 },
      },
      {
        ID: 'tidy',
        Status: 'Disabled',
        Filter: { Prefix: '' },
        NoncurrentVersionTransitions: [{ NoncurrentDays: 3, StorageClass: 'GLACIER_IR', NewerNoncurrentVersions: 2 }],
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ]);
  });
});

test('what a template sets can be read', async () => {
  const configuration = {
    Tags: [{ Key: 'DataClass', Value: 'internal' }],
    LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'lake/' },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: 'true' } },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: '7' } } },
  };
  await withS3({ versioned: true, kmsKeyArn, bucketKeyEnabled: true, configuration }, async ({ client, s3 }) => {
    const policy = { Version: '2012-10-17', Statement: [] };
    s3.attachPolicy(Bucket, policy);
    expect((await client.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(configuration.Tags);
    expect((await client.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toEqual({
      TargetBucket: 'logs',
      TargetPrefix: 'lake/',
    });
    const notification = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(notification.EventBridgeConfiguration).toEqual({});
    const ownership = await client.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect(ownership.OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    const lock = await client.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect(lock.ObjectLockConfiguration?.Rule).toEqual({ DefaultRetention: { Mode: 'COMPLIANCE', Days: 7 } });
    const encryption = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toEqual([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKeyArn },
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        BucketKeyEnabled: true,
      },
    ]);
    expect(JSON.parse((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? '')).toEqual(policy);
  });
});

test.each([
  ['a property it does not know', { WebsiteConfiguration: {} }],
  [
    'two rules of ownership',
    { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }, { ObjectOwnership: 'ObjectWriter' }] } },
  ],
  [
    'days and years of one retention',
    {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1, Years: 1 } } },
    },
  ],
])('fails on %s', (_name, configuration) => {
  const lake = lakeWith();
  const act = () => {
    lake.s3.createBucket(bucketNamed('other', { configuration }));
  };
  expect(refused(act)).toMatchObject({ code: 'MalformedXML' });
  lake.remove();
});

test('the state of a key is told by the code of KMS, a refusal by that of S3', async () => {
  const code = { now: 'DisabledException' };
  const access = {
    check: (_caller: object, action: string) => {
      if (action.startsWith('kms:')) throw new ServiceError(code.now, `${kmsKeyArn} is disabled.`);
    },
  };
  await withS3(
    { kmsKeyArn },
    async ({ client }) => {
      const put = () => client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
      expect(await refusal(put())).toMatchObject({ code: 'KMS.DisabledException', status: 400 });
      code.now = 'AccessDeniedException';
      expect(await refusal(put())).toMatchObject({ code: 'AccessDenied', status: 403 });
    },
    { access },
  );
});
