import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { InvalidProps } from '../../../constructs/invalid-props.ts';
import { AuditTrail, type AuditTrailProps } from '../../../constructs/security/index.ts';
import { OBJECT_ACTIONS } from '../../../constructs/storage/object-actions.ts';
import { policyStatements, readable, statementsOf, synth, theResource } from '../../support/synth.ts';

const TRAIL = 'arn:${AWS::Partition}:cloudtrail:eu-west-1:111122223333:trail/headwaters-test-audit';
const AUDITORS = 'arn:${AWS::Partition}:iam::111122223333:role/headwaters/test/auditor/*';

const audit = (stack: Stack, rest: Partial<AuditTrailProps> = {}): AuditTrail => {
  const bucket = (name: string) => s3.Bucket.fromBucketName(stack, name, name);
  return new AuditTrail(stack, 'Audit', {
    environment: 'test',
    buckets: [bucket('raw'), bucket('clean')],
    accessLogs: bucket('logs'),
    lock: s3.ObjectLockRetention.governance(Duration.days(30)),
    retention: Duration.days(365),
    removalPolicy: RemovalPolicy.RETAIN,
    ...rest,
  });
};
const template = synth((stack) => {
  audit(stack);
});
const trailOf = (from = template) => theResource(from, 'AWS::CloudTrail::Trail');
const bucketOf = (from = template) => theResource(from, 'AWS::S3::Bucket');
const objects = (...startsWith: readonly string[]) => [
  { Field: 'eventCategory', Equals: ['Data'] },
  { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
  { Field: 'resources.ARN', StartsWith: startsWith },
];

test('records each event on objects, readings of the records, and what is managed in any region', () => {
  expect(readable(trailOf().Properties)).toEqual({
    TrailName: 'headwaters-test-audit',
    IsLogging: true,
    S3BucketName: '${AuditRecordsBucket}',
    KMSKeyId: '${AuditRecordsKey.Arn}',
    EnableLogFileValidation: true,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    AdvancedEventSelectors: [
      {
        Name: 'Objects of the lake',
        FieldSelectors: objects('arn:${AWS::Partition}:s3:::raw/', 'arn:${AWS::Partition}:s3:::clean/'),
      },
      {
        Name: 'Readings of the records',
        FieldSelectors: [...objects('${AuditRecordsBucket.Arn}/'), { Field: 'readOnly', Equals: ['true'] }],
      },
      { Name: 'Management', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
    ],
  });
});

test('hears of every region where copies stand in another', () => {
  const { Properties } = trailOf(
    synth((stack) => {
      audit(stack, { managementEvents: false, copies: [s3.Bucket.fromBucketName(stack, 'copy', 'copy')] });
    }),
  );
  const { IsMultiRegionTrail, IncludeGlobalServiceEvents, AdvancedEventSelectors } = readable(Properties) as Record<
    string,
    unknown
  >;
  expect([IsMultiRegionTrail, IncludeGlobalServiceEvents]).toEqual([true, false]);
  expect((AdvancedEventSelectors as { FieldSelectors: unknown }[])[0]?.FieldSelectors).toEqual(
    objects(...['raw', 'clean', 'copy'].map((name) => `arn:\${AWS::Partition}:s3:::${name}/`)),
  );
});

test('leaves what is managed to another trail where it is told to', () => {
  const { Properties } = trailOf(
    synth((stack) => {
      audit(stack, { managementEvents: false });
    }),
  );
  expect(Properties).toMatchObject({ IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false });
  expect((Properties.AdvancedEventSelectors as { Name: string }[]).map(({ Name }) => Name)).toEqual([
    'Objects of the lake',
    'Readings of the records',
  ]);
});

test('makes the trail after the policy of the bucket that it writes to', () => {
  expect(trailOf().DependsOn).toEqual([theResource(template, 'AWS::S3::BucketPolicy').id]);
});

test.each([
  ['GOVERNANCE', s3.ObjectLockRetention.governance(Duration.days(30))],
  ['COMPLIANCE', s3.ObjectLockRetention.compliance(Duration.days(30))],
])('locks each record in the mode that is asked for, %s, and lets it expire later', (Mode, lock) => {
  const { Properties, DeletionPolicy } = bucketOf(
    synth((stack) => {
      audit(stack, { lock });
    }),
  );
  expect(Properties).toMatchObject({
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days: 30 } } },
    LifecycleConfiguration: { Rules: [{ Id: 'leftovers' }, { Id: 'records', ExpirationInDays: 365, Status: 'Enabled' }] },
    VersioningConfiguration: { Status: 'Enabled' },
    LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'audit/' },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: false },
      ],
    },
  });
  expect(DeletionPolicy).toBe('Retain');
});

test.each([
  [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'Retain'],
  [RemovalPolicy.DESTROY, 'Delete'],
])('what is locked cannot be rolled back: under %s the bucket, its policy and its key are %s', (removalPolicy, expected) => {
  const kept = synth((stack) => {
    audit(stack, { removalPolicy });
  });
  const policies = ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key'].map(
    (type) => theResource(kept, type).DeletionPolicy,
  );
  expect(new Set(policies)).toEqual(new Set([expected]));
});

