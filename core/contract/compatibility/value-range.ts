import { parseTimestamp } from '../../record/time.ts';
import type { Bounds, ColumnType } from '../model.ts';
import { compareDecimals, isMultiple } from '../../decimal-text.ts';
import { nearestMultiple, ofUnits } from './steps.ts';
import { closed, intersection, type Interval } from './interval.ts';

type Of<K extends ColumnType['kind']> = Extract<ColumnType, { kind: K }>;
export type NumberType = Of<'integer' | 'double' | 'decimal'>;
type BoundedType = NumberType | Of<'date' | 'timestamp' | 'time'>;

export const isNumber = (type: ColumnType): type is NumberType =>
  type.kind === 'integer' || type.kind === 'double' || type.kind === 'decimal';

const isBounded = (type: ColumnType): type is BoundedType =>
  isNumber(type) || type.kind === 'date' || type.kind === 'timestamp' || type.kind === 'time';

const DAY_MS = 86_400_000;
const NANOSECOND_DIGITS = 9;

/** A bound as a plain decimal: days, milliseconds and nanoseconds are counted, so that all bounds compare alike. */
function numberOf({ kind }: BoundedType, bound: string): string {
  switch (kind) {
    case 'integer':
    case 'double':
    case 'decimal':
      return bound;
    case 'date':
      return String(Date.parse(bound) / DAY_MS);
    case 'timestamp':
      return String(millisecondsOf(bound));
    case 'time': {
      const [clock = '', fraction = ''] = bound.split('.');
      const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
      return `${(hours * 60 + minutes) * 60 + seconds}${fraction.padEnd(NANOSECOND_DIGITS, '0')}`;
    }
  }
}

/** @throws RangeError for a bound that is none: a contract that was read has only such as its judge can hold */
function millisecondsOf(bound: string): number {
  const time = parseTimestamp(bound, true);
  if (time === undefined) throw new RangeError(`a bound must be a timestamp from 1677 to 2262, got '${bound}'`);
  return time;
}

/** What every value of the type is a multiple of: of its rule, or of the last digit that the type holds; nothing for any double. */
export function stepOf(type: ColumnType): string | undefined {
  if (!isBounded(type)) return undefined;
  if (type.kind === 'double') return type.multipleOf;
  const last = ofUnits(1n, type.kind === 'decimal' ? type.scale : 0);
  const demanded = isNumber(type) ? type.multipleOf : undefined;
  return demanded === undefined || isMultiple(last, demanded) ? last : demanded;
}

/** The range that the contract wrote. */
export function declaredRange(type: ColumnType): Interval<string> {
  if (!isBounded(type)) return {};
  const bound = (key: keyof Bounds) => {
    const text = type[key];
    return text === undefined ? undefined : numberOf(type, text);
  };
  const [above, below] = [bound('exclusiveMinimum'), bound('exclusiveMaximum')];
  const open: Interval<string> = {
    ...(above === undefined ? {} : { lower: { at: above, open: true } }),
    ...(below === undefined ? {} : { upper: { at: below, open: true } }),
  };
  return intersection(closed(bound('minimum'), bound('maximum')), open, compareDecimals);
}

/** The range that the type itself has, whatever the contract wrote. */
export function rangeOfType(type: ColumnType): Interval<string> {
  if (type.kind === 'integer') {
    const limit = 2n ** BigInt(type.bits - 1);
    return closed(String(-limit), String(limit - 1n));
  }
  if (type.kind === 'decimal') {
    const most = 10n ** BigInt(type.precision) - 1n;
    return closed(ofUnits(-most, type.scale), ofUnits(most, type.scale));
  }
  if (type.kind === 'time') return closed('0', numberOf(type, '23:59:59.999999999'));
  return {};
}

/** The first and the last value that a column of the type may have, as far as it has such. */
export function rangeOf(type: ColumnType): Interval<string> {
  const range = intersection(declaredRange(type), rangeOfType(type), compareDecimals);
  const { lower, upper } = range;
  const step = stepOf(type);
  if (step === undefined) return range;
  return closed(
    lower === undefined ? undefined : nearestMultiple(lower.at, step, 'above', lower.open),
    upper === undefined ? undefined : nearestMultiple(upper.at, step, 'below', upper.open),
  );
}
