import fc from 'fast-check';
import { estimateMonthlyCost } from '../../../../core/cost/estimate.ts';
import { PARTS, total, type Part } from '../../../../core/cost/template/bill.ts';
import { pricePlatform } from '../../../../core/cost/template/price-platform.ts';
import type { When } from '../../../../core/cost/template/moment.ts';
import type { Platform } from '../../../../core/cost/template/situation.ts';
import { PLAIN_WORKLOAD } from '../../../../core/cost/template/workload.ts';
import { sized } from '../dataset.ts';
import { latencyOf, platform, readings, SAMPLE, workload, type Resources } from './sample.ts';

const SEED = { seed: 6, numRuns: 40 };
const usd = (one: Platform, when: When = 12, parts: readonly Part[] = PARTS): number =>
  total(
    pricePlatform(one, when).filter(({ part }) => parts.includes(part)),
    (item) => item.usd,
  );
const withDataset = (said: object) => platform(SAMPLE, workload({ datasets: { 'energy.readings': said } }), [readings]);
const packing = { eventsPerRecord: fc.integer({ min: 1, max: 40 }), eventBytes: fc.integer({ min: 50, max: 4000 }) };
const months = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant<When>('filled'));
const moreOrAsMuch = (less: number, more: number) => {
  expect(more).toBeGreaterThanOrEqual(less - 1e-9);
};

test('more events in records of one size are never cheaper to take in, carry, judge, and watch', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 0, max: 1e9 }),
      fc.record(packing),
      months,
      (some, more, rest, when) => {
        const cost = (eventsPerDay: number) =>
          usd(withDataset({ ...rest, eventsPerDay }), when, ['ingest', 'delivery', 'functions', 'monitoring', 'network']);
        moreOrAsMuch(cost(some), cost(some + more));
      },
    ),
    SEED,
  );
});

test('more events are never cheaper to store where nothing moves between classes', () => {
  const { Raw, ...others } = SAMPLE;
  if (Raw === undefined) throw new Error('no such bucket');
  const flat: Resources = { ...others, Raw, Clean: Raw };
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e8 }),
      fc.integer({ min: 0, max: 1e8 }),
      fc.record(packing),
      months,
      (some, more, rest, when) => {
        const cost = (eventsPerDay: number) =>
          usd(platform(flat, workload({ datasets: { 'energy.readings': { ...rest, eventsPerDay } } })), when, ['storage']);
        moreOrAsMuch(cost(some), cost(some + more));
      },
    ),
    SEED,
  );
});

test('more queries, and wider ones, are never cheaper', () => {
  const queries = fc.record({
    queriesPerDay: fc.integer({ min: 0, max: 10_000 }),
    scannedBytesPerQuery: fc.integer({ min: 0, max: 1e11 }),
    partitionsPerQuery: fc.integer({ min: 0, max: 1e5 }),
  });
  fc.assert(
    fc.property(queries, queries, (some, more) => {
      const both = {
        queriesPerDay: some.queriesPerDay + more.queriesPerDay,
        scannedBytesPerQuery: some.scannedBytesPerQuery + more.scannedBytesPerQuery,
        partitionsPerQuery: some.partitionsPerQuery + more.partitionsPerQuery,
      };
      moreOrAsMuch(usd(withDataset(some)), usd(withDataset(both)));
    }),
    SEED,
  );
});

test('events packed into fuller records are never dearer, up to 25 KB', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1e8 }), (eventsPerRecord, eventsPerDay) => {
      const cost = (factor: number) =>
        usd(withDataset({ eventBytes: 1023, eventsPerDay, eventsPerRecord: eventsPerRecord * factor }), 12, [
          'ingest',
          'delivery',
          'functions',
        ]);
      moreOrAsMuch(cost(2), cost(1));
    }),
    SEED,
  );
});

test('what a month holds never shrinks while nothing moves, and no month is cheaper than an idle one', () => {
  const { Raw, ...others } = SAMPLE;
  if (Raw === undefined) throw new Error('no such bucket');
  const flat = platform({ ...others, Raw, Clean: Raw }, PLAIN_WORKLOAD, [readings]);
  const idle = usd(platform(SAMPLE), 1);
  const costs = [...Array.from({ length: 24 }, (_, index) => index + 1), 'filled' as const].map((when) => usd(flat, when));
  for (const [index, cost] of costs.entries()) {
    moreOrAsMuch(costs[index - 1] ?? 0, cost);
    moreOrAsMuch(idle, cost);
  }
});

