import { bucketOf, decimalBytes, longBytes } from '../../../local/iceberg/bucket.ts';

const text = (value: string): string => Buffer.from(value).toString('hex');
const day = (date: string): bigint => BigInt(Date.parse(date) / 86_400_000);
const micros = (moment: string): bigint => BigInt(Date.parse(moment)) * 1000n;

/** @see https://iceberg.apache.org/spec/#appendix-b-32-bit-hash-requirements */
const HASHES: readonly (readonly [what: string, bytes: string, hash: number])[] = [
  ['the number 34', longBytes(34n), 2017239379],
  ['the decimal 14.20', decimalBytes('1420'), -500754589],
  ['the day 2017-11-16', longBytes(day('2017-11-16')), -653330422],
  ['the time 22:31:08', longBytes(81_068_000_000n), -662762989],
  ['the moment 2017-11-16T22:31:08', longBytes(micros('2017-11-16T22:31:08Z')), -2047944441],
  ["the text 'iceberg'", text('iceberg'), 1210000089],
  ['an identifier', 'f79c3e09677c4bbda4793f349cb785e7', 1488055340],
  ['the bytes 00 01 02 03', '00010203', -188683207],
];

const ALL = 2 ** 31 - 1;

test.each(HASHES)('%s is hashed as the specification has it', (_, bytes, hash) => {
  expect(bucketOf(bytes, ALL)).toBe((hash & 0x7fffffff) % ALL);
});

test.each([
  ['', 16],
  ['00', 16],
  ['ffffffffffffff', 7],
])('bytes of any length fall into a bucket: %s', (bytes, buckets) => {
  const bucket = bucketOf(bytes, buckets);
  expect(bucket).toBeGreaterThanOrEqual(0);
  expect(bucket).toBeLessThan(buckets);
});
