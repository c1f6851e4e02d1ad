import type { ColumnType } from '../model.ts';
import { compareDecimals, isMultiple } from '../../decimal-text.ts';
import type { Direction } from './interval.ts';
import { isNumber, rangeOf, stepOf } from './value-range.ts';

/** What it means that numbers must be whole multiples of another one than before. */
export const multipleOfDirection = (before: ColumnType, after: ColumnType): Direction => ({
  tighter: refusesSome(after, before),
  looser: refusesSome(before, after),
});

const refusesSome = (one: ColumnType, other: ColumnType): boolean =>
  isNumber(one) && one.multipleOf !== undefined && hasValueBeside(other, one.multipleOf);

/** Whether the type has a value that is no multiple of the step. Of two neighbours one is none, unless their distance is one. */
export function hasValueBeside(type: ColumnType, step: string): boolean {
  const own = stepOf(type);
  if (own !== undefined && isMultiple(own, step)) return false;
  const { lower, upper } = rangeOf(type);
  const hasOneValue = lower !== undefined && upper !== undefined && compareDecimals(lower.at, upper.at) === 0;
  return !hasOneValue || !isMultiple(lower.at, step);
}
