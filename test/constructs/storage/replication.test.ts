import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { LakeStorage, ReplicaStorage } from '../../../constructs/storage/index.ts';
import { RETENTION_CLASSES } from '../../../core/storage/retention-classes.ts';
import { policyStatements, readable, resourcesOfType, statementsOf, synth, testApp, theResource } from '../../support/synth.ts';

const environment = 'dev';
const removalPolicy = RemovalPolicy.RETAIN;
const lake = synth((stack) => {
  new LakeStorage(stack, 'Lake', { environment, removalPolicy, replicationRegion: 'eu-west-3' });
});
const replica = synth((stack) => {
  new ReplicaStorage(stack, 'Replica', { environment, removalPolicy });
});

const ZONES = ['Clean', 'Curated', 'Mart'];
const bucketOf = (template: typeof lake, part: string) =>
  readable(theResource(template, 'AWS::S3::Bucket', `${part}Bucket`).Properties) as Record<string, unknown>;
const copyName = (zone: string, region = 'eu-west-3') => `headwaters-dev-${zone.toLowerCase()}-${region}-111122223333`;
/** Of `clean`, only what the retention classes name: `_errors/` holds originals in clear. */
const copied = (zone: string) => (zone === 'Clean' ? 'keep' : '');
const ALIAS = 'alias/headwaters-dev-replica';

test.each(ZONES)('%s is copied within 15 minutes, and what is deleted stays in the copy', (zone) => {
  expect(bucketOf(lake, `Lake${zone}`).ReplicationConfiguration).toEqual({
    Role: '${LakeReplicationActorRole.Arn}',
    Rules: [
      {
        Id: 'second-region',
        Status: 'Enabled',
        Priority: 1,
        Filter: { Prefix: copied(zone) },
        DeleteMarkerReplication: { Status: 'Disabled' },
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: {
          Bucket: `arn:\${AWS::Partition}:s3:::${copyName(zone)}`,
          EncryptionConfiguration: { ReplicaKmsKeyID: `arn:\${AWS::Partition}:kms:eu-west-3:111122223333:${ALIAS}` },
          ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
          Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
        },
      },
    ],
  });
});

test.each(['Raw', 'Quarantine', 'Results'])('%s is not copied: it is closed and short-lived, or disposable', (zone) => {
  expect(bucketOf(lake, `Lake${zone}`)).not.toHaveProperty('ReplicationConfiguration');
});

const sources = ZONES.map((zone) => `\${Lake${zone}Bucket.Arn}`);
const copies = ZONES.map((zone) => `arn:\${AWS::Partition}:s3:::${copyName(zone)}`);

test('the replication reads these zones, writes their copies, and can read no copy', () => {
  expect(policyStatements(lake, 'Replication')).toEqual([
    { Sid: 'ReadRules', Effect: 'Allow', Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: sources },
    {
      Sid: 'ReadVersions',
      Effect: 'Allow',
      Action: ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
      Resource: ZONES.map((zone) => `\${Lake${zone}Bucket.Arn}/${copied(zone)}*`),
    },
    {
      Sid: 'WriteCopies',
      Effect: 'Allow',
      Action: ['s3:ReplicateObject', 's3:ReplicateTags'],
      Resource: ZONES.map((zone) => `arn:\${AWS::Partition}:s3:::${copyName(zone)}/${copied(zone)}*`),
      Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
    },
    ...ZONES.map((zone) => ({
      Sid: `Decrypt${zone}`,
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: '${LakeLakeKey.Arn}',
      Condition: {
        StringEquals: {
          'kms:ViaService': 's3.eu-west-1.amazonaws.com',
          'kms:EncryptionContext:aws:s3:arn': `\${Lake${zone}Bucket.Arn}`,
        },
      },
    })),
    {
      Sid: 'EncryptCopies',
      Effect: 'Allow',
      Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: 'arn:${AWS::Partition}:kms:eu-west-3:111122223333:key/*',
      Condition: {
        StringEquals: { 'kms:ViaService': 's3.eu-west-3.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': copies },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ALIAS },
      },
    },
  ]);
});

test('S3 may assume the role for this account alone', () => {
  expect(statementsOf(theResource(lake, 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument)).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 's3.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ]);
});

test('the copies are named, live by the rules of their zones, and are as hardened', () => {
  for (const zone of ZONES) {
    const [source, copy] = [bucketOf(lake, `Lake${zone}`), bucketOf(replica, `Replica${zone}`)];
    expect(copy.BucketName).toBe(copyName(zone, 'eu-west-1')); // the region that the test's stack stands in
    expect(copy.LifecycleConfiguration).toEqual(source.LifecycleConfiguration);
    for (const property of ['OwnershipControls', 'PublicAccessBlockConfiguration', 'VersioningConfiguration'])
      expect(copy[property]).toEqual(source[property]);
  }
  expect(Object.keys(resourcesOfType(replica, 'AWS::S3::Bucket'))).toHaveLength(4);
});

test('the key of the copies admits the replication, and nobody to read', () => {
  const [, ...rest] = statementsOf(theResource(replica, 'AWS::KMS::Key').Properties.KeyPolicy);
  expect(rest).toEqual([
    {
      Sid: 'EncryptCopies',
      Effect: 'Allow',
      Principal: { AWS: 'arn:${AWS::Partition}:iam::111122223333:root' },
      Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: {
        ArnLike: { 'aws:PrincipalArn': 'arn:${AWS::Partition}:iam::111122223333:role/headwaters/dev/replication/*' },
        StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      },
    },
  ]);
  expect(theResource(replica, 'AWS::KMS::Alias').Properties.AliasName).toBe(ALIAS);
});

test('what a delivery could not carry is not copied: it holds originals in clear', () => {
  const prefix = (bucketOf(lake, 'LakeClean').ReplicationConfiguration as { Rules: { Filter: { Prefix: string } }[] }).Rules.map(
    ({ Filter }) => Filter.Prefix,
  );
  expect(prefix).toEqual(['keep']);
  for (const { name } of RETENTION_CLASSES) expect(name.startsWith('keep')).toBe(true);
  expect('_errors/sales/bookings/'.startsWith('keep')).toBe(false);
});

test('fails for access logs of the copies that would be kept for a part of a day', () => {
  const stack = new Stack(testApp(), 'Test');
  const props = { environment, removalPolicy, accessLogRetention: Duration.hours(36) };
  expect(() => new ReplicaStorage(stack, 'Replica', props)).toThrow(
    "Test/Replica: NotWholeDays: 'accessLogRetention' must be whole days, at least 1, got 1.5; give Duration.days(2)",
  );
});

test('the longest name of a copy is one that S3 takes', () => {
  const longest = synth((stack) => {
    new ReplicaStorage(stack, 'Replica', { environment: 'production12', removalPolicy });
  });
  const names = Object.values(resourcesOfType(longest, 'AWS::S3::Bucket')).map(
    ({ Properties }) => readable(Properties.BucketName ?? '') as string,
  );
  for (const name of names) expect(name.length + 'ap-southeast-2'.length - 'eu-west-1'.length).toBeLessThanOrEqual(63);
  expect(names.filter((name) => name !== '')).toHaveLength(3);
});
