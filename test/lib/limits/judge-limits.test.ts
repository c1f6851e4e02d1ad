import type { JudgedResource, JudgedStack } from '../../../lib/limits/judged-stack.ts';
import { judgeLimits, useOfQuotas } from '../../../lib/limits/judge-limits.ts';
import { QUOTAS, RESOURCE_LIMITS, STACK_LIMITS } from '../../../lib/limits/limits.ts';
import { many, stackOf } from './planted.ts';

const ANY: JudgedResource = { Type: 'AWS::SNS::Topic' };
const text = (length: number): string => 'x'.repeat(length);
const list = (length: number): number[] => Array.from({ length }, (_, index) => index);
const found = (stack: JudgedStack) => judgeLimits([stack]).map(({ limit, got, resource }) => [limit.what, got, resource]);

/** A stack with so much of what is limited. */
const stacks: Readonly<Record<string, readonly [most: number, stack: (amount: number) => JudgedStack]>> = {
  'resources of a stack': [500, (amount) => stackOf(many(amount, ANY))],
  'outputs of a stack': [200, (amount) => stackOf({}, { template: { Outputs: many(amount, {}) } })],
  'bytes of a template': [1_000_000, (amount) => stackOf({}, { bytes: amount })],
  'parameters of a stack': [200, (amount) => stackOf({}, { template: { Parameters: many(amount, {}) } })],
  'mappings of a stack': [200, (amount) => stackOf({}, { template: { Mappings: many(amount, {}) } })],
  'characters of a stack name': [128, (amount) => stackOf({}, { name: text(amount) })],
  "bytes of a template's description": [1024, (amount) => stackOf({}, { template: { Description: text(amount) } })],
  "characters of an output's name": [255, (amount) => stackOf({}, { template: { Outputs: { [text(amount)]: {} } } })],
  "characters of an export's name": [
    255,
    (amount) => stackOf({}, { template: { Outputs: { Out: { Export: { Name: text(amount) } } } } }),
  ],
  'characters of a logical id': [255, (amount) => stackOf({ [text(amount)]: ANY })],
};

const TABLE = 'AWS::Glue::Table';
const column = (name: string, amount: number) => ({
  TableInput: {
    StorageDescriptor: {
      Columns: [
        { Name: 'a', Type: 'string' },
        { Name: 'b', Type: 'string', [name]: text(amount) },
      ],
    },
  },
});
const prefix = (amount: number) => ({ ExtendedS3DestinationConfiguration: { S3BackupConfiguration: { Prefix: text(amount) } } });
/** A policy of so many characters. */
const policy = (amount: number) => ({ Sid: text(amount - '{"Sid":""}'.length) });

const QUERY = 'SELECT MAX(a) FROM b';

/** Properties with so much of what is limited. */
const resources: Readonly<
  Record<string, readonly [type: string, most: number, properties: (amount: number) => Readonly<Record<string, unknown>>]>
