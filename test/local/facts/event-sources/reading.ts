import { readFilter } from '../../../../local/lambda/event-source/index.ts';
import { Members } from '../../../../local/input.ts';
import { FUNCTION, rig, ROLE, start, STREAM, textsOf } from '../../lambda/event-source/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const KINESIS = `${GUIDE}/with-kinesis.html`;
const FILTERING = `${GUIDE}/with-kinesis-filtering.html`;
const FILTERS = `${GUIDE}/invocation-eventfiltering.html`;
const RECORDED = recorded('lambda_/event_source_mapping/test_lambda_integration_kinesis');

const filterOf = (...patterns: readonly object[]) =>
  readFilter(new Members({ Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) }));

/** What a function gets of a stream, and when. */
export const eventSourcesReading: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'a record of a stream comes with its shard and sequence number as eventID, its arrival in seconds, its data in Base64 and the ARN of the function’s role',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { open, put, clock, events } = rig();
        open();
        const sequenceNumber = put('hello', 'test_0')?.record.sequenceNumber;
        await clock.advance(5_000);
        expect(events).toEqual([
          {
            Records: [
              {
                kinesis: {
                  kinesisSchemaVersion: '1.0',
                  partitionKey: 'test_0',
                  sequenceNumber,
                  data: 'aGVsbG8=',
                  approximateArrivalTimestamp: start / 1000,
                },
                eventSource: 'aws:kinesis',
                eventVersion: '1.0',
                eventID: `shardId-000000000000:${sequenceNumber ?? ''}`,
                eventName: 'aws:kinesis:record',
                invokeIdentityArn: ROLE,
                awsRegion: 'us-east-1',
                eventSourceARN: STREAM,
              },
            ],
          },
        ]);
      },
    },
    {
      says: 'an event source mapping reads a shard once a second, and invokes with one record where there is no other',
      basis: 'documented',
      source: KINESIS,
      holds: async () => {
        const { open, put, clock, times } = rig();
        open();
        for (let second = 0; second < 3; second++) {
          put('a');
          await clock.advance(1_000);
        }
        expect(times).toEqual([1_000, 2_000, 3_000]);
      },
    },
    {
      says: 'a batch has no more records than the batch size, and a backlog is worked off without a pause',
      basis: 'documented',
      source: KINESIS,
      holds: async () => {
        const { open, put, clock, batches, times } = rig({ settings: { batchSize: 2 } });
        open();
        for (const text of ['a', 'b', 'c', 'd', 'e']) put(text);
        await clock.advance(5_000);
        expect(batches()).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
        expect(new Set(times).size).toBe(1);
      },
    },
    {
      says: 'a batch holds records of one shard alone',
      basis: 'documented',
      source: KINESIS,
      holds: async () => {
        const { open, put, clock, events } = rig({ shardCount: 4 });
        open();
        for (let n = 0; n < 40; n++) put(String(n), `key-${n}`);
        await clock.advance(5_000);
        const shards = events.map(({ Records }) => new Set(Records.map(({ eventID }) => eventID.split(':')[0])).size);
        expect(shards).toEqual([1, 1, 1, 1]);
      },
    },
    {
      says: 'a batching window lets records gather until it is over or the batch is full',
      basis: 'documented',
      source: KINESIS,
      holds: async () => {
        const { open, put, clock, batches, times } = rig({ settings: { batchSize: 3, batchingWindow: 60 } });
        open();
        put('a');
        await clock.advance(30_000);
        put('b');
        await clock.advance(30_000);
        expect(batches()).toEqual([]);
        await clock.advance(1_000);
        expect(batches()).toEqual([['a', 'b']]);
        for (const text of ['c', 'd', 'e', 'f']) put(text);
        await clock.advance(2_000);
        expect(batches().slice(1)).toEqual([['c', 'd', 'e']]);
        await clock.advance(60_000);
        expect(batches().slice(2)).toEqual([['f']]);
        expect(times[0]).toBe(61_000);
      },
    },
    {
      says: 'a batch that reaches 6 MB is full, however much its window and its size leave',
      basis: 'documented',
      source: KINESIS,
      holds: async () => {
        const { open, put, clock, events } = rig({ settings: { batchingWindow: 300, batchSize: 10_000 } });
        open();
        for (let n = 0; n < 8; n++) {
          put('x'.repeat(900 * 1024));
          await clock.advance(1_000);
        }
        expect(events.map(({ Records }) => Records.length)).toEqual([5]);
        expect(JSON.stringify(events[0]).length).toBeLessThanOrEqual(6 * 1024 * 1024);
      },
    },
    {
      says: 'with a parallelization factor records of a partition key keep their order, and a key that fails does not keep up all others',
      basis: 'documented',
      source: KINESIS,
      holds: async () => {
        const { open, put, clock, batches } = rig({
          settings: { parallelizationFactor: 10, batchSize: 1 },
          handler: (event) => {
            if (textsOf(event)[0]?.startsWith('key-0') === true) throw new Error('bad');
          },
        });
        open();
        for (let n = 0; n < 3; n++) for (let key = 0; key < 20; key++) put(`key-${key}/${n}`, `key-${key}`);
        await clock.advance(5_000);
        const got = batches().flat();
        const of = (key: number): string[] => got.filter((text) => text.startsWith(`key-${key}/`));
        const done = Array.from({ length: 20 }, (_, key) => of(key)).filter((texts) => texts.length === 3);
        expect(done.length).toBeGreaterThan(10);
        for (const texts of done) expect(texts).toEqual([...texts].sort());
        expect(new Set(of(0))).toEqual(new Set(['key-0/0']));
      },
    },
    {
      says: 'with a parallelization factor the keys beside one that fails go on, however many records that one has; here up to 1,000,000 records of a shard wait behind such keys',
      basis: 'undecided',
      source: KINESIS,
      holds: async () => {
        let isBroken = true;
        const { open, put, clock, events } = rig({
          settings: { parallelizationFactor: 10, batchSize: 1000 },
          handler: (event) => {
            if (isBroken && textsOf(event).some((text) => text.startsWith('bad'))) throw new Error('bad');
          },
        });
        const mapping = open();
        for (let second = 0; second < 15; second++) {
          for (let n = 0; n < 900; n++) put(`bad/${second * 900 + n}`, 'bad');
          for (let key = 0; key < 40; key++) put(`good/${key}/${second}`, `key-${key}`);
          await clock.advance(1_000);
        }
        await clock.advance(60_000);
        const last = new Set(events.flatMap(textsOf).filter((text) => text.endsWith('/14') && text.startsWith('good')));
        expect(last.size).toBeGreaterThan(30); // the others share the lane of the key that fails
        isBroken = false;
        events.length = 0;
        await clock.advance(600_000);
        const bad = events.flatMap(textsOf).filter((text) => text.startsWith('bad'));
        expect(bad).toEqual(Array.from({ length: 13_500 }, (_, index) => `bad/${index}`));
        expect(mapping).toMatchObject({ pending: 0, lost: 0, blocked: false });
      },
    },
    {
      says: 'each of two functions gets every record of a stream that both read',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { open, put, clock, batches } = rig();
        open();
        open({ uuid: 'other', functionArn: `${FUNCTION}:live` });
        put('a');
        await clock.advance(5_000);
        expect(batches()).toEqual([['a'], ['a']]);
      },
    },
    {
      says: 'a filter is held against the decoded data: what it does not mean is passed over, and the function never sees it',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const filter = filterOf({ data: { event_type: ['function_1'] } });
        const { open, put, clock, batches } = rig({ settings: { ...(filter && { filter }) } });
        const mapping = open();
        put('{"event_type":"function_1"}');
        put('{"event_type":"function_2"}');
        await clock.advance(5_000);
        expect(batches()).toEqual([['{"event_type":"function_1"}']]);
        expect(mapping.pending).toBe(0);
      },
    },
    {
      says: 'data that is no JSON is dropped by a filter on the data',
      basis: 'documented',
      source: FILTERING,
      holds: () => {
        const filter = filterOf({ data: { a: [{ exists: false }] } });
        expect(filter?.matches(Buffer.from('{"b":1}'))).toBe(true);
        expect(filter?.matches(Buffer.from('text'))).toBe(false);
      },
    },
    {
      says: 'an event is meant where any one of up to five filters means it',
      basis: 'documented',
      source: FILTERS,
      holds: () => {
        const filter = filterOf({ data: { a: [1] } }, { data: { b: [{ prefix: 'x' }] } });
        const meant = ['{"a":1}', '{"b":"xy"}', '{"a":2,"b":"y"}'].map((text) => filter?.matches(Buffer.from(text)));
        expect(meant).toEqual([true, true, false]);
        expect(() => filterOf(...Array.from({ length: 6 }, () => ({ data: { a: [1] } })))).toThrow('5 at most, got 6');
      },
    },
    {
      says: 'a batching window gathers what the filter means, and nothing else',
      basis: 'documented',
      source: FILTERS,
      holds: async () => {
        const filter = filterOf({ data: { a: [1] } });
        const { open, put, clock, batches } = rig({ settings: { batchSize: 2, batchingWindow: 300, ...(filter && { filter }) } });
        open();
        for (const a of [1, 2, 2, 2, 1]) put(JSON.stringify({ a }));
        await clock.advance(2_000);
        expect(batches()).toEqual([['{"a":1}', '{"a":1}']]);
      },
    },
    {
      says: 'IteratorAge is the age of an event’s last record when it is sent to the function, in milliseconds',
      basis: 'documented',
      source: `${GUIDE}/monitoring-metrics-types.html`,
      holds: async () => {
        const { open, put, clock, measured } = rig({ settings: { batchingWindow: 10 } });
        open();
        put('a');
        await clock.advance(4_000);
        put('b');
        await clock.advance(60_000);
        expect(measured).toEqual([
          { dimensions: { FunctionName: 'process' }, values: { IteratorAge: 7_000 } },
          { dimensions: { FunctionName: 'process', Resource: 'process' }, values: { IteratorAge: 7_000 } },
        ]);
      },
    },
    {
      says: 'after a change of shards each record comes, those of a parent shard before those of its children',
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html',
      holds: async () => {
        const { open, put, clock, call, batches } = rig({ settings: { start: { type: 'LATEST' }, batchingWindow: 20 } });
        open();
        put('parent');
        await call('UpdateShardCount', { TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' });
        await clock.advance(6_000);
        for (let n = 0; n < 10; n++) put('child', `key-${n}`);
        await clock.advance(60_000);
        expect(batches()[0]).toEqual(['parent']);
        expect(batches().flat()).toHaveLength(11);
      },
    },
  ],
};
