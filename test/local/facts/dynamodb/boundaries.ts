import { DynamoRig } from '../../dynamodb/rig.ts';
import type { FactTable } from '../fact.ts';
import { alternator, API, dynalite, RECORDED } from './sources.ts';

const a = { id: { S: 'a' } };

async function rigWith(...items: readonly object[]): Promise<DynamoRig> {
  const rig = new DynamoRig();
  await rig.table('items');
  for (const item of items) await rig.put('items', item);
  return rig;
}

const projected = async (ProjectionExpression: string): Promise<string> =>
  (await rigWith()).invalid('GetItem', { TableName: 'items', Key: a, ProjectionExpression });

const update = (UpdateExpression: string, values?: object) => ({
  TableName: 'items',
  Key: a,
  UpdateExpression,
  ...(values !== undefined && { ExpressionAttributeValues: values }),
});

const puts = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ PutRequest: { Item: { id: { S: `${from + index}` } } } }));

/** How far names, paths, sums and batches may go. */
export const dynamodbBoundaries: FactTable = {
  service: 'DynamoDB',
  facts: [
    {
      says: 'a name in an expression begins with a letter: an underscore is a token of its own',
      basis: 'observed',
      source: alternator('update_expression'),
      holds: async () => {
        const rig = await rigWith();
        expect(await rig.invalid('UpdateItem', update('SET _123 = :v', { ':v': { N: '1' } }))).toBe(
          'Invalid UpdateExpression: Syntax error; token: "_", near: "SET _123"',
        );
        expect(await rig.invalid('UpdateItem', update('SET a = _f(b)'))).toContain('Syntax error; token: "_"');
        expect(await rig.ask('UpdateItem', update('SET A_1_ = :v', { ':v': { N: '1' } }))).toEqual({});
        expect(
          await rig.ask('UpdateItem', {
            ...update('SET #_x = :_v', { ':_v': { N: '1' } }),
            ExpressionAttributeNames: { '#_x': '_x' },
          }),
        ).toEqual({});
      },
    },
    {
      says: 'a path is 32 levels deep at most, and an index a number of 31 bits',
      basis: 'observed',
      source: alternator('projection_expression'),
      holds: async () => {
        const rig = await rigWith(a);
        const ProjectionExpression = `a${'.b'.repeat(31)}, l[2147483647]`;
        expect(await rig.ask('GetItem', { TableName: 'items', Key: a, ProjectionExpression })).toEqual({ Item: {} });
        expect(await projected(`a${'.b'.repeat(32)}`)).toBe(
          'Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33',
        );
        expect(await projected('a[99999999999999]')).toBe(
          'Invalid ProjectionExpression: List index is not within the allowable range; index: [99999999999999]',
        );
      },
    },
    {
      says: 'a sum of more than 38 digits is called an overflow',
      basis: 'observed',
      source: alternator('number'),
      holds: async () => {
        const rig = await rigWith();
        for (const sign of ['+', '-'])
          expect(
            await rig.invalid('UpdateItem', update(`SET b = :x ${sign} :y`, { ':x': { N: '1e50' }, ':y': { N: '1' } })),
          ).toBe('Number overflow. Attempting to store a number with magnitude larger than supported range');
      },
    },
    {
      says: 'functions of updates are not allowed in conditions, nor those of conditions in updates',
      basis: 'observed',
      source: alternator('condition_expression'),
      holds: async () => {
        const rig = await rigWith();
        const put = { TableName: 'items', Item: a, ConditionExpression: 'if_not_exists(b, c) = id' };
        expect(await rig.invalid('PutItem', put)).toBe(
          'Invalid ConditionExpression: The function is not allowed in a condition expression; function: if_not_exists',
        );
        const scan = { TableName: 'items', FilterExpression: 'list_append(b, c) = d' };
        expect(await rig.invalid('Scan', scan)).toBe(
          'Invalid FilterExpression: The function is not allowed in a filter expression; function: list_append',
        );
        expect(await rig.invalid('UpdateItem', update('SET b = size(c)'))).toBe(
          'Invalid UpdateExpression: The function is not allowed in an update expression; function: size',
        );
      },
    },
    {
      says: 'a batch of writes names from one to 25 for each table, and 25 for all',
      basis: 'observed',
      source: dynalite('batchWriteItem'),
      holds: async () => {
        const rig = await rigWith();
        await rig.table('others');
        const rule =
          "1 validation error detected: Value '[]' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]";
        expect(await rig.invalid('BatchWriteItem', { RequestItems: { items: puts(26) } })).toBe(rule);
        expect(await rig.invalid('BatchWriteItem', { RequestItems: { items: [] } })).toBe(rule);
        expect(await rig.invalid('BatchWriteItem', { RequestItems: { items: puts(20), others: puts(6) } })).toBe(
          'Too many items requested for the BatchWriteItem call',
        );
      },
    },
    {
      says: 'an item in a batch that lacks its key, or has another type there, does not match the schema',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await rigWith();
        for (const Item of [{ other: { S: 'a' } }, { id: { N: '1' } }])
          expect(await rig.invalid('BatchWriteItem', { RequestItems: { items: [{ PutRequest: { Item } }] } })).toBe(
            'The provided key element does not match the schema',
          );
      },
    },
    {
      says: 'a transaction is the one of its token, in whichever order its members are written',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await rigWith();
        const put = (Item: object) => ({ ClientRequestToken: 'token', TransactItems: [{ Put: { TableName: 'items', Item } }] });
        await rig.ask('TransactWriteItems', put({ id: { S: 'a' }, n: { N: '1' } }));
        expect(await rig.ask('TransactWriteItems', put({ n: { N: '1' }, id: { S: 'a' } }))).toEqual({});
      },
    },
    {
      says: 'a transaction that is known by its token tells of reads, and a token has 36 characters at most',
      basis: 'documented',
      source: `${API}/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken`,
      holds: async () => {
        const rig = await rigWith();
        const put = (ClientRequestToken: string) => ({
          ClientRequestToken,
          ReturnConsumedCapacity: 'TOTAL',
          TransactItems: [{ Put: { TableName: 'items', Item: a } }],
        });
        const told = (kind: string) => ({
          ConsumedCapacity: [{ TableName: 'items', CapacityUnits: 2, [`${kind}CapacityUnits`]: 2 }],
        });
        expect(await rig.ask('TransactWriteItems', put('token'))).toEqual(told('Write'));
        expect(await rig.ask('TransactWriteItems', put('token'))).toEqual(told('Read'));
        for (const token of ['', 't'.repeat(37)])
          expect(await rig.invalid('TransactWriteItems', put(token))).toContain(
            "'clientRequestToken' failed to satisfy constraint",
          );
      },
    },
  ],
};
