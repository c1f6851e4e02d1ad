import type { HiveType } from '../glue/hive-type.ts';

export type Scalar = Exclude<HiveType, { kind: 'array' | 'map' | 'struct' }>;

/** Bounds of the integers, as Hive has them. */
export const INTEGERS = {
  tinyint: [-(2n ** 7n), 2n ** 7n - 1n],
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

/** Digits that every integer of the kind holds. */
const SURE_DIGITS = { tinyint: 2, smallint: 4, int: 9, bigint: 18 } as const;

const MINUS = 45;
const ZERO = 48;

/** The number that the digits from `from` up to `to` write; -1 where one is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const isDigits = (text: string, from: number, to: number): boolean => digits(text, from, to) !== -1;

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
      return source.length === DATE_LENGTH && first === '"' && isDay(source) ? source : undefined;
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
  return text.isWellFormed();
}

function isInteger(kind: keyof typeof INTEGERS, source: string): boolean {
  const negative = source.charCodeAt(0) === MINUS ? 1 : 0;
  if (source.length === negative || !isDigits(source, negative, source.length)) return false;
  if (source.length - negative <= SURE_DIGITS[kind]) return true;
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

/** Years between these two lie within the bounds of both. */
const SURE_YEARS = { after: 1677, before: 2262 } as const;

/** Why Firehose would not keep the value, which `checkScalar` gave for the type; undefined if it would. */
export function lossOf({ kind }: Scalar, value: string): string | undefined {
  if (kind !== 'timestamp' && kind !== 'date') return undefined;
  const year = digits(value, 1, 5);
  if (year > SURE_YEARS.after && year < SURE_YEARS.before) return undefined;
  const [least, most] = KEPT[kind];
  const text = value.slice(1, -1); // years have four digits: the order of the texts is that of time
  return text < least || text > most
    ? `must hold a ${kind} from ${least} to ${most}: Firehose would silently write another one`
    : undefined;
}

/** Of the source, quotes included: `"yyyy-MM-dd"`, and `"yyyy-MM-dd HH:mm:ss"`, behind which a fraction may stand. */
const DATE_LENGTH = 12;
const SECONDS_END = 20;
/** Digits of a second that a value may have, and those that the file keeps: microseconds. */
const MOST_DIGITS = 9;
const SECOND_DIGITS = 6;

function checkTimestamp(source: string): string | undefined {
  const last = source.length - 1;
  if (source.charAt(0) !== '"' || last < SECONDS_END || !isDay(source) || !isTime(source)) return undefined;
  const whole = source.slice(0, SECONDS_END);
  if (last === SECONDS_END) return `${whole}.000000"`;
  const count = last - SECONDS_END - 1;
  if (source.charAt(SECONDS_END) !== '.' || count < 1 || count > MOST_DIGITS || !isDigits(source, SECONDS_END + 1, last)) {
    return undefined;
  }
  if (count === SECOND_DIGITS) return source;
  const fraction = source.slice(SECONDS_END + 1, last);
  if (/[1-9]/.test(fraction.slice(SECOND_DIGITS))) return undefined;
  return `${whole}.${fraction.slice(0, SECOND_DIGITS).padEnd(SECOND_DIGITS, '0')}"`;
}

/** Whether ` HH:mm:ss` stands behind the day. */
function isTime(source: string): boolean {
  if (source.charAt(11) !== ' ' || source.charAt(14) !== ':' || source.charAt(17) !== ':') return false;
  const hour = digits(source, 12, 14);
  const minute = digits(source, 15, 17);
  const second = digits(source, 18, 20);
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether `yyyy-MM-dd` behind the quote is a day of the calendar, from year 1. */
function isDay(source: string): boolean {
  if (source.charAt(5) !== '-' || source.charAt(8) !== '-') return false;
  const year = digits(source, 1, 5);
  const month = digits(source, 6, 8);
  const day = digits(source, 9, 11);
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return year >= 1 && day >= 1 && day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}
