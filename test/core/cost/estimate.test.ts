import { estimateMonthlyCost, type MonthlyCost } from '../../../core/cost/estimate.ts';
import { lifeCost } from '../../../core/storage/life-cost.ts';
import { retentionClassOf } from '../../../core/storage/layout.ts';
import { sized } from './dataset.ts';

const item = ({ items }: MonthlyCost, part: string, what: string) => {
  const found = items.filter((one) => one.part === part && one.what === what);
  expect(found).toHaveLength(1);
  return found[0] ?? { quantity: NaN, unit: '', usd: NaN };
};

/**
 * 2^20 events a day, 1 KiB each with its newline: 30 GB a month, in records of 25 events and 25 KiB. Parquet: 7.5 GB a month in 4,320
 * objects, one every 600 s.
 */
const gigabyteADay = sized(2 ** 20, 1023, [30, 365, 1095]);

/** Computed by hand (in Python), from the price list and the assumptions alone. */
const EXPECTED: readonly (readonly [part: string, what: string, quantity: number, unit: string, usd: number])[] = [
  ['ingestion', 'shards', 720, 'shard-hour', 10.8],
  ['ingestion', 'put', 1258291.2, '25 KB unit', 0.017616077],
  ['ingestion', 'data keys of the stream', 17280, 'request', 0.05184],
  ['delivery', 'delivered', 30, 'GB in', 0.87],
  ['delivery', 'converted to Parquet', 30, 'GB converted', 0.54],
  ['delivery', 'objects of clean and raw', 7200, 'PUT', 0.036],
  ['transform', 'invocations', 157286.4, 'invocation', 0.03145728],
  ['transform', 'duration', 4794.089472, 'GB-second', 0.063921513],
  ['quarantine', 'delivered', 0.75, 'GB in', 0.02175],
  ['quarantine', 'filed by reason', 0.287890625, 'GB partitioned', 0.0057578125],
  ['quarantine', 'objects filed', 8640, 'object', 0.0432],
  ['quarantine', 'reasons read by JQ', 0.0287890625, 'JQ-hour', 0.002015234],
  ['quarantine', 'objects put', 8640, 'PUT', 0.0432],
  ['storage', 'raw', 6.166666667, 'GB-month', 0.141833333],
  ['storage', 'clean, STANDARD, day 0 to 30', 7.5, 'GB-month', 0.1725],
  ['storage', 'clean, moved to GLACIER_IR', 4320, 'object moved', 0.0864],
  ['storage', 'clean, GLACIER_IR, day 30 to 365', 83.75, 'GB-month', 0.335],
  ['storage', 'clean, moved to DEEP_ARCHIVE', 4320, 'object moved', 0.216],
  ['storage', 'clean, DEEP_ARCHIVE, day 365 to 1095', 187.488769531, 'GB-month', 0.185613882],
  ['storage', 'clean, names of archived objects and restored copies', 2.583997938, 'GB-month', 0.059431953],
  ['storage', 'quarantine', 0.155141059, 'GB-month', 0.003568244],
  ['queries', 'scanned', 0.107930501, 'TB scanned', 0.539652507],
  ['queries', 'requests to STANDARD', 43200, 'read request', 0.01728],
  ['queries', 'retrieved from GLACIER_IR', 27.916666667, 'GB retrieved', 0.8375],
  ['queries', 'requests to GLACIER_IR', 16080, 'read request', 0.1608],
  ['queries', 'retrieved from DEEP_ARCHIVE', 7.604166667, 'GB retrieved', 0.152083333],
  ['queries', 'requests to DEEP_ARCHIVE', 4380, 'read request', 0.438],
];

