/** S3's bill said a second time, day by day, with prices and rules of its own: nothing here comes from the planner. */
import type { StorageNeed } from '../../../core/contract/model.ts';
import type { StorageClass } from '../../../core/storage/retention-classes.ts';

interface Terms {
  /** USD for a GB and a month of 30 days, an object moved, a GB read, a read request. */
  readonly month: number;
  readonly move: number;
  readonly retrieve: number;
  readonly request: number;
  readonly shortestStay: number;
  /** Hours until an object is back; 0 where it is read as it lies. */
  readonly restoreHours: number;
}

const TERMS: Readonly<Record<StorageClass, Terms>> = {
  STANDARD: { month: 0.023, move: 0, retrieve: 0, request: 0.0000004, shortestStay: 0, restoreHours: 0 },
  STANDARD_IA: { month: 0.0125, move: 0.00001, retrieve: 0.01, request: 0.000001, shortestStay: 30, restoreHours: 0 },
  GLACIER_IR: { month: 0.004, move: 0.00002, retrieve: 0.03, request: 0.00001, shortestStay: 90, restoreHours: 0 },
  GLACIER: { month: 0.0036, move: 0.00003, retrieve: 0.01, request: 0.00005, shortestStay: 90, restoreHours: 5 },
  DEEP_ARCHIVE: { month: 0.00099, move: 0.00005, retrieve: 0.02, request: 0.0001, shortestStay: 180, restoreHours: 12 },
};
/** S3 moves an object down this list and never up. */
export const WATERFALL: readonly StorageClass[] = ['STANDARD', 'STANDARD_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'];

/** A GB lies in eight objects of 128 MiB; what expired lies a week longer; a restored copy lies a week in Standard. */
const OBJECTS = 8;
const WEEK = 7;
/** Jest looks a global up by name each time; the loops below cannot afford it. */
const { min, max } = Math;
const NEVER = Infinity;
const KIB_A_GB = 1024 * 1024;

/** USD of one day of a GB in a class, with the 32 KiB of index and the 8 KiB of name of each archived object. */
const day = (storageClass: StorageClass): number => {
  const { month, restoreHours } = TERMS[storageClass];
  const archived = restoreHours > 0;
  return (
    (month * (archived ? 1 + (OBJECTS * 32) / KIB_A_GB : 1) + (archived ? (TERMS.STANDARD.month * OBJECTS * 8) / KIB_A_GB : 0)) /
    30
  );
};
/** USD of reading a whole GB once. */
const read = (storageClass: StorageClass): number => {
  const { retrieve, request, restoreHours } = TERMS[storageClass];
  return retrieve + OBJECTS * request + (restoreHours > 0 ? WEEK * day('STANDARD') : 0);
};

/** How often a GB is read on a day of its life: ten times a month, once a quarter, once in two years. */
const readsOn = (need: StorageNeed, when: number): number =>
  (when < need.readOftenDays ? 10 : when < need.readSometimesDays ? 4 / 12 : 1 / 24) / 30;

/** Whether an object may lie in the class on a day, for what the contract needs. */
export function mayLie(need: StorageNeed, storageClass: StorageClass, when: number): boolean {
  const { restoreHours } = TERMS[storageClass];
  if (storageClass !== 'STANDARD' && when < need.readOftenDays) return false;
  return restoreHours === 0 || (when >= need.readSometimesDays && restoreHours <= need.restoreWithinHours);
}

/** The class of each day until expiry; undefined where S3 refuses the lifecycle rule. */
export function lifeByDay(
  transitions: readonly { readonly afterDays: number; readonly storageClass: StorageClass }[],
  expireAfterDays: number,
): StorageClass[] | undefined {
  const days: StorageClass[] = [];
  let storageClass: StorageClass = 'STANDARD';
  let since = 0;
  for (const { afterDays, storageClass: next } of transitions) {
    if (afterDays < days.length || afterDays >= expireAfterDays) return undefined;
    while (days.length < afterDays) days.push(storageClass);
    if (WATERFALL.indexOf(next) <= WATERFALL.indexOf(storageClass)) return undefined;
    if (next === 'STANDARD_IA' && afterDays < 30) return undefined;
    if (storageClass === 'STANDARD_IA' && afterDays - since < 30) return undefined;
    storageClass = next;
    since = afterDays;
  }
  while (days.length < expireAfterDays) days.push(storageClass);
  return days;
}

/** USD of a GB, each day billed when it is over, each move when it happens, and a stay that was too short when it ends. */
export function bill(life: readonly StorageClass[], need: StorageNeed): number {
  let total = 0;
  let stayed = 0;
  let before: StorageClass = 'STANDARD';
  const leave = () => {
    total += Math.max(0, TERMS[before].shortestStay - stayed) * day(before);
  };
  life.forEach((storageClass, when) => {
    if (storageClass !== before) {
      leave();
      total += OBJECTS * TERMS[storageClass].move;
      stayed = 0;
      before = storageClass;
    }
    total += day(storageClass) + readsOn(need, when) * read(storageClass);
    stayed += 1;
  });
  for (let noncurrent = 0; noncurrent < WEEK; noncurrent += 1) {
    total += day(before);
    stayed += 1;
  }
  leave();
  return total;
}

/**
 * USD of the cheapest of all lives that S3 allows and the need admits: any classes, any days. Told from the last day back: `least` is what
 * an object still costs, by its class and by the days it has been there, as far as they matter.
 */
export function freeOptimum(need: StorageNeed): number {
  const classes = WATERFALL.map((storageClass) => {
    const { shortestStay, move } = TERMS[storageClass];
    const aDay = day(storageClass);
    const least = Float64Array.from(
      { length: shortestStay + 1 },
      (_, stayed) => aDay * (WEEK + max(0, shortestStay - stayed - WEEK)),
    );
    return { storageClass, shortestStay, aDay, aRead: read(storageClass), move: OBJECTS * move, least };
  });
  for (let when = need.retentionDays - 1; when >= 0; when -= 1) {
    const reads = readsOn(need, when);
    for (const { storageClass, shortestStay, aDay, aRead, least } of classes) {
      const today = mayLie(need, storageClass, when) ? aDay + reads * aRead : NEVER;
      const settled = (least[shortestStay] ?? NEVER) + today;
      for (let stayed = 0; stayed < shortestStay; stayed += 1) least[stayed] = (least[stayed + 1] ?? NEVER) + today;
      least[shortestStay] = settled;
    }
    let colder = NEVER; // the least after a move of today into any class further down
    for (const { storageClass, shortestStay, aDay, move, least } of [...classes].reverse()) {
      const comes = storageClass === 'STANDARD_IA' && when < 30 ? NEVER : move + (least[0] ?? NEVER);
      for (let stayed = storageClass === 'STANDARD_IA' ? shortestStay : 0; stayed <= shortestStay; stayed += 1) {
        least[stayed] = min(least[stayed] ?? NEVER, aDay * (shortestStay - stayed) + colder);
      }
      colder = min(colder, comes);
    }
  }
  return classes[0]?.least[0] ?? NEVER;
}
