import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { StateError } from '../../../local/state-folder.ts';
import { HOUR, kinesis, MIB, record, refusal, shardId, start } from './rig.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinesis-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Rig = ReturnType<typeof kinesis>;

/** The same stream in a later process, `hours` after the first one ended. */
function later(before: Rig, settings: Parameters<typeof kinesis>[0], hours = 0): Rig {
  before.service.save();
  const after = kinesis({ ...settings, folder, clock: new SimulatedClock(before.clock.now() + hours * HOUR) });
  after.service.restore();
  return after;
}

test('records are readable again under their sequence numbers, and new ones come behind them', async () => {
  const before = kinesis({ folder, shardCount: 2 });
  await before.call('PutRecords', { Records: Array.from({ length: 300 }, (_, index) => record(`${index}`, `${index}`)) });
  const seen = async ({ get, iterator }: Rig) => [
    ...(await get(await iterator('TRIM_HORIZON', {}, 0))).Records,
    ...(await get(await iterator('TRIM_HORIZON', {}, 1))).Records,
  ];
  const held = await seen(before);
  const after = later(before, { shardCount: 2 });
  expect(await seen(after)).toEqual(held);
  const { SequenceNumber } = await after.call('PutRecord', { ...record('new'), ExplicitHashKey: '0' });
  const [first] = held;
  expect(await after.read('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: first?.SequenceNumber })).toContain('new');
  expect(held.map((each) => each.SequenceNumber)).not.toContain(SequenceNumber);
});

test('what expired between two processes is gone, and lost where a consumer had not read it', async () => {
  const before = kinesis({ folder, shardCount: 1 });
  const consumer = before.stream.addConsumer();
  await before.call('PutRecord', record('old'));
  const checkpoints = consumer.checkpoints();
  before.service.save();
  const after = kinesis({ folder, shardCount: 1, clock: new SimulatedClock(start + 25 * HOUR) });
  const next = after.stream.addConsumer();
  after.service.restore();
  next.resume(checkpoints);
  expect(await after.read('TRIM_HORIZON')).toEqual([]);
  expect(after.stream.lost).toBe(1);
});

test('a change of shards survives, and one under way is ended first', async () => {
  const before = kinesis({ folder, shardCount: 1 });
  await before.call('PutRecord', record('a'));
  await before.call('SplitShard', { ShardToSplit: shardId(0), NewStartingHashKey: '1000' });
  const after = later(before, { shardCount: 1 });
  expect(await after.status()).toBe('ACTIVE');
  expect(await after.shards()).toHaveLength(3);
  expect((await after.call('PutRecord', { ...record('b'), ExplicitHashKey: '1' })).ShardId).toBe(shardId(1));
});

test('what was set by a call holds until the template says otherwise', async () => {
  const before = kinesis({ folder, shardCount: 1 });
  await before.call('IncreaseStreamRetentionPeriod', { RetentionPeriodHours: 72 });
  await before.call('PutRecord', record('a'));
  const same = later(before, { shardCount: 1 }, 48);
  expect(same.stream.retentionHours).toBe(72);
  expect(await same.read('TRIM_HORIZON')).toEqual(['a']);
  expect(later(same, { shardCount: 1, retentionHours: 36 }).stream.retentionHours).toBe(36);
});

test('tags are as calls left them, but for those that the template changes', async () => {
  const settings = { shardCount: 1, tags: { team: 'a', gone: 'x', old: 'x' } };
  const before = kinesis({ ...settings, folder });
  await before.call('AddTagsToStream', { Tags: { team: 'changed', added: 'n' } });
  await before.call('RemoveTagsFromStream', { TagKeys: ['gone'] });
  const same = later(before, settings);
  expect(Object.fromEntries(same.stream.tags)).toEqual({ team: 'changed', old: 'x', added: 'n' });
  const other = later(same, { shardCount: 1, tags: { team: 'a', gone: 'back', fresh: 'f' } });
  expect(Object.fromEntries(other.stream.tags)).toEqual({ team: 'changed', gone: 'back', fresh: 'f', added: 'n' });
});

test('a template with more shards splits those that were saved', async () => {
  const before = kinesis({ folder, shardCount: 1 });
  await before.call('PutRecord', record('a'));
  const after = later(before, { shardCount: 2 });
  expect(after.stream.openShards).toHaveLength(2);
  expect(await after.read('TRIM_HORIZON')).toEqual(['a']);
});

test('saving again adds what came, and leaves no file that nothing names', async () => {
  const { call, clock, service } = kinesis({ folder, shardCount: 1 });
  const files = () => readdirSync(folder).map((file) => path.extname(file));
  for (const text of ['a', 'b']) {
    await call('PutRecord', record(text));
    service.save();
  }
  expect(files()).toEqual(['.frames', '.frames', '.json']);
  writeFileSync(path.join(folder, `events.${randomUUID()}.frames`), 'of a run that was killed');
  service.save();
  expect(files()).toEqual(['.frames', '.frames', '.json']);
  await clock.advance(25 * HOUR);
  service.save();
  expect(files()).toEqual(['.json']);
});

test("a stream's files are not those of another whose name begins with its own", async () => {
  const before = kinesis({ folder, name: 'a', arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/a', shardCount: 1 });
  const other = { name: 'a.b', arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/a.b', shardCount: 1 };
  const longer = kinesis({ folder, ...other });
  await longer.send('PutRecord', { StreamName: 'a.b', ...record('kept') });
  longer.service.save();
  before.service.save();
  const after = kinesis({ folder, ...other });
  after.service.restore();
  expect(after.stream.shards[0]?.read(0, 1, MIB)).toHaveLength(1);
});

test('what an earlier version saved, in one file for each shard, is taken over', async () => {
  const before = kinesis({ folder, shardCount: 1 });
  await before.call('PutRecords', { Records: ['a', 'b'].map((text) => record(text)) });
  before.service.save();
  const file = path.join(folder, 'events.json');
  const saved = JSON.parse(readFileSync(file, 'utf8')) as { shards: { segments?: { file: string }[]; records?: string }[] };
  for (const shard of saved.shards) {
    shard.records = shard.segments?.[0]?.file ?? '';
    delete shard.segments;
  }
  writeFileSync(file, JSON.stringify(saved));
  const after = kinesis({ folder, shardCount: 1 });
  after.service.restore();
  expect(await after.read('TRIM_HORIZON')).toEqual(['a', 'b']);
});

test('fails for a file that ends too early', async () => {
  const before = kinesis({ folder, shardCount: 1 });
  await before.call('PutRecord', record('a'));
  before.service.save();
  const frames = readdirSync(folder).find((file) => file.endsWith('.frames')) ?? '';
  truncateSync(path.join(folder, frames), 10);
  const restore = () => {
    kinesis({ folder, shardCount: 1 }).service.restore();
  };
  expect(restore).toThrow(StateError);
  expect(restore).toThrow('reset the state');
});

test('an iterator of an earlier process still names its place', async () => {
  const before = kinesis({ folder, shardCount: 1 });
  await before.call('PutRecord', record('a'));
  const from = await before.iterator('TRIM_HORIZON');
  const after = later(before, { shardCount: 1 });
  expect((await after.get(from)).Records).toHaveLength(1);
  expect((await refusal(later(after, { shardCount: 1 }, 1).get(from))).code).toBe('ExpiredIteratorException');
});
