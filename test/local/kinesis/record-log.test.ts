import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RecordFiles } from '../../../local/kinesis/record-files.ts';
import { RecordLog } from '../../../local/kinesis/record-log.ts';
import { HOUR, kinesis, MIB, sized, type RecordSeen } from './rig.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'log-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = () => new RecordLog(new RecordFiles(folder, 'events'), (record, ordinal) => ({ ...record, ordinal }));
type Log = ReturnType<typeof open>;

/** Appends records of half a MiB, one a second from `from` on. */
function fill(log: Log, count: number, from = 0): void {
  for (let second = from; second < from + count; second++) {
    log.append({ partitionKey: String(second), data: Buffer.alloc(MIB / 2, second), arrival: second * 1000 });
  }
}

/** Ordinals of what is read from a position on to the end, each checked against the key and the bytes that were put there. */
function ordinals(log: Log, from = 0): number[] {
  return [...log.from(from)].map(({ ordinal, partitionKey, data, arrival }) => {
    expect([partitionKey, arrival, data.length, data[0]]).toEqual([String(ordinal), ordinal * 1000, MIB / 2, ordinal]);
    return ordinal;
  });
}

/** Ordinal of the first that is read from a position on. */
function first(log: Log, from: number): number | undefined {
  for (const { ordinal } of log.from(from)) return ordinal;
  return undefined;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const files = (): number => readdirSync(folder).length;

test('memory has the latest, files have the others, and every record is read from where one begins', () => {
  const log = open();
  fill(log, 12);
  expect(files()).toBe(0);
  fill(log, 28, 12);
  expect(files()).toBe(4);
  for (const from of [0, 1, 8, 9, 10, 17, 35, 36, 39]) expect(ordinals(log, from)).toEqual(range(from, 40));
  expect(ordinals(log, 40)).toEqual([]);
});

test.each([
  ['nothing of a file', 3, 3],
  ['all of a file but its last record', 8, 8],
  ['a file', 9, 9],
  ['a file and some of the next', 12, 12],
  ['every file', 36, 36],
  ['some of memory', 38, 38],
  ['everything', 100, 40],
])('forgets %s when it has expired', (_what, second, start) => {
  const log = open();
  fill(log, 40);
  const before = files();
  log.expire(second * 1000);
  expect(log.start).toBe(start);
  expect(ordinals(log)).toEqual(range(start, 40));
  expect(before - files()).toBe(Math.min(4, Math.floor(start / 9)));
  log.expire(0);
  expect(log.start).toBe(start);
});

test('finds the first record of a time in files and in memory', () => {
  const log = open();
  fill(log, 40);
  for (const second of [0, 5, 8, 9, 20, 36, 39]) {
    expect(log.positionAt(second * 1000)).toBe(second);
    expect(log.positionAt(second * 1000 - 1)).toBe(second);
  }
  expect(log.positionAt(40_000)).toBe(40);
  log.expire(12_000);
  expect(log.positionAt(0)).toBe(12);
});

test('goes on from what it had filed', () => {
  const log = open();
  fill(log, 20);
  log.expire(4000);
  const later = open();
  later.resume(log.start, log.fileAll());
  expect([later.start, later.end]).toEqual([4, 20]);
  fill(later, 10, 20);
  expect(ordinals(later)).toEqual(range(4, 30));
});

test('a file is read once as long as reading goes on in it, and not beyond what is asked for', () => {
  let read = 0;
  class Counted extends RecordFiles {
    override *read(segment: Parameters<RecordFiles['read']>[0]) {
      read++;
      yield* super.read(segment);
    }
  }
  const log = new RecordLog(new Counted(folder, 'events'), (record, ordinal) => ({ ...record, ordinal }));
  fill(log, 40);
  for (let from = 0; from < 9; from++) expect(first(log, from)).toBe(from);
  expect(read).toBe(1);
});

test('records that arrived at one time are told apart by their position', () => {
  const log = open();
  for (let index = 0; index < 100_000; index++)
    log.append({ partitionKey: 'k', data: Buffer.alloc(100), arrival: Math.floor(index / 500) });
  expect(log.positionAt(50)).toBe(25_000);
  expect(first(log, 25_000)).toBe(25_000);
  log.expire(51);
  expect(log.start).toBe(25_500);
});

test('records that hardly have data go to files too', () => {
  const log = open();
  for (let index = 0; index < 50_000; index++) log.append({ partitionKey: 'k', data: Buffer.alloc(index % 2), arrival: index });
  expect(files()).toBeGreaterThan(3);
  for (const from of [0, 20_000, 49_999]) expect(first(log, from)).toBe(from);
  expect([...log.from(0)]).toHaveLength(50_000);
});

test('every record stays readable until its retention ends, also those that a delivery has passed, and no longer than that in a file', async () => {
  const { call, clock, stream, iterator, get } = kinesis({ folder, shardCount: 1 });
  const consumer = stream.addConsumer();
  for (let second = 0; second < 30; second++) {
    await call('PutRecord', sized(MIB - 1));
    for (const shard of stream.shards) for (const record of consumer.read(shard, 10, 2 * MIB)) consumer.pass(shard, record);
    await clock.advance(1000);
  }
  expect(consumer.pending()).toBe(0);
  const seen: RecordSeen[] = [];
  let next: unknown = await iterator('TRIM_HORIZON');
  while (seen.length < 30) {
    const { Records, NextShardIterator } = await get(next);
    expect(Records).toHaveLength(10);
    seen.push(...Records);
    next = NextShardIterator;
    await clock.advance(10_000);
  }
  expect(new Set(seen.map(({ SequenceNumber }) => SequenceNumber)).size).toBe(30);
  await clock.advance(25 * HOUR);
  expect(stream.lost).toBe(0);
  expect(files()).toBe(0);
});

test('a run that only looks writes elsewhere, and removes no file of the state', async () => {
  const before = kinesis({ folder, shardCount: 1 });
  for (let second = 0; second < 8; second++) {
    await before.call('PutRecord', sized(MIB - 1));
    await before.clock.advance(1000);
  }
  before.service.save();
  const saved = readdirSync(folder);
  const scratch = mkdtempSync(path.join(tmpdir(), 'scratch-'));
  const looking = kinesis({ folder, scratch, shardCount: 1, clock: before.clock });
  looking.service.restore();
  for (let second = 0; second < 8; second++) {
    await looking.call('PutRecord', sized(MIB - 1));
    await looking.clock.advance(1000);
  }
  expect(readdirSync(scratch)).not.toEqual([]);
  await looking.clock.advance(25 * HOUR);
  looking.stream.expire();
  expect(readdirSync(folder)).toEqual(saved);
  expect(readdirSync(scratch)).toEqual([]);
});
