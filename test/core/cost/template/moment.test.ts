import { daysReaching, gbMonths, monthOf } from '../../../../core/cost/template/moment.ts';

const month = monthOf(720);

/** Day by day, in thin slices, as a meter would: a GB comes each day, evenly. */
function byMeter(when: number, from: number, to: number): number {
  const slices = 200;
  let gbDays = 0;
  for (let slice = 0; slice < 30 * slices; slice += 1) {
    const day = (when - 1) * 30 + (slice + 0.5) / slices;
    gbDays += (Math.min(day, to) - Math.min(day, from)) / slices;
  }
  return gbDays / 30;
}

test.each([
  [1, 0, Infinity, 15],
  [2, 0, Infinity, 45],
  [1, 30, 60, 0],
  [2, 30, 60, 15],
  [3, 30, 60, 30],
  [1, 0, 7, 7 - 49 / 60],
])('in month %d, a GB a day makes GB-months of the age from %d to %d', (when, from, to, expected) => {
  expect(gbMonths(when, month, from, to)).toBeCloseTo(expected, 8);
  expect(byMeter(when, from, to)).toBeCloseTo(expected, 3);
});

test('once filled, every day of the retention is there', () => {
  expect(gbMonths('filled', month, 30, 372)).toBe(342);
  expect(gbMonths('filled', month, 30, Infinity)).toBe(Infinity);
});

test.each<[number | 'filled', number, number]>([
  [1, 30, 0],
  [2, 30, 30],
  [1, 10, 20],
  ['filled', 30, 30],
  ['filled', Infinity, 0],
])('in month %s, what comes to an age of %d days comes to it on %d days', (when, age, days) => {
  expect(daysReaching(when, month, age)).toBe(days);
});
