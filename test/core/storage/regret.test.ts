/** How far the frozen list is from the cheapest life that S3 would allow on any days: what a new class would have to win back. */
import fc from 'fast-check';
import type { StorageNeed } from '../../../core/contract/model.ts';
import { lifeCost } from '../../../core/storage/life-cost.ts';
import { planTemperatures } from '../../../core/storage/plan-temperatures.ts';
import { RETENTION_DAYS, type StorageClass } from '../../../core/storage/retention-classes.ts';
import { need, needs } from './needs.ts';
import { bill, freeOptimum, lifeByDay, mayLie, WATERFALL } from './s3-bill.ts';

/** What the planned class costs above the optimum, as a share of the optimum. */
function regret(asked: StorageNeed): number {
  const planned = planTemperatures(asked);
  return planned === undefined ? Infinity : lifeCost(planned, asked) / freeOptimum(asked) - 1;
}
const meanAndWorst = (asked: readonly StorageNeed[]) => {
  const regrets = asked.map(regret);
  return {
    mean: regrets.reduce((sum, one) => sum + one, 0) / regrets.length,
    least: Math.min(...regrets),
    worst: Math.max(...regrets),
  };
};

test.each([need(0, 0, 30), need(7, 7, 90), need(30, 60, 90, 5), need(10, 45, 100), need(0, 31, 110, 1), need(33, 33, 120, 5)])(
  'the optimum for %j is the least of all plans with up to two moves',
  (asked) => {
    const end = asked.retentionDays;
    let least = Infinity;
    const attempt = (...moves: { afterDays: number; storageClass: StorageClass }[]) => {
      const life = lifeByDay(moves, end);
      if (life?.every((storageClass, when) => mayLie(asked, storageClass, when)) === true)
        least = Math.min(least, bill(life, asked));
    };
    attempt();
    const colder = WATERFALL.slice(1);
    for (let first = 0; first < end; first += 1) {
      for (const warm of colder) {
        attempt({ afterDays: first, storageClass: warm });
        for (const cold of colder.slice(colder.indexOf(warm) + 1)) {
          for (let second = first + 1; second < end; second += 1) {
            attempt({ afterDays: first, storageClass: warm }, { afterDays: second, storageClass: cold });
          }
        }
      }
    }
    expect(freeOptimum(asked)).toBeCloseTo(least, 9);
  },
);

test('a need as contracts usually state it costs a tenth more than the optimum on average', () => {
  const usual = [7, 30, 90].flatMap((often) =>
    [often, ...RETENTION_DAYS.filter((days) => days > often)].flatMap((sometimes) =>
      RETENTION_DAYS.filter((days) => days >= sometimes).flatMap((keep) =>
        [1, 5, 12].map((hours) => need(often, sometimes, keep, hours)),
      ),
    ),
  );
  const { mean, least, worst } = meanAndWorst(usual);
  expect(least).toBeGreaterThan(-1e-9);
  expect(mean).toBeLessThan(0.11);
  expect(worst).toBeLessThan(2.6); // seven days hot and never queried again, kept for 90: Standard for a month where a week would do
});

test('any need at all costs a third more on average, and at most six times as much again', () => {
  const { mean, least, worst } = meanAndWorst(fc.sample(needs, { seed: 1, numRuns: 1000 }));
  expect(least).toBeGreaterThan(-1e-9);
  expect(mean).toBeLessThan(0.34);
  expect(worst).toBeLessThan(6.2); // read often for longer than 90 days and kept for years: no class stays hot for longer, and then cools
});

test.each([need(30, 1095, 1095), need(90, 1825, 1825), need(30, 365, 1095), need(30, 365, 730)])(
  '%j costs what the optimum costs',
  (asked) => {
    expect(regret(asked)).toBeCloseTo(0, 9);
  },
);
