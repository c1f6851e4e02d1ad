import type { HiveType } from '../glue/hive-type.ts';

export type Scalar = Exclude<HiveType, { kind: 'array' | 'map' | 'struct' }>;

/** Bounds of the integers, as Hive has them. */
const INTEGERS = {
  tinyint: [-(2n ** 7n), 2n ** 7n - 1n],
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

/** An integer this short lies within a double's exact range and within `bigint`. */
const SHORT_INTEGER = 15;

/**
 * Judges the source text of one JSON scalar, which is known to be JSON and not null, against a Hive type.
 *
 * @returns the value as DuckDB is to read it, in JSON; undefined if the type does not hold it exactly
 */
export function checkScalar(type: Scalar, source: string): string | undefined {
  const first = source.charAt(0);
  switch (type.kind) {
    case 'string':
      return first === '"' && isText(source) ? source : undefined;
    case 'boolean':
      return first === 't' || first === 'f' ? source : undefined;
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return isInteger(type.kind, source) ? source : undefined;
    case 'double':
      return isNumber(first) && Number.isFinite(Number(source)) ? source : undefined;
    case 'float':
      return isNumber(first) && Number.isFinite(Math.fround(Number(source))) ? source : undefined;
    case 'decimal':
      return checkDecimal(type.precision, type.scale, first === '"' ? source.slice(1, -1) : source);
    case 'date':
      return DATE.test(source) && isDay(source.slice(1, 11)) ? source : undefined;
    case 'timestamp':
      return checkTimestamp(source);
    case 'binary':
      return undefined; // JSON has no bytes, and what a SerDe makes of text here differs: refused rather than guessed
  }
}

const isNumber = (first: string): boolean => first === '-' || (first >= '0' && first <= '9');

/** Half of a surrogate pair has no UTF-8: it would be replaced silently. */
function isText(source: string): boolean {
  const text = source.includes('\\u') ? String(JSON.parse(source)) : source;
  return !/\p{Surrogate}/u.test(text);
}

function isInteger(kind: keyof typeof INTEGERS, source: string): boolean {
  if (!/^-?\d+$/.test(source)) return false;
  if (kind === 'bigint' && source.length <= SHORT_INTEGER) return true;
  const [least, most] = INTEGERS[kind];
  const value = BigInt(source);
  return value >= least && value <= most;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Shifts digits, never computes: no digit is lost, and one that the scale cannot hold is a refusal. */
function checkDecimal(precision: number, scale: number, text: string): string | undefined {
  const found = DECIMAL.exec(text);
  if (found === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0');
  const integer = padded.slice(0, Math.max(point, 0)).replace(/^0+/, '');
  const decimals = padded.slice(Math.max(point, 0)).replace(/0+$/, '');
  if (integer.length > precision - scale || decimals.length > scale) return undefined;
  return `"${sign}${integer || '0'}${decimals && `.${decimals}`}"`;
}

/**
 * Moments that Firehose's Parquet writer keeps. It holds a timestamp as nanoseconds in 64 bits, and on AWS one beyond them wraps round to
 * another time without a word; days before the first full year of the Gregorian calendar are counted in another calendar. Both are refused here.
 */
const KEPT = {
  timestamp: ['1677-09-21 00:12:43.145225', '2262-04-11 23:47:16.854775'],
  date: ['1583-01-01', '9999-12-31'],
} as const;

/** Why Firehose would not keep the value, which `checkScalar` gave for the type; undefined if it would. */
export function lossOf({ kind }: Scalar, value: string): string | undefined {
  if (kind !== 'timestamp' && kind !== 'date') return undefined;
  const [least, most] = KEPT[kind];
  const text = value.slice(1, -1); // years have four digits: the order of the texts is that of time
  return text < least || text > most
    ? `must hold a ${kind} from ${least} to ${most}: Firehose would silently write another one`
    : undefined;
}

const DATE = /^"\d{4}-\d{2}-\d{2}"$/;
const TIMESTAMP = /^"(\d{4}-\d{2}-\d{2}) ((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?"$/;
/** Digits of a second that the file keeps: microseconds. */
const SECOND_DIGITS = 6;

function checkTimestamp(source: string): string | undefined {
  const found = TIMESTAMP.exec(source);
  if (found === null) return undefined;
  const [, day = '', time = '', fraction = ''] = found;
  const finer = fraction.slice(SECOND_DIGITS);
  if (!isDay(day) || /[1-9]/.test(finer)) return undefined;
  return `"${day} ${time}.${fraction.slice(0, SECOND_DIGITS).padEnd(SECOND_DIGITS, '0')}"`;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether `yyyy-MM-dd` is a day of the calendar, from year 1. */
function isDay(text: string): boolean {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return year >= 1 && day >= 1 && day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}