describe('a GB a day, kept for three years', () => {
  const cost = estimateMonthlyCost(gigabyteADay);

  test('is billed for these things, in this order', () => {
    expect(cost.items.map(({ part, what, unit }) => [part, what, unit])).toEqual(
      EXPECTED.map(([part, what, , unit]) => [part, what, unit]),
    );
  });
  test.each(EXPECTED)('%s: %s', (part, what, quantity, _, usd) => {
    expect(item(cost, part, what).quantity).toBeCloseTo(quantity, 8);
    expect(item(cost, part, what).usd).toBeCloseTo(usd, 8);
  });
  test('costs 15.87 USD a month in all', () => {
    expect(cost.usd).toBeCloseTo(15.872421, 6);
  });
  test('is billed in a month for clean what the GB that come in it cost over their life', () => {
    const clean = cost.items.filter(({ what }) => /^(clean,|requests to|retrieved from)/.test(what));
    const gb = 4320 / 7.5; // objects that hold one
    expect(clean.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(
      7.5 * lifeCost(retentionClassOf(gigabyteADay), gigabyteADay.storage, 2 ** 30 / gb),
      9,
    );
  });
  test('says what it takes for granted', () => {
    expect(cost.assumptions).toEqual([
      'a producer packs 25 events in a record: 25600 bytes at most, and what comes in 60 s',
      'a delivery to clean has 1864135 bytes',
      'a month has 30 days, a GB 2^30 bytes; every retention is filled',
      'Parquet is 1/4 of the JSON, gzip 1/6',
      '0.5 % of the events are rejected',
      'each byte of clean is read 10 times a month while it is read often, 4 times a year while it is read sometimes, and restored once in 2 years after that, by 300 queries a month',
      'not counted: keys, secrets, logs, alarms, metrics, data transfer, results of queries, curated tables, discounts',
    ]);
    expect(cost.pricesAsOf).toBe('2024-07-01');
  });
  test('says what it would cost otherwise', () => {
    expect(cost.alternatives.map(({ what }) => what)).toEqual([
      'one event in each Kinesis record',
      'an on-demand stream',
      'events promised in an hour, without a stream',
    ]);
    expect(cost.alternatives.map(({ usd }) => usd)).toEqual([
      estimateMonthlyCost(gigabyteADay, { shards: 1, packed: false }).usd,
      estimateMonthlyCost(gigabyteADay, { shards: 0, packed: true }).usd,
      estimateMonthlyCost({ ...gigabyteADay, freshnessSeconds: 3600 }).usd,
    ]);
    expect(estimateMonthlyCost(gigabyteADay, { shards: 0, packed: false }).alternatives.map(({ what }) => what)).toEqual([
      'many events in a Kinesis record',
      'a provisioned stream',
      'events promised in an hour, without a stream',
    ]);
  });
});

describe('one event in each record', () => {
  const cost = estimateMonthlyCost(gigabyteADay, { shards: 0, packed: false });

  test.each([
    ['ingestion', 'on-demand stream', 720, 28.8],
    ['ingestion', 'put', 30, 2.4],
    ['ingestion', 'read by the delivery', 30, 1.2],
    ['delivery', 'delivered', 150, 4.35], // 1 KB counts as 5
    ['delivery', 'converted to Parquet', 150, 2.7],
  ])('%s: %s', (part, what, quantity, usd) => {
    expect(item(cost, part, what).quantity).toBeCloseTo(quantity, 8);
    expect(item(cost, part, what).usd).toBeCloseTo(usd, 8);
  });
  test('is said', () => {
    expect(cost.assumptions[0]).toBe('a producer puts each event in a record of its own');
  });
});

describe('one event a day, kept for a week', () => {
  const cost = estimateMonthlyCost(sized(1, 499, [7, 7, 7]));

  test.each([
    ['ingestion', 'put', 30],
    ['delivery', 'objects of clean and raw', 60],
    ['transform', 'invocations', 30],
    ['quarantine', 'objects put', 0.15],
    ['storage', 'raw', ((15_000 / 6) * (14 / 30)) / 2 ** 30], // seven days, and seven as a noncurrent version
    ['storage', 'clean, STANDARD, day 0 to 7', ((15_000 / 4) * (14 / 30)) / 2 ** 30],
    ['queries', 'scanned', 3_145_728_000 / 2 ** 40], // 300 times the 10 MB that Athena bills at least
  ])('%s: %s', (part, what, quantity) => {
    expect(item(cost, part, what).quantity).toBeCloseTo(quantity, 12);
  });
  test('costs what an idle shard costs, and next to nothing besides', () => {
    expect(cost.usd).toBeGreaterThan(10.8);
    expect(cost.usd).toBeLessThan(10.88);
  });
  test('stays in Standard, and says why', () => {
    expect(cost.assumptions.slice(0, 2)).toEqual([
      'a producer packs 1 event in a record: 25600 bytes at most, and what comes in 60 s',
      'a delivery to clean has 125 bytes: S3 moves nothing under 131072, so all of it stays in STANDARD',
    ]);
  });
});

/** What a shard, a put of each of 30 records, and two principals that ask for a key every five minutes cost in 30 days. */
const IDLE_STREAM = 720 * 0.015 + (30 * 0.014) / 1e6 + (((2 * 2_592_000) / 300) * 0.03) / 1e4;

describe('events promised in an hour, of which one comes a day', () => {
  const prompt = sized(1, 499, [7, 7, 7]);
  const cost = estimateMonthlyCost({ ...prompt, freshnessSeconds: 3600 });

  test('are billed for no stream, and for all else as those that are promised sooner', () => {
    expect(cost.items.filter(({ part }) => part === 'ingestion')).toEqual([]);
    expect(cost.items).toEqual(estimateMonthlyCost(prompt).items.filter(({ part }) => part !== 'ingestion'));
    expect(item(cost, 'transform', 'invocations').quantity).toBeCloseTo(30, 9);
    expect(cost.usd).toBeLessThan(0.08);
  });
  test('would cost a stream more with one of their own, which those save that are promised sooner', () => {
    expect(cost.alternatives.map(({ what }) => what)).toEqual(['one event in each Firehose record', 'a stream of its own']);
    expect((cost.alternatives[1]?.usd ?? NaN) - cost.usd).toBeCloseTo(IDLE_STREAM, 9);
    const { usd, alternatives } = estimateMonthlyCost(prompt);
    const saving = alternatives.find(({ what }) => what === 'events promised in an hour, without a stream');
    expect(usd - (saving?.usd ?? NaN)).toBeCloseTo(IDLE_STREAM, 9);
  });
  test('say how they come', () => {
    expect(cost.assumptions.slice(0, 2)).toEqual([
      'a producer packs 1 event in a record: 25600 bytes at most, and what comes in 60 s',
      'events are put straight into the delivery: there is no stream, and no shard is paid while none come',
    ]);
  });
});

describe('a GB a day that is promised in an hour', () => {
  const hourly = { ...gigabyteADay, freshnessSeconds: 3600 };
  const cost = estimateMonthlyCost(hourly);

  test.each([
    ['delivery', 'delivered', 30, 0.87], // the same for what a stream brings
    ['delivery', 'converted to Parquet', 30, 0.54],
    ['delivery', 'objects of clean and raw', 2 * 2880, 0.0288], // every 900 s
    ['transform', 'invocations', 157_286.4, 0.03145728], // 8 records of 25 KiB in a batch of 0.2 MiB
    ['transform', 'duration', 4794.089472, 0.063921513],
    ['quarantine', 'delivered', 0.75, 0.02175],
  ])('%s: %s', (part, what, quantity, usd) => {
    expect(item(cost, part, what).quantity).toBeCloseTo(quantity, 8);
    expect(item(cost, part, what).usd).toBeCloseTo(usd, 8);
  });
  test('is billed for 5 KB of each event that comes alone', () => {
    const alone = estimateMonthlyCost(hourly, { shards: 1, packed: false });
    expect(item(alone, 'delivery', 'delivered').quantity).toBeCloseTo(150, 8);
    expect(alone.alternatives.map(({ what }) => what)).toEqual(['many events in a Firehose record', 'a stream of its own']);
  });
});

test.each([
  ['put straight into the delivery, whose interval ends 43,200 times a month', 3600, 1, 43_200],
  ['put straight into the delivery, however many shards others have', 3600, 40, 43_200],
  ['put into a shard', 900, 1, 43_200],
  ['put into four shards of a stream on demand', 900, 0, 50_000], // each record alone
])('300,000 events a month in records of six, %s', (_, freshnessSeconds, shards, invocations) => {
  const cost = estimateMonthlyCost(sized(10_000, 499, [30, 90, 365], { freshnessSeconds }), { shards, packed: true });
  expect(item(cost, 'transform', 'invocations').quantity).toBeCloseTo(invocations, 6);
});

describe('a thousand million events a day', () => {
  const big = sized(1e9, 499, [30, 365, 1095]);

  test.each([
    ['packed on shards', { shards: 1, packed: true }, 'shards', 12_960, 194.4], // 18 of them: 5.8 MB/s, three times at the peak
    ['packed on shards', { shards: 1, packed: true }, 'put', 588_235_294.1176, 8.235294118],
    ['unpacked on shards', { shards: 1, packed: false }, 'shards', 25_200, 378], // 35: 11,574 records a second
    ['unpacked on shards', { shards: 40, packed: false }, 'shards', 28_800, 432],
    ['unpacked on shards', { shards: 1, packed: false }, 'put', 3e10, 420],
    ['packed on demand', { shards: 0, packed: true }, 'put', 14_024.622300092, 1121.969784007],
    ['unpacked on demand', { shards: 0, packed: false }, 'put', 28_610.229492188, 2288.818359375],
  ])('%s (%j): %s', (_, deployment, what, quantity, usd) => {
    const found = item(estimateMonthlyCost(big, deployment), 'ingestion', what);
    expect(found.quantity).toBeCloseTo(quantity, 3);
    expect(found.usd).toBeCloseTo(usd, 6);
  });
  test('costs ten times as much to deliver unpacked as packed', () => {
    const delivered = (packed: boolean) => item(estimateMonthlyCost(big, { shards: 1, packed }), 'delivery', 'delivered').usd;
    expect(delivered(true)).toBeCloseTo(406.714046703, 6);
    expect(delivered(false)).toBeCloseTo(4148.483276367, 6);
  });
  test('has a stream whatever is promised, since no delivery takes so much', () => {
    const cost = estimateMonthlyCost({ ...big, freshnessSeconds: 86_400 });
    expect(item(cost, 'ingestion', 'shards').quantity).toBe(12_960);
    expect(cost.alternatives.map(({ what }) => what)).toEqual(['one event in each Kinesis record', 'an on-demand stream']);
    expect(cost.assumptions.join()).not.toContain('straight into the delivery');
  });
  test('says that one shard would not do', () => {
    expect(estimateMonthlyCost(big).assumptions).toContain(
      'the stream has 18 shards, not 1: the busiest seconds bring 3 times the mean',
    );
    expect(estimateMonthlyCost(big, { shards: 18, packed: true }).assumptions.join()).not.toContain('shards, not');
  });
});

test.each([
  ['ingestion', 'put', 300_000 * 28, 0.1176], // 700 KB are 28 units of 25 KB
  ['delivery', 'delivered', (300_000 * 140 * 5120) / 2 ** 30, 5.807876587],
  ['transform', 'invocations', 300_000, 0.06], // no two fit the function's batch
])('events of 700 KB: %s: %s', (part, what, quantity, usd) => {
  const cost = estimateMonthlyCost(sized(10_000, 700 * 1024 - 1, [30, 90, 365]));
  expect(item(cost, part, what).quantity).toBeCloseTo(quantity, 6);
  expect(item(cost, part, what).usd).toBeCloseTo(usd, 8);
});

test.each([
  [60, 43_200],
  [900, 4320],
  [1350, 2880],
  [86_400, 2880],
])('a freshness of %d s makes %d objects of clean in a month', (freshnessSeconds, objects) => {
  const cost = estimateMonthlyCost(sized(2 ** 20, 1023, [30, 30, 30], { freshnessSeconds }));
  expect(item(cost, 'delivery', 'objects of clean and raw').quantity).toBeCloseTo(objects + 2880, 6);
});