test('the bucket is written by the trail, read by auditors, unlocked and emptied by nobody, and reached over TLS alone', () => {
  const statements = statementsOf(theResource(template, 'AWS::S3::BucketPolicy').Properties.PolicyDocument);
  const [insecure, oldTls, ...own] = statements;
  expect([insecure, oldTls].map((statement) => [statement?.Effect, statement?.Action, statement?.Condition])).toEqual([
    ['Deny', 's3:*', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['Deny', 's3:*', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
  ]);
  const deny = (Sid: string, Action: string | string[], Condition?: object) => ({
    Sid,
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action,
    Resource: '${AuditRecordsBucket.Arn}/*',
    ...(Condition === undefined ? {} : { Condition }),
  });
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  expect(own).toEqual([
    {
      Sid: 'FindBucketByTrail',
      Effect: 'Allow',
      Principal,
      Action: 's3:GetBucketAcl',
      Resource: '${AuditRecordsBucket.Arn}',
      Condition: { StringEquals: { 'aws:SourceArn': TRAIL } },
    },
    {
      Sid: 'WriteByTrail',
      Effect: 'Allow',
      Principal,
      Action: 's3:PutObject',
      Resource: '${AuditRecordsBucket.Arn}/AWSLogs/111122223333/*',
      Condition: { StringEquals: { 'aws:SourceArn': TRAIL, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    deny('WrittenByServicesAlone', [...OBJECT_ACTIONS.write], { Bool: { 'aws:PrincipalIsAWSService': 'false' } }),
    deny('ReadByAuditorsAlone', [...OBJECT_ACTIONS.read], { ArnNotLike: { 'aws:PrincipalArn': AUDITORS } }),
    deny('LockedForEverybody', ['s3:BypassGovernanceRetention', 's3:DeleteObject', 's3:DeleteObjectVersion']),
  ]);
});

test('the key encrypts for the one trail, and decrypts for auditors through S3', () => {
  const [administration, ...uses] = statementsOf(theResource(template, 'AWS::KMS::Key').Properties.KeyPolicy);
  expect(administration?.Sid).toBe('AdministerWithoutUse');
  expect(uses).toEqual([
    {
      Sid: 'EncryptRecords',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: ['kms:DescribeKey', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceArn': TRAIL } },
    },
    {
      Sid: 'DecryptByAuditors',
      Effect: 'Allow',
      Principal: { AWS: 'arn:${AWS::Partition}:iam::111122223333:root' },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: {
        ArnLike: { 'aws:PrincipalArn': AUDITORS },
        StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      },
    },
  ]);
});

test('an auditor reads the records and sees the trail, and nothing else', () => {
  expect(policyStatements(template, 'Auditor')).toEqual([
    {
      Sid: 'FindRecords',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: '${AuditRecordsBucket.Arn}',
      Condition: { StringLike: { 's3:prefix': 'AWSLogs/111122223333/*' } },
    },
    { Sid: 'ReadRecords', Effect: 'Allow', Action: 's3:GetObject', Resource: '${AuditRecordsBucket.Arn}/AWSLogs/111122223333/*' },
    {
      Sid: 'DecryptRecords',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: '${AuditRecordsKey.Arn}',
      Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
    },
    {
      Sid: 'SeeTrail',
      Effect: 'Allow',
      Action: ['cloudtrail:GetEventSelectors', 'cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus'],
      Resource: TRAIL,
    },
  ]);
  expect(theResource(template, 'AWS::IAM::Role').Properties.Path).toBe('/headwaters/test/auditor/');
});

test.each([
  ['NothingWatched', { buckets: [] }, "'buckets' must hold a bucket to watch, got none; add one"],
  [
    'NotWholeDays',
    { retention: Duration.hours(36) },
    "'retention' must be whole days, at least 1, got 1.5; give Duration.days(2)",
  ],
  [
    'LockOutlivesRetention',
    { retention: Duration.days(29) },
    "'retention' must be at least the 30 days of 'lock', got 29; keep records longer, or lock them for less",
  ],
])('fails with %s', (code, rest, message) => {
  const refused = () =>
    synth((stack) => {
      audit(stack, rest);
    });
  expect(refused).toThrow(InvalidProps);
  expect(refused).toThrow(`Test/Audit: ${code}: ${message}`);
});

test('records may be locked for as long as they are kept', () => {
  const { Properties } = bucketOf(
    synth((stack) => {
      audit(stack, { retention: Duration.days(30) });
    }),
  );
  expect(Properties.LifecycleConfiguration).toMatchObject({ Rules: [{ Id: 'leftovers' }, { ExpirationInDays: 30 }] });
});

test('lets those become auditors whom it is told, and otherwise the account', () => {
  const told = synth((stack) => {
    audit(stack, { auditorAssumedBy: new iam.ArnPrincipal('arn:aws:iam::444455556666:role/revision') });
  });
  const trusted = (from = template) =>
    statementsOf(theResource(from, 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument).map(({ Principal }) => Principal);
  expect(readable(trusted())).toEqual([{ AWS: 'arn:${AWS::Partition}:iam::111122223333:root' }]);
  expect(trusted(told)).toEqual([{ AWS: 'arn:aws:iam::444455556666:role/revision' }]);
});
