import { same } from '../../contract/compatibility/canonical.ts';
import { danger, type Danger, type DangerCode } from '../danger.ts';
import type { Properties } from '../template.ts';
import { at, isObject, listOf, numberOf } from '../value.ts';
import { inside, unknownEffect, type Judge } from './judge.ts';

/** What a rule matches: a prefix, and tags or sizes that narrow it. */
interface Scope {
  readonly prefix: string;
  readonly narrowing: Properties;
}

/** What becomes of an object under a rule: days until it happens, for each thing that can. */
interface Measure {
  /** Undefined where the rule does no such thing; NaN where its days cannot be read. */
  readonly days: (rule: Properties) => number | undefined;
  readonly added: DangerCode;
  readonly earlier: DangerCode;
  readonly does: string;
}

/** Classes that Athena cannot read before a restore. */
const UNREADABLE_CLASSES = ['GLACIER', 'DEEP_ARCHIVE'];
const readDays = (value: unknown): number | undefined => (value === undefined ? undefined : (numberOf(value) ?? NaN));
const least = (days: readonly (number | undefined)[]): number | undefined => {
  const stated = days.filter((day) => day !== undefined);
  return stated.length === 0 ? undefined : Math.min(...stated);
};

const MEASURES: readonly Measure[] = [
  {
    days: (rule) => (rule.ExpirationDate === undefined ? readDays(rule.ExpirationInDays) : 0), // a day in the calendar spares no object
    added: 'ExpirationAdded',
    earlier: 'ExpirationShortened',
    does: 'what is older goes within a day or two',
  },
  {
    days: (rule) => readDays(at(rule.NoncurrentVersionExpiration, 'NoncurrentDays') ?? rule.NoncurrentVersionExpirationInDays),
    added: 'NoncurrentExpirationAdded',
    earlier: 'NoncurrentExpirationShortened',
    does: 'what was deleted or written over can be brought back for less',
  },
  {
    days: (rule) =>
      least(
        [...listOf(rule.Transition), ...listOf(rule.Transitions)]
          .filter((move) => UNREADABLE_CLASSES.includes(String(at(move, 'StorageClass'))))
          .map((move) => readDays(at(move, 'TransitionInDays')) ?? 0),
      ),
    added: 'ArchivedEarlier',
    earlier: 'ArchivedEarlier',
    does: 'queries skip what is archived, without a word',
  },
];

const NARROWING = ['TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'];
const KNOWN = new Set([
  ...NARROWING,
  'Id',
  'Status',
  'Prefix',
  'ExpirationInDays',
  'ExpirationDate',
  'ExpiredObjectDeleteMarker',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionExpirationInDays',
  'NoncurrentVersionTransition',
  'NoncurrentVersionTransitions',
  'Transition',
  'Transitions',
  'AbortIncompleteMultipartUpload',
]);

const scopeOf = (rule: Properties): Scope => ({
  prefix: typeof rule.Prefix === 'string' ? rule.Prefix : '',
  narrowing: Object.fromEntries(NARROWING.filter((key) => key in rule).map((key) => [key, rule[key]])),
});

const covers = (one: Scope, other: Scope): boolean =>
  other.prefix.startsWith(one.prefix) && (Object.keys(one.narrowing).length === 0 || same(one.narrowing, other.narrowing));

/** Rules that a judge can read; undefined when one of them cannot be. */
function enabledRules(rules: unknown): readonly Properties[] | undefined {
  if (rules !== undefined && !Array.isArray(rules)) return undefined;
  const read = listOf(rules).filter(isObject);
  const isRead = ({ Status, Prefix, ...rule }: Properties) =>
    (Status === 'Enabled' || Status === 'Disabled') &&
    (Prefix === undefined || typeof Prefix === 'string') &&
    Object.keys(rule).every((key) => KNOWN.has(key)) &&
    at(rule.NoncurrentVersionExpiration, 'NewerNoncurrentVersions') === undefined &&
    MEASURES.every(({ days }) => !Number.isNaN(days(rule) ?? 0));
  if (read.length !== listOf(rules).length || !read.every(isRead)) return undefined;
  return read.filter(({ Status }) => Status === 'Enabled');
}

/**
 * Whether objects go, or can no longer be read, earlier than they did. A rule of the new version is held against the earliest day on which the
 * old version did the same to every object that it matches; so rules may be renamed, split, merged and put in any order.
 */
const rules: Judge = (before, after, path, whole) => {
  const [old, now] = [enabledRules(before), enabledRules(after)];
  if (old === undefined || now === undefined) return unknownEffect(before, after, path, whole);
  return now.flatMap((rule) =>
    MEASURES.flatMap((measure): Danger[] => {
      const days = measure.days(rule);
      const scope = scopeOf(rule);
      const earliest = least(old.filter((other) => covers(scopeOf(other), scope)).map(measure.days)) ?? Infinity;
      if (days === undefined || days >= earliest) return [];
      const where = scope.prefix === '' ? 'all objects' : `objects under '${scope.prefix}'`;
      return earliest === Infinity
        ? [danger(measure.added, `lifecycle of ${where}: after ${days} days, which was never: ${measure.does}`)]
        : [danger(measure.earlier, `lifecycle of ${where}: from ${earliest} to ${days} days: ${measure.does}`)];
    }),
  );
};

export const lifecycle: Judge = inside({ Rules: rules });
