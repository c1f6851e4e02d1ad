import { vi } from 'vitest';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SimulatedClock } from '../../../../local/clock.ts';
import { rig, textsOf, TOPIC, UUID, type KinesisEvent } from './rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Fails while an event holds one of these payloads. */
const failsOn =
  (...bad: readonly string[]) =>
  (event: KinesisEvent): undefined => {
    if (textsOf(event).some((text) => bad.includes(text))) throw new Error('bad');
  };

test('gets what is put, in order, once', async () => {
  const { open, put, clock, batches, mappings } = rig();
  const mapping = open();
  for (const text of ['a', 'b', 'c']) put(text);
  expect(mapping.pending).toBe(3);
  await clock.advance(10_000);
  expect(batches()).toEqual([['a', 'b', 'c']]);
  expect(mapping.pending).toBe(0);
  put('d');
  await clock.advance(10_000);
  expect(batches()).toEqual([['a', 'b', 'c'], ['d']]);
  expect(mappings.all()).toEqual([mapping]);
});

test('nothing is scheduled while there is nothing to do, and a backlog of hours is worked off in one move', async () => {
  const { open, put, clock, events } = rig({ settings: { batchSize: 10 } });
  open();
  await clock.advance(1_000_000 * HOUR); // a mapping that polled would not come to an end of this
  for (let n = 0; n < 1000; n++) put(String(n), `k${n}`);
  await clock.advance(5_000);
  expect(events).toHaveLength(100);
});

test('a mapping that is not enabled neither reads nor counts', async () => {
  const { open, put, clock, events } = rig({ settings: { enabled: false } });
  const mapping = open();
  put('a');
  await clock.advance(HOUR);
  expect(events).toEqual([]);
  expect(mapping.pending).toBe(0);
});

test('what fails for good blocks its shard and is still counted, until retention ends it: then it is lost', async () => {
  const { open, put, clock, events, lines } = rig({ handler: failsOn('bad') });
  const mapping = open();
  put('bad');
  await clock.advance(HOUR);
  expect(mapping).toMatchObject({ pending: 1, blocked: true, lost: 0, progress: { result: 'PROBLEM: Function call failed' } });
  expect(events.length).toBeLessThan(25); // it is tried ever less often
  await clock.advance(24 * HOUR);
  expect(mapping).toMatchObject({ pending: 0, blocked: false, lost: 1 });
  expect(JSON.stringify(lines)).not.toContain('bad"');
});

test('records that expire while nothing can be read are lost', async () => {
  const { open, put, clock, denied } = rig();
  const mapping = open();
  denied.push('kinesis:GetRecords');
  put('a');
  await clock.advance(25 * HOUR);
  expect(mapping.lost).toBe(1);
  expect(mapping.pending).toBe(0);
});

