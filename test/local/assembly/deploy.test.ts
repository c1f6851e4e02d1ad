import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { fixture, storage, writeAssembly, type Template } from './fixture.ts';

const running: LocalRuntime[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
});
async function deploy(assembly: string): Promise<LocalRuntime> {
  const runtime = await start({
    assembly,
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock: new SimulatedClock(Date.UTC(2001, 0, 1)),
  });
  running.push(runtime);
  return runtime;
}
/** Sets a property by its path: `set('Delivery.Properties.ExtendedS3DestinationConfiguration.Prefix', 'x')`. */
const set = (place: string, value: unknown) => (resources: Template['Resources']) => {
  const names = place.split('.');
  const last = names.pop() ?? '';
  let at: Record<string, unknown> = resources;
  for (const name of names) at = at[name] as Record<string, unknown>;
  at[last] = value;
};

test('deploys stacks after those they import from, with the same names each time', async () => {
  const first = await deploy(fixture());
  expect(first.outputs).toEqual({
    Storage: { LakeName: 'storage-lake-123456789012-us-east-1' },
    Pipeline: { StreamName: 'Pipeline-Stream', ProducerRoleArn: 'arn:aws:iam::123456789012:role/Pipeline-ProducerRole' },
  });
  expect((await deploy(fixture())).outputs).toEqual(first.outputs);
});

test('has nothing to print that is only recorded', async () => {
  expect((await deploy(fixture())).recordedOnly).toEqual([]);
});

const s3 = 'Delivery.Properties.ExtendedS3DestinationConfiguration';
test.each([
  ['an unknown type', set('Stream.Type', 'AWS::RDS::DBInstance'), "Pipeline.Stream: 'AWS::RDS::DBInstance' is not known"],
  [
    'an unknown property',
    set('Stream.Properties.Colour', []),
    "Pipeline.Stream (AWS::Kinesis::Stream): 'Colour' is not known here",
  ],
  ['an unknown intrinsic', set('Stream.Properties.Name', { 'Fn::Transform': {} }), "Pipeline.Stream.Name: 'Fn::Transform'"],
  [
    'a delivery that does not wait for its policy',
    set('Delivery.DependsOn', []),
    "may be created before 'DeliveryPolicy' is attached to its role 'DeliveryRole'",
  ],
  [
    'a delivery that does not wait for the table of its schema',
    set(`${s3}.DataFormatConversionConfiguration.SchemaConfiguration.TableName`, 'events'),
    'Error Code: EntityNotFoundException',
  ],
  [
    'a delivery whose role may not read the table of its schema',
    set('DeliveryPolicy.Properties.PolicyDocument.Statement.2.Action', 'glue:GetTableVersion'),
    'Access was denied when calling Glue',
  ],
  [
    'a policy of AWS that is not known here',
    set('ProducerRole.Properties.ManagedPolicyArns', ['arn:aws:iam::aws:policy/PowerUserAccess']),
    "the AWS managed policy 'arn:aws:iam::aws:policy/PowerUserAccess' is not simulated; simulated: arn:aws:iam::aws:policy/AdministratorAccess,",
  ],
  [
    'a boundary of AWS that is not known here',
    set('ProducerRole.Properties.PermissionsBoundary', 'arn:aws:iam::aws:policy/PowerUserAccess'),
    "the AWS managed policy 'arn:aws:iam::aws:policy/PowerUserAccess' is not simulated",
  ],
  [
    'a policy of a role that is wrong',
    set('ProducerRole.Properties.Policies', [{ PolicyName: 'p', PolicyDocument: { Version: '1' } }]),
    'Pipeline.ProducerRole (AWS::IAM::Role)',
  ],
  [
    'a policy of no role',
    set('Inline', { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument: {} } }),
    "'Roles' must name a role",
  ],
  ['a cycle', set('Stream.DependsOn', ['Delivery']), 'depend on one another'],
  ['a DependsOn on nothing', set('Stream.DependsOn', ['Nothing']), "DependsOn names 'Nothing'"],
  ['a prefix Firehose refuses', set(`${s3}.Prefix`, 'a/!{nonsense:b}/'), "unknown namespace 'nonsense'"],
  [
    'conversion under 64 MiB',
    set(`${s3}.BufferingHints`, { SizeInMBs: 5, IntervalInSeconds: 60 }),
    "'ExtendedS3DestinationConfiguration.BufferingHints.SizeInMBs' must be 64 to 128",
  ],
  ['a role that does not exist', set(`${s3}.RoleARN`, 'arn:aws:iam::123456789012:role/none'), 'sts:AssumeRole'],
  [
    'a function that does not exist',
    set(
      `${s3}.ProcessingConfiguration.Processors.0.Parameters.0.ParameterValue`,
      'arn:aws:lambda:us-east-1:123456789012:function:none',
    ),
    'names a function that does not exist',
  ],
  [
    'a stream that does not exist',
    set(
      'Delivery.Properties.KinesisStreamSourceConfiguration.KinesisStreamARN',
      'arn:aws:kinesis:us-east-1:123456789012:stream/none',
    ),
    'not found',
  ],
  [
    'a key that does not exist',
    set('Stream.Properties.StreamEncryption', { EncryptionType: 'KMS', KeyId: 'none' }),
    "key 'none' does not exist",
  ],
  [
    'a key that does not exist for the objects of a delivery',
    set(`${s3}.EncryptionConfiguration`, {
      KMSEncryptionConfig: { AWSKMSKeyARN: 'arn:aws:kms:us-east-1:123456789012:key/none' },
    }),
    "key 'arn:aws:kms:us-east-1:123456789012:key/none' does not exist",
  ],
  ['code that is not in the assembly', set('Function.Properties.Code.S3Key', 'other.zip'), 'not in the assembly'],
  [
    'a delivery through a function of another runtime',
    set('Function.Properties.Runtime', 'python3.13'),
    'names a function that does not run here: its runtime is python3.13',
  ],
  ['a runtime that Lambda has not', set('Function.Properties.Runtime', 'cobol1'), "must be a runtime of Lambda, got 'cobol1'"],
  [
    'a function whose role trusts another service',
    set('FunctionRole.Properties.AssumeRolePolicyDocument.Statement.0.Principal.Service', 'ec2.amazonaws.com'),
    'sts:AssumeRole',
  ],
  [
    'variables over 4 KB',
    set('Function.Properties.Environment.Variables.LONG', 'x'.repeat(4096)),
    'must hold at most 4096 bytes',
  ],
  [
    'a policy over 6,144 characters',
    set('DeliveryPolicy.Properties.PolicyDocument.Statement.0.Sid', 'x'.repeat(6200)),
    'PolicySize: 6144',
  ],
])('fails for %s', async (_name, change, message) => {
  await expect(deploy(fixture(change))).rejects.toThrow(message);
});

