import fc from 'fast-check';
import type { StorageNeed } from '../../../core/contract/model.ts';
import { datasetPrefix, retentionClassOf } from '../../../core/storage/layout.ts';
import { lifeCost } from '../../../core/storage/life-cost.ts';
import { planTemperatures, satisfies } from '../../../core/storage/plan-temperatures.ts';
import { RETENTION_CLASSES, TEMPERATURE, type RetentionClass } from '../../../core/storage/retention-classes.ts';
import { dataset } from '../../support/contracts.ts';
import { need, needs } from './needs.ts';

/** What a need means, said day by day: slow, and without the planner's own words. */
function meets(
  retention: RetentionClass,
  { readOftenDays, readSometimesDays, retentionDays, restoreWithinHours }: StorageNeed,
): boolean {
  if (retention.expireAfterDays !== retentionDays) return false;
  for (let day = 0; day < retentionDays; day += 1) {
    const storageClass = retention.transitions.filter(({ afterDays }) => afterDays <= day).at(-1)?.storageClass ?? 'STANDARD';
    const temperature = TEMPERATURE[storageClass];
    if (day < readOftenDays && temperature !== 'hot') return false;
    if (day < readSometimesDays && temperature === 'cold') return false;
    if (temperature === 'cold' && restoreWithinHours < (storageClass === 'GLACIER' ? 5 : 12)) return false;
  }
  return true;
}

test('finds the class of least cost among all that meet the need', () => {
  fc.assert(
    fc.property(needs, (asked) => {
      const lawful = RETENTION_CLASSES.filter((retention) => meets(retention, asked));
      const least = Math.min(...lawful.map((retention) => lifeCost(retention, asked)));
      const planned = planTemperatures(asked);
      expect(lawful.map(({ name }) => name)).toContain(planned?.name);
      expect(planned === undefined ? undefined : lifeCost(planned, asked)).toBe(least);
      for (const retention of RETENTION_CLASSES) expect(satisfies(retention, asked)).toBe(meets(retention, asked));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test.each<[StorageNeed, string]>([
  [need(7, 7, 7), 'keep7-hot7'],
  [need(30, 90, 90), 'keep90-hot30-warm90'],
  [need(30, 90, 1095), 'keep1095-hot30-warm90-deep'],
  [need(30, 90, 1095, 5), 'keep1095-hot30-warm90-flexible'], // Instant Retrieval for a year would cost less to lie in, and more to read
  [need(30, 90, 1095, 1), 'keep1095-hot30-warm1095'],
  [need(91, 91, 1095), 'keep1095-hot1095'],
  [need(30, 1095, 1095), 'keep1095-hot30-warm1095'],
  [need(90, 1825, 1825), 'keep1825-hot90-warm1825'],
  [need(30, 365, 1095), 'keep1095-hot30-warm365-deep'],
  [need(30, 365, 730), 'keep730-hot30-warm365-deep'],
  [need(0.5, 0.5, 30), 'keep30-hot30'],
])('plans %j as %s', (asked, name) => {
  expect(planTemperatures(asked)?.name).toBe(name);
});

test('finds nothing for a retention that is not offered', () => {
  expect(planTemperatures(need(30, 90, 100))).toBeUndefined();
  expect(() => retentionClassOf({ ...dataset(), storage: need(30, 90, 100) })).toThrow(
    "no retention class meets the storage need of 'energy.readings'",
  );
});

test('a dataset lies under its class, its domain and its name', () => {
  expect(datasetPrefix(dataset())).toBe('keep1095-hot30-warm90-deep/energy/readings/');
});
