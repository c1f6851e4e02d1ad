import {
  CliCredentialsStackSynthesizer,
  DefaultStackSynthesizer,
  Duration,
  RemovalPolicy,
  Stack,
  type IStackSynthesizer,
} from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { LakeStorage } from '../../../constructs/storage/index.ts';
import { OBJECT_ACTIONS } from '../../../constructs/storage/object-actions.ts';
import { LAKE_EXPORTS } from '../../../constructs/storage/lake.ts';
import { RETENTION_CLASSES } from '../../../core/storage/retention-classes.ts';
import {
  ACCOUNT,
  readable,
  REGION,
  resourcesOf,
  resourcesOfType,
  statementsOf,
  synth,
  testApp,
  theResource,
} from '../../support/synth.ts';

const template = synth((stack) => {
  new LakeStorage(stack, 'Lake', { environment: 'dev', removalPolicy: RemovalPolicy.RETAIN }).export();
});
const bucket = (zone: string) => theResource(template, 'AWS::S3::Bucket', `Lake${zone}`).Properties;
const rules = (zone: string) => (bucket(zone).LifecycleConfiguration as { Rules: { Id: string }[] }).Rules;
const bucketPolicy = (zone: string) =>
  statementsOf(theResource(template, 'AWS::S3::BucketPolicy', `Lake${zone}`).Properties.PolicyDocument);
const keyPolicy = (key: string) => statementsOf(theResource(template, 'AWS::KMS::Key', key).Properties.KeyPolicy);

const ZONES = [
  ['Raw', 'ClosedKey'],
  ['Clean', 'LakeKey'],
  ['Quarantine', 'ClosedKey'],
  ['Curated', 'LakeKey'],
  ['Mart', 'LakeKey'],
  ['Results', 'ResultsKey'],
] as const;

test('has a bucket for each zone and one for access logs, and five keys', () => {
  template.resourceCountIs('AWS::S3::Bucket', 7);
  template.resourceCountIs('AWS::KMS::Key', 5);
  template.resourceCountIs('AWS::IAM::Role', 0);
});

test.each(ZONES)('%s is private, versioned, logged, and encrypted by %s with a bucket key', (zone, key) => {
  const rest = Object.fromEntries(Object.entries(bucket(zone)).filter(([key]) => key !== 'LifecycleConfiguration'));
  expect(readable(rest)).toEqual({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: `\${Lake${key}.Arn}` },
        },
      ],
    },
    LoggingConfiguration: { DestinationBucketName: '${LakeLogs}', LogFilePrefix: `${zone.toLowerCase()}/` },
    ...(zone === 'Results' ? {} : { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } }),
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    VersioningConfiguration: { Status: 'Enabled' },
  });
});

test('what takes the access logs is encrypted by S3 itself, as log delivery demands', () => {
  expect(bucket('Logs').BucketEncryption).toEqual({
    ServerSideEncryptionConfiguration: [
      {
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      },
    ],
  });
  expect(rules('Logs')).toEqual([
    {
      Id: 'leftovers',
      Status: 'Enabled',
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      NoncurrentVersionExpiration: { NoncurrentDays: 7 },
    },
    { Id: 'access-logs', Status: 'Enabled', ExpirationInDays: 90 },
  ]);
});

