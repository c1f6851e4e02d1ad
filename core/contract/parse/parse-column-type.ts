import type { DocumentPath, Fault } from '../fault.ts';
import { STRING_FORMATS, type ColumnType, type NumberRule, type Sized } from '../model.ts';
import type { OdcsTypeOptions } from '../odcs/odcs-shape.ts';
import { checkExclusive, parseTimeBounds } from './parse-time-bounds.ts';
import { patternFault } from '../pattern.ts';
import type { LogicalType } from './physical-type.ts';
import { didYouMean } from '../odcs/suggest.ts';

type Options = OdcsTypeOptions;
type OptionName = keyof Options;
export type AddFault = (code: string, key: string, message: string) => void;

const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const satisfies readonly OptionName[];

/** Options that each logical type obeys; any other on it is refused, since it would be a rule that nobody holds. */
const OPTIONS: Readonly<Record<LogicalType, readonly OptionName[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  integer: [...BOUNDS, 'multipleOf', 'format'],
  number: [...BOUNDS, 'multipleOf', 'format'],
  boolean: [],
  date: [...BOUNDS, 'format'],
  timestamp: [...BOUNDS, 'format', 'timezone', 'defaultTimezone'],
  time: [...BOUNDS, 'format', 'timezone', 'defaultTimezone'],
  array: ['minItems', 'maxItems', 'uniqueItems'],
  object: ['minProperties', 'maxProperties', 'required'],
};

/** Refuses options that the type does not have. */
export function checkOptions(type: LogicalType, options: Options, fault: AddFault): void {
  for (const key of Object.keys(options) as OptionName[]) {
    if (!OPTIONS[type].includes(key))
      fault(
        'OptionWithoutEffect',
        key,
        `is not held for type ${type}, which has ${OPTIONS[type].join(', ') || 'none'}; leave it out`,
      );
  }
}

const DECIMAL = /^decimal\((\d{1,3}),\s*(\d{1,3})\)$/i;
/** Digits of a decimal at most. @see https://docs.aws.amazon.com/athena/latest/ug/data-types.html */
const DECIMAL_DIGITS = 38;

/** The type of a column that holds one value. */
export function parseScalarType(
  type: Exclude<LogicalType, 'array' | 'object'>,
  options: Options,
  physicalType: string | undefined,
  path: DocumentPath,
  faults: Fault[],
): ColumnType {
  const fault = faultAt(path, faults);
  switch (type) {
    case 'string':
      return stringType(options, fault);
    case 'integer':
      return integerType(options, physicalType, fault);
    case 'number': {
      checkFormat(options.format, ['f32', 'f64'], fault);
      const rule = numberRule(options, fault);
      if (!/^decimal/i.test(physicalType ?? '')) return { kind: 'double', ...rule };
      const decimal = DECIMAL.exec(physicalType ?? '');
      const [precision, scale] = [Number(decimal?.[1] ?? 0), Number(decimal?.[2] ?? 0)];
      if (precision < 1 || precision > DECIMAL_DIGITS || scale > precision) {
        faults.push({
          code: 'InvalidDecimal',
          path: [...path, 'physicalType'],
          message: `must be decimal(precision,scale), of 1 to ${DECIMAL_DIGITS} digits and as many decimals at most, got '${physicalType ?? ''}'; state both`,
        });
      }
      return { kind: 'decimal', precision, scale, ...rule };
    }
    case 'timestamp': {
      const zonelessIsUtc = options.timezone !== true && isUtc(options.defaultTimezone, fault);
      return { kind: 'timestamp', zonelessIsUtc, ...parseTimeBounds('timestamp', options, fault) };
    }
    case 'time':
      isUtc(options.defaultTimezone, fault);
      if (options.timezone === true)
        fault('TimezoneNotHeld', 'timezone', 'must be false, got true: a time of day is stored without a zone; use a timestamp');
      return { kind: 'time', ...parseTimeBounds('time', options, fault) };
    case 'date':
      return { kind: 'date', ...parseTimeBounds('date', options, fault) };
    case 'boolean':
      return { kind: 'boolean' };
  }
}

