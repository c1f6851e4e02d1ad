import { ordered, same } from '../../contract/compatibility/canonical.ts';
import { danger, type Danger, type DangerCode } from '../danger.ts';
import type { Properties } from '../../aws/template.ts';
import { at, isObject, listOf, numberOf } from '../value.ts';
import { instantOf } from './instant.ts';
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
  /** What should be gone by a day stays beyond it. */
  readonly isPromised: boolean;
}

/** Classes that Athena cannot read before a restore. */
const UNREADABLE_CLASSES = ['GLACIER', 'DEEP_ARCHIVE'];
const readDays = (value: unknown): number | undefined => (value === undefined ? undefined : (numberOf(value) ?? NaN));
const least = (days: readonly (number | undefined)[]): number | undefined => {
  const stated = days.filter((day) => day !== undefined);
  return stated.length === 0 ? undefined : Math.min(...stated);
};

const movesOf = (rule: Properties): readonly unknown[] => [...listOf(rule.Transition), ...listOf(rule.Transitions)];

const MEASURES: readonly Measure[] = [
  {
    days: (rule) => (rule.ExpirationDate === undefined ? readDays(rule.ExpirationInDays) : 0), // a day in the calendar spares no object
    added: 'ExpirationAdded',
    earlier: 'ExpirationShortened',
    does: 'what is older goes within a day or two',
    isPromised: true,
  },
  {
    days: (rule) => readDays(at(rule.NoncurrentVersionExpiration, 'NoncurrentDays') ?? rule.NoncurrentVersionExpirationInDays),
    added: 'NoncurrentExpirationAdded',
    earlier: 'NoncurrentExpirationShortened',
    does: 'what was deleted or written over can be brought back for less',
    isPromised: true,
  },
  {
    days: (rule) =>
      least(
        movesOf(rule)
          .filter((move) => UNREADABLE_CLASSES.includes(String(at(move, 'StorageClass'))))
          .map((move) => readDays(at(move, 'TransitionInDays')) ?? 0),
      ),
    added: 'ArchivedEarlier',
    earlier: 'ArchivedEarlier',
    does: 'queries skip what is archived, without a word',
    isPromised: false,
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

const DATES = ['ExpirationDate', 'TransitionDate'];

/** A rule, or a move within it, with each day of the calendar as an instant. */
const dated = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(dated);
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, given]) => [key, DATES.includes(key) ? instantOf(given) : dated(given)]),
      )
    : value;
};

/** A rule without its name, with its tags in order: what it does. */
const plain = ({ Id: _, TagFilters, ...rule }: Properties): Properties => ({
  ...(dated(rule) as Properties),
  ...(TagFilters === undefined
    ? {}
    : { TagFilters: Array.isArray(TagFilters) ? TagFilters.map((tag) => JSON.stringify(ordered(tag))).sort() : TagFilters }),
});

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
  return read.filter(({ Status }) => Status === 'Enabled').map(plain);
}

/** Whether a rule does something on a day of the calendar. */
const isDated = (rule: Properties): boolean =>
  rule.ExpirationDate !== undefined || movesOf(rule).some((move) => at(move, 'TransitionDate') !== undefined);

/** Whether a rule of one version meets another rule of the other, where a day of the calendar would be held against an age or another day. */
const meetsDate = (some: readonly Properties[], others: readonly Properties[]): boolean =>
  some
    .filter((rule) => !others.some((other) => same(rule, other)))
    .some((rule) =>
      others.some(
        (other) =>
          (isDated(rule) || isDated(other)) &&
          (covers(scopeOf(rule), scopeOf(other)) || covers(scopeOf(other), scopeOf(rule))) &&
          MEASURES.some(({ days }) => days(rule) !== undefined && days(other) !== undefined),
      ),
    );

const whereOf = ({ prefix }: Scope): string => (prefix === '' ? 'all objects' : `objects under '${prefix}'`);

/** The earliest day on which some rules do a thing to every object of a scope. */
const earliestFor = (scope: Scope, rules: readonly Properties[], { days }: Measure): number =>
  least(rules.filter((rule) => covers(scopeOf(rule), scope)).map(days)) ?? Infinity;

/** What a new rule does earlier than the old ones did. */
const earlier = (old: readonly Properties[], rule: Properties, measure: Measure): readonly Danger[] => {
  const [days, scope] = [measure.days(rule), scopeOf(rule)];
  const was = earliestFor(scope, old, measure);
  if (days === undefined || days >= was) return [];
  return was === Infinity
    ? [danger(measure.added, `lifecycle of ${whereOf(scope)}: after ${days} days, which was never: ${measure.does}`)]
    : [danger(measure.earlier, `lifecycle of ${whereOf(scope)}: from ${was} to ${days} days: ${measure.does}`)];
};

/** What an old rule did earlier than the new ones do. */
const later = (rule: Properties, now: readonly Properties[], measure: Measure): readonly Danger[] => {
  const [days, scope] = [measure.days(rule), scopeOf(rule)];
  const is = earliestFor(scope, now, measure);
  if (!measure.isPromised || days === undefined || is <= days) return [];
  return is === Infinity
    ? [danger('ExpirationRemoved', `lifecycle of ${whereOf(scope)}: after ${days} days no longer: what was to go by then stays`)]
    : [
        danger(
          'ExpirationLengthened',
          `lifecycle of ${whereOf(scope)}: from ${days} to ${is} days: what was to go by then stays`,
        ),
      ];
};

/**
 * Whether objects go, or can no longer be read, earlier than they did, or stay longer than was promised. A rule of the one version is held
 * against the earliest day on which the other did the same to every object that it matches; so rules may be renamed, repeated for a part
 * and put in any order.
 */
const rules: Judge = (before, after, path, whole) => {
  const [old, now] = [enabledRules(before), enabledRules(after)];
  if (old === undefined || now === undefined || meetsDate(old, now) || meetsDate(now, old))
    return unknownEffect(before, after, path, whole);
  return MEASURES.flatMap((measure) => [
    ...now.flatMap((rule) => earlier(old, rule, measure)),
    ...old.flatMap((rule) => later(rule, now, measure)),
  ]);
};

export const lifecycle: Judge = inside({ Rules: rules });
