import type { DocumentPath, Fault } from '../fault.ts';
import { STRING_FORMATS, type ColumnType, type Sized } from '../model.ts';
import type { OdcsTypeOptions } from '../odcs/odcs-shape.ts';
import { BOUNDS, checkFormat, checkRange, type AddFault } from './option-faults.ts';
import { integerType, numberRule } from './parse-number-type.ts';
import { parseTimeBounds } from './parse-time-bounds.ts';
import { patternFault } from '../pattern.ts';
import type { LogicalType } from './physical-type.ts';

type Options = OdcsTypeOptions;
type OptionName = keyof Options;

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
      const rule = numberRule(options, false, fault);
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
