import { DynamoRig } from '../../dynamodb/rig.ts';
import type { FactTable } from '../fact.ts';
import { API, dynalite, GUIDE, RECORDED } from './sources.ts';

const a = { id: { S: 'a' } };
const one = { ...a, n: { N: '1' } };

async function rigWith(...items: readonly object[]): Promise<DynamoRig> {
  const rig = new DynamoRig();
  await rig.table('items');
  for (const item of items) await rig.put('items', item);
  return rig;
}

const begin = 'One or more parameter values were invalid: ';

export const dynamodbWriting: FactTable = {
  service: 'DynamoDB',
  facts: [
    {
      says: 'a put tells the item before it where ALL_OLD is asked, and nothing else',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await rigWith();
        expect(await rig.put('items', one)).toEqual({});
        expect(await rig.put('items', a, { ReturnValues: 'ALL_OLD' })).toEqual({ Attributes: one });
        expect(await rig.invalid('PutItem', { TableName: 'items', Item: a, ReturnValues: 'ALL_NEW' })).toBe(
          'ReturnValues can only be ALL_OLD or NONE',
        );
      },
    },
    {
      says: 'an update makes the item that is not there, and tells what was asked of it before or after',
      basis: 'documented',
      source: `${API}/API_UpdateItem.html`,
      holds: async () => {
        const rig = await rigWith({ ...one, m: { S: 'x' } });
        const update = (ReturnValues: string) =>
          rig.ask('UpdateItem', {
            TableName: 'items',
            Key: a,
            UpdateExpression: 'SET n = n + :v',
            ExpressionAttributeValues: { ':v': { N: '1' } },
            ReturnValues,
          });
        expect(await update('UPDATED_OLD')).toEqual({ Attributes: { n: { N: '1' } } });
        expect(await update('UPDATED_NEW')).toEqual({ Attributes: { n: { N: '3' } } });
        expect(await update('ALL_OLD')).toEqual({ Attributes: { ...a, n: { N: '3' }, m: { S: 'x' } } });
        expect(await update('ALL_NEW')).toEqual({ Attributes: { ...a, n: { N: '5' }, m: { S: 'x' } } });
        expect(await update('NONE')).toEqual({});
        await rig.ask('UpdateItem', { TableName: 'items', Key: { id: { S: 'new' } } });
        expect(await rig.get('items', { id: { S: 'new' } })).toEqual({ id: { S: 'new' } });
      },
    },
    {
      says: 'a delete of what is not there succeeds',
      basis: 'documented',
      source: `${API}/API_DeleteItem.html`,
      holds: async () => {
        const rig = await rigWith(one);
        expect(await rig.ask('DeleteItem', { TableName: 'items', Key: a, ReturnValues: 'ALL_OLD' })).toEqual({ Attributes: one });
        expect(await rig.ask('DeleteItem', { TableName: 'items', Key: a, ReturnValues: 'ALL_OLD' })).toEqual({});
      },
    },
    {
      says: 'a condition that fails shows the item where that is asked',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await rigWith(one);
        const asked = { TableName: 'items', Item: a, ConditionExpression: 'attribute_not_exists(id)' };
        const refused = { code: 'ConditionalCheckFailedException', message: 'The conditional request failed' };
        expect(await rig.refusal('PutItem', asked)).toEqual(refused);
        expect(await rig.refusal('PutItem', { ...asked, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).toEqual({
          ...refused,
          Item: one,
        });
        expect(await rig.get('items', a)).toEqual(one);
      },
    },
    {
      says: 'an item has its key, of the type that the table says, and not empty',
      basis: 'observed',
      source: dynalite('putItem'),
      holds: async () => {
        const rig = await rigWith();
        const put = (Item: object) => rig.invalid('PutItem', { TableName: 'items', Item });
        expect(await put({ n: { N: '1' } })).toBe(`${begin}Missing the key id in the item`);
        expect(await put({ id: { N: '1' } })).toBe(`${begin}Type mismatch for key id expected: S actual: N`);
        expect(await put({ id: { S: '' } })).toBe(
          'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id',
        );
        expect(await put({ id: { S: 'x'.repeat(2049) } })).toBe(
          `${begin}Size of hashkey has exceeded the maximum size limit of2048 bytes`,
        );
      },
    },
    {
      says: 'a key has the attributes of the schema, and no others',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await rigWith();
        for (const Key of [{}, { other: { S: 'a' } }, one, { id: { N: '1' } }])
          expect(await rig.invalid('GetItem', { TableName: 'items', Key })).toBe(
            'The provided key element does not match the schema',
          );
      },
    },
    {
      says: 'a table that is not there is refused, and so are names that none has',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await rigWith();
        expect(await rig.refusal('PutItem', { TableName: 'none', Item: a })).toEqual({
          code: 'ResourceNotFoundException',
          message: 'Requested resource not found',
        });
        expect(await rig.invalid('PutItem', { TableName: '/none', Item: a })).toBe(
          "1 validation error detected: Value '/none' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        );
        expect(await rig.invalid('PutItem', { TableName: 'items' })).toBe(
          "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null",
        );
      },
    },
    {
      says: 'a table may be named by its ARN',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await rigWith(one);
        expect(await rig.get('arn:aws:dynamodb:us-east-1:123456789012:table/items', a)).toEqual(one);
      },
    },
    {
      says: 'a write takes a unit for each KB of the larger of the items before and after, and so does each index that it changes',
      basis: 'documented',
      source: `${GUIDE}/read-write-operations.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.ask('CreateTable', {
          TableName: 'items',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'id', AttributeType: 'S' },
            { AttributeName: 'kind', AttributeType: 'S' },
          ],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'byKind',
              KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          ],
        });
        const big = { ...a, text: { S: 'x'.repeat(1500) }, kind: { S: 'k' } };
        const ConsumedCapacity = (CapacityUnits: number, table: number, index?: number) => ({
          ConsumedCapacity: {
            TableName: 'items',
            CapacityUnits,
            Table: { CapacityUnits: table },
            ...(index !== undefined && { GlobalSecondaryIndexes: { byKind: { CapacityUnits: index } } }),
          },
        });
        const INDEXES = { ReturnConsumedCapacity: 'INDEXES' };
        expect(await rig.put('items', big, INDEXES)).toEqual(ConsumedCapacity(3, 2, 1));
        expect(await rig.put('items', { ...big, more: { S: 'y' } }, INDEXES)).toEqual(ConsumedCapacity(2, 2));
        expect(await rig.put('items', { ...a, kind: { S: 'other' } }, INDEXES)).toEqual(ConsumedCapacity(4, 2, 2));
        expect(await rig.put('items', a, { ReturnConsumedCapacity: 'TOTAL' })).toEqual({
          ConsumedCapacity: { TableName: 'items', CapacityUnits: 2 },
        });
      },
    },
    {
      says: 'an attribute that an index finds items by has the index’s type, or is not there',
      basis: 'observed',
      source: dynalite('putItem'),
      holds: async () => {
        const rig = new DynamoRig();
        const byKind = {
          IndexName: 'byKind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        };
        await rig.table('items', ['id'], {
          AttributeDefinitions: [
            { AttributeName: 'id', AttributeType: 'S' },
            { AttributeName: 'kind', AttributeType: 'S' },
          ],
          GlobalSecondaryIndexes: [byKind],
        });
        expect(await rig.invalid('PutItem', { TableName: 'items', Item: { ...a, kind: { N: '1' } } })).toBe(
          `${begin}Type mismatch for Index Key kind Expected: S Actual: N IndexName: byKind`,
        );
        expect(await rig.put('items', a)).toEqual({});
      },
    },
    {
      says: 'a batch writes 25 items at most, none of them twice',
      basis: 'documented',
      source: `${API}/API_BatchWriteItem.html`,
      holds: async () => {
        const rig = await rigWith(one);
        const puts = (count: number) =>
          Array.from({ length: count }, (_, index) => ({ PutRequest: { Item: { id: { S: `${index}` } } } }));
        const write = (requests: readonly object[]) => ({ RequestItems: { items: requests } });
        expect(await rig.ask('BatchWriteItem', write([...puts(24), { DeleteRequest: { Key: a } }]))).toEqual({
          UnprocessedItems: {},
        });
        expect(await rig.get('items', a)).toBeUndefined();
        expect(await rig.get('items', { id: { S: '23' } })).toBeDefined();

        expect(await rig.invalid('BatchWriteItem', write([{ DeleteRequest: { Key: a } }, { PutRequest: { Item: a } }]))).toBe(
          'Provided list of item keys contains duplicates',
        );
        expect(await rig.invalid('BatchWriteItem', write([{ DeleteRequest: { Key: { other: { S: 'a' } } } }]))).toBe(
          'The provided key element does not match the schema',
        );
      },
    },
    {
      says: 'a transaction writes all or nothing, and says of each of its items whether that hindered it',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await rigWith(one);
        const actions = [
          {
            Put: {
              TableName: 'items',
              Item: a,
              ConditionExpression: 'attribute_not_exists(id)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
          { Put: { TableName: 'items', Item: { id: { S: 'b' } } } },
        ];
        expect(await rig.refusal('TransactWriteItems', { TransactItems: actions })).toEqual({
          code: 'TransactionCanceledException',
          message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]',
          CancellationReasons: [
            { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: one },
            { Code: 'None' },
          ],
        });
        expect(await rig.get('items', { id: { S: 'b' } })).toBeUndefined();
      },
    },
    {
      says: 'a transaction puts, updates, deletes and checks, each item once',
      basis: 'documented',
      source: `${API}/API_TransactWriteItems.html`,
      holds: async () => {
        const rig = await rigWith(one, { id: { S: 'b' } }, { id: { S: 'c' }, n: { N: '1' } });
        const check = { ConditionCheck: { TableName: 'items', Key: a, ConditionExpression: 'attribute_exists(n)' } };
        const remove = { Delete: { TableName: 'items', Key: { id: { S: 'b' } } } };
        const update = { Update: { TableName: 'items', Key: { id: { S: 'c' } }, UpdateExpression: 'REMOVE n' } };
        const put = { Put: { TableName: 'items', Item: { id: { S: 'd' } } } };
        expect(
          await rig.ask('TransactWriteItems', { TransactItems: [check, remove, update, put], ReturnConsumedCapacity: 'TOTAL' }),
        ).toEqual({
          ConsumedCapacity: [{ TableName: 'items', CapacityUnits: 8, WriteCapacityUnits: 8 }],
        });
        const { Items } = await rig.ask('Scan', { TableName: 'items' });
        expect(Items).toHaveLength(3);
        expect(Items).toEqual(expect.arrayContaining([one, { id: { S: 'c' } }, { id: { S: 'd' } }]));
        expect(
          await rig.invalid('TransactWriteItems', { TransactItems: [check, { Delete: { TableName: 'items', Key: a } }] }),
        ).toBe('Transaction request cannot include multiple operations on one item');
      },
    },
    {
      says: 'a transaction with the token of one of the last ten minutes is that one, or refused',
      basis: 'documented',
      source: `${API}/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken`,
      holds: async () => {
        const rig = await rigWith({ ...a, n: { N: '1' } });
        const update = (text: string) => ({
          ClientRequestToken: 'token',
          TransactItems: [
            {
              Update: {
                TableName: 'items',
                Key: a,
                UpdateExpression: text,
                ExpressionAttributeValues: { ':v': { N: '1' } },
              },
            },
          ],
        });
        for (let time = 0; time < 3; time++) await rig.ask('TransactWriteItems', update('ADD n :v'));
        expect(await rig.get('items', a)).toEqual({ ...a, n: { N: '2' } });
        expect(await rig.refusal('TransactWriteItems', update('ADD m :v'))).toMatchObject({
          code: 'IdempotentParameterMismatchException',
        });
        await rig.clock.advance(600_000);
        await rig.ask('TransactWriteItems', update('ADD n :v'));
        expect(await rig.get('items', a)).toEqual({ ...a, n: { N: '3' } });
      },
    },
  ],
};