test('what a closed shard still held when its retention ended is lost, once, and its children go on', async () => {
  const { open, put, clock, denied, call, batches } = rig();
  const mapping = open();
  denied.push('kinesis:GetRecords');
  put('a');
  put('b');
  await call('UpdateShardCount', { TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' });
  await clock.advance(26 * HOUR);
  expect(mapping).toMatchObject({ pending: 0, lost: 2 });
  expect(mapping.lost).toBe(2);
  denied.pop();
  put('c');
  await clock.advance(HOUR);
  expect(batches()).toEqual([['c']]);
});

test('a key that is disabled stops the reading, which goes on once it may', async () => {
  const { open, put, clock, events, denied, lines } = rig({ keyArn: 'arn:aws:kms:us-east-1:123456789012:key/one' });
  const mapping = open();
  denied.push('kms:Decrypt');
  put('a');
  await clock.advance(MINUTE);
  expect(events).toEqual([]);
  expect(mapping).toMatchObject({ blocked: true, progress: { result: 'PROBLEM: Cannot access stream' } });
  expect(lines[0]).toMatchObject({ level: 'error', message: expect.stringContaining('kms:Decrypt') as string });
  denied.pop();
  await clock.advance(5 * MINUTE);
  expect(events).toHaveLength(1);
  expect(mapping.blocked).toBe(false);
});

test('a destination that refuses is measured, and the next batch goes on', async () => {
  const { open, put, clock, batches, denied, measured, lines } = rig({
    handler: failsOn('bad'),
    settings: { batchSize: 1, maximumRetryAttempts: 0, destination: TOPIC },
  });
  open();
  denied.push('sns:Publish');
  put('bad');
  put('good');
  await clock.advance(MINUTE);
  expect(batches()).toEqual([['bad'], ['good']]);
  expect(measured).toContainEqual({ dimensions: { FunctionName: 'process' }, values: { DestinationDeliveryFailures: 1 } });
  expect(lines.at(-1)?.message).toContain('sns:Publish');
});

test('a year of failures is a bounded number of invocations, whatever fails, and nothing is left of it', async () => {
  for (const tumblingWindow of [0, 60]) {
    const handler = (event: KinesisEvent): object => {
      if (tumblingWindow === 0 || event.isFinalInvokeForWindow === true) throw new Error('bad');
      return { state: {} };
    };
    const { open, put, clock, events } = rig({ handler, settings: { tumblingWindow } });
    const mapping = open();
    put('a');
    await clock.advance(2 * MINUTE);
    put('b');
    await clock.advance(365 * 24 * HOUR);
    expect(mapping).toMatchObject({ pending: 0, blocked: false });
    expect(events.length).toBeLessThan(700); // a day of retention, every five minutes, for each of two windows
  }
});

test('what waits for a window to be closed is lost with its retention', async () => {
  const handler = (event: KinesisEvent): object => {
    if (event.isFinalInvokeForWindow === true) throw new Error('bad');
    return { state: {} };
  };
  const { open, put, clock, batches } = rig({ handler, settings: { tumblingWindow: 900 } });
  const mapping = open();
  put('a');
  await clock.advance(15 * MINUTE);
  put('b'); // its retention ends with that of the window before
  await clock.advance(24 * HOUR + 10 * MINUTE);
  expect(batches().filter(({ length }) => length > 0)).toEqual([['a']]);
  expect(mapping).toMatchObject({ pending: 0, lost: 1 });
});

test('children of a shard whose window cannot be closed are read once its retries are used up', async () => {
  const handler = (event: KinesisEvent): object => {
    if (event.isFinalInvokeForWindow === true) throw new Error('bad');
    return { state: {} };
  };
  const { open, put, clock, call, batches } = rig({ handler, settings: { tumblingWindow: 60, maximumRetryAttempts: 2 } });
  open();
  put('a');
  await call('UpdateShardCount', { TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' });
  await clock.advance(6_000);
  put('b');
  await clock.advance(MINUTE);
  expect(batches().filter(({ length }) => length > 0)).toEqual([['a'], ['b']]);
});

test('a large state is measured once', async () => {
  const measured = vi.spyOn(Buffer, 'byteLength');
  const big = 'x'.repeat(1_000_000);
  const { open, put, clock, events } = rig({
    settings: { tumblingWindow: 900, batchSize: 1 },
    handler: () => ({ state: { big } }),
  });
  open();
  for (let n = 0; n < 20; n++) put('a');
  await clock.advance(10_000);
  expect(events).toHaveLength(20);
  expect(measured.mock.calls.filter(([text]) => typeof text === 'string' && text.length >= big.length)).toHaveLength(20);
  measured.mockRestore();
});

test('reads that are refused show as blocked, and the log says so once', async () => {
  let isThrottled = true;
  const faults = { take: (point: string) => (isThrottled && point === 'kinesis:read' ? 'throttle' : undefined) } as never;
  const { open, put, clock, lines, batches } = rig({ faults });
  const mapping = open();
  put('a');
  await clock.advance(10 * MINUTE);
  expect(mapping).toMatchObject({ pending: 1, blocked: true });
  expect(lines).toMatchObject([{ level: 'error', message: expect.stringContaining('reads in a row were refused') as string }]);
  isThrottled = false;
  await clock.advance(MINUTE);
  expect(batches()).toEqual([['a']]);
  expect(mapping.blocked).toBe(false);
  isThrottled = true;
  put('b');
  await clock.advance(25 * HOUR);
  expect(mapping).toMatchObject({ pending: 0, lost: 1, blocked: false });
}, 120_000); // ninety thousand reads

test.each([10, 3, 1])('a key that failed before a stop is gone on with by %d lanes, and no other comes again', async (lanes) => {
  const first = rig({ settings: { parallelizationFactor: 10, batchSize: 500 }, handler: failsOn('bad/0') });
  first.open();
  for (let second = 0; second < 12; second++) {
    for (let n = 0; n < 900; n++) first.put(`bad/${second * 900 + n}`, 'bad');
    first.put(`good/${second}`, 'good');
    await first.clock.advance(1_000);
  }
  await first.clock.advance(MINUTE);
  expect(first.batches().flat()).toContain('good/11');
  await first.mappings.halt();
  first.service.save();
  first.mappings.save(first.folder);
  const next = rig({
    folder: first.folder,
    clock: new SimulatedClock(first.clock.now()),
    settings: { parallelizationFactor: lanes, batchSize: 500 },
  });
  const mapping = next.open();
  next.service.restore();
  next.mappings.restore(next.folder);
  expect(mapping.pending).toBe(10_800);
  next.put('bad/10800', 'bad');
  await next.clock.advance(5 * MINUTE);
  expect(next.batches().flat()).toEqual(Array.from({ length: 10_801 }, (_, index) => `bad/${index}`));
});

test('what was left behind is lost with its retention, and counted once', async () => {
  const { open, put, clock } = rig({ settings: { parallelizationFactor: 2, batchSize: 500 }, handler: failsOn('bad/0') });
  const mapping = open();
  for (let second = 0; second < 12; second++) {
    for (let n = 0; n < 1000; n++) put(`bad/${second * 1000 + n}`, 'bad');
    await clock.advance(1_000);
  }
  expect(mapping).toMatchObject({ pending: 12_000, lost: 0 });
  await clock.advance(25 * HOUR);
  expect(mapping).toMatchObject({ pending: 0, lost: 12_000 });
});

test('a run of some stacks keeps what is saved of a mapping whose function is in another', async () => {
  const first = rig();
  first.open();
  first.mappings.save(first.folder);
  const file = path.join(first.folder, `${UUID}.json`);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(':function:process', ':function:other'));
  rig().mappings.save(first.folder, false);
  expect(existsSync(file)).toBe(true);
  writeFileSync(file, text);
  rig().mappings.save(first.folder, false);
  expect(existsSync(file)).toBe(false);
});

test('what a stop leaves is processed by the next process, and nothing of what was done comes again', async () => {
  const first = rig({ settings: { batchSize: 2 }, handler: failsOn('c') });
  first.open();
  for (const text of ['a', 'b', 'c', 'd', 'e']) first.put(text);
  await first.clock.advance(5_000);
  await first.mappings.halt();
  first.service.save();
  first.mappings.save(first.folder);
  const second = rig({ folder: first.folder, clock: new SimulatedClock(first.clock.now()), settings: { batchSize: 2 } });
  const mapping = second.open();
  second.service.restore();
  second.mappings.restore(second.folder);
  expect(mapping.pending).toBe(3);
  await second.clock.advance(MINUTE);
  expect(second.batches()).toEqual([['c', 'd'], ['e']]);
});

test('halting lets no further batch begin', async () => {
  const { open, put, clock, events, mappings } = rig({ settings: { batchSize: 1 }, handler: () => void mappings.halt() });
  const mapping = open();
  for (const text of ['a', 'b', 'c']) put(text);
  await clock.advance(HOUR);
  expect(events).toHaveLength(1);
  expect(mapping.pending).toBe(2);
});

test('a mapping that another replaces begins anew, and so does one that is new on an old state', async () => {
  const first = rig();
  first.open();
  first.put('a');
  await first.clock.advance(5_000);
  first.service.save();
  first.mappings.save(first.folder);
  const again = { folder: first.folder, clock: new SimulatedClock(first.clock.now()) };
  const latest = rig({ ...again, settings: { start: { type: 'LATEST' } } });
  const all = latest.open({
    uuid: '99999999-2222-4333-8444-555555555555',
    functionArn: `${latest.open().settings.functionArn}:live`,
    start: { type: 'TRIM_HORIZON' },
  });
  latest.service.restore();
  latest.mappings.restore(latest.folder);
  expect(latest.mappings.all().map(({ pending }) => pending)).toEqual([0, 1]);
  expect(all.pending).toBe(1);
});

test('a window that was open when a process ended goes on in the next', async () => {
  const handler = ({ state, Records }: KinesisEvent) => ({ state: { n: ((state as { n?: number }).n ?? 0) + Records.length } });
  const settings = { tumblingWindow: 60 };
  const first = rig({ settings, handler });
  first.open();
  first.put('a');
  await first.clock.advance(5_000);
  first.service.save();
  first.mappings.save(first.folder);
  const second = rig({ folder: first.folder, clock: new SimulatedClock(first.clock.now()), settings, handler });
  second.open();
  second.service.restore();
  second.mappings.restore(second.folder);
  second.put('b');
  await second.clock.advance(2 * MINUTE);
  expect(second.events.map(({ state, isFinalInvokeForWindow }) => ({ state, isFinalInvokeForWindow }))).toEqual([
    { state: { n: 1 }, isFinalInvokeForWindow: false },
    { state: { n: 2 }, isFinalInvokeForWindow: true },
  ]);
});

test.each(['throttle', 'duplicate', 'reorder'] as const)('a read that meets the fault %s loses nothing', async (fault) => {
  let taken = 0;
  const faults = { take: () => (taken++ === 0 ? fault : undefined) } as never;
  const { open, put, clock, batches } = rig({ faults });
  const mapping = open();
  for (const text of ['a', 'b', 'c']) put(text);
  await clock.advance(MINUTE);
  expect([...new Set(batches().flat())].sort()).toEqual(['a', 'b', 'c']);
  expect(batches().flat()).toHaveLength(fault === 'duplicate' ? 4 : 3);
  expect(mapping.pending).toBe(0);
});

test('an event keeps within 6 MB, and a record that has no room in one waits for its end', async () => {
  const { open, put, clock, events, lines } = rig({
    maxRecordKib: 10_240,
    settings: { maximumRecordAge: 60, destination: TOPIC },
  });
  open();
  for (let n = 0; n < 12; n++) {
    put('x'.repeat(900 * 1024));
    await clock.advance(1_000);
  }
  await clock.advance(MINUTE);
  expect(events.flatMap(textsOf)).toHaveLength(12);
  for (const event of events) expect(JSON.stringify(event).length).toBeLessThanOrEqual(6 * 1024 * 1024);
  await clock.advance(MINUTE);
  events.length = 0;
  put('y'.repeat(5 * 1024 * 1024));
  await clock.advance(MINUTE / 2);
  put('z');
  await clock.advance(10 * MINUTE);
  expect(events.flatMap(textsOf)).toEqual(['z']);
  expect(lines.some(({ message }) => message.includes('has no room'))).toBe(true);
});
