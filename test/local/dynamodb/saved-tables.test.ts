import { readdirSync } from 'node:fs';
import { arnOf, DynamoRig } from './rig.ts';

const a = { id: { S: 'a' } };

test('a table of a client goes on after a stop: settings, items, tags, time to live, policy and stream', async () => {
  const rig = new DynamoRig();
  await rig.table('items', ['id'], {
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  await rig.ask('UpdateTimeToLive', { TableName: 'items', TimeToLiveSpecification: { AttributeName: 'end', Enabled: true } });
  await rig.ask('PutResourcePolicy', { ResourceArn: arnOf('items'), Policy: '{"Statement":[]}' });
  const item = { ...a, n: { N: '1' }, bytes: { B: 'AQI=' }, set: { SS: ['x'] }, doc: { M: { l: { L: [{ NULL: true }] } } } };
  await rig.put('items', item);
  await rig.put('items', { id: { S: 'soon' }, end: { N: String(rig.clock.now() / 1000 + 5) } });
  const before = await rig.ask('DescribeTable', { TableName: 'items' });
  const next = rig.next();
  expect(await next.ask('DescribeTable', { TableName: 'items' })).toEqual(before);
  expect(await next.get('items', a)).toEqual(item);
  expect(await next.ask('ListTagsOfResource', { ResourceArn: arnOf('items') })).toEqual({ Tags: [{ Key: 'team', Value: 'a' }] });
  expect(await next.ask('GetResourcePolicy', { ResourceArn: arnOf('items') })).toMatchObject({ Policy: '{"Statement":[]}' });
  await next.clock.advance(5_000);
  expect(await next.get('items', { id: { S: 'soon' } })).toBeUndefined();
  const { LatestStreamArn: StreamArn } = (await next.ask('DescribeTable', { TableName: 'items' })).Table as {
    LatestStreamArn: string;
  };
  const { StreamDescription } = await next.ask('DescribeStream', { StreamArn });
  const [shard] = (StreamDescription as { Shards: { ShardId: string }[] }).Shards;
  const { ShardIterator } = await next.ask('GetShardIterator', {
    StreamArn,
    ShardId: shard?.ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const { Records } = await next.ask('GetRecords', { ShardIterator });
  expect((Records as { eventName: string }[]).map(({ eventName }) => eventName)).toEqual(['INSERT', 'INSERT', 'REMOVE']);
});

test('what is saved again is what has changed, until that is much', async () => {
  const rig = new DynamoRig();
  await rig.table('items');
  for (let id = 0; id < 40; id++) await rig.put('items', { id: { S: `${id}` } });
  const next = rig.next();
  const files = () => readdirSync(rig.folder).filter((file) => file.endsWith('.frames'));
  const [whole] = files();
  await next.put('items', { id: { S: '1' }, n: { N: '1' } });
  await next.ask('DeleteItem', { TableName: 'items', Key: { id: { S: '2' } } });
  const third = next.next();
  expect(files()).toHaveLength(2);
  expect(files()).toContain(whole);
  expect(await third.get('items', { id: { S: '1' } })).toEqual({ id: { S: '1' }, n: { N: '1' } });
  expect(await third.get('items', { id: { S: '2' } })).toBeUndefined();
  expect(await third.ask('Scan', { TableName: 'items', Select: 'COUNT' })).toMatchObject({ Count: 39 });
  for (let id = 0; id < 20; id++) await third.put('items', { id: { S: `${id}` }, n: { N: '2' } });
  expect(await third.next().ask('Scan', { TableName: 'items', Select: 'COUNT' })).toMatchObject({ Count: 40 });
  expect(files()).toHaveLength(1);
  expect(files()).not.toContain(whole);
});

test('a table that a client has deleted is not there after a stop, nor is what it held', async () => {
  const rig = new DynamoRig();
  await rig.table('items');
  await rig.put('items', a);
  const next = rig.next();
  await next.ask('DeleteTable', { TableName: 'items' });
  expect(await next.next().ask('ListTables', {})).toEqual({ TableNames: [] });
  expect(readdirSync(rig.folder)).toEqual([]);
});
