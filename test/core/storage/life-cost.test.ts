import { billedLife, lifeCost, staysOf } from '../../../core/storage/life-cost.ts';
import { readsBetween } from '../../../core/storage/reads.ts';
import type { StorageClass } from '../../../core/storage/retention-classes.ts';
import { need } from './needs.ts';

const life = (expireAfterDays: number, ...moves: [afterDays: number, storageClass: StorageClass][]) => ({
  expireAfterDays,
  transitions: moves.map(([afterDays, storageClass]) => ({ afterDays, storageClass })),
});

test('a life is stays that follow each other', () => {
  expect(staysOf(life(365, [30, 'STANDARD_IA'], [90, 'GLACIER']))).toEqual([
    { storageClass: 'STANDARD', fromDay: 0, toDay: 30 },
    { storageClass: 'STANDARD_IA', fromDay: 30, toDay: 90 },
    { storageClass: 'GLACIER', fromDay: 90, toDay: 365 },
  ]);
});

test.each([
  ['often', need(30, 90, 330), 0, 30, 10],
  ['sometimes', need(30, 90, 330), 30, 90, 2 / 3],
  ['rarely', need(30, 90, 330), 90, 330, 1 / 3],
  ['often, then sometimes', need(15, 90, 330), 0, 30, 5 + 1 / 6],
  ['all of it', need(30, 90, 330), 0, 330, 11],
  ['half a day', need(0.5, 0.5, 30), 0, 0.5, 1 / 6],
])('reads %s: %j from day %d to %d', (_, asked, from, to, times) => {
  expect(readsBetween(asked, from, to)).toBeCloseTo(times, 12);
});

/** Days billed of the last stay: S3's shortest, or the days it lies there and seven as a noncurrent version. */
test.each<[StorageClass, number, number]>([
  ['STANDARD_IA', 1, 30],
  ['STANDARD_IA', 23, 30],
  ['STANDARD_IA', 24, 31],
  ['GLACIER_IR', 1, 90],
  ['GLACIER_IR', 84, 91],
  ['GLACIER', 83, 90],
  ['GLACIER', 84, 91],
  ['DEEP_ARCHIVE', 1, 180],
  ['DEEP_ARCHIVE', 200, 207],
])('%s for %d days before expiry is billed for %d', (storageClass, days, billedDays) => {
  const last = billedLife(life(30 + days, [30, storageClass]), need(0, 0, 30 + days)).at(-1);
  const index = storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE' ? 1 + (8 * 32) / 1024 ** 2 : 1;
  expect(last?.gbMonths).toBeCloseTo((billedDays / 30) * index, 10);
});

test.each<[StorageClass, number]>([
  ['STANDARD_IA', 30],
  ['GLACIER_IR', 90],
  ['GLACIER', 90],
])('%s for ten days before a colder class is billed for %d', (storageClass, billedDays) => {
  const [, middle] = billedLife(life(400, [30, storageClass], [40, 'DEEP_ARCHIVE']), need(0, 0, 400));
  expect((middle?.gbMonths ?? NaN) * 30).toBeCloseTo(billedDays * (storageClass === 'GLACIER' ? 1 + 256 / 1024 ** 2 : 1), 10);
});

test('a GB in Standard costs its storage and the requests that read it', () => {
  // 37 days; ten reads of eight objects
  expect(lifeCost(life(30), need(30, 30, 30))).toBeCloseTo((0.023 * 37) / 30 + (80 * 0.0004) / 1000, 12);
});

test('a GB in Infrequent Access costs its move and its retrieval as well', () => {
  const hot = 0.023 + (80 * 0.0004) / 1000;
  const warm = (0.0125 * 67) / 30 + (8 * 0.01) / 1000 + (2 / 3) * (0.01 + (8 * 0.001) / 1000);
  expect(lifeCost(life(90, [30, 'STANDARD_IA']), need(30, 90, 90))).toBeCloseTo(hot + warm, 12);
});

test('a GB in an archive costs names, index and restored copies as well', () => {
  const months = 247 / 30;
  const hot = 0.023 + (80 * 0.0004) / 1000;
  const cold =
    months * 0.00099 * (1 + 256 / 1024 ** 2) +
    months * 0.023 * (64 / 1024 ** 2) +
    (8 * 0.05) / 1000 +
    (1 / 3) * (0.02 + (8 * 0.1) / 1000 + (0.023 * 7) / 30);
  expect(lifeCost(life(270, [30, 'DEEP_ARCHIVE']), need(30, 30, 270))).toBeCloseTo(hot + cold, 12);
});

test('objects under 128 KB spend their life in Standard', () => {
  const archived = life(365, [30, 'GLACIER_IR'], [120, 'DEEP_ARCHIVE']);
  expect(
    billedLife(archived, need(30, 120, 365), 128 * 1024 - 1).map(({ storageClass, toDay }) => [storageClass, toDay]),
  ).toEqual([['STANDARD', 365]]);
  expect(billedLife(archived, need(30, 120, 365), 128 * 1024)).toHaveLength(3);
});

test('more objects cost more to move', () => {
  const [, warm] = billedLife(life(365, [30, 'GLACIER_IR']), need(30, 30, 365), 1024 * 1024);
  expect(warm?.moved).toBe(1024);
});
