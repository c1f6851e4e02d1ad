import { DynamoRig } from '../../dynamodb/rig.ts';
import type { FactTable } from '../fact.ts';
import { API, dynalite, GUIDE, RECORDED } from './sources.ts';

interface Page {
  readonly Items?: readonly Readonly<Record<string, { readonly S?: string; readonly N?: string }>>[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: object;
}

const INDEXES = {
  AttributeDefinitions: ['pk', 'sk', 'kind', 'grade'].map((AttributeName) => ({
    AttributeName,
    AttributeType: AttributeName === 'sk' || AttributeName === 'grade' ? 'N' : 'S',
  })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byKind',
      KeySchema: [
        { AttributeName: 'kind', KeyType: 'HASH' },
        { AttributeName: 'grade', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'byGrade',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'grade', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};

/** Ten items of one partition, of which the odd are in the indexes, and one of another. */
async function filled(): Promise<DynamoRig> {
  const rig = new DynamoRig();
  await rig.table('events', ['pk', 'sk:N'], INDEXES);
  for (let sk = -3; sk < 7; sk++) {
    const indexed = sk % 2 === 0 ? {} : { kind: { S: 'odd' }, grade: { N: `${-sk}` } };
    await rig.put('events', { pk: { S: 'a' }, sk: { N: `${sk}` }, note: { S: 'n' }, body: { S: 'b' }, ...indexed });
  }
  await rig.put('events', { pk: { S: 'b' }, sk: { N: '1' } });
  return rig;
}

const ofA = { KeyConditionExpression: 'pk = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } };
const query = async (rig: DynamoRig, more: object): Promise<Page> =>
  (await rig.ask('Query', { TableName: 'events', ...more })) as unknown as Page;
const times = ({ Items = [] }: Page): readonly number[] => Items.map(({ sk }) => Number(sk?.N));

const refused = async (more: object): Promise<string> => (await filled()).invalid('Query', { TableName: 'events', ...more });

export const dynamodbReading: FactTable = {
  service: 'DynamoDB',
  facts: [
    {
      says: 'a query answers with one partition in the order of the sort key, numbers by their size',
      basis: 'documented',
      source: `${API}/API_Query.html`,
      holds: async () => {
        const rig = await filled();
        expect(times(await query(rig, ofA))).toEqual([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6]);
        expect(times(await query(rig, { ...ofA, ScanIndexForward: false, Limit: 3 }))).toEqual([6, 5, 4]);
      },
    },
    {
      says: 'a query bounds the sort key by comparators, BETWEEN and begins_with',
      basis: 'documented',
      source: `${GUIDE}/Query.KeyConditionExpressions.html`,
      holds: async () => {
        const rig = await filled();
        const bounded = async (text: string) =>
          times(
            await query(rig, {
              KeyConditionExpression: `pk = :a AND ${text}`,
              ExpressionAttributeValues: {
                ':a': { S: 'a' },
                ':l': { N: '1' },
                ...(text.includes(':h') && { ':h': { N: '3.5' } }),
              },
            }),
          );
        expect(await bounded('sk = :l')).toEqual([1]);
        expect(await bounded('sk < :l')).toEqual([-3, -2, -1, 0]);
        expect(await bounded('sk <= :l')).toEqual([-3, -2, -1, 0, 1]);
        expect(await bounded('sk > :l')).toEqual([2, 3, 4, 5, 6]);
        expect(await bounded(':l <= sk')).toEqual([1, 2, 3, 4, 5, 6]);
        expect(await bounded('sk BETWEEN :l AND :h')).toEqual([1, 2, 3]);
        const texts = new DynamoRig();
        await texts.table('words', ['pk', 'word']);
        for (const word of ['a', 'ab', 'abc', 'b', 'é']) await texts.put('words', { pk: { S: 'p' }, word: { S: word } });
        const { Items } = await texts.ask('Query', {
          TableName: 'words',
          KeyConditionExpression: 'pk = :p AND begins_with(word, :w)',
          ExpressionAttributeValues: { ':p': { S: 'p' }, ':w': { S: 'ab' } },
        });
        expect((Items as { word: { S: string } }[]).map(({ word }) => word.S)).toEqual(['ab', 'abc']);
      },
    },
    {
      says: 'a limit bounds what is read, before the filter; the last key read is told, even where nothing follows',
      basis: 'observed',
      source: dynalite('query'),
      holds: async () => {
        const rig = await filled();
        const filter = { ...ofA, FilterExpression: 'attribute_exists(kind)' };
        const first = await query(rig, { ...filter, Limit: 4 });
        expect(first).toMatchObject({ Count: 2, ScannedCount: 4, LastEvaluatedKey: { pk: { S: 'a' }, sk: { N: '0' } } });
        const rest = await query(rig, { ...filter, Limit: 6, ExclusiveStartKey: first.LastEvaluatedKey });
        expect(times(rest)).toEqual([1, 3, 5]);
        expect(rest).toMatchObject({ ScannedCount: 6, LastEvaluatedKey: { sk: { N: '6' } } });
        expect(await query(rig, { ...filter, ExclusiveStartKey: rest.LastEvaluatedKey })).toEqual({
          Items: [],
          Count: 0,
          ScannedCount: 0,
        });
      },
    },
    {
      says: 'a page ends with the item that makes it 1 MB',
      basis: 'documented',
      source: `${GUIDE}/Query.Pagination.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('events', ['pk', 'sk:N']);
        for (let sk = 0; sk < 5; sk++)
          await rig.put('events', { pk: { S: 'a' }, sk: { N: `${sk}` }, body: { S: 'x'.repeat(300_000) } });
        const page = await query(rig, { ...ofA, Select: 'COUNT' });
        expect(page).toEqual({ Count: 4, ScannedCount: 4, LastEvaluatedKey: { pk: { S: 'a' }, sk: { N: '3' } } });
      },
    },
    {
      says: 'an index holds the items that have its key, and of them what it projects',
      basis: 'documented',
      source: `${GUIDE}/GSI.html`,
      holds: async () => {
        const rig = await filled();
        const page = await query(rig, {
          IndexName: 'byKind',
          KeyConditionExpression: 'kind = :k AND grade < :r',
          ExpressionAttributeValues: { ':k': { S: 'odd' }, ':r': { N: '0' } },
        });
        expect(times(page)).toEqual([5, 3, 1]);
        expect(page.Items?.[0]).toEqual({
          pk: { S: 'a' },
          sk: { N: '5' },
          kind: { S: 'odd' },
          grade: { N: '-5' },
          note: { S: 'n' },
        });
        expect((await query(rig, { ...ofA, IndexName: 'byGrade', Limit: 1 })).LastEvaluatedKey).toEqual({
          pk: { S: 'a' },
          sk: { N: '5' },
          grade: { N: '-5' },
        });
      },
    },
    {
      says: 'a local index sends for what it does not hold, a global one refuses it',
      basis: 'documented',
      source: `${GUIDE}/LSI.html#LSI.Projections`,
      holds: async () => {
        const rig = await filled();
        const local = await query(rig, { ...ofA, IndexName: 'byGrade', Select: 'ALL_ATTRIBUTES', Limit: 1 });
        expect(local.Items?.[0]).toHaveProperty('body');
        expect((await query(rig, { ...ofA, IndexName: 'byGrade', Limit: 1 })).Items?.[0]).not.toHaveProperty('body');
        const odd = {
          IndexName: 'byKind',
          KeyConditionExpression: 'kind = :k',
          ExpressionAttributeValues: { ':k': { S: 'odd' } },
        };
        expect(await refused({ ...odd, Select: 'ALL_ATTRIBUTES' })).toBe(
          'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index byKind because its projection type is not ALL',
        );
        expect(await refused({ ...odd, ConsistentRead: true })).toBe(
          'Consistent reads are not supported on global secondary indexes',
        );
      },
    },
    {
      says: 'conditions on keys name the key, each attribute once, by what an index can look for',
      basis: 'observed',
      source: dynalite('query'),
      holds: async () => {
        const values = { ExpressionAttributeValues: { ':a': { S: 'a' }, ':n': { N: '1' } } };
        const say = async (KeyConditionExpression: string, more: object = values) => refused({ KeyConditionExpression, ...more });
        expect(await say('sk = :n AND extra = :a')).toBe('Query condition missed key schema element: pk');
        expect(await say('pk = :a AND extra = :n')).toBe('Query condition missed key schema element: sk');
        expect(await say('pk > :a AND sk = :n')).toBe('Query key condition not supported');
        expect(await say('pk = :a OR sk = :n')).toBe('Invalid operator used in KeyConditionExpression: OR');
        expect(await say('pk = :a AND sk <> :n')).toBe('Invalid operator used in KeyConditionExpression: <>');
        expect(await say('pk = :a AND pk = :n')).toBe('KeyConditionExpressions must only contain one condition per key');
        expect(await say('pk = :n AND sk = :a')).toBe(
          'One or more parameter values were invalid: Condition parameter type does not match schema type',
        );
        expect(await say('pk = :a AND size(sk) = :n')).toBe('KeyConditionExpressions cannot contain nested operations');
        expect(await say('pk.a = :a AND sk = :n')).toBe('KeyConditionExpressions cannot have conditions on nested attributes');
        expect(await refused({})).toBe(
          'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
        );
        expect(await say('pk = :', values)).toBe('Invalid KeyConditionExpression: Syntax error; token: ":", near: "= :"');
      },
    },
    {
      says: 'a filter of a query names no attribute of the key',
      basis: 'observed',
      source: dynalite('query'),
      holds: async () => {
        expect(await refused({ ...ofA, FilterExpression: 'attribute_exists(sk)' })).toBe(
          'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
        );
      },
    },
    {
      says: 'a starting key has the attributes of the key, and lies where is looked',
      basis: 'observed',
      source: dynalite('query'),
      holds: async () => {
        expect(await refused({ ...ofA, ExclusiveStartKey: { pk: { S: 'b' }, sk: { N: '1' } } })).toBe(
          'The provided starting key is outside query boundaries based on provided conditions',
        );
        expect(await refused({ ...ofA, ExclusiveStartKey: { pk: { S: 'a' } } })).toMatch(/^The provided starting key is invalid/);
        expect(await refused({ ...ofA, IndexName: 'none' })).toBe('The table does not have the specified index: none');
      },
    },
    {
      says: 'the segments of a scan hold every item once',
      basis: 'documented',
      source: `${GUIDE}/Scan.html#Scan.ParallelScan`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        const ids = Array.from({ length: 200 }, (_, index) => `${index}`);
        for (const id of ids) await rig.put('items', { id: { S: id } });
        const found: string[] = [];
        for (let Segment = 0; Segment < 7; Segment++) {
          let ExclusiveStartKey: object | undefined;
          do {
            const page = (await rig.ask('Scan', {
              TableName: 'items',
              Segment,
              TotalSegments: 7,
              Limit: 9,
              ExclusiveStartKey,
            })) as unknown as Page;
            found.push(...(page.Items ?? []).map(({ id }) => id?.S ?? ''));
            ExclusiveStartKey = page.LastEvaluatedKey;
          } while (ExclusiveStartKey !== undefined);
        }
        expect(found.sort()).toEqual(ids.sort());
        expect(await rig.invalid('Scan', { TableName: 'items', Segment: 7, TotalSegments: 7 })).toBe(
          'The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 7 is not less than TotalSegments: 7',
        );
      },
    },
    {
      says: 'a read takes half a unit for each 4 KB, a whole one where it is consistent, and two in a transaction',
      basis: 'documented',
      source: `${GUIDE}/read-write-operations.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        await rig.put('items', { id: { S: 'a' }, body: { S: 'x'.repeat(5000) } });
        const asked = { TableName: 'items', Key: { id: { S: 'a' } }, ReturnConsumedCapacity: 'TOTAL' };
        const units = async (more: object) => (await rig.ask('GetItem', { ...asked, ...more })).ConsumedCapacity;
        expect(await units({})).toEqual({ TableName: 'items', CapacityUnits: 1 });
        expect(await units({ ConsistentRead: true })).toEqual({ TableName: 'items', CapacityUnits: 2 });
        expect(await units({ Key: { id: { S: 'none' } } })).toEqual({ TableName: 'items', CapacityUnits: 0.5 });
        const { TableName, Key } = asked;
        expect(
          await rig.ask('TransactGetItems', { TransactItems: [{ Get: { TableName, Key } }], ReturnConsumedCapacity: 'TOTAL' }),
        ).toMatchObject({ ConsumedCapacity: [{ TableName: 'items', CapacityUnits: 4, ReadCapacityUnits: 4 }] });
      },
    },
    {
      says: 'a batch gets a hundred items at most, none twice, and says nothing of those that are not there',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        await rig.put('items', { id: { S: 'a' }, n: { N: '1' } });
        const get = (...ids: readonly string[]) => ({
          RequestItems: { items: { Keys: ids.map((S) => ({ id: { S } })), ProjectionExpression: 'n' } },
        });
        expect(await rig.ask('BatchGetItem', get('a', 'b'))).toEqual({
          Responses: { items: [{ n: { N: '1' } }] },
          UnprocessedKeys: {},
        });
        expect(await rig.ask('BatchGetItem', get('b'))).toEqual({ Responses: { items: [] }, UnprocessedKeys: {} });
        expect(await rig.invalid('BatchGetItem', get('a', 'a'))).toBe('Provided list of item keys contains duplicates');
        expect(await rig.invalid('BatchGetItem', get(...Array.from({ length: 101 }, (_, index) => `${index}`)))).toBe(
          "1 validation error detected: Value '[]' at 'requestItems.items.member.keys' failed to satisfy constraint: Member must have length less than or equal to 100",
        );
      },
    },
    {
      says: 'a transaction gets each item as it stands',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        await rig.put('items', { id: { S: 'a' } });
        const Get = (S: string) => ({ Get: { TableName: 'items', Key: { id: { S } } } });
        expect(await rig.ask('TransactGetItems', { TransactItems: [Get('a'), Get('b')] })).toEqual({
          Responses: [{ Item: { id: { S: 'a' } } }, {}],
        });
      },
    },
  ],
};