test('no resource makes a platform cheaper', () => {
  for (const [id, resource] of Object.entries(SAMPLE)) {
    const twice = platform({ ...SAMPLE, [`${id}Again`]: resource }, PLAIN_WORKLOAD, [readings]);
    moreOrAsMuch(usd(platform(SAMPLE, PLAIN_WORKLOAD, [readings])), usd(twice));
  }
});

/** The two estimates share their meters: where one says what the other does, they must agree. */
test('a platform and its contract are billed alike for what both know', () => {
  const dataset = sized(2 ** 20, 1023, [30, 365, 365]);
  const { Stream, Judge, ...others } = SAMPLE;
  const asPlanned: Resources = {
    ...others,
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ...Stream?.Properties, ShardCount: 1, RetentionPeriodHours: 24 } },
    Judge: { Type: 'AWS::Lambda::Function', Properties: { ...Judge?.Properties, MemorySize: 512, Architectures: ['arm64'] } },
  };
  const bill = pricePlatform(platform(asPlanned, workload({ hoursPerMonth: 720 }), [dataset]), 'filled');
  const { items } = estimateMonthlyCost(dataset);
  const ours = (what: string, resource: string) =>
    bill.find((item) => item.what === what && item.resource === `Stack/${resource}`)?.usd;
  const planned = (part: string, what: string) => items.find((item) => item.part === part && item.what === what)?.usd;
  const alike: readonly (readonly [ours: number | undefined, planned: number | undefined])[] = [
    [ours('shards', 'Stream'), planned('ingestion', 'shards')],
    [ours('put', 'Stream'), planned('ingestion', 'put')],
    [ours('data keys of the stream', 'Stream'), planned('ingestion', 'data keys of the stream')],
    [ours('delivered', 'Delivery'), planned('delivery', 'delivered')],
    [ours('converted to Parquet', 'Delivery'), planned('delivery', 'converted to Parquet')],
    [ours('invocations', 'Judge'), planned('transform', 'invocations')],
    [ours('duration', 'Judge'), planned('transform', 'duration')],
    [ours('energy.readings, STANDARD', 'Raw'), planned('storage', 'raw')],
    [ours('energy.readings, STANDARD', 'Clean'), planned('storage', 'clean, STANDARD, day 0 to 30')],
    [ours('energy.readings, GLACIER_IR', 'Clean'), planned('storage', 'clean, GLACIER_IR, day 30 to 365')],
    [ours('energy.readings, moved to GLACIER_IR', 'Clean'), planned('storage', 'clean, moved to GLACIER_IR')],
    [ours('scanned', 'Delivery'), planned('queries', 'scanned')],
    [ours('energy.readings, retrieved from GLACIER_IR', 'Clean'), planned('queries', 'retrieved from GLACIER_IR')],
  ];
  for (const [mine, theirs] of alike) {
    expect(mine).toBeGreaterThan(0);
    expect(mine).toBeCloseTo(theirs ?? NaN, 8);
  }
});

test('an alarm on how late copies are is billed for each rule that copies to the bucket, and measures it', () => {
  const copying = (...statuses: readonly string[]) => ({
    ReplicationConfiguration: {
      Rules: statuses.map((Status) => ({
        Status: 'Enabled',
        Destination: { Bucket: { 'Fn::GetAtt': ['Copy', 'Arn'] }, Metrics: { Status } },
      })),
    },
  });
  const from = (properties: Readonly<Record<string, unknown>>) => ({ Type: 'AWS::S3::Bucket', Properties: properties });
  const resources: Resources = {
    Copy: from({}),
    Other: from({}),
    One: from(copying('Enabled')),
    Two: from(copying('Enabled', 'Disabled')),
    Late: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: latencyOf('Copy'), Period: 900 }] } },
    Never: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: latencyOf('Other'), Period: 900 }] } },
  };
  const alarms = pricePlatform(platform(resources), 1).filter(({ what }) => what === 'alarm');
  expect(alarms.map(({ resource, quantity, usd: price }) => [resource, quantity, price])).toEqual([
    ['Stack/Late', 2, 0.2],
    ['Stack/Never', 0, 0],
  ]);
});
