import fc from 'fast-check';
import { lifeCost } from '../../../core/storage/life-cost.ts';
import { planTemperatures } from '../../../core/storage/plan-temperatures.ts';
import { RETENTION_CLASSES, type StorageClass } from '../../../core/storage/retention-classes.ts';
import { needs } from './needs.ts';
import { bill, lifeByDay, mayLie, WATERFALL } from './s3-bill.ts';

const EQUAL = 1e-9; // USD
const move = (afterDays: number, storageClass: StorageClass) => ({ afterDays, storageClass });

test('S3 takes every class as a lifecycle rule', () => {
  for (const { transitions, expireAfterDays } of RETENTION_CLASSES) {
    expect(lifeByDay(transitions, expireAfterDays)).toHaveLength(expireAfterDays);
  }
});

test.each<[string, ...Parameters<typeof lifeByDay>]>([
  ['a warmer class after a colder', [move(30, 'GLACIER'), move(90, 'GLACIER_IR')], 365],
  ['Infrequent Access before day 30', [move(29, 'STANDARD_IA')], 365],
  ['Infrequent Access for 29 days', [move(30, 'STANDARD_IA'), move(59, 'GLACIER')], 365],
  ['a move on the day of expiry', [move(365, 'GLACIER')], 365],
])('fails for %s, which S3 refuses', (_, transitions, expireAfterDays) => {
  expect(lifeByDay(transitions, expireAfterDays)).toBeUndefined();
});

test('no class that meets a need is billed less than the planned one, over 10,000 needs', () => {
  const lives = RETENTION_CLASSES.map(({ name, transitions, expireAfterDays }) => ({
    name,
    life: lifeByDay(transitions, expireAfterDays) ?? [],
  }));
  const wrong = fc.sample(needs, { seed: 20_261_121, numRuns: 10_000 }).filter((asked) => {
    const billed = new Map(
      lives
        .filter(
          ({ life }) =>
            life.length === asked.retentionDays && life.every((storageClass, when) => mayLie(asked, storageClass, when)),
        )
        .map(({ name, life }) => [name, bill(life, asked)]),
    );
    const planned = planTemperatures(asked);
    if (planned === undefined) return billed.size > 0;
    const cost = billed.get(planned.name);
    return cost === undefined || cost > Math.min(...billed.values()) + EQUAL || Math.abs(cost - lifeCost(planned, asked)) > EQUAL;
  });
  expect(wrong).toEqual([]);
});

/** A need, and moves on any days: S3 may refuse them, and bills many a stay for longer than it was. */
const anyLives = needs.chain((asked) =>
  fc
    .tuple(
      fc.subarray(WATERFALL.slice(1)),
      fc.uniqueArray(fc.nat(asked.retentionDays - 1), { minLength: 4, maxLength: 4 }).map((days) => days.sort((a, b) => a - b)),
    )
    .map(([classes, days]) => ({
      asked,
      transitions: classes.map((storageClass, index) => move(days[index] ?? 0, storageClass)),
    })),
);

test('a life of any classes and any days is billed as it is day by day, with what S3 bills of a stay that was too short', () => {
  let tooShort = 0;
  for (const { asked, transitions } of fc.sample(anyLives, { seed: 1, numRuns: 2000 })) {
    const life = lifeByDay(transitions, asked.retentionDays);
    if (life === undefined) continue;
    if (transitions.some(({ afterDays }, index) => (transitions[index + 1]?.afterDays ?? asked.retentionDays) - afterDays < 30))
      tooShort += 1;
    expect(lifeCost({ transitions, expireAfterDays: asked.retentionDays }, asked)).toBeCloseTo(bill(life, asked), 9);
  }
  expect(tooShort).toBeGreaterThan(100);
});
