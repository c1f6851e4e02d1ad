import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import * as kms from 'aws-cdk-lib/aws-kms';
import { LakeStorage, type LakeStorageProps } from '../../../constructs/storage/index.ts';
import { allowedActions, readable, resourcesOfType, statementsOf, synth, testApp, theResource } from '../../support/synth.ts';

const lake = (props: Partial<LakeStorageProps> = {}, key?: (stack: Stack) => kms.IKey) =>
  synth((stack) => {
    new LakeStorage(stack, 'Lake', {
      environment: 'dev',
      removalPolicy: RemovalPolicy.RETAIN,
      ...(key === undefined ? {} : { encryptionKey: key(stack) }),
      ...props,
    }).export();
  });
const bucket = (template: ReturnType<typeof lake>, zone: string) =>
  readable(theResource(template, 'AWS::S3::Bucket', `Lake${zone}Bucket`).Properties) as Record<string, unknown>;

test('nothing is locked or copied unless it is asked for', () => {
  for (const { Properties } of Object.values(resourcesOfType(lake(), 'AWS::S3::Bucket')))
    for (const property of ['ObjectLockEnabled', 'ObjectLockConfiguration', 'ReplicationConfiguration'])
      expect(Properties).not.toHaveProperty(property);
});

test('a lock holds the originals, and nothing else', () => {
  const template = lake({ rawLock: Duration.days(7) });
  expect(bucket(template, 'Raw')).toMatchObject({
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 7 } } },
  });
  for (const zone of ['Clean', 'Quarantine', 'Curated', 'Mart', 'Results'])
    expect(bucket(template, zone)).not.toHaveProperty('ObjectLockEnabled');
});

test.each([
  [Duration.hours(36), 1.5],
  [Duration.days(15), 15],
])('fails for a lock of %s', (rawLock, got) => {
  expect(() => lake({ rawLock })).toThrow(
    `Test/Lake: RawLockOutOfRange: 'rawLock' must be whole days from 1 to 14, got ${got}; choose a day in between, or leave it out`,
  );
});

test.each([
  ['accessLogRetention', Duration.hours(36), 1.5, 2],
  ['resultRetention', Duration.minutes(0), 0, 1],
] as const)('fails for %s of part of a day', (prop, duration, got, remedy) => {
  expect(() => lake({ [prop]: duration })).toThrow(
    `Test/Lake: NotWholeDays: '${prop}' must be whole days, at least 1, got ${got}; give Duration.days(${remedy})`,
  );
});

test('EventBridge hears of each object of each zone unless it is not wanted, and no function is added for it', () => {
  const template = lake();
  for (const zone of ['Raw', 'Clean', 'Quarantine', 'Curated', 'Mart'])
    expect(bucket(template, zone).NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  expect(bucket(template, 'Results')).not.toHaveProperty('NotificationConfiguration');
  template.resourceCountIs('AWS::Lambda::Function', 0);
  for (const { Properties } of Object.values(resourcesOfType(lake({ eventBridge: false }), 'AWS::S3::Bucket')))
    expect(Properties).not.toHaveProperty('NotificationConfiguration');
});

test('a key of yours takes the place of all keys, and what its policy needs is said', () => {
  const template = lake({}, (stack) => kms.Key.fromKeyArn(stack, 'Ours', 'arn:aws:kms:eu-west-1:111122223333:key/ours'));
  template.resourceCountIs('AWS::KMS::Key', 0);
  for (const zone of ['Raw', 'Clean', 'Quarantine', 'Curated', 'Mart', 'Results'])
    expect(JSON.stringify(bucket(template, zone).BucketEncryption)).toContain('key/ours');

  const stack = new Stack(testApp(), 'Owner', { env: { account: '111122223333', region: 'eu-west-1' } });
  const said = LakeStorage.keyStatements(stack, 'dev').map((statement) => stack.resolve(statement.toStatementJson()) as object);
  const own = resourcesOfType(lake(), 'AWS::KMS::Key');
  const ownStatements = Object.values(own).flatMap(({ Properties }) => statementsOf(Properties.KeyPolicy));
  const sids = (statements: readonly { readonly Sid?: string }[]) => [...new Set(statements.map(({ Sid }) => Sid))].sort();
  expect(sids(said)).toEqual(sids(ownStatements).filter((sid) => sid !== 'AdministerWithoutUse'));
  const [use] = readable(said) as [{ Condition: unknown }];
  expect(use.Condition).toEqual({
    ArnLike: {
      'aws:PrincipalArn': [
        'producer',
        'delivery',
        'replay',
        'analyst',
        'steward',
        'table-maker',
        'curator',
        'replication',
        'quarantine-delivery',
        'transform',
      ].map((actor) => `arn:\${AWS::Partition}:iam::111122223333:role/headwaters/dev/${actor}/*`),
    },
    StringEquals: {
      'kms:ViaService': [
        'kinesis.eu-west-1.amazonaws.com',
        's3.eu-west-1.amazonaws.com',
        'secretsmanager.eu-west-1.amazonaws.com',
      ],
    },
  });
});

test('a key made in the same app keeps the policy it was given', () => {
  const template = lake({}, (stack) => new kms.Key(stack, 'Ours'));
  expect(statementsOf(theResource(template, 'AWS::KMS::Key', 'Ours').Properties.KeyPolicy)).toEqual([
    expect.objectContaining({ Action: 'kms:*', Principal: { AWS: 'arn:${AWS::Partition}:iam::111122223333:root' } }),
  ]);
});

test('without a second region there is no role', () => {
  expect(allowedActions(lake())).toEqual([]);
});