test('leaves out what a condition excludes', async () => {
  const template = storage();
  template.Conditions = { Never: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } };
  template.Resources.Other = { Type: 'AWS::S3::Bucket', Condition: 'Never', Properties: { Colour: 'unknown' } };
  await expect(deploy(writeAssembly({ Storage: { template } }))).resolves.toBeDefined();
});

test('fails where there is no assembly', async () => {
  await expect(deploy(tmpdir())).rejects.toThrow('synthesize first');
});

test('names that every object knows are names as any other', async () => {
  const Parameters = { constructor: { Type: 'String', Default: 'given' } };
  const Outputs = { valueOf: { Value: { Ref: 'toString' } }, It: { Value: { Ref: 'constructor' } } };
  const template = { Parameters, Resources: { toString: { Type: 'AWS::SQS::Queue' } }, Outputs };
  const { outputs } = await deploy(writeAssembly({ App: { template } }));
  expect(outputs.App).toEqual({ valueOf: expect.stringContaining('/App-toString') as string, It: 'given' });
});

test.each<[string, object, string]>([
  ['a reference', { Outputs: { It: { Value: { Ref: 'constructor' } } } }, "'constructor' stands for nothing"],
  ['a condition', { Resources: { A: { Type: 'AWS::SQS::Queue', Condition: 'constructor' } } }, "condition 'constructor'"],
  [
    'a key of a mapping',
    { Mappings: { M: { a: {} } }, Outputs: { It: { Value: { 'Fn::FindInMap': ['M', 'a', 'valueOf'] } } } },
    "mapping 'M.a.valueOf' stands for nothing",
  ],
  ['a parameter without a value', { Parameters: { constructor: { Type: 'String' } } }, '[constructor] must have values'],
  [
    'a condition that depends on itself',
    { Conditions: { A: { 'Fn::Not': [{ Condition: 'A' }] } }, Resources: { A: { Type: 'AWS::SQS::Queue', Condition: 'A' } } },
    "App.Conditions.A: the condition 'A' depends on itself",
  ],
])('fails for %s that is not there, by its name', async (_name, rest, message) => {
  await expect(deploy(writeAssembly({ App: { template: { Resources: {}, ...rest } } }))).rejects.toThrow(message);
});

test.each([
  ['AWS::SNS::Topic', { TopicName: 'one' }],
  ['AWS::S3::Bucket', { BucketName: 'one' }],
  ['AWS::Events::Rule', { Name: 'one', EventPattern: { source: ['app'] } }],
])('a second %s of one name is refused', async (Type, Properties) => {
  const template = { Resources: { A: { Type, Properties }, B: { Type, Properties } } };
  await expect(deploy(writeAssembly({ App: { template } }))).rejects.toThrow(`App.B: Resource of type '${Type}' with identifier`);
});

test('a second function of one name is refused, and no path of this machine is told', async () => {
  const Code = { ZipFile: 'exports.handler = async () => 1;' };
  const twice = (resources: Template['Resources']): void => {
    resources.One = {
      ...resources.Function,
      Properties: { ...(resources.Function?.Properties as object), FunctionName: 'one', Code },
    };
    resources.Two = structuredClone(resources.One);
  };
  await expect(deploy(fixture(twice))).rejects.toThrow(
    /^Pipeline\.\w+ \(AWS::Lambda::Function\): Resource of type 'AWS::Lambda::Function' with identifier 'one' already exists\.$/,
  );
});

test('rules of one name are those of their buses', async () => {
  const rule = (EventBusName?: object) => ({
    Type: 'AWS::Events::Rule',
    Properties: { Name: 'one', EventPattern: { source: ['app'] }, EventBusName },
  });
  const Bus = { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } };
  const template = { Resources: { A: rule(), B: rule({ Ref: 'Bus' }), Bus } };
  await expect(deploy(writeAssembly({ App: { template } }))).resolves.toBeDefined();
});

test.each(['constructor', '__proto__'])('the type %s is none', async (Type) => {
  const template = { Resources: { A: { Type } } };
  await expect(deploy(writeAssembly({ App: { template } }))).rejects.toThrow(
    `App.A: '${Type}' is not known to the local runtime`,
  );
});

test('a template that is no JSON is named', async () => {
  const folder = writeAssembly({ App: { template: { Resources: {} } } });
  writeFileSync(path.join(folder, 'App.template.json'), '{"Resources": secret');
  await expect(deploy(folder)).rejects.toThrow(/^App\.template\.json: must be a JSON object$/);
});
