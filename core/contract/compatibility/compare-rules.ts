import type { ColumnType } from '../model.ts';
import type { Change } from './change.ts';
import { compareValidValues } from './compare-valid-values.ts';
import { compareDecimals } from '../../decimal-text.ts';
import { closed, directionOf, excludesOf, type Direction } from './interval.ts';
import { multipleOfDirection } from './multiple-of.ts';
import { ruleChanged, ruleMoved } from './rule-changes.ts';
import { declaredRange, rangeOf } from './value-range.ts';

type KeyOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
type RuleKey = Exclude<KeyOf<ColumnType>, 'kind' | 'bits' | 'precision' | 'scale' | 'items' | 'fields' | 'values'>;
/** The rules of a type's values, whichever type it is. */
type Rules = { readonly kind: ColumnType['kind'] } & { readonly [K in RuleKey]?: ValueOf<ColumnType, K> };

type Moved = Parameters<typeof ruleMoved>[1];
type Judge = (before: ColumnType, after: ColumnType, path: string) => readonly Change[];

/** What was and is asked of the values beside their type. Both types are written alike, so that a value of one may be one of the other. */
export const compareRules: Judge = (before, after, path) =>
  [...new Set(Object.values(JUDGES))].flatMap((judge) => judge(before, after, path));

const said = (rules: Rules, keys: readonly RuleKey[]): string =>
  keys
    .filter((key) => rules[key] !== undefined)
    .map((key) => `${key} ${String(rules[key])}`)
    .join(', ') || 'none';

/** A rule of which it is decided what it lets in: the same words are the same rule, and other words may be. */
const decided =
  (keys: readonly RuleKey[], codes: Moved, direction: (before: ColumnType, after: ColumnType) => Direction): Judge =>
  (before, after, path) => {
    const [old, now] = [said(before, keys), said(after, keys)];
    return old === now ? [] : ruleMoved(path, codes, direction(before, after), `from ${old} to ${now}`);
  };

const count = (least: RuleKey & `min${string}`, most: RuleKey & `max${string}`, codes: Moved): Judge => {
  const counts = (rules: Rules) => closed(Number(rules[least] ?? 0), rules[most] === undefined ? undefined : Number(rules[most]));
  return decided([least, most], codes, (before, after) =>
    directionOf(counts(before), counts(after), (one, other) => one - other),
  );
};

/** Of two regular expressions, or two formats, nobody can tell in general which lets in more. */
const undecided =
  (key: 'pattern' | 'format', codes: Parameters<typeof ruleChanged>[1]): Judge =>
  (before: Rules, after: Rules, path) =>
    ruleChanged(path, codes, before[key], after[key]);

const length = count('minLength', 'maxLength', { tighter: 'LengthTightened', looser: 'LengthLoosened' });
const items = count('minItems', 'maxItems', { tighter: 'ItemCountTightened', looser: 'ItemCountLoosened' });
const keys = count('minProperties', 'maxProperties', { tighter: 'KeyCountTightened', looser: 'KeyCountLoosened' });

/** A bound beyond which no value lay before, as -2147483648 of an int, tightens nothing when it is written down. */
const range = decided(
  ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'],
  { tighter: 'RangeTightened', looser: 'RangeLoosened' },
  (before, after) => ({
    tighter: excludesOf(declaredRange(after), rangeOf(before), compareDecimals),
    looser: excludesOf(declaredRange(before), rangeOf(after), compareDecimals),
  }),
);

const multipleOf = decided(['multipleOf'], { tighter: 'MultipleOfTightened', looser: 'MultipleOfLoosened' }, multipleOfDirection);

const uniqueItems = decided(
  ['uniqueItems'],
  { tighter: 'UniqueItemsAdded', looser: 'UniqueItemsRemoved' },
  (before: Rules, after: Rules) => ({
    tighter: before.uniqueItems !== true && after.uniqueItems === true,
    looser: before.uniqueItems === true && after.uniqueItems !== true,
  }),
);

const zone = decided(['zonelessIsUtc'], { tighter: 'ZoneDemanded', looser: 'ZoneAssumed' }, (before: Rules, after: Rules) => ({
  tighter: before.zonelessIsUtc === true && after.zonelessIsUtc === false,
  looser: before.zonelessIsUtc === false && after.zonelessIsUtc === true,
}));
const zoneOfTimestamps: Judge = (before, after, path) =>
  before.kind === 'timestamp' && after.kind === 'timestamp' ? zone(before, after, path) : [];

const validItems: Judge = (before: Rules, after: Rules, path) =>
  compareValidValues(before.validValues, after.validValues, `${path}[]`);

const JUDGES: Readonly<Record<RuleKey, Judge>> = {
  minLength: length,
  maxLength: length,
  pattern: undecided('pattern', { added: 'PatternAdded', changed: 'PatternChanged', removed: 'PatternRemoved' }),
  format: undecided('format', { added: 'FormatAdded', changed: 'FormatChanged', removed: 'FormatRemoved' }),
  minimum: range,
  maximum: range,
  exclusiveMinimum: range,
  exclusiveMaximum: range,
  multipleOf,
  zonelessIsUtc: zoneOfTimestamps,
  minItems: items,
  maxItems: items,
  uniqueItems,
  validValues: validItems,
  minProperties: keys,
  maxProperties: keys,
};
