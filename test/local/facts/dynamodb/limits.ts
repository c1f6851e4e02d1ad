import { DynamoRig } from '../../dynamodb/rig.ts';
import type { FactTable } from '../fact.ts';
import { alternator } from './sources.ts';

const a = { id: { S: 'a' } };
const TAGGED = 'arn:aws:dynamodb:us-east-1:123456789012:table/items';

async function rigWith(...items: readonly object[]): Promise<DynamoRig> {
  const rig = new DynamoRig();
  await rig.table('items', ['id'], { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } });
  for (const item of items) await rig.put('items', item);
  return rig;
}

const index = (IndexName: string, AttributeName: string) => ({
  Create: { IndexName, KeySchema: [{ AttributeName, KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
});
const create = (AttributeType: string, IndexName = 'byX') => ({
  TableName: 'items',
  AttributeDefinitions: [{ AttributeName: 'x', AttributeType }],
  GlobalSecondaryIndexUpdates: [index(IndexName, 'x')],
});

async function streamOf(rig: DynamoRig): Promise<{ StreamArn: string; ShardId: string; SequenceNumber: string }> {
  const { Streams } = await rig.ask('ListStreams', {});
  const { StreamArn } = (Streams as { StreamArn: string }[]).at(-1) ?? { StreamArn: '' };
  const { StreamDescription } = await rig.ask('DescribeStream', { StreamArn });
  const [shard] = (
    StreamDescription as { Shards: { ShardId: string; SequenceNumberRange: { StartingSequenceNumber: string } }[] }
  ).Shards;
  return {
    StreamArn,
    ShardId: shard?.ShardId ?? '',
    SequenceNumber: shard?.SequenceNumberRange.StartingSequenceNumber ?? '',
  };
}

/** How long names and lists may be, and what a table cannot be changed to. */
export const dynamodbLimits: FactTable = {
  service: 'DynamoDB',
  facts: [
    {
      says: 'an expression of parentheses alone is refused, however deep they lie',
      basis: 'observed',
      source: alternator('limits'),
      holds: async () => {
        const rig = await rigWith();
        const deep = `${'('.repeat(2000)}id${')'.repeat(2000)} = id`;
        for (const ConditionExpression of ['('.repeat(4096), deep])
          expect(await rig.invalid('PutItem', { TableName: 'items', Item: a, ConditionExpression })).toContain(
            'ConditionExpression',
          );
      },
    },
    {
      says: 'the name of an attribute is not empty, and shorter than 65536 bytes',
      basis: 'observed',
      source: alternator('limits'),
      holds: async () => {
        const rig = await rigWith();
        const put = (name: string) => rig.invalid('PutItem', { TableName: 'items', Item: { ...a, [name]: { N: '1' } } });
        expect(await put('')).toContain('Empty attribute name');
        expect(await put('x'.repeat(65_536))).toContain('65536');
        const get = { TableName: 'items', Key: a, ProjectionExpression: '#n' };
        const named = (name: string) => rig.invalid('GetItem', { ...get, ExpressionAttributeNames: { '#n': name } });
        expect(await named('')).toContain('Empty attribute name');
        expect(await named('x'.repeat(65_536))).toContain('65536');
      },
    },
    {
      says: 'an attribute of a key has a name of at most 255 characters, and a type',
      basis: 'observed',
      source: alternator('table'),
      holds: async () => {
        const rig = new DynamoRig();
        const made = (definition: object) =>
          rig.invalid('CreateTable', {
            TableName: 'items',
            BillingMode: 'PAY_PER_REQUEST',
            KeySchema: [{ AttributeName: 'x', KeyType: 'HASH' }],
            AttributeDefinitions: [definition],
          });
        expect(await made({ AttributeName: 'x'.repeat(256), AttributeType: 'S' })).toContain('less than or equal to 255');
        expect(await made({ AttributeType: 'S' })).toBe(
          "1 validation error detected: Value null at 'attributeDefinitions.1.member.attributeName' failed to satisfy constraint: Member must not be null",
        );
        expect(await made({ AttributeName: 'x' })).toContain('attributeDefinitions.1.member.attributeType');
      },
    },
    {
      says: 'an attribute of a key keeps its type, an index its name, and an update of indexes does one thing',
      basis: 'observed',
      source: alternator('gsi_updatetable'),
      holds: async () => {
        const rig = await rigWith();
        expect(await rig.invalid('UpdateTable', { TableName: 'items', GlobalSecondaryIndexUpdates: [] })).toContain(
          'At least one of',
        );
        const both = { ...index('byX', 'x'), Delete: { IndexName: 'other' } };
        expect(await rig.invalid('UpdateTable', { ...create('S'), GlobalSecondaryIndexUpdates: [both] })).toContain('one');
        await rig.ask('UpdateTable', create('S'));
        expect(await rig.invalid('UpdateTable', create('N', 'byY'))).toContain('Attributes cannot be redefined');
        expect(await rig.invalid('UpdateTable', create('S'))).toContain('already exists');
      },
    },
    {
      says: 'a global index cannot have the name of a local one',
      basis: 'observed',
      source: alternator('gsi_updatetable'),
      holds: async () => {
        const rig = new DynamoRig();
        const KeySchema = [
          { AttributeName: 'id', KeyType: 'HASH' },
          { AttributeName: 'x', KeyType: 'RANGE' },
        ];
        await rig.table('items', ['id', 'at'], {
          AttributeDefinitions: ['id', 'at', 'x'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          LocalSecondaryIndexes: [{ IndexName: 'local', KeySchema, Projection: { ProjectionType: 'ALL' } }],
        });
        expect(await rig.invalid('UpdateTable', create('S', 'local'))).toContain('already exists');
      },
    },
    {
      says: 'a new index leaves out items whose value is too long for a key of it, or empty',
      basis: 'observed',
      source: alternator('gsi_updatetable'),
      holds: async () => {
        const good = { ...a, x: { S: 'x' } };
        const rig = await rigWith(good, { id: { S: 'b' }, x: { S: 'x'.repeat(2049) } }, { id: { S: 'c' }, x: { S: '' } });
        await rig.ask('UpdateTable', create('S'));
        expect(await rig.ask('Scan', { TableName: 'items', IndexName: 'byX' })).toMatchObject({ Items: [good] });
      },
    },
    {
      says: 'a table has at most 50 tags, keys of 128 characters and values of 256, without signs',
      basis: 'observed',
      source: alternator('tag'),
      holds: async () => {
        const rig = await rigWith();
        const tag = (...Tags: readonly object[]) => ({ ResourceArn: TAGGED, Tags });
        const bad = [
          ['', 'v'],
          ['k'.repeat(129), 'v'],
          ['k', 'v'.repeat(257)],
          ['hi!', 'v'],
          ['k', 'd%g'],
          ['aws:k', 'v'],
        ] as const;
        for (const [Key, Value] of bad) await rig.invalid('TagResource', tag({ Key, Value }));
        await rig.invalid('TagResource', tag());
        const many = Array.from({ length: 50 }, (_, number) => ({ Key: `${number}`, Value: '' }));
        await rig.ask('TagResource', tag(...many));
        await rig.ask('TagResource', tag({ Key: '0', Value: 'Ѯ v' }));
        await rig.invalid('TagResource', tag({ Key: '50', Value: '' }));
        const key = {
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        };
        const Tags = [...many, { Key: '50', Value: '' }];
        await rig.invalid('CreateTable', { TableName: 'others', BillingMode: 'PAY_PER_REQUEST', ...key, Tags });
        expect((await rig.ask('ListTagsOfResource', { ResourceArn: TAGGED })).Tags).toHaveLength(50);
      },
    },
    {
      says: 'items expire by an attribute of from one to 255 characters',
      basis: 'observed',
      source: alternator('ttl'),
      holds: async () => {
        const rig = await rigWith();
        for (const AttributeName of ['', 'x'.repeat(256)])
          expect(
            await rig.invalid('UpdateTimeToLive', {
              TableName: 'items',
              TimeToLiveSpecification: { AttributeName, Enabled: true },
            }),
          ).toContain('length');
      },
    },
    {
      says: 'a shard begins with a sequence number behind which all its records lie',
      basis: 'observed',
      source: alternator('streams'),
      holds: async () => {
        const rig = await rigWith();
        const { StreamArn, ShardId, SequenceNumber } = await streamOf(rig);
        const at = { StreamArn, ShardId };
        const iterators = await Promise.all(
          ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'].map((ShardIteratorType) =>
            rig.ask('GetShardIterator', { ...at, ShardIteratorType, SequenceNumber }),
          ),
        );
        await rig.put('items', a);
        for (const { ShardIterator } of iterators)
          expect((await rig.ask('GetRecords', { ShardIterator })).Records).toHaveLength(1);
        for (const ShardIteratorType of ['TRIM_HORIZON', 'LATEST'])
          await rig.invalid('GetShardIterator', { ...at, ShardIteratorType, SequenceNumber });
      },
    },
    {
      says: 'streams are asked for by ARNs, shards by what they are children of, lists by lengths that there are',
      basis: 'observed',
      source: alternator('streams'),
      holds: async () => {
        const rig = await rigWith();
        const { StreamArn, ShardId } = await streamOf(rig);
        for (const Limit of [0, 101]) await rig.invalid('ListStreams', { Limit });
        await rig.invalid('ListStreams', { ExclusiveStartStreamArn: 'x'.repeat(50) });
        await rig.invalid('DescribeStream', { StreamArn: 'x'.repeat(50) });
        const filtered = (ShardFilter: object) => ({ StreamArn, ShardFilter });
        const none = { StreamDescription: { Shards: [] } };
        expect(await rig.ask('DescribeStream', filtered({ ShardId, Type: 'CHILD_SHARDS' }))).toMatchObject(none);
        expect(await rig.ask('DescribeStream', { StreamArn, ExclusiveStartShardId: 'z'.repeat(40) })).toMatchObject(none);
        const bad = [
          { ShardId, Type: 'foo' },
          { ShardId: 'qwerty', Type: 'CHILD_SHARDS' },
          { ShardId },
          { Type: 'CHILD_SHARDS' },
        ];
        for (const filter of bad) await rig.invalid('DescribeStream', filtered(filter));
      },
    },
    {
      says: 'a stream that follows another in the same moment is another: both have ARNs of their own',
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Stream.html',
      holds: async () => {
        const rig = await rigWith(a);
        const set = (StreamSpecification: object) => rig.ask('UpdateTable', { TableName: 'items', StreamSpecification });
        await set({ StreamEnabled: false });
        await set({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' });
        const { Streams } = await rig.ask('ListStreams', { TableName: 'items' });
        expect(new Set((Streams as { StreamArn: string }[]).map(({ StreamArn }) => StreamArn)).size).toBe(2);
      },
    },
  ],
};
