import type { ColumnType, NumberRule } from '../model.ts';
import type { OdcsTypeOptions } from '../odcs/odcs-shape.ts';
import { BOUNDS, checkFormat, checkRange, type AddFault } from './option-faults.ts';
import { checkExclusive } from './parse-time-bounds.ts';

type Options = OdcsTypeOptions;

/** What a format of integers admits; the table holds 32 or 64 bits. */
const INTEGER_FORMATS: Readonly<Record<string, { readonly bits: 32 | 64; readonly least?: string; readonly most?: string }>> = {
  i8: { bits: 32, least: '-128', most: '127' },
  i16: { bits: 32, least: '-32768', most: '32767' },
  i32: { bits: 32 },
  i64: { bits: 64 },
  u8: { bits: 32, least: '0', most: '255' },
  u16: { bits: 32, least: '0', most: '65535' },
  u32: { bits: 64, least: '0', most: '4294967295' },
};

/** The type of a column of integers. */
export function integerType(options: Options, physicalType: string | undefined, fault: AddFault): ColumnType {
  checkFormat(options.format, Object.keys(INTEGER_FORMATS), fault);
  const format = INTEGER_FORMATS[options.format ?? ''];
  const isInt = /^int(eger)?$/i.test(physicalType?.trim() ?? '');
  if (isInt && format?.bits === 64)
    fault(
      'UnknownFormat',
      'format',
      `must fit the physical type '${physicalType ?? ''}' of 32 bits, got '${options.format ?? ''}'; make that bigint`,
    );
  const { minimum, maximum, ...rule } = numberRule(options, true, fault);
  for (const [key, stated, isWithin] of [
    ['minimum', minimum, Number(minimum) <= Number(format?.most)],
    ['maximum', maximum, Number(maximum) >= Number(format?.least)],
  ] as const)
    if (stated !== undefined && format?.least !== undefined && !isWithin)
      fault(
        'EmptyRange',
        key,
        `must lie within the format '${options.format ?? ''}' (${format.least} to ${format.most ?? ''}), got ${stated}: no event would pass; mend one`,
      );
  const least = stricter(minimum, format?.least, (a, b) => a > b);
  const most = stricter(maximum, format?.most, (a, b) => a < b);
  return {
    kind: 'integer',
    bits: format?.bits ?? (isInt ? 32 : 64),
    ...(least === undefined ? {} : { minimum: least }),
    ...(most === undefined ? {} : { maximum: most }),
    ...rule,
  };
}

const stricter = (
  stated: string | undefined,
  implied: string | undefined,
  isStricter: (a: number, b: number) => boolean,
): string | undefined =>
  stated === undefined || (implied !== undefined && isStricter(Number(implied), Number(stated))) ? implied : stated;

/** Beyond these, a number is written with an exponent, which a bound is not kept with. */
const MOST_BOUND = 1e21;
const LEAST_BOUND = 1e-6;

/** The bounds of a number, as the digits that were written. */
export function numberRule(options: Options, isInteger: boolean, fault: AddFault): NumberRule {
  const found: Partial<Record<(typeof BOUNDS)[number] | 'multipleOf', string>> = {};
  for (const key of [...BOUNDS, 'multipleOf'] as const) {
    const value = options[key];
    if (value === undefined) continue;
    if (typeof value !== 'number')
      fault('InvalidBound', key, `must be a plain number, got the text '${value}'; write its digits, without quotes`);
    else if (isInteger && Math.abs(value) > 2 ** 63)
      fault(
        'InvalidBound',
        key,
        `must lie within 64 bits, got about ${value}; leave it out, since the type itself bounds values to 64 bits`,
      );
    else if (Math.abs(value) >= MOST_BOUND)
      fault('InvalidBound', key, `must have at most 21 digits before its point, got about ${value}; leave it out`);
    else if (value !== 0 && Math.abs(value) < LEAST_BOUND)
      fault(
        'InvalidBound',
        key,
        `must be 0, or ${LEAST_BOUND.toFixed(6)} from it at least, got ${value}; write 0, or leave it out`,
      );
    else if (!Number.isSafeInteger(value) && significantDigits(value) > EXACT_DIGITS)
      fault(
        'InvalidBound',
        key,
        `must have at most ${EXACT_DIGITS} digits, since more are rounded before they are read, got ${value}; shorten it, or leave it out`,
      );
    else if (key === 'multipleOf' && value <= 0) fault('InvalidBound', key, `must be above 0, got ${value}; mend it`);
    else found[key] = String(value);
  }
  checkRange(found.minimum, found.maximum, 'minimum', 'maximum', fault);
  checkExclusive(found, (a, b) => Number(a) < Number(b), fault);
  return found;
}

/** Digits that survive a reading as a double, whatever they are. */
const EXACT_DIGITS = 15;
const significantDigits = (value: number): number =>
  String(value).replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length;
