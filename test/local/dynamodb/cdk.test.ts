import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Pass, StateMachine, DefinitionBody } from 'aws-cdk-lib/aws-stepfunctions';
import { DynamoAttributeValue, DynamoPutItem, CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { App, Stack } from 'aws-cdk-lib/core';
import { SFNClient, DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { call } from './call.ts';

function synthesize(folder: string): string {
  const app = new App({ outdir: path.join(folder, 'out'), analyticsReporting: false, stackTraces: false, treeMetadata: false });
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  const orders = new dynamodb.Table(stack, 'Orders', {
    tableName: 'orders',
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'line', type: dynamodb.AttributeType.NUMBER },
    encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: new Key(stack, 'Key'),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    stream: dynamodb.StreamViewType.NEW_IMAGE,
    timeToLiveAttribute: 'end',
  });
  orders.addGlobalSecondaryIndex({
    indexName: 'byKind',
    partitionKey: { name: 'kind', type: dynamodb.AttributeType.STRING },
    projectionType: dynamodb.ProjectionType.INCLUDE,
    nonKeyAttributes: ['note'],
  });
  orders.addLocalSecondaryIndex({ indexName: 'byAge', sortKey: { name: 'age', type: dynamodb.AttributeType.NUMBER } });
  const customers = new dynamodb.TableV2(stack, 'Customers', {
    tableName: 'customers',
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    billing: dynamodb.Billing.provisioned({
      readCapacity: dynamodb.Capacity.fixed(3),
      writeCapacity: dynamodb.Capacity.autoscaled({ minCapacity: 2, maxCapacity: 9 }),
    }),
    globalSecondaryIndexes: [{ indexName: 'byName', partitionKey: { name: 'name', type: dynamodb.AttributeType.STRING } }],
    deletionProtection: true,
    tags: [{ key: 'team', value: 'sales' }],
  });
  const clerk = new Role(stack, 'Clerk', { roleName: 'clerk', assumedBy: new AccountRootPrincipal() });
  orders.grantReadData(clerk);
  customers.grantWriteData(clerk);
  const put = new DynamoPutItem(stack, 'Put', {
    table: customers,
    item: { id: DynamoAttributeValue.fromString('c1'), isNew: DynamoAttributeValue.fromBoolean(true) },
    resultPath: '$.put',
  });
  const get = new CallAwsService(stack, 'Get', {
    service: 'dynamodb',
    action: 'getItem',
    parameters: { TableName: customers.tableName, Key: { id: { S: 'c1' } } },
    iamResources: [customers.tableArn],
  });
  new StateMachine(stack, 'Machine', {
    stateMachineName: 'machine',
    definitionBody: DefinitionBody.fromChainable(put.next(get).next(new Pass(stack, 'End'))),
  });
  app.synth();
  return app.outdir;
}

async function asClerk({ endpoint, region, operator }: LocalRuntime) {
  const sts = new STSClient({ endpoint, region, credentials: operator });
  const RoleArn = 'arn:aws:iam::123456789012:role/clerk';
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  sts.destroy();
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

test('an app of the CDK’s own constructs: a table under a key with its indexes, a TableV2, rights of grants, and a state machine', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-'));
  const clock = new SimulatedClock(Date.UTC(2026, 2, 1));
  const runtime = await start({ assembly: synthesize(folder), state: path.join(folder, 'state'), clock });
  try {
    const { endpoint, operator } = runtime;
    const describe = async (TableName: string) => (await call(endpoint, operator, 'DescribeTable', { TableName })).body.Table;
    expect(await describe('orders')).toMatchObject({
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      SSEDescription: { SSEType: 'KMS', Status: 'ENABLED', KMSMasterKeyArn: expect.stringMatching(/^arn:aws:kms:/) as string },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      GlobalSecondaryIndexes: [{ IndexName: 'byKind', Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] } }],
      LocalSecondaryIndexes: [{ IndexName: 'byAge' }],
    });
    expect(await describe('customers')).toMatchObject({
      ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 2 },
      DeletionProtectionEnabled: true,
      GlobalSecondaryIndexes: [{ IndexName: 'byName', ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 2 } }],
    });
    const clerk = await asClerk(runtime);
    const asked = (operation: string, input: object) => call(endpoint, clerk, operation, input);
    const item = { id: { S: 'o1' }, line: { N: '1' }, kind: { S: 'k' } };
    expect(await asked('PutItem', { TableName: 'orders', Item: item })).toMatchObject({
      body: { __type: 'AccessDeniedException' },
    });
    await call(endpoint, operator, 'PutItem', { TableName: 'orders', Item: item });
    const byKind = {
      TableName: 'orders',
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: 'k' } },
    };
    expect(await asked('Query', byKind)).toMatchObject({ status: 200, body: { Items: [item] } });
    expect(await asked('PutItem', { TableName: 'customers', Item: { id: { S: 'c0' } } })).toEqual({ status: 200, body: {} });
    const sfn = new SFNClient({ endpoint, region: runtime.region, credentials: operator, disableHostPrefix: true });
    const { executionArn } = await sfn.send(
      new StartExecutionCommand({ stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:machine', input: '{}' }),
    );
    await clock.advance(1_000);
    const { status, output = '' } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect([status, JSON.parse(output)]).toEqual(['SUCCEEDED', { Item: { id: { S: 'c1' }, isNew: { Bool: true } } }]);
    sfn.destroy();
  } finally {
    await runtime.stop();
  }
}, 60_000);
