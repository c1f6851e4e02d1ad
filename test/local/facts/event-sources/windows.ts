import { rig, textsOf, TOPIC, type KinesisEvent } from '../../lambda/event-source/rig.ts';
import type { FactTable } from '../fact.ts';

const WINDOWS = 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html';
const HOUR = 3_600_000;

/** Counts in its state. */
const count = ({ state, Records }: KinesisEvent) => ({
  state: { n: ((state as { readonly n?: number }).n ?? 0) + Records.length },
});

/** Fails when a window ends. */
const failsToClose = (event: KinesisEvent) => {
  if (event.isFinalInvokeForWindow === true) throw new Error('bad');
  return count(event);
};

/** What is told of an event beside its records. */
const seen = (event: KinesisEvent) => ({
  texts: textsOf(event).join(''),
  state: event.state,
  final: event.isFinalInvokeForWindow,
  early: event.isWindowTerminatedEarly,
});

/** What a function gets that aggregates over windows of time. */
export const eventSourcesWindows: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'each invocation of a tumbling window gets what the last one answered as state, and the window’s bounds by the arrival of its records',
      basis: 'documented',
      source: WINDOWS,
      holds: async () => {
        const { open, put, clock, events } = rig({ settings: { tumblingWindow: 120, batchSize: 2 }, handler: count });
        open();
        for (const text of ['a', 'b', 'c']) put(text);
        await clock.advance(5_000);
        expect(events.map(seen)).toEqual([
          { texts: 'ab', state: {}, final: false, early: false },
          { texts: 'c', state: { n: 2 }, final: false, early: false },
        ]);
        expect(events[0]).toMatchObject({
          window: { start: '2001-01-01T00:00:00Z', end: '2001-01-01T00:02:00Z' },
          shardId: 'shardId-000000000000',
          eventSourceARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/events',
        });
      },
    },
    {
      says: 'at the end of a window the function gets its state with isFinalInvokeForWindow, and the next window begins with a fresh one',
      basis: 'documented',
      source: WINDOWS,
      holds: async () => {
        const { open, put, clock, events, times } = rig({ settings: { tumblingWindow: 60 }, handler: count });
        open();
        put('a');
        await clock.advance(70_000);
        put('b');
        await clock.advance(5_000);
        expect(events.map(seen)).toEqual([
          { texts: 'a', state: {}, final: false, early: false },
          { texts: '', state: { n: 1 }, final: true, early: false },
          { texts: 'b', state: {}, final: false, early: false },
        ]);
        expect(times[1]).toBe(60_000);
      },
    },
    {
      says: 'a window whose records are read late is ended before those of the next one come, and no batch has records of two',
      basis: 'documented',
      source: WINDOWS,
      holds: async () => {
        const { open, put, clock, events } = rig({ settings: { tumblingWindow: 60 }, handler: count });
        put('a');
        await clock.advance(61_000);
        put('b');
        open();
        await clock.advance(5_000);
        expect(events.map(seen)).toMatchObject([{ texts: 'a' }, { texts: '', final: true }, { texts: 'b', state: {} }]);
      },
    },
    {
      says: 'an answer without a state fails the invocation of a window',
      basis: 'documented',
      source: WINDOWS,
      holds: async () => {
        let calls = 0;
        const { open, put, clock, batches } = rig({
          settings: { tumblingWindow: 60 },
          handler: (event) => (calls++ === 0 ? { batchItemFailures: [] } : count(event)),
        });
        open();
        put('a');
        await clock.advance(10_000);
        expect(batches()).toEqual([['a'], ['a']]);
      },
    },
    {
      says: 'a window whose last invocation fails goes no further until that succeeds',
      basis: 'documented',
      source: WINDOWS,
      holds: async () => {
        let isBroken = true;
        const { open, put, clock, events } = rig({
          settings: { tumblingWindow: 60 },
          handler: (event) => {
            if (isBroken && event.isFinalInvokeForWindow === true) throw new Error('bad');
            return count(event);
          },
        });
        const mapping = open();
        put('a');
        await clock.advance(61_000);
        put('b');
        await clock.advance(30_000);
        expect(events.map(seen).filter(({ texts }) => texts !== '')).toMatchObject([{ texts: 'a' }]);
        expect(mapping.blocked).toBe(true);
        isBroken = false;
        await clock.advance(60_000);
        expect(events.map(seen).slice(-3)).toMatchObject([{ final: true, state: { n: 1 } }, { texts: 'b' }, { final: true }]);
      },
    },
    {
      says: 'the retries and the record age of a mapping hold for its windows too: the last invocation is not tried for ever, and the next window goes on',
      basis: 'documented',
      source: WINDOWS,
      holds: async () => {
        const limits = [
          { maximumRetryAttempts: 2, closings: 3 },
          { maximumRecordAge: 60, closings: 6 },
        ];
        for (const { closings, ...limit } of limits) {
          const { open, put, clock, events } = rig({ settings: { tumblingWindow: 60, ...limit }, handler: failsToClose });
          const mapping = open();
          put('a');
          await clock.advance(100_000);
          put('b');
          await clock.advance(60_000);
          const texts = events.map(seen).map(({ texts: of, final }) => (final === true ? 'end' : of));
          expect(texts.slice(0, closings + 2)).toEqual(['a', ...Array.from({ length: closings }, () => 'end'), 'b']);
          await clock.advance(600_000);
          expect(mapping).toMatchObject({ pending: 0, blocked: false, lost: 0 });
        }
      },
    },
    {
      says: 'of a window whose last invocation used up its retries a destination is told without a record, and a bucket gets the window and its state; the record age counts from the window’s end, once that invocation failed',
      basis: 'undecided',
      source: WINDOWS,
      holds: async () => {
        const told = async (limit: object, destination: string) => {
          const there = rig({ settings: { tumblingWindow: 60, destination, ...limit }, handler: failsToClose });
          there.open();
          there.put('a');
          await there.clock.advance(600_000);
          return there;
        };
        const { objects, events } = await told({ maximumRetryAttempts: 2 }, 'arn:aws:s3:::discarded');
        const { payload, ...rest } = JSON.parse(objects[0]?.body ?? '{}') as { readonly payload: string };
        expect(JSON.parse(payload)).toEqual(events.at(-1));
        expect(rest).toMatchObject({
          requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
          responseContext: { functionError: 'Unhandled' },
        });
        const { told: notices } = await told({ maximumRecordAge: 60 }, TOPIC);
        expect(notices()).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 6 } }]);
        expect(notices()[0]?.KinesisBatchInfo).toEqual({
          shardId: 'shardId-000000000000',
          batchSize: 0,
          streamArn: expect.any(String) as string,
        });
      },
    },
    {
      says: 'a window that cannot be closed until the stream’s retention since its end is over goes with its state, and no destination is told',
      basis: 'undecided',
      source: WINDOWS,
      holds: async () => {
        const { open, put, clock, notices, lines } = rig({
          settings: { tumblingWindow: 60, destination: TOPIC },
          handler: failsToClose,
        });
        const mapping = open();
        put('a');
        await clock.advance(24 * HOUR);
        expect(mapping.blocked).toBe(true);
        await clock.advance(HOUR);
        expect(mapping).toMatchObject({ pending: 0, blocked: false });
        expect(mapping.progress.shards['shardId-000000000000']).not.toHaveProperty('window');
        expect(notices).toEqual([]);
        expect(lines.at(-1)?.message).toContain('the state of a window of shardId-000000000000 is discarded');
      },
    },
    {
      says: 'the last invocation of a window has no records, and what it answers need not have a state',
      basis: 'undecided',
      source: 'https://aws.amazon.com/blogs/compute/using-aws-lambda-for-streaming-analytics/',
      holds: async () => {
        const { open, put, clock, events } = rig({
          settings: { tumblingWindow: 60 },
          handler: (event) => (event.isFinalInvokeForWindow === true ? null : count(event)),
        });
        open();
        put('a');
        await clock.advance(600_000);
        expect(events.map(seen)).toMatchObject([{ texts: 'a' }, { texts: '', final: true }]);
      },
    },
    {
      says: 'a state of more than 1 MB ends its window early: here the function gets it at once with isWindowTerminatedEarly, and the window goes on with a fresh one',
      basis: 'undecided',
      source: WINDOWS,
      holds: async () => {
        const { open, put, clock, events } = rig({
          settings: { tumblingWindow: 60, batchSize: 1 },
          handler: ({ Records }) => ({ state: Records.length > 0 ? 'x'.repeat(1024 * 1024) : 'small' }),
        });
        open();
        put('a');
        await clock.advance(5_000);
        put('b');
        await clock.advance(5_000);
        expect(events.map((event) => ({ ...seen(event), state: JSON.stringify(event.state).length }))).toEqual([
          { texts: 'a', state: 2, final: false, early: false },
          { texts: '', state: 1024 * 1024 + 2, final: false, early: true },
          { texts: 'b', state: 2, final: false, early: false },
          { texts: '', state: 1024 * 1024 + 2, final: false, early: true },
        ]);
      },
    },
    {
      says: 'the end of a shard ends its window, and its children begin theirs with a fresh state',
      basis: 'documented',
      source: WINDOWS,
      holds: async () => {
        const { open, put, clock, call, events } = rig({ settings: { tumblingWindow: 900 }, handler: count });
        open();
        put('a');
        await clock.advance(5_000);
        await call('UpdateShardCount', { TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' });
        await clock.advance(10_000);
        put('b');
        await clock.advance(10_000);
        expect(events.map(seen)).toEqual([
          { texts: 'a', state: {}, final: false, early: false },
          { texts: '', state: { n: 1 }, final: true, early: false },
          { texts: 'b', state: {}, final: false, early: false },
        ]);
      },
    },
  ],
};
