import type { LifecycleRule, When } from './lifecycle-rules.ts';
import { STORAGE_CLASSES, type ObjectVersion, type StorageClass } from './object-version.ts';

const DAY = 86_400_000;

/** What time does next to one of an object's versions, by a lifecycle rule or by a restore, and when (milliseconds since the epoch). */
export type Change =
  | { readonly time: number; readonly kind: 'remove'; readonly index: number }
  | { readonly time: number; readonly kind: 'transition'; readonly index: number; readonly storageClass: StorageClass }
  | { readonly time: number; readonly kind: 'restored' | 'copyExpired'; readonly index: number }
  | { readonly time: number; readonly kind: 'expire' };

/** Where several rules act at once, S3 prefers the removal for good, then the transition, then the delete marker. */
const PREFERENCE: Readonly<Record<Change['kind'], number>> = { remove: 0, transition: 1, expire: 2, restored: 3, copyExpired: 4 };

/** S3 adds the days to an object's time and rounds up to the next midnight, UTC. */
export const dueTime = (time: number, days: number): number => Math.ceil(time / DAY + days) * DAY;

const rank = (storageClass: StorageClass): number => STORAGE_CLASSES.indexOf(storageClass);

const covers = (rule: LifecycleRule, { size, tags = {} }: ObjectVersion): boolean =>
  size > rule.sizeOver && size < rule.sizeUnder && rule.tags.every(([key, value]) => tags[key] === value);

const due = (since: number, when: When): number => ('days' in when ? dueTime(since, when.days) : Math.max(since, when.date));

/** Moves that S3's waterfall leaves out: a lower class is not always a possible one. */
const IMPOSSIBLE: Partial<Readonly<Record<StorageClass, StorageClass>>> = { ONEZONE_IA: 'GLACIER_IR' };

function* transitionsOf(
  rule: LifecycleRule,
  transitions: readonly (When & { readonly storageClass: StorageClass })[],
  version: ObjectVersion,
  since: number,
  index: number,
): Iterable<Change> {
  for (const { storageClass, ...when } of transitions) {
    const lower = rank(storageClass) > rank(version.storageClass) && IMPOSSIBLE[version.storageClass] !== storageClass;
    if (lower && version.size >= rule.smallestMoved(storageClass)) {
      yield { time: due(since, when), kind: 'transition', index, storageClass };
    }
  }
}

/** A copy comes and goes; when it is there, what remains is that it goes. */
function* restoresOf(versions: readonly ObjectVersion[], now: number): Iterable<Change> {
  for (const [index, { restore }] of versions.entries()) {
    if (restore !== undefined && restore.ready > now) yield { time: restore.ready, kind: 'restored', index };
    else if (restore !== undefined) yield { time: restore.expires, kind: 'copyExpired', index };
  }
}

function* changesOf(versions: readonly ObjectVersion[], rules: readonly LifecycleRule[]): Iterable<Change> {
  for (const rule of rules) {
    for (const [index, version] of versions.entries()) {
      const newer = versions[index - 1];
      if (newer !== undefined) {
        if (!covers(rule, version)) continue;
        const since = newer.lastModified;
        if (rule.noncurrentDays !== undefined && index > rule.newerNoncurrentVersions && version.legalHold !== true) {
          const until = version.retention?.until ?? -Infinity; // a lock outlasts the rule
          yield { time: Math.max(dueTime(since, rule.noncurrentDays), until), kind: 'remove', index };
        }
        if (version.deleteMarker) continue;
        const transitions = rule.noncurrentTransitions.filter(({ newerVersions }) => index > newerVersions);
        yield* transitionsOf(rule, transitions, version, since, index);
      } else if (version.deleteMarker) {
        const when = rule.expiredObjectDeleteMarker ? { days: 0 } : rule.expiration;
        if (versions.length === 1 && when !== undefined) yield { time: due(version.lastModified, when), kind: 'remove', index };
      } else if (covers(rule, version)) {
        yield* transitionsOf(rule, rule.transitions, version, version.lastModified, index);
        if (rule.expiration !== undefined) yield { time: due(version.lastModified, rule.expiration), kind: 'expire' };
      }
    }
  }
}

/**
 * The next change that the rules bring to an object, due or yet to come; undefined when none ever will.
 *
 * @param versions Of one key, newest first.
 * @param rules Those whose prefix the key has.
 * @param now The time up to which everything has been done.
 */
export function nextChange(versions: readonly ObjectVersion[], rules: readonly LifecycleRule[], now: number): Change | undefined {
  let next: Change | undefined;
  for (const changes of [changesOf(versions, rules), restoresOf(versions, now)]) {
    for (const change of changes) {
      if (next === undefined || change.time < next.time || (change.time === next.time && isPreferred(change, next)))
        next = change;
    }
  }
  return next;
}

/** Of two moves, S3 takes the one to the lower class. */
const isPreferred = (a: Change, b: Change): boolean =>
  a.kind === 'transition' && b.kind === 'transition'
    ? rank(a.storageClass) > rank(b.storageClass)
    : PREFERENCE[a.kind] < PREFERENCE[b.kind];

/** When the rules expire a current version, and which of them does first; undefined when none ever will. */
export function expirationOf(
  version: ObjectVersion,
  rules: readonly LifecycleRule[],
): { readonly time: number; readonly ruleId: string } | undefined {
  return rules
    .flatMap((rule) =>
      rule.expiration === undefined || !covers(rule, version)
        ? []
        : [{ time: due(version.lastModified, rule.expiration), ruleId: rule.id }],
    )
    .sort((a, b) => a.time - b.time)[0];
}
