import type { ValueProfile } from './value-profile.ts';

/** Values that come again and again are a closed list; one that came once or twice speaks for an open one. */
const LEAST_VALUES = 1000;
const LEAST_OF_EACH = 5;
const MOST_LISTED = 20;
/** A code or a few words. */
const CODE = /^[\p{L}\p{N}]+(?:[ ._/+-][\p{L}\p{N}]+){0,3}$/u;
/** Digits in a row that could be somebody's number. */
const LONG_NUMBER = /\d{6}/;
/** As many values that look like persons' names are no codes. */
const MOST_NAMES = 0.5;

/** The closed list of a column's values, sorted; undefined where they are none. A list of one would forbid the next value for no reason. */
export function closedList({ texts, listed }: ValueProfile): readonly string[] | undefined {
  if (listed === undefined || texts.count < LEAST_VALUES || listed.size < 2 || listed.size > MOST_LISTED) return undefined;
  const values = [...listed.keys()];
  const areCodes = values.every(
    (value) => CODE.test(value) && !LONG_NUMBER.test(value) && (listed.get(value) ?? 0) >= LEAST_OF_EACH,
  );
  return areCodes && texts.share('personName') < MOST_NAMES ? values.sort() : undefined;
}
