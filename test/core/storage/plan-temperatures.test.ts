import fc from 'fast-check';
import type { StorageNeed } from '../../../core/contract/model.ts';
import { datasetPrefix, retentionClassOf } from '../../../core/storage/layout.ts';
import { lifeCost, planTemperatures, satisfies } from '../../../core/storage/plan-temperatures.ts';
import { RETENTION_CLASSES, RETENTION_DAYS, TEMPERATURE, type RetentionClass } from '../../../core/storage/retention-classes.ts';
import { dataset } from '../../support/contracts.ts';

const need = (readOftenDays: number, readSometimesDays: number, retentionDays: number, restoreWithinHours = 12): StorageNeed => ({
  readOftenDays,
  readSometimesDays,
  retentionDays,
  restoreWithinHours,
});

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

/** Any number of days, and often one beside a day on which some class changes its temperature. */
const days = (most: number) =>
  fc.oneof(
    fc.nat(most),
    fc.constantFrom(...[29, 30, 31, 89, 90, 91, 364, 365, 366, most - 1, most].filter((day) => day <= most)),
  );
const needs = fc
  .constantFrom(...RETENTION_DAYS)
  .chain((retention) =>
    fc
      .tuple(days(retention), days(retention), fc.constantFrom(1, 4, 5, 11, 12, 48))
      .map(([a, b, hours]) => need(Math.min(a, b), Math.max(a, b), retention, hours)),
  );

test('finds the class of least cost among all that meet the need', () => {
  fc.assert(
    fc.property(needs, (asked) => {
      const lawful = RETENTION_CLASSES.filter((retention) => meets(retention, asked));
      const least = Math.min(...lawful.map(lifeCost));
      const planned = planTemperatures(asked);
      expect(lawful.map(({ name }) => name)).toContain(planned?.name);
      expect(planned === undefined ? undefined : lifeCost(planned)).toBe(least);
      for (const retention of RETENTION_CLASSES) expect(satisfies(retention, asked)).toBe(meets(retention, asked));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test.each<[StorageNeed, string]>([
  [need(7, 7, 7), 'keep7-hot7'],
  [need(30, 90, 90), 'keep90-hot30-warm90'],
  [need(30, 90, 1095), 'keep1095-hot30-warm90-deep'],
  [need(30, 90, 1095, 5), 'keep1095-hot30-warm365-flexible'], // Instant Retrieval for a year costs less than IA for sixty days
  [need(30, 90, 1095, 1), 'keep1095-hot30-warm1095'],
  [need(91, 91, 1095), 'keep1095-hot1095'],
  [need(30, 1095, 1095), 'keep1095-hot30-warm1095'],
])('plans %j as %s', (asked, name) => {
  expect(planTemperatures(asked)?.name).toBe(name);
});

test('finds nothing for a retention that is not offered', () => {
  expect(planTemperatures(need(30, 90, 100))).toBeUndefined();
  expect(() => retentionClassOf({ ...dataset(), storage: need(30, 90, 100) })).toThrow(
    "no retention class meets the storage need of 'energy.readings'",
  );
});

test('costs a life by its storage and its transitions', () => {
  const plain = { name: 'x', transitions: [], queryableDays: 30, expireAfterDays: 30 };
  expect(lifeCost(plain)).toBeCloseTo(0.023, 10);
  const archived = {
    name: 'y',
    transitions: [{ afterDays: 30, storageClass: 'DEEP_ARCHIVE' as const }],
    queryableDays: 30,
    expireAfterDays: 330,
  };
  expect(lifeCost(archived)).toBeCloseTo(0.023 + 10 * 0.00099 + (8 * 0.05) / 1000, 10);
});

test('a dataset lies under its class, its domain and its name', () => {
  expect(datasetPrefix(dataset())).toBe('keep1095-hot30-warm90-deep/energy/readings/');
});
