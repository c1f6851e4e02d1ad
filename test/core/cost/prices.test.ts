import { PRICES, PRICES_AS_OF, usd, type Price } from '../../../core/cost/prices.ts';

const isPrice = (value: object): value is Price => 'usd' in value;
const pricesIn = (value: object): Price[] =>
  isPrice(value) ? [value] : Object.values(value).flatMap((part: object) => pricesIn(part));
const all = pricesIn(PRICES);

test('each price has a unit, a source and a date', () => {
  expect(all).toHaveLength(38);
  for (const { usd: value, per, unit, source, asOf } of all) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(per).toBeGreaterThan(0);
    expect(unit).not.toBe('');
    expect(source).toMatch(/^AWS price (list|page), /);
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
  ['a shard for 30 days', PRICES.kinesis.shardHour, 720, 10.8],
  ['an on-demand stream for 30 days', PRICES.kinesis.onDemandHour, 720, 28.8],
  ['a million invocations', PRICES.lambda.request, 1e6, 0.2],
  ['a TB scanned', PRICES.athena.scanned, 1, 5],
  ['a million requests to KMS', PRICES.kms.request, 1e6, 3],
])('%s costs what the list says', (_, price, quantity, expected) => {
  expect(usd(price, quantity)).toBeCloseTo(expected, 10);
});
