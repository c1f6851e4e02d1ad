import type { LifecycleRule, Transition } from './lifecycle-rules.ts';
import { STORAGE_CLASSES, type ObjectVersion, type StorageClass } from './object-version.ts';

const DAY = 86_400_000;

/** What a lifecycle rule does next to one of an object's versions, and when (milliseconds since the epoch). */
export type Change =
  | { readonly time: number; readonly kind: 'remove'; readonly index: number }
  | { readonly time: number; readonly kind: 'transition'; readonly index: number; readonly storageClass: StorageClass }
  | { readonly time: number; readonly kind: 'expire' };

/** Where several rules act at once, S3 prefers the removal for good, then the transition, then the delete marker. */
const PREFERENCE: Readonly<Record<Change['kind'], number>> = { remove: 0, transition: 1, expire: 2 };

/** S3 adds the days to an object's time and rounds up to the next midnight, UTC. */
export const dueTime = (time: number, days: number): number => Math.ceil(time / DAY + days) * DAY;

const rank = (storageClass: StorageClass): number => STORAGE_CLASSES.indexOf(storageClass);

const covers = (rule: LifecycleRule, { size }: ObjectVersion): boolean => size > rule.sizeOver && size < rule.sizeUnder;

function* transitionsOf(
  rule: LifecycleRule,
  transitions: readonly Transition[],
  version: ObjectVersion,
  since: number,
  index: number,
): Iterable<Change> {
  for (const { storageClass, days } of transitions) {
    if (rank(storageClass) > rank(version.storageClass) && version.size >= rule.smallestMoved(storageClass)) {
      yield { time: dueTime(since, days), kind: 'transition', index, storageClass };
    }
  }
}

function* changesOf(versions: readonly ObjectVersion[], rules: readonly LifecycleRule[]): Iterable<Change> {
  for (const rule of rules) {
    for (const [index, version] of versions.entries()) {
      const newer = versions[index - 1];
      if (newer !== undefined) {
        if (!covers(rule, version)) continue;
        const since = newer.lastModified;
        if (rule.noncurrentDays !== undefined && index > rule.newerNoncurrentVersions) {
          yield { time: dueTime(since, rule.noncurrentDays), kind: 'remove', index };
        }
        if (!version.deleteMarker) yield* transitionsOf(rule, rule.noncurrentTransitions, version, since, index);
      } else if (version.deleteMarker) {
        const days = rule.expiredObjectDeleteMarker ? 0 : rule.expirationDays;
        if (versions.length === 1 && days !== undefined)
          yield { time: dueTime(version.lastModified, days), kind: 'remove', index };
      } else if (covers(rule, version)) {
        yield* transitionsOf(rule, rule.transitions, version, version.lastModified, index);
        if (rule.expirationDays !== undefined) yield { time: dueTime(version.lastModified, rule.expirationDays), kind: 'expire' };
      }
    }
  }
}

/**
 * The next change that the rules bring to an object, due or yet to come; undefined when none ever will.
 *
 * @param versions Of one key, newest first.
 * @param rules Those whose prefix the key has.
 */
export function nextChange(versions: readonly ObjectVersion[], rules: readonly LifecycleRule[]): Change | undefined {
  let next: Change | undefined;
  for (const change of changesOf(versions, rules)) {
    if (
      next === undefined ||
      change.time < next.time ||
      (change.time === next.time && PREFERENCE[change.kind] < PREFERENCE[next.kind])
    ) {
      next = change;
    }
  }
  return next;
}