/** What every bucket says: no plain HTTP, no old TLS. */
const transport = (name: string) => [
  {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:*',
    Resource: [`\${${name}.Arn}`, `\${${name}.Arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:*',
    Resource: [`\${${name}.Arn}`, `\${${name}.Arn}/*`],
    Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
  },
];
/** Everything on an object but its deletion, and giving up an upload. */
const { read, write, unlock } = OBJECT_ACTIONS;
const closed = (name: string, keys: string, actors: readonly string[]) => ({
  Sid: 'ClosedToAllOthers',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: [...read, ...write, ...unlock],
  Resource: `\${${name}.Arn}/${keys}`,
  Condition: {
    ArnNotLike: {
      'aws:PrincipalArn': actors.map((actor) => `arn:\${AWS::Partition}:iam::111122223333:role/headwaters/dev/${actor}/*`),
    },
  },
});

test.each<[string, object[]]>([
  ['Raw', [closed('LakeRawBucket', '*', ['delivery', 'replay'])]],
  ['Clean', [closed('LakeCleanBucket', '_errors/*', ['delivery', 'steward'])]],
  ['Quarantine', [closed('LakeQuarantineBucket', '*', ['quarantine-delivery', 'steward', 'replay'])]],
  ['Curated', []],
  ['Mart', []],
  ['Results', []],
])('the policy of %s is these statements and no other', (zone, statements) => {
  expect(bucketPolicy(zone)).toEqual([...transport(`Lake${zone}Bucket`), ...statements]);
});

test('the policy of the log bucket lets S3 write for this account alone', () => {
  expect(bucketPolicy('Logs')).toEqual([
    ...transport('LakeLogs'),
    {
      Sid: 'DeliverAccessLogs',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: '${LakeLogs.Arn}/*',
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ]);
});

const leftovers = {
  Id: 'leftovers',
  Status: 'Enabled',
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  NoncurrentVersionExpiration: { NoncurrentDays: 7 },
};
const errors = { Id: 'delivery-errors', Status: 'Enabled', Prefix: '_errors/', ExpirationInDays: 7 };

test('clean has a rule for each retention class, used or not', () => {
  expect(rules('Clean').map(({ Id }) => Id)).toEqual([
    'leftovers',
    'delivery-errors',
    ...RETENTION_CLASSES.map(({ name }) => name),
  ]);
  expect(rules('Clean').slice(0, 2)).toEqual([leftovers, errors]);
  expect(rules('Clean').find(({ Id }) => Id === 'keep1095-hot30-warm90-deep')).toEqual({
    Id: 'keep1095-hot30-warm90-deep',
    Status: 'Enabled',
    Prefix: 'keep1095-hot30-warm90-deep/',
    Transitions: [
      { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
      { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 90 },
    ],
    ExpirationInDays: 1095,
  });
  expect(rules('Clean').find(({ Id }) => Id === 'keep7-hot7')).toEqual({
    Id: 'keep7-hot7',
    Status: 'Enabled',
    Prefix: 'keep7-hot7/',
    ExpirationInDays: 7,
  });
});

const short = (days: number, expiration: number) => ({
  Id: `keep${days}`,
  Status: 'Enabled',
  Prefix: `keep${days}-`,
  ExpirationInDays: expiration,
});
const OFFERED = [7, 30, 90, 180, 365, 730, 1095, 1825, 2555, 3650];

test.each([
  ['Raw', 30],
  ['Quarantine', 90],
])('%s is short: %d days, and never longer than the data', (zone, longest) => {
  expect(rules(zone)).toEqual([leftovers, errors, ...OFFERED.map((days) => short(days, Math.min(days, longest)))]);
});

test.each(['Curated', 'Mart'])('nothing of %s expires or is archived: it tiers itself from the first day', (zone) => {
  expect(rules(zone)).toEqual([
    leftovers,
    { Id: 'tiering', Status: 'Enabled', Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 }] },
  ]);
});

test('results live seven days, or as long as asked', () => {
  expect(rules('Results')).toEqual([leftovers, { Id: 'results', Status: 'Enabled', ExpirationInDays: 7 }]);
  const other = synth((stack) => {
    new LakeStorage(stack, 'Lake', {
      environment: 'dev',
      removalPolicy: RemovalPolicy.RETAIN,
      resultRetention: Duration.days(2),
      accessLogRetention: Duration.days(400),
    });
  });
  const expirations = (part: string) =>
    (
      theResource(other, 'AWS::S3::Bucket', part).Properties.LifecycleConfiguration as { Rules: { ExpirationInDays?: number }[] }
    ).Rules.map(({ ExpirationInDays }) => ExpirationInDays);
  expect([expirations('LakeResults'), expirations('LakeLogs')]).toEqual([
    [undefined, 2],
    [undefined, 400],
  ]);
});

const ROOT = { AWS: 'arn:${AWS::Partition}:iam::111122223333:root' };
const ADMINISTRATION = {
  Sid: 'AdministerWithoutUse',
  Effect: 'Allow',
  Principal: ROOT,
  Action: [
    'kms:CancelKeyDeletion',
    'kms:CreateAlias',
    'kms:DeleteAlias',
    'kms:DescribeKey',
    'kms:DisableKey',
    'kms:EnableKey',
    'kms:EnableKeyRotation',
    'kms:GetKeyPolicy',
    'kms:GetKeyRotationStatus',
    'kms:ListGrants',
    'kms:ListKeyPolicies',
    'kms:ListResourceTags',
    'kms:PutKeyPolicy',
    'kms:RevokeGrant',
    'kms:ScheduleKeyDeletion',
    'kms:TagResource',
    'kms:UntagResource',
    'kms:UpdateAlias',
    'kms:UpdateKeyDescription',
  ],
  Resource: '*',
};
const use = (actors: readonly string[], services: string | readonly string[]) => ({
  Sid: 'UseByActors',
  Effect: 'Allow',
  Principal: ROOT,
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: '*',
  Condition: {
    ArnLike: {
      'aws:PrincipalArn': actors.map((actor) => `arn:\${AWS::Partition}:iam::111122223333:role/headwaters/dev/${actor}/*`),
    },
    StringEquals: { 'kms:ViaService': services },
  },
});
const s3 = ['s3.eu-west-1.amazonaws.com'];

test.each<[string, object[]]>([
  ['StreamKey', [use(['producer', 'delivery', 'replay'], ['kinesis.eu-west-1.amazonaws.com'])]],
  ['LakeKey', [use(['delivery', 'analyst', 'steward', 'table-maker', 'curator'], s3)]],
  ['ResultsKey', [use(['analyst'], s3)]],
  [
    'LogKey',
    [
      {
        Sid: 'EncryptLogGroups',
        Effect: 'Allow',
        Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
        Action: [
          'kms:Decrypt',
          'kms:Encrypt',
          'kms:GenerateDataKey',
          'kms:GenerateDataKeyWithoutPlaintext',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
        ],
        Resource: '*',
        Condition: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:${AWS::Partition}:logs:eu-west-1:111122223333:log-group:*' },
        },
      },
    ],
  ],
  [
    'ClosedKey',
    [
      use(
        ['delivery', 'quarantine-delivery', 'transform', 'steward', 'replay'],
        [...s3, 'secretsmanager.eu-west-1.amazonaws.com'],
      ),
      {
        Sid: 'CreateSecretsByDeployment',
        Effect: 'Allow',
        Principal: ROOT,
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: {
          ArnLike: {
            'aws:PrincipalArn': 'arn:${AWS::Partition}:iam::111122223333:role/cdk-*-cfn-exec-role-111122223333-eu-west-1',
          },
          StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' },
        },
      },
    ],
  ],
])('the policy of %s is these statements and no other', (key, statements) => {
  expect(keyPolicy(key)).toEqual([ADMINISTRATION, ...statements]);
});

test.each<[string, IStackSynthesizer, readonly string[]]>([
  ['under another qualifier', new DefaultStackSynthesizer({ qualifier: 'acme' }), []],
  [
    'by another name',
    new DefaultStackSynthesizer({
      cloudFormationExecutionRole: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/ci/deployer-${AWS::Region}',
    }),
    [':role/ci/deployer-eu-west-1'],
  ],
  ['or goes without', new CliCredentialsStackSynthesizer(), []],
])('the role that deploys may create secrets, whether the bootstrap makes it %s', (_, synthesizer, further) => {
  const stack = new Stack(testApp(), 'Test', { env: { account: ACCOUNT, region: REGION }, synthesizer });
  new LakeStorage(stack, 'Lake', { environment: 'dev', removalPolicy: RemovalPolicy.RETAIN });
  const [statement] = statementsOf(
    theResource(Template.fromStack(stack), 'AWS::KMS::Key', 'ClosedKey').Properties.KeyPolicy,
  ).filter(({ Sid }) => Sid === 'CreateSecretsByDeployment');
  const condition = statement?.Condition as { readonly ArnLike: { readonly 'aws:PrincipalArn': string | string[] } };
  expect([condition.ArnLike['aws:PrincipalArn']].flat()).toEqual(
    [':role/cdk-*-cfn-exec-role-111122223333-eu-west-1', ...further].map(
      (role) => `arn:\${AWS::Partition}:iam::111122223333${role}`,
    ),
  );
});

test('keys rotate; what holds data outlives its stack, and so does what closes it', () => {
  for (const { Properties } of Object.values(resourcesOfType(template, 'AWS::KMS::Key')))
    expect(Properties.EnableKeyRotation).toBe(true);
  for (const { Type, DeletionPolicy, UpdateReplacePolicy } of Object.values(resourcesOf(template))) {
    if (!['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key'].includes(Type)) continue;
    expect({ DeletionPolicy, UpdateReplacePolicy }).toEqual({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  }
});

test('exports its fixed list', () => {
  const outputs = template.toJSON().Outputs as Record<string, { Export?: { Name: string } }>;
  expect(Object.values(outputs).map(({ Export }) => Export?.Name)).toEqual(LAKE_EXPORTS.map((name) => `headwaters-dev-${name}`));
  expect(LAKE_EXPORTS).toEqual([
    'RawBucketName',
    'CleanBucketName',
    'QuarantineBucketName',
    'CuratedBucketName',
    'ResultsBucketName',
    'StreamKeyArn',
    'LakeKeyArn',
    'ClosedKeyArn',
    'ResultsKeyArn',
    'LogKeyArn',
  ]);
});