export const faultAt =
  (path: DocumentPath, faults: Fault[]): AddFault =>
  (code, key, message) =>
    faults.push({ code, path: [...path, 'logicalTypeOptions', key], message });

function isUtc(zone: string | undefined, fault: AddFault): boolean {
  const utc = zone === 'UTC' || zone === 'Etc/UTC';
  if (zone !== undefined && !utc)
    fault('TimezoneNotHeld', 'defaultTimezone', `must be 'UTC', got '${zone}'; let the producer send a zone`);
  return utc;
}

function stringType(options: Options, fault: AddFault): ColumnType {
  const { minLength, maxLength, pattern } = options;
  checkRange(minLength, maxLength, 'minLength', 'maxLength', fault);
  const wrong = pattern === undefined ? undefined : patternFault(pattern);
  if (wrong !== undefined) fault(wrong.code, 'pattern', wrong.message);
  const format = STRING_FORMATS.find((known) => known === options.format);
  checkFormat(options.format, STRING_FORMATS, fault);
  return {
    kind: 'string',
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(format === undefined ? {} : { format }),
  };
}

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

function integerType(options: Options, physicalType: string | undefined, fault: AddFault): ColumnType {
  checkFormat(options.format, Object.keys(INTEGER_FORMATS), fault);
  const format = INTEGER_FORMATS[options.format ?? ''];
  const isInt = /^int(eger)?$/i.test(physicalType?.trim() ?? '');
  if (isInt && format?.bits === 64)
    fault(
      'UnknownFormat',
      'format',
      `must fit the physical type '${physicalType ?? ''}' of 32 bits, got '${options.format ?? ''}'; make that bigint`,
    );
  const { minimum, maximum, ...rule } = numberRule(options, fault);
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

function numberRule(options: Options, fault: AddFault): NumberRule {
  const found: Partial<Record<(typeof BOUNDS)[number] | 'multipleOf', string>> = {};
  for (const key of [...BOUNDS, 'multipleOf'] as const) {
    const value = options[key];
    if (value === undefined) continue;
    if (typeof value !== 'number' || !/^-?\d+(\.\d+)?$/.test(String(value)))
      fault('InvalidBound', key, `must be a plain number, got '${value}'; write its digits`);
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

/** Refuses a range that nothing lies in. */
function checkRange(
  least: string | number | undefined,
  most: string | number | undefined,
  leastKey: string,
  mostKey: string,
  fault: AddFault,
): void {
  if (least !== undefined && most !== undefined && Number(least) > Number(most))
    fault(
      'EmptyRange',
      mostKey,
      `must not be less than '${leastKey}' (${least}), got ${most}: no event would pass; turn them around`,
    );
}

/** Digits that survive a reading as a double, whatever they are. */
const EXACT_DIGITS = 15;
const significantDigits = (value: number): number =>
  String(value).replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length;

function checkFormat(format: string | undefined, held: readonly string[], fault: AddFault): void {
  if (format === undefined || held.includes(format)) return;
  fault(
    'UnknownFormat',
    'format',
    `must be one of ${held.join(', ')}, got '${format}'${didYouMean(format, held) || '; leave it out, or hold it by a pattern or bounds'}`,
  );
}

/** How many items an array may hold. */
export function itemRule(options: Options, fault: AddFault) {
  const { minItems, maxItems, uniqueItems } = options;
  checkRange(minItems, maxItems, 'minItems', 'maxItems', fault);
  return {
    ...(minItems === undefined ? {} : { minItems }),
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(uniqueItems === undefined ? {} : { uniqueItems }),
  };
}

/** How many keys an object may have. */
export function sizeRule(options: Options, fault: AddFault): Sized {
  const { minProperties, maxProperties } = options;
  checkRange(minProperties, maxProperties, 'minProperties', 'maxProperties', fault);
  return {
    ...(minProperties === undefined ? {} : { minProperties }),
    ...(maxProperties === undefined ? {} : { maxProperties }),
  };
}
