import fc from 'fast-check';
import { foldEveryHours, foldHours, isCurated, soonestCuratedMs, type CuratedDataset } from '../../../core/curated/cadence.ts';
import { plainDataset } from '../../support/contracts.ts';

const HOUR = 3_600_000;
/** What Athena lets a statement run. */
const FOLD = HOUR / 2;

const curated = (hours: number, freshnessSeconds = 900): CuratedDataset => ({
  ...plainDataset(),
  freshnessSeconds,
  curatedWithinMs: hours * HOUR,
});

test('a dataset is curated where its contract says so', () => {
  expect([isCurated(plainDataset()), isCurated(curated(24))]).toEqual([false, true]);
});

test.each([
  [1.75, 1],
  [2.74, 1],
  [2.75, 2],
  [4, 3],
  [8.75, 8],
  [24, 12],
  [24.75, 24],
  [168.7, 24],
  [168.75, 168],
  [1000, 168],
])('a promise of %d hours is kept by a fold every %d', (hours, every) => {
  expect(foldEveryHours(curated(hours))).toBe(every);
});

test.each([
  [7, 24],
  [30, 168],
])('data that queries find for %d days is folded every %d hours at most: a week later less would be there', (days, every) => {
  const storage = { ...plainDataset().storage, retentionDays: days, readOftenDays: days, readSometimesDays: days };
  expect(foldEveryHours({ ...curated(1000), storage })).toBe(every);
});

test('the soonest promise counts the latency, an hour and a statement', () => {
  expect(soonestCuratedMs(900)).toBe(1.75 * HOUR);
  expect(soonestCuratedMs(7200)).toBe(3.5 * HOUR);
});

test.each([
  [1, 24],
  [8, 3],
  [24, 1],
  [168, 1],
])('a fold every %d hours comes %d times a day, the first at midnight', (every, times) => {
  const hours = foldHours(every);
  expect(hours).toHaveLength(times);
  expect(hours[0]).toBe(0);
});

test('an event shows within the promise, whenever it arrives, and with half the folds it would not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 86_400 }),
      fc.integer({ min: 0, max: 300 * HOUR }),
      fc.integer({ min: 0, max: 168 * HOUR - 1 }),
      (freshnessSeconds, more, arrival) => {
        const dataset = curated((soonestCuratedMs(freshnessSeconds) + more) / HOUR, freshnessSeconds);
        const every = foldEveryHours(dataset);
        const readable = arrival + freshnessSeconds * 1000;
        const hours = foldHours(every);
        const days = Array.from({ length: 22 }, (_, day) => day).filter((day) => every <= 24 || day % 7 === 0);
        const folds = days.flatMap((day) => hours.map((hour) => (24 * day + hour) * HOUR));
        const next = folds.find((at) => at >= readable) ?? Infinity;
        expect(next + FOLD - arrival).toBeLessThanOrEqual(dataset.curatedWithinMs);
        if (every < 12) expect(freshnessSeconds * 1000 + 2 * every * HOUR + FOLD).toBeGreaterThan(dataset.curatedWithinMs);
      },
    ),
  );
});