> = {
  'tags of a resource': ['AWS::SNS::Topic', 50, (amount) => ({ Tags: list(amount) })],
  'characters of a managed policy': ['AWS::IAM::ManagedPolicy', 6144, (amount) => ({ PolicyDocument: policy(amount) })],
  "characters of a role's trust policy, unless the quota is raised": [
    'AWS::IAM::Role',
    2048,
    (amount) => ({ AssumeRolePolicyDocument: policy(amount) }),
  ],
  'managed policies of a role, unless the quota is raised': [
    'AWS::IAM::Role',
    10,
    (amount) => ({ ManagedPolicyArns: list(amount) }),
  ],
  "bytes of a function's environment variables": [
    'AWS::Lambda::Function',
    4096,
    (amount) => ({ Environment: { Variables: policy(amount) } }),
  ],
  'layers of a function': ['AWS::Lambda::Function', 5, (amount) => ({ Layers: list(amount) })],
  'lifecycle rules of a bucket': ['AWS::S3::Bucket', 1000, (amount) => ({ LifecycleConfiguration: { Rules: list(amount) } })],
  'bytes of a bucket policy': ['AWS::S3::BucketPolicy', 20_480, (amount) => ({ PolicyDocument: policy(amount) })],
  'bytes of a key policy': ['AWS::KMS::Key', 32_768, (amount) => ({ KeyPolicy: policy(amount) })],
  "characters of a column's name": [TABLE, 255, (amount) => column('Name', amount)],
  "bytes of a column's comment": [TABLE, 255, (amount) => column('Comment', amount)],
  "characters of a column's type": [TABLE, 131_072, (amount) => column('Type', amount)],
  "characters of a table's name": [TABLE, 255, (amount) => ({ TableInput: { Name: text(amount) } })],
  "bytes of a table's description": [TABLE, 2048, (amount) => ({ TableInput: { Description: text(amount) } })],
  "characters of a view's text": [TABLE, 409_600, (amount) => ({ TableInput: { ViewOriginalText: text(amount) } })],
  "bytes of a table's parameter": [TABLE, 512_000, (amount) => ({ TableInput: { Parameters: { a: 'b', key: text(amount) } } })],
  "characters of a database's name": ['AWS::Glue::Database', 255, (amount) => ({ DatabaseInput: { Name: text(amount) } })],
  'bytes of a query': ['AWS::Athena::NamedQuery', 262_144, (amount) => ({ QueryString: text(amount) })],
  "characters of a named query's name": ['AWS::Athena::NamedQuery', 128, (amount) => ({ Name: text(amount) })],
  "characters of a named query's description": ['AWS::Athena::NamedQuery', 1024, (amount) => ({ Description: text(amount) })],
  "characters of a prepared statement's description": [
    'AWS::Athena::PreparedStatement',
    1024,
    (amount) => ({ Description: text(amount) }),
  ],
  'bytes of a prepared statement': ['AWS::Athena::PreparedStatement', 262_144, (amount) => ({ QueryStatement: text(amount) })],
  "characters of a delivery's prefix": ['AWS::KinesisFirehose::DeliveryStream', 1024, prefix],
  "characters of a log group's name": ['AWS::Logs::LogGroup', 512, (amount) => ({ LogGroupName: text(amount) })],
  "characters of a bucket's name": ['AWS::S3::Bucket', 63, (amount) => ({ BucketName: text(amount) })],
  "characters of a workgroup's name": ['AWS::Athena::WorkGroup', 128, (amount) => ({ Name: text(amount) })],
  "characters of an alarm's description": ['AWS::CloudWatch::Alarm', 1024, (amount) => ({ AlarmDescription: text(amount) })],
  'seconds that an alarm on a query looks back': [
    'AWS::CloudWatch::Alarm',
    10_800,
    (amount) => ({ EvaluationPeriods: 2, Metrics: [{ Expression: QUERY, Period: amount / 2 }] }),
  ],
  "values of a trail's event selectors": [
    'AWS::CloudTrail::Trail',
    500,
    (amount) => ({
      AdvancedEventSelectors: [
        { Name: 'a', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] },
        { Name: 'b', FieldSelectors: [{ Field: 'resources.ARN', StartsWith: list(amount - 1) }] },
      ],
    }),
  ],
  "bytes of a state machine's definition": [
    'AWS::StepFunctions::StateMachine',
    1_048_576,
    (amount) => ({ Definition: text(amount) }),
  ],
};
/** Planted below: it needs an asset. */
const UNPACKED = 'bytes of a function with its layers, unpacked';

test('each limit is planted here, and has a page that says so', () => {
  expect(STACK_LIMITS.map(({ what }) => what)).toEqual(Object.keys(stacks));
  expect(RESOURCE_LIMITS.map(({ what }) => what).sort()).toEqual([...Object.keys(resources), UNPACKED].sort());
  for (const { see } of [...STACK_LIMITS, ...RESOURCE_LIMITS, ...QUOTAS])
    expect(see).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
});

test.each(Object.entries(stacks))('fails for more %s than AWS takes', (what, [most, stack]) => {
  expect(found(stack(most))).toEqual([]);
  const [first] = found(stack(most + 1));
  expect(first?.slice(0, 2)).toEqual([what, most + 1]);
});

test.each(Object.entries(resources))('fails for more %s than AWS takes', (what, [Type, most, properties]) => {
  const stack = (amount: number) => stackOf({ Fine: { Type }, Planted: { Type, Properties: properties(amount) } });
  expect(found(stack(most))).toEqual([]);
  expect(found(stack(most + 1))).toEqual([[what, most + 1, 'Planted']]);
});

test('counts the managed policies that attach themselves to a role, and no others', () => {
  const role: JudgedResource = { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn'] } };
  const attachedTo = (Ref: string): JudgedResource => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref }] } });
  const stack = (amount: number) =>
    stackOf({ Role: role, Other: role, OfOther: attachedTo('Other'), ...many(amount, attachedTo('Role')) });
  expect(found(stack(9))).toEqual([]);
  expect(found(stack(10))).toEqual([['managed policies of a role, unless the quota is raised', 11, 'Role']]);
});

