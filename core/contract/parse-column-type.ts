import type { DocumentPath, Fault } from './fault.ts';
import { STRING_FORMATS, type Bounds, type ColumnType } from './model.ts';
import type { OdcsTypeOptions } from './odcs-shape.ts';

type Scalar = 'string' | 'date' | 'timestamp' | 'time' | 'number' | 'integer' | 'boolean';
type Options = OdcsTypeOptions;

/** Options that each logical type obeys; any other on it is refused, since it would be a rule that nobody holds. */
const OPTIONS: Readonly<Record<Scalar, readonly (keyof Options)[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'format'],
  boolean: [],
  date: [],
  timestamp: ['timezone', 'defaultTimezone'],
  time: [],
};

const DECIMAL = /^decimal\((\d+),\s*(\d+)\)$/i;
/** Digits of a decimal at most. @see https://docs.aws.amazon.com/athena/latest/ug/data-types.html */
const DECIMAL_DIGITS = 38;

/** The type of a column that holds one value. */
export function parseColumnType(
  type: Scalar,
  options: Options,
  physicalType: string | undefined,
  path: DocumentPath,
  faults: Fault[],
): ColumnType {
  const fault = (code: string, key: string, message: string) =>
    faults.push({ code, path: [...path, ...(key === '' ? [] : ['logicalTypeOptions', key])], message });
  for (const key of Object.keys(options) as (keyof Options)[]) {
    if (!OPTIONS[type].includes(key)) fault('OptionWithoutEffect', key, `is not held for type ${type}; leave it out`);
  }
  switch (type) {
    case 'string':
      return stringType(options, fault);
    case 'integer':
      checkFormat(options.format, ['i32', 'i64'], fault);
      return {
        kind: 'integer',
        bits: options.format === 'i32' || physicalType?.toLowerCase() === 'int' ? 32 : 64,
        ...bounds(options, fault),
      };
    case 'number': {
      checkFormat(options.format, ['f32', 'f64'], fault);
      if (!/^decimal/i.test(physicalType ?? '')) {
        if (physicalType !== undefined && physicalType.toLowerCase() !== 'double') {
          faults.push({
            code: 'PhysicalTypeNotHeld',
            path: [...path, 'physicalType'],
            message: `of a number must be 'double' or 'decimal(precision,scale)', got '${physicalType}'; another would be stored as a double`,
          });
        }
        return { kind: 'double', ...bounds(options, fault) };
      }
      const decimal = DECIMAL.exec(physicalType ?? '');
      const [precision, scale] = [Number(decimal?.[1] ?? 0), Number(decimal?.[2] ?? 0)];
      if (precision < 1 || precision > DECIMAL_DIGITS || scale > precision) {
        faults.push({
          code: 'InvalidDecimal',
          path: [...path, 'physicalType'],
          message: `must be decimal(1..${DECIMAL_DIGITS}, 0..precision), got '${physicalType ?? ''}'; state both`,
        });
      }
      return { kind: 'decimal', precision, scale, ...bounds(options, fault) };
    }
    case 'timestamp': {
      const isUtc = options.defaultTimezone === 'UTC' || options.defaultTimezone === 'Etc/UTC';
      if (options.defaultTimezone !== undefined && !isUtc) {
        fault(
          'TimezoneNotHeld',
          'defaultTimezone',
          `must be 'UTC', got '${options.defaultTimezone}'; let the producer send a zone`,
        );
      }
      return { kind: 'timestamp', zonelessIsUtc: options.timezone !== true && isUtc };
    }
    case 'boolean':
    case 'date':
    case 'time':
      return { kind: type };
  }
}

type AddFault = (code: string, key: string, message: string) => void;

function stringType(options: Options, fault: AddFault): ColumnType {
  const { minLength, maxLength, pattern } = options;
  if (pattern !== undefined && !isPattern(pattern)) fault('InvalidPattern', 'pattern', 'must be a regular expression; mend it');
  const format = STRING_FORMATS.find((known) => known === options.format);
  if (options.format !== undefined && format === undefined)
    fault('UnknownFormat', 'format', `must be one of ${STRING_FORMATS.join(', ')}, got '${options.format}'`);
  return {
    kind: 'string',
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(format === undefined ? {} : { format }),
  };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

function bounds(options: Options, fault: AddFault): Bounds {
  const found: Record<string, string> = {};
  for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const) {
    const value = options[key];
    if (value === undefined) continue;
    if (typeof value !== 'number' || !/^-?\d+(\.\d+)?$/.test(String(value)))
      fault('InvalidBound', key, `must be a plain number, got '${value}'; write its digits`);
    else if (!Number.isSafeInteger(value) && significantDigits(value) > EXACT_DIGITS)
      fault(
        'InvalidBound',
        key,
        `must have at most ${EXACT_DIGITS} digits, since more are rounded before they are read; shorten it`,
      );
    else found[key] = String(value);
  }
  return found;
}

/** Digits that survive a reading as a double, whatever they are. */
const EXACT_DIGITS = 15;
const significantDigits = (value: number): number =>
  String(value).replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length;

function checkFormat(format: string | undefined, held: readonly string[], fault: AddFault): void {
  if (format !== undefined && !held.includes(format)) {
    fault('UnknownFormat', 'format', `must be one of ${held.join(', ')}, which the table can hold, got '${format}'`);
  }
}
