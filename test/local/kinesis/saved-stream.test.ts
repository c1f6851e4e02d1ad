import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { StateError } from '../../../local/state-folder.ts';
import { HOUR, kinesis, record, refusal, shardId, start } from './rig.ts';

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
  before.service.save(folder);
  const after = kinesis({ ...settings, clock: new SimulatedClock(before.clock.now() + hours * HOUR) });
  after.service.restore(folder);
  return after;
}

test('records are readable again under their sequence numbers, and new ones come behind them', async () => {
  const before = kinesis({ shardCount: 2 });
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
  const before = kinesis({ shardCount: 1 });
  const consumer = before.stream.addConsumer();
  await before.call('PutRecord', record('old'));
  const checkpoints = consumer.checkpoints();
  before.service.save(folder);
  const after = kinesis({ shardCount: 1, clock: new SimulatedClock(start + 25 * HOUR) });
  const next = after.stream.addConsumer();
  after.service.restore(folder);
  next.resume(checkpoints);
  expect(await after.read('TRIM_HORIZON')).toEqual([]);
  expect(after.stream.lost).toBe(1);
});

test('a change of shards survives, and one under way is ended first', async () => {
  const before = kinesis({ shardCount: 1 });
  await before.call('PutRecord', record('a'));
  await before.call('SplitShard', { ShardToSplit: shardId(0), NewStartingHashKey: '1000' });
  const after = later(before, { shardCount: 1 });
  expect(await after.status()).toBe('ACTIVE');
  expect(await after.shards()).toHaveLength(3);
  expect((await after.call('PutRecord', { ...record('b'), ExplicitHashKey: '1' })).ShardId).toBe(shardId(1));
});

test('what was set by a call holds until the template says otherwise', async () => {
  const before = kinesis({ shardCount: 1 });
  await before.call('IncreaseStreamRetentionPeriod', { RetentionPeriodHours: 72 });
  await before.call('PutRecord', record('a'));
  const same = later(before, { shardCount: 1 }, 48);
  expect(same.stream.retentionHours).toBe(72);
  expect(await same.read('TRIM_HORIZON')).toEqual(['a']);
  expect(later(same, { shardCount: 1, retentionHours: 36 }).stream.retentionHours).toBe(36);
});

test('tags are as calls left them, but for those that the template changes', async () => {
  const settings = { shardCount: 1, tags: { team: 'a', gone: 'x', old: 'x' } };
  const before = kinesis(settings);
  await before.call('AddTagsToStream', { Tags: { team: 'changed', added: 'n' } });
  await before.call('RemoveTagsFromStream', { TagKeys: ['gone'] });
  const same = later(before, settings);
  expect(Object.fromEntries(same.stream.tags)).toEqual({ team: 'changed', old: 'x', added: 'n' });
  const other = later(same, { shardCount: 1, tags: { team: 'a', gone: 'back', fresh: 'f' } });
  expect(Object.fromEntries(other.stream.tags)).toEqual({ team: 'changed', gone: 'back', fresh: 'f', added: 'n' });
});

test('a template with more shards splits those that were saved', async () => {
  const before = kinesis({ shardCount: 1 });
  await before.call('PutRecord', record('a'));
  const after = later(before, { shardCount: 2 });
  expect(after.stream.openShards).toHaveLength(2);
  expect(await after.read('TRIM_HORIZON')).toEqual(['a']);
});

test('saving again replaces what was saved, and leaves no file behind', async () => {
  const { call, service } = kinesis({ shardCount: 1 });
  for (const text of ['a', 'b']) {
    await call('PutRecord', record(text));
    service.save(folder);
  }
  expect(readdirSync(folder).map((file) => path.extname(file))).toEqual(['.frames', '.json']);
});

test('fails for a file that ends too early', async () => {
  const before = kinesis({ shardCount: 1 });
  await before.call('PutRecord', record('a'));
  before.service.save(folder);
  const frames = readdirSync(folder).find((file) => file.endsWith('.frames')) ?? '';
  truncateSync(path.join(folder, frames), 10);
  const restore = () => {
    kinesis({ shardCount: 1 }).service.restore(folder);
  };
  expect(restore).toThrow(StateError);
  expect(restore).toThrow('reset the state');
});

test('an iterator of an earlier process still names its place', async () => {
  const before = kinesis({ shardCount: 1 });
  await before.call('PutRecord', record('a'));
  const from = await before.iterator('TRIM_HORIZON');
  const after = later(before, { shardCount: 1 });
  expect((await after.get(from)).Records).toHaveLength(1);
  expect((await refusal(later(after, { shardCount: 1 }, 1).get(from))).code).toBe('ExpiredIteratorException');
});
