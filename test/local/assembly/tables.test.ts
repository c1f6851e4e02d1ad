import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { call } from '../dynamodb/call.ts';
import { writeAssembly, type Template } from './fixture.ts';

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** Puts what it is invoked with, signed by the SDK's own signer, for the client of DynamoDB is not there. */
const PUTS = `
import { createRequire } from 'node:module';
const require = createRequire(${JSON.stringify(import.meta.url)});
const { SignatureV4 } = require('@smithy/signature-v4');
const { Sha256 } = require('@aws-crypto/sha256-js');
const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, TABLE } = process.env;
const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN };
const signer = new SignatureV4({ credentials, region: AWS_REGION, service: 'dynamodb', sha256: Sha256 });
export const handler = async (Item) => {
  const { hostname, port, host } = new URL(AWS_ENDPOINT_URL);
  const headers = { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.PutItem' };
  const body = JSON.stringify({ TableName: TABLE, Item });
  const signed = await signer.sign({ method: 'POST', protocol: 'http:', hostname, port: Number(port), path: '/', headers, body });
  const answer = await fetch(AWS_ENDPOINT_URL, { method: 'POST', headers: signed.headers, body });
  return { status: answer.status, said: await answer.json() };
};`;

function role(principal: object) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
      },
    },
  };
}

const policy = (roleId: string, Statement: object) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: { Version: '2012-10-17', Statement }, Roles: [{ Ref: roleId }] },
});

const anybody = { AWS: 'arn:aws:iam::123456789012:root' };

const template = (table: object = {}): Template => ({
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'kind', AttributeType: 'S' },
        ],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          { IndexName: 'byKind', KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        ResourcePolicy: {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: arnOf('Guest') }, Action: 'dynamodb:Query', Resource: '*' }],
          },
        },
        ...table,
      },
    },
    Global: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        TableName: 'global',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'end', Enabled: true },
        Replicas: [{ Region: { Ref: 'AWS::Region' }, Tags: [{ Key: 'team', Value: 'a' }] }],
      },
    },
    Guest: role(anybody),
    Reader: role(anybody),
    Read: policy('Reader', {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      Resource: arnOf('Table'),
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['one', 'two'] } },
    }),
    Writer: role({ Service: 'lambda.amazonaws.com' }),
    Write: policy('Writer', { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arnOf('Table') }),
    Puts: {
      Type: 'AWS::Lambda::Function',
      DependsOn: ['Write'],
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Role: arnOf('Writer'),
        Environment: { Variables: { TABLE: { Ref: 'Table' } } },
      },
    },
  },
  Outputs: {
    Table: { Value: { Ref: 'Table' } },
    Arn: { Value: arnOf('Table') },
    Function: { Value: { Ref: 'Puts' } },
    Stream: { Value: { 'Fn::GetAtt': ['Global', 'StreamArn'] } },
  },
});

const begin = (assembly: string, state: string): Promise<LocalRuntime> =>
  start({ assembly, state, clock: new SimulatedClock(Date.UTC(2001, 0, 1)) });
const stateFolder = () => path.join(mkdtempSync(path.join(tmpdir(), 'state-')), 'state');

async function as(runtime: LocalRuntime, name: string) {
  const { endpoint, region, operator } = runtime;
  const arn = runtime.inventory().roles.find(({ arn: one }) => one.includes(name))?.arn;
  const sts = new STSClient({ endpoint, region, credentials: operator });
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'test' }));
  sts.destroy();
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

async function invoke({ endpoint, region, operator, outputs }: LocalRuntime, event: object): Promise<unknown> {
  const client = new LambdaClient({ endpoint, region, credentials: operator, maxAttempts: 1 });
  const { Payload } = await client.send(
    new InvokeCommand({ FunctionName: outputs.App?.Function, Payload: JSON.stringify(event) }),
  );
  client.destroy();
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown;
}

