import type { StorageNeed } from '../contract/model.ts';
import { GB, PRICES, usd } from '../cost/prices.ts';
import { DAYS_A_MONTH, readsBetween } from './reads.ts';
import { NONCURRENT_DAYS, TEMPERATURE, type RetentionClass, type StorageClass } from './retention-classes.ts';
import { ARCHIVED_OBJECT_BYTES, SHORTEST_STAY_DAYS, SMALLEST_MOVED_BYTES } from './s3-rules.ts';

/** Bytes of a delivery that is as large as it may be. */
export const LARGEST_DELIVERY_BYTES = 128 * 1024 * 1024;
/** Days that the copy of a restored object stays in Standard. */
const RESTORED_DAYS = 7;

/** Days of an object's life in one class. */
export interface Stay {
  readonly storageClass: StorageClass;
  readonly fromDay: number;
  /** The day on which it leaves or expires. */
  readonly toDay: number;
}

/** What S3 bills for a GB in one stay. */
export interface BilledStay extends Stay {
  /** In the class, with the shortest stay, and of the last stay with the days as a noncurrent version. */
  readonly gbMonths: number;
  /** In Standard: the names of archived objects. */
  readonly nameGbMonths: number;
  /** Objects moved into the class. */
  readonly moved: number;
  /** GB read from the class; of an archive, restored. */
  readonly readGb: number;
  readonly readRequests: number;
  /** In Standard: the copies of what was restored. */
  readonly restoredGbMonths: number;
}

/** The classes an object passes through, in order. */
export function staysOf({ transitions, expireAfterDays }: Pick<RetentionClass, 'transitions' | 'expireAfterDays'>): Stay[] {
  const starts: RetentionClass['transitions'] = [{ afterDays: 0, storageClass: 'STANDARD' }, ...transitions];
  return starts.map(({ afterDays, storageClass }, index) => ({
    storageClass,
    fromDay: afterDays,
    toDay: starts[index + 1]?.afterDays ?? expireAfterDays,
  }));
}

/**
 * What S3 bills for a GB from its arrival until nothing is left of it.
 *
 * @param objectBytes Size of the objects that hold it: what is too small to be moved spends its life in Standard
 */
export function billedLife(
  retention: Pick<RetentionClass, 'transitions' | 'expireAfterDays'>,
  need: StorageNeed,
  objectBytes = LARGEST_DELIVERY_BYTES,
): BilledStay[] {
  const objects = GB / objectBytes;
  const moves = objectBytes >= SMALLEST_MOVED_BYTES;
  return staysOf(moves ? retention : { ...retention, transitions: [] }).map((stay) => {
    const { storageClass, fromDay, toDay } = stay;
    const archived = TEMPERATURE[storageClass] === 'cold';
    const lies = toDay - fromDay + (toDay === retention.expireAfterDays ? NONCURRENT_DAYS : 0);
    const months = Math.max(lies, SHORTEST_STAY_DAYS[storageClass]) / DAYS_A_MONTH;
    const besides = (bytes: number) => (archived ? (objects * bytes) / GB : 0);
    const reads = readsBetween(need, fromDay, toDay);
    return {
      ...stay,
      gbMonths: months * (1 + besides(ARCHIVED_OBJECT_BYTES.inArchive)),
      nameGbMonths: months * besides(ARCHIVED_OBJECT_BYTES.inStandard),
      moved: storageClass === 'STANDARD' ? 0 : objects,
      readGb: reads,
      readRequests: reads * objects,
      restoredGbMonths: archived ? (reads * RESTORED_DAYS) / DAYS_A_MONTH : 0,
    };
  });
}

/** USD of a stay: lying there, being moved there, being read there. */
export function stayCost({ storageClass, ...billed }: BilledStay): number {
  const { storage, transition, retrieval, readRequest } = PRICES.s3;
  return (
    usd(storage[storageClass], billed.gbMonths) +
    usd(storage.STANDARD, billed.nameGbMonths + billed.restoredGbMonths) +
    (storageClass === 'STANDARD' ? 0 : usd(transition[storageClass], billed.moved)) +
    usd(retrieval[storageClass], billed.readGb) +
    usd(readRequest[storageClass], billed.readRequests)
  );
}

/** USD that a GB costs from arrival until nothing is left of it, in objects of one size: 128 MiB unless said. */
export const lifeCost = (...life: Parameters<typeof billedLife>): number =>
  billedLife(...life).reduce((sum, stay) => sum + stayCost(stay), 0);