test('fails for a function that is too large with its layers', () => {
  const half = 125 * 1024 * 1024;
  const stack = (assetBytes: number) =>
    stackOf(
      {
        Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Key: 'layer.zip' } } },
        Function: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: 'code.zip' }, Layers: [{ Ref: 'Layer' }] } },
      },
      { assetBytes: (key) => (key === 'layer.zip' ? half : assetBytes) },
    );
  expect(found(stack(half))).toEqual([]);
  expect(found(stack(half + 1))).toEqual([[UNPACKED, 2 * half + 1, 'Function']]);
});

test('counts an intrinsic as long as what it becomes', () => {
  const variables = (value: unknown) =>
    stackOf({ F: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { A: text(4000), B: value } } } } });
  expect(found(variables({ Ref: 'X' }))).toEqual([]);
  expect(found(variables({ 'Fn::GetAtt': ['X', 'Arn'] }))).toHaveLength(1);
});

test('counts bytes, and not characters, where AWS does', () => {
  const query = (QueryString: string) => stackOf({ Q: { Type: 'AWS::Athena::NamedQuery', Properties: { QueryString } } });
  expect(found(query('é'.repeat(131_072)))).toEqual([]);
  expect(found(query('é'.repeat(131_073)))).toHaveLength(1);
});

const stream = (StreamMode: string, ShardCount?: number): JudgedResource => ({
  Type: 'AWS::Kinesis::Stream',
  Properties: { StreamModeDetails: { StreamMode }, ShardCount },
});

test.each<[string, number, number | undefined, JudgedResource, number]>([
  ['roles', 1000, 10_000, { Type: 'AWS::IAM::Role' }, 1],
  ['customer managed policies', 1500, 10_000, { Type: 'AWS::IAM::ManagedPolicy' }, 1],
  ['buckets', 10_000, 1_000_000, { Type: 'AWS::S3::Bucket' }, 1],
  ['on-demand streams', 50, undefined, stream('ON_DEMAND'), 1],
  ['shards', 1000, undefined, stream('PROVISIONED', 7), 7],
  ['Firehose streams', 5000, undefined, { Type: 'AWS::KinesisFirehose::DeliveryStream' }, 1],
  ['keys', 100_000, undefined, { Type: 'AWS::KMS::Key' }, 1],
  ['databases', 10_000, undefined, { Type: 'AWS::Glue::Database' }, 1],
  ['secrets', 500_000, undefined, { Type: 'AWS::SecretsManager::Secret' }, 1],
  ['alarms', 5000, undefined, { Type: 'AWS::CloudWatch::Alarm' }, 1],
  ['trails', 5, 5, { Type: 'AWS::CloudTrail::Trail' }, 1],
  ['workgroups', 1000, undefined, { Type: 'AWS::Athena::WorkGroup' }, 1],
  ['VPCs', 5, undefined, { Type: 'AWS::EC2::VPC' }, 1],
  ['event rules', 300, undefined, { Type: 'AWS::Events::Rule' }, 1],
])('counts %s over all stacks of an account', (what, byDefault, most, resource, each) => {
  const quota = QUOTAS.find((known) => known.what === what);
  expect([quota?.byDefault, quota?.most]).toEqual([byDefault, most]);
  const uses = useOfQuotas([stackOf(many(2, resource)), stackOf(many(3, resource), { name: 'Headwaters-prod-Serving' })]);
  const place = quota?.regional === true ? '111122223333 in eu-west-1' : '111122223333';
  expect(uses).toEqual([{ quota, place, used: 5 * each }]);
});

test('an alarm on a query is counted among those on queries as well', () => {
  const alarm = (Expression: string) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression }] } });
  const uses = useOfQuotas([stackOf({ Query: alarm(QUERY), Sum: alarm('a + b') })]);
  expect(uses.map(({ quota, used }) => [quota.what, quota.byDefault, used])).toEqual([
    ['alarms', 5000, 2],
    ['alarms on a query', 200, 1],
  ]);
});

test('a region has quotas of its own, an account has roles of its own', () => {
  const resources = { Role: { Type: 'AWS::IAM::Role' }, Alarm: { Type: 'AWS::CloudWatch::Alarm' } };
  const places = useOfQuotas([stackOf(resources), stackOf(resources, { region: 'us-east-1' })]).map(
    ({ quota, place, used }) => `${quota.what}: ${used} (${place})`,
  );
  expect(places).toEqual([
    'roles: 2 (111122223333)',
    'alarms: 1 (111122223333 in eu-west-1)',
    'alarms: 1 (111122223333 in us-east-1)',
  ]);
});
