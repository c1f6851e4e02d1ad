import type { Comparison, QualityRule } from '../model.ts';
import { same } from './canonical.ts';
import { compareDecimals } from '../../decimal-text.ts';
import { closed, directionOf, type Direction, type Interval } from './interval.ts';

export type LibraryRule = Extract<QualityRule, { kind: 'library' }>;

const BOTH: Direction = { tighter: true, looser: true };
const or = (one: Direction, other: Direction): Direction => ({
  tighter: one.tighter || other.tighter,
  looser: one.looser || other.looser,
});
const reversed = ({ tighter, looser }: Direction): Direction => ({ tighter: looser, looser: tighter });

/** How what a rule demands of data moved. Of rules that only another engine can read it is not decided, and they are held to do both. */
export function demandMoved(before: QualityRule, after: QualityRule): Direction {
  if (before.kind !== 'library' || after.kind !== 'library' || before.metric !== after.metric) return BOTH;
  return [
    comparisonMoved(before.comparison, after.comparison),
    valuesMoved(before, after),
    patternMoved(before.pattern, after.pattern),
  ].reduce(or);
}

function valuesMoved(before: LibraryRule, after: LibraryRule): Direction {
  const more = { tighter: false, looser: after.values.some((value) => !before.values.includes(value)) };
  const fewer = { tighter: before.values.some((value) => !after.values.includes(value)), looser: false };
  switch (after.metric) {
    case 'invalidValues': // no list lets in everything
      if (before.values.length === 0 || after.values.length === 0)
        return { tighter: before.values.length < after.values.length, looser: before.values.length > after.values.length };
      return or(more, fewer);
    case 'duplicateValues': // values that differ in one more column are no duplicates
      return or(more, fewer);
    case 'missingValues': // one more way to be missing
      return reversed(or(more, fewer));
    case 'nullValues':
    case 'rowCount':
      return same(before.values, after.values) ? or(more, fewer) : BOTH;
  }
}

function patternMoved(before: string | undefined, after: string | undefined): Direction {
  if (before === after) return { tighter: false, looser: false };
  return { tighter: after !== undefined, looser: before !== undefined };
}

function comparisonMoved(before: Comparison, after: Comparison): Direction {
  if (same(before, after) || (isNone(before) && isNone(after))) return { tighter: false, looser: false };
  const [old, now] = [lawful(before), lawful(after)];
  if (before.unit !== after.unit || old === undefined || now === undefined) return BOTH;
  return directionOf(old, now, compareDecimals);
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** What the measure may be; undefined where that is no one range of numbers. */
function lawful({ operator, values }: Comparison): Interval<string> | undefined {
  if (!values.every((value) => NUMBER.test(value))) return undefined;
  const [first = '0', last = first] = values;
  switch (operator) {
    case 'mustBe':
      return closed(first, first);
    case 'mustBeGreaterOrEqualTo':
      return closed(first, undefined);
    case 'mustBeGreaterThan':
      return { lower: { at: first, open: true } };
    case 'mustBeLessOrEqualTo':
      return closed(undefined, first);
    case 'mustBeLessThan':
      return { upper: { at: first, open: true } };
    case 'mustBeBetween':
      return closed(first, last);
    case 'mustNotBe':
    case 'mustNotBeBetween':
      return undefined;
  }
}

/** Whether not one row may be found. */
function isNone(comparison: Comparison): boolean {
  const most = lawful(comparison)?.upper;
  if (most === undefined) return false;
  const order = compareDecimals(most.at, most.open && comparison.unit === 'rows' ? '1' : '0');
  return order <= 0;
}

/** Whether one event alone can break the rule, so that it is refused at the door. */
export function isHeldAtTheDoor(rule: QualityRule): boolean {
  if (rule.kind !== 'library') return false;
  switch (rule.metric) {
    case 'nullValues':
    case 'missingValues':
    case 'invalidValues':
      return isNone(rule.comparison);
    case 'duplicateValues':
    case 'rowCount':
      return false;
  }
}
