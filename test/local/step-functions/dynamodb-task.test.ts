import { StatesError } from '../../../local/step-functions/states-error.ts';
import { dynamodbIntegrations } from '../../../local/step-functions/tasks/dynamodb.ts';
import { sdkIntegration } from '../../../local/step-functions/tasks/sdk.ts';
import { ASKER, DynamoRig } from '../dynamodb/rig.ts';

const a = { id: { S: 'a' } };

async function ask(rig: DynamoRig, resource: string, asked: object): Promise<unknown> {
  const own = dynamodbIntegrations(rig.tables)[resource];
  const [, , operation = ''] = resource.split(':');
  const integration = own ?? sdkIntegration([rig.tables.service], 'dynamodb', operation);
  return integration?.call(asked, ASKER, { stateMachineArn: '', executionArn: '' });
}

async function failure(rig: DynamoRig, resource: string, asked: object): Promise<object> {
  try {
    await ask(rig, resource, asked);
  } catch (error) {
    if (error instanceof StatesError) return error.said;
    throw error;
  }
  throw new Error('it did not fail');
}

async function items(): Promise<DynamoRig> {
  const rig = new DynamoRig();
  await rig.table('items');
  return rig;
}

test('the four integrations of their own spell values as the API does', async () => {
  const rig = await items();
  const item = { ...a, flag: { BOOL: true }, none: { NULL: true }, tags: { SS: ['x'] } };
  expect(await ask(rig, 'dynamodb:putItem', { TableName: 'items', Item: item })).toEqual({});
  expect(await ask(rig, 'dynamodb:getItem', { TableName: 'items', Key: a })).toEqual({ Item: item });
  expect(
    await ask(rig, 'dynamodb:updateItem', {
      TableName: 'items',
      Key: a,
      UpdateExpression: 'SET n = :n',
      ExpressionAttributeValues: { ':n': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    }),
  ).toEqual({ Attributes: { n: { N: '1' } } });
  expect(await ask(rig, 'dynamodb:deleteItem', { TableName: 'items', Key: a })).toEqual({});
});

test('what DynamoDB refuses fails in the words of Java’s first SDK', async () => {
  const rig = await items();
  expect(await failure(rig, 'dynamodb:putItem', { TableName: 'none', Item: a })).toEqual({
    error: 'DynamoDB.ResourceNotFoundException',
    cause: expect.stringMatching(
      /^Requested resource not found \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: [\w-]+; Proxy: null\)$/,
    ) as string,
  });
  expect(await failure(rig, 'dynamodb:putItem', { TableName: 'items', Item: null })).toEqual({
    error: 'DynamoDB.AmazonDynamoDBException',
    cause: expect.stringMatching(
      /^1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; /,
    ) as string,
  });
  expect(await failure(rig, 'dynamodb:getItem', { TableName: 'items', Key: a, Colour: 'red' })).toEqual({
    error: 'States.Runtime',
    cause: 'The field "Colour" is not supported by Step Functions',
  });
});

test('an integration of the SDK spells types as Java does, and leaves names alone', async () => {
  const rig = await items();
  const Item = {
    ...a,
    flag: { Bool: true },
    none: { Nul: true },
    tags: { Ss: ['x'] },
    raw: { B: 'text' },
    doc: { M: { small: { L: [{ Ns: ['1'] }] } } },
  };
  expect(await ask(rig, 'aws-sdk:dynamodb:putItem', { TableName: 'items', Item })).toEqual({});
  expect(await rig.get('items', a)).toEqual({
    ...a,
    flag: { BOOL: true },
    none: { NULL: true },
    tags: { SS: ['x'] },
    raw: { B: Buffer.from('text').toString('base64') },
    doc: { M: { small: { L: [{ NS: ['1'] }] } } },
  });
  expect(await ask(rig, 'aws-sdk:dynamodb:getItem', { TableName: 'items', Key: a })).toEqual({ Item });
  expect(
    await ask(rig, 'aws-sdk:dynamodb:batchGetItem', { RequestItems: { items: { Keys: [a], ProjectionExpression: 'flag' } } }),
  ).toEqual({
    Responses: { items: [{ flag: { Bool: true } }] },
    UnprocessedKeys: {},
  });
  expect(
    await ask(rig, 'aws-sdk:dynamodb:transactGetItems', { TransactItems: [{ Get: { TableName: 'items', Key: a } }] }),
  ).toEqual({
    Responses: [{ Item }],
  });
  expect(await failure(rig, 'aws-sdk:dynamodb:putItem', { TableName: 'items' })).toEqual({
    error: 'DynamoDb.DynamoDbException',
    cause: expect.stringMatching(/Member must not be null \(Service: DynamoDb, Status Code: 400, Request ID: /) as string,
  });
});
