import { PRICES, PRICES_AS_OF, usd, type Price } from '../../../core/cost/prices.ts';

const isPrice = (value: object): value is Price => 'usd' in value;
const pricesIn = (value: object): Price[] =>
  isPrice(value) ? [value] : Object.values(value).flatMap((part: object) => pricesIn(part));
const all = pricesIn(PRICES);

test('each price has a unit, a source, an address and a date', () => {
  expect(all).toHaveLength(73);
  for (const { usd: value, per, unit, source, address, asOf } of all) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(per).toBeGreaterThan(0);
    expect(unit).not.toBe('');
    expect(source).toMatch(/^AWS price (list|page), /);
    expect(address).toMatch(/^https:\/\/(aws\.amazon\.com|github\.com)\//);
    expect(asOf).toMatch(/^20\d\d(-\d\d(-\d\d)?)?$/);
  }
});

test('the table is as old as its oldest price', () => {
  expect(all.map(({ asOf }) => asOf).sort()[0]).toBe(PRICES_AS_OF);
});

/** What the list says, without the table's own words. */
test.each<[string, Price, number, number]>([
  ['a month of a GB in Standard', PRICES.s3.storage.STANDARD, 1, 0.023],
  ['a month of a TB in Infrequent Access', PRICES.s3.storage.STANDARD_IA, 1024, 12.8],
  ['a month of a TB in Instant Retrieval', PRICES.s3.storage.GLACIER_IR, 1024, 4.096],
  ['a month of a TB in Flexible Retrieval', PRICES.s3.storage.GLACIER, 1024, 3.6864],
  ['a month of a TB in Deep Archive', PRICES.s3.storage.DEEP_ARCHIVE, 1024, 1.01376],
  ['a million objects moved to Deep Archive', PRICES.s3.transition.DEEP_ARCHIVE, 1e6, 50],
  ['a million objects moved to Infrequent Access', PRICES.s3.transition.STANDARD_IA, 1e6, 10],
  ['100 GB read from Instant Retrieval', PRICES.s3.retrieval.GLACIER_IR, 100, 3],
  ['100 GB read from Standard', PRICES.s3.retrieval.STANDARD, 100, 0],
  ['100 GB read from Infrequent Access', PRICES.s3.retrieval.STANDARD_IA, 100, 1],
  ['100 GB restored from Flexible Retrieval', PRICES.s3.retrieval.GLACIER, 100, 1],
  ['100 GB restored from Deep Archive', PRICES.s3.retrieval.DEEP_ARCHIVE, 100, 2],
  ['a million PUTs', PRICES.s3.put, 1e6, 5],
  ['a million LISTs', PRICES.s3.list, 1e6, 5],
  ['a shard for 30 days', PRICES.kinesis.shardHour, 720, 10.8],
  ['an on-demand stream for 30 days', PRICES.kinesis.onDemandHour, 720, 28.8],
  ['a million invocations', PRICES.lambda.request, 1e6, 0.2],
  ['a TB scanned', PRICES.athena.scanned, 1, 5],
  ['a shard kept beyond a day, for 30 days', PRICES.kinesis.extendedShardHour, 720, 14.4],
  ['a TB under on-demand Advantage', PRICES.kinesis.advantageIn, 1024, 32.768],
  ['a million GB-seconds on x86', PRICES.lambda.x86GbSecond, 1e6, 16.6667],
  ['a key', PRICES.kms.key, 1, 1],
  ['a secret', PRICES.secrets.secret, 1, 0.4],
  ['a million requests for secrets', PRICES.secrets.request, 1e6, 5],
  ['an alarm on three metrics', PRICES.cloudWatch.alarm, 3, 0.3],
  ['an alarm on a query over three metrics', PRICES.cloudWatch.queryAlarm, 3, 0.3],
  ['ten metrics of our own', PRICES.cloudWatch.metric, 10, 3],
  ['a GB of logs', PRICES.cloudWatch.logsIn, 1, 0.5],
  ['a million data events', PRICES.cloudTrail.dataEvent, 1e6, 1],
  ['a million transitions of states', PRICES.states.transition, 1e6, 25],
  ['an endpoint in one zone, for 730 hours', PRICES.network.endpointHour, 730, 7.3],
  ['a million requests to KMS', PRICES.kms.request, 1e6, 3],
])('%s costs what the list says', (_, price, quantity, expected) => {
  expect(usd(price, quantity)).toBeCloseTo(expected, 10);
});