test('a function puts items, a client with the rights of a role gets them, and both find them after a stop', async () => {
  const [assembly, state] = [writeAssembly({ App: { template: template() } }, PUTS), stateFolder()];
  const runtime = await begin(assembly, state);
  const { Table: TableName, Arn, Stream } = runtime.outputs.App ?? {};
  expect([TableName, Arn]).toEqual(['App-Table', 'arn:aws:dynamodb:us-east-1:123456789012:table/App-Table']);
  expect(Stream).toBe('arn:aws:dynamodb:us-east-1:123456789012:table/global/stream/2001-01-01T00:00:00.000');
  const one = { id: { S: 'one' }, kind: { S: 'a' }, n: { N: '1.50' } };
  expect(await invoke(runtime, one)).toEqual({ status: 200, said: {} });
  const reader = await as(runtime, 'Reader');
  const get = (id: string) => call(runtime.endpoint, reader, 'GetItem', { TableName, Key: { id: { S: id } } });
  expect(await get('one')).toEqual({ status: 200, body: { Item: { ...one, n: { N: '1.5' } } } });
  expect(await get('three')).toMatchObject({
    status: 400,
    body: {
      __type: 'AccessDeniedException',
      message: expect.stringMatching(/dynamodb:GetItem on resource: \S+:table\/App-Table because no/) as string,
    },
  });
  expect(await call(runtime.endpoint, reader, 'Query', queryOf(TableName))).toMatchObject({
    body: { __type: 'AccessDeniedException' },
  });
  await call(runtime.endpoint, runtime.operator, 'CreateTable', {
    TableName: 'made',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await runtime.stop();
  const next = await begin(assembly, state);
  const guest = await as(next, 'Guest'); // let in by the table's policy alone, and by it to its index
  expect(await call(next.endpoint, guest, 'Query', queryOf(TableName))).toMatchObject({
    body: { Count: 1, Items: [{ id: one.id }] },
  });
  expect(await call(next.endpoint, next.operator, 'ListTables', {})).toEqual({
    status: 200,
    body: { TableNames: ['App-Table', 'global', 'made'] },
  });
  await next.stop();
});

test('streams are read over the endpoint, and every operation is served or refused by its name', async () => {
  const runtime = await begin(writeAssembly({ App: { template: template() } }, PUTS), stateFolder());
  const { endpoint, operator, outputs } = runtime;
  const streams = (operation: string, input: object) =>
    call(endpoint, operator, operation, input, 'DynamoDBStreams_20120810').then(({ body }) => body);
  await call(endpoint, operator, 'PutItem', { TableName: 'global', Item: { id: { N: '1' } } });
  const StreamArn = outputs.App?.Stream;
  const { StreamDescription } = await streams('DescribeStream', { StreamArn });
  const [shard] = (StreamDescription as { Shards: { ShardId: string }[] }).Shards;
  const { ShardIterator } = await streams('GetShardIterator', {
    StreamArn,
    ShardId: shard?.ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  expect(await streams('GetRecords', { ShardIterator })).toMatchObject({
    Records: [{ eventName: 'INSERT', dynamodb: { Keys: { id: { N: '1' } } } }],
  });
  expect(await streams('MadeUp', {})).toMatchObject({ message: 'NotImplemented: dynamodbstreams:MadeUp' });
  expect(await call(endpoint, operator, 'ExecuteStatement', {})).toMatchObject({
    status: 501,
    body: { __type: 'NotImplemented', message: 'NotImplemented: dynamodb:ExecuteStatement' },
  });
  expect(await call(endpoint, operator, 'DescribeTimeToLive', { TableName: 'global' })).toMatchObject({
    body: { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'end' } },
  });
  const check = { ConditionCheck: { TableName: 'global', Key: { id: { N: '2' } }, ConditionExpression: 'attribute_exists(id)' } };
  expect(await call(endpoint, operator, 'TransactWriteItems', { TransactItems: [check] })).toMatchObject({
    status: 400,
    body: {
      __type: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }],
    },
  });
  await runtime.stop();
});

const queryOf = (TableName: string | undefined) => ({
  TableName,
  IndexName: 'byKind',
  KeyConditionExpression: 'kind = :k',
  ExpressionAttributeValues: { ':k': { S: 'a' } },
});

test.each([
  [{ BillingMode: 'PROVISIONED' }, 'ReadCapacityUnits and WriteCapacityUnits must both be specified'],
  [{ KeySchema: [{ AttributeName: 'none', KeyType: 'HASH' }] }, 'Some index key attributes are not defined'],
  [{ KinesisStreamSpecification: { StreamArn: 'x' } }, "'KinesisStreamSpecification' is not known here"],
  [{ SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'none' } }, "key 'none' does not exist"],
])('a start is refused for a table with %j', async (properties, said) => {
  const assembly = writeAssembly({ App: { template: template(properties) } });
  await expect(begin(assembly, stateFolder())).rejects.toThrow(said);
});

test('a template that says otherwise of a table wins over what clients have changed, and items stay', async () => {
  const state = stateFolder();
  const runtime = await begin(writeAssembly({ App: { template: template() } }, PUTS), state);
  const TableName = 'App-Table';
  const item = { id: { S: 'one' } };
  await call(runtime.endpoint, runtime.operator, 'PutItem', { TableName, Item: item });
  await call(runtime.endpoint, runtime.operator, 'UpdateTable', { TableName, DeletionProtectionEnabled: true });
  await runtime.stop();
  const again = await begin(writeAssembly({ App: { template: template() } }, PUTS), state);
  const describe = async ({ endpoint, operator }: LocalRuntime) =>
    (await call(endpoint, operator, 'DescribeTable', { TableName })).body.Table;
  expect(await describe(again)).toMatchObject({ DeletionProtectionEnabled: true });
  await again.stop();
  const changed = { TimeToLiveSpecification: { AttributeName: 'end', Enabled: true } };
  const last = await begin(writeAssembly({ App: { template: template(changed) } }, PUTS), state);
  expect(await describe(last)).toMatchObject({ DeletionProtectionEnabled: false, ItemCount: 1 });
  expect(await call(last.endpoint, last.operator, 'GetItem', { TableName, Key: item })).toMatchObject({ body: { Item: item } });
  await last.stop();
});

test('a start is refused for a replica in another region', async () => {
  const whole = template();
  const global = whole.Resources.Global as { Properties: object };
  global.Properties = { ...global.Properties, Replicas: [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }] };
  const assembly = writeAssembly({ App: { template: whole } });
  await expect(begin(assembly, stateFolder())).rejects.toThrow('replicas of other regions are not simulated');
});
