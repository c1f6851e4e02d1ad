import type { StorageNeed } from '../contract/model.ts';
import { STORAGE_PER_GB_MONTH, TRANSITION_PER_1000 } from './prices.ts';
import { RETENTION_CLASSES, type RetentionClass, type StorageClass } from './retention-classes.ts';

/** Hours until an archived object is back, standard tier. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html */
const RESTORE_HOURS: Readonly<Partial<Record<StorageClass, number>>> = { GLACIER: 5, DEEP_ARCHIVE: 12 };

const DAYS_A_MONTH = 30;
/** Objects that hold a GB when deliveries are as large as they may be: 128 MiB each. */
const OBJECTS_A_GB = 8;

/** USD that a GB costs from arrival to expiry in this class. */
export function lifeCost(retention: RetentionClass): number {
  const stays = [{ afterDays: 0, storageClass: 'STANDARD' as StorageClass }, ...retention.transitions];
  return stays.reduce((sum, { afterDays, storageClass }, index) => {
    const until = stays[index + 1]?.afterDays ?? retention.expireAfterDays;
    const storage = (STORAGE_PER_GB_MONTH[storageClass] * (until - afterDays)) / DAYS_A_MONTH;
    return sum + storage + (TRANSITION_PER_1000[storageClass] * OBJECTS_A_GB) / 1000;
  }, 0);
}

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

/** The class of least cost that meets the need; undefined where the platform offers none. */
export function planTemperatures(need: StorageNeed): RetentionClass | undefined {
  return RETENTION_CLASSES.filter((retention) => satisfies(retention, need)).sort(
    (a, b) => lifeCost(a) - lifeCost(b) || a.name.localeCompare(b.name),
  )[0];
}
