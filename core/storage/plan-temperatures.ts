import { same } from '../contract/compatibility/canonical.ts';
import type { StorageNeed } from '../contract/model.ts';
import { lifeCost } from './life-cost.ts';
import { RETENTION_CLASSES, type RetentionClass } from './retention-classes.ts';
import { RESTORE_HOURS } from './s3-rules.ts';

/** Whether data with this need may live in this class. */
export function satisfies(retention: RetentionClass, need: StorageNeed): boolean {
  const hotDays = retention.transitions[0]?.afterDays ?? retention.expireAfterDays;
  return (
    retention.expireAfterDays === need.retentionDays &&
    hotDays >= Math.min(need.readOftenDays, need.retentionDays) &&
    retention.queryableDays >= need.readSometimesDays &&
    retention.transitions.every(({ storageClass }) => (RESTORE_HOURS[storageClass] ?? 0) <= need.restoreWithinHours)
  );
}

/** Whether both ask for the same, whatever they were given. */
export const isSameNeed = (one: StorageNeed, other: StorageNeed): boolean =>
  same({ ...one, retentionClass: undefined }, { ...other, retentionClass: undefined });

/** What was planned: a dataset's class is asked for wherever its keys are written, most datasets need the same, and weighing all classes takes time. */
const planned = new Map<string, RetentionClass | undefined>();

/**
 * The class that the need was released with, or else the one of least cost that meets it; undefined where the platform offers none. It asks
 * for the need alone, not for the volume: objects lie under their class for years, and a dataset that grows must not move.
 */
export function planTemperatures(need: StorageNeed): RetentionClass | undefined {
  if (need.retentionClass !== undefined) return RETENTION_CLASSES.find(({ name }) => name === need.retentionClass);
  const { readOftenDays, readSometimesDays, retentionDays, restoreWithinHours } = need;
  const asked = [readOftenDays, readSometimesDays, retentionDays, restoreWithinHours].join();
  if (!planned.has(asked)) planned.set(asked, leastCost(need));
  return planned.get(asked);
}

function leastCost(need: StorageNeed): RetentionClass | undefined {
  return RETENTION_CLASSES.filter((retention) => satisfies(retention, need))
    .map((retention) => ({ retention, cost: lifeCost(retention, need) }))
    .sort((a, b) => a.cost - b.cost || a.retention.name.localeCompare(b.retention.name))[0]?.retention;
}
