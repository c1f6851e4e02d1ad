import { literal } from '../../../parquet/engine.ts';
import type { LiteralKind, TypeName } from '../syntax/ast.ts';
import { failAt, type Place } from '../syntax/token.ts';
import { cast } from './cast.ts';
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  INTEGER,
  MOST_DIGITS,
  namedType,
  UNKNOWN,
  VARBINARY,
  VARCHAR,
  type Type,
} from './type.ts';
import { engineCast, typed, type Typed } from './typed.ts';
import { isShown, toInstant, zoneNamed } from './zone.ts';

const MOST_INTEGER = 2n ** 31n - 1n;
const MOST_BIGINT = 2n ** 63n - 1n;

/** A literal as written without a type before it. @throws QueryError for a number that no type holds */
export function literalOf(kind: LiteralKind, text: string, place: Place): Typed {
  const value = plain(kind, text, place);
  return kind === 'null' ? value : { ...value, constant: text };
}

function plain(kind: LiteralKind, text: string, place: Place): Typed {
  switch (kind) {
    case 'null':
      return typed('null', UNKNOWN);
    case 'boolean':
      return typed(text, BOOLEAN);
    case 'integer':
      return whole(text, place);
    case 'decimal':
      return decimalOf(text, place);
    case 'double':
      return typed(engineCast(literal(text), DOUBLE), DOUBLE);
    case 'binary':
      return typed(`unhex(${literal(text)})`, VARBINARY);
    default:
      return typed(literal(text), { kind: 'varchar', length: Array.from(text).length });
  }
}

function whole(text: string, place: Place): Typed {
  const value = BigInt(text);
  const size = value < 0n ? -value - 1n : value;
  if (size > MOST_BIGINT) throw failAt(place, 'SYNTAX_ERROR', 'Invalid numeric literal');
  const type = size > MOST_INTEGER ? BIGINT : INTEGER;
  return typed(engineCast(type === BIGINT ? literal(text) : text, type), type);
}

/** The digits of a decimal say its type; zeros in front do not count unless the literal is `DECIMAL '…'`. */
function decimalOf(text: string, place: Place, counted = false): Typed {
  const [, sign = '', before = '', after = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text.trim()) ?? [];
  if (before === '' && after === '') throw failAt(place, 'INVALID_LITERAL', 'the text is not a valid DECIMAL literal');
  const digits = counted ? before : before.replace(/^0+/, '');
  const precision = Math.max(1, digits.length + after.length);
  if (precision > MOST_DIGITS)
    throw failAt(place, 'INVALID_LITERAL', `DECIMAL precision must be in range [1, ${MOST_DIGITS}]: ${precision}`);
  const type: Type = { kind: 'decimal', precision, scale: after.length };
  return typed(engineCast(literal(`${sign}${before === '' ? '0' : before}${after === '' ? '' : `.${after}`}`), type), type);
}

const DATE_TEXT = /^\s*\d{4}-\d{1,2}-\d{1,2}\s*$/;
const STAMP =
  /^\s*(\d{4}-\d{1,2}-\d{1,2})(?:\s+(\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.(\d+))?)?))?(?:\s*([+-]\d{1,2}:\d{2}|[A-Za-z][\w/+:-]*))?\s*$/;
const TIME_TEXT = /^\s*(\d{1,2}:\d{1,2})(:\d{1,2}(?:\.(\d+))?)?\s*$/;

/** `DATE '…'` and its like. @throws QueryError INVALID_LITERAL */
export function typedLiteral(name: TypeName, text: string, place: Place): Typed {
  switch (name.name) {
    case 'date':
      if (!DATE_TEXT.test(text) || !isDay(text.trim())) throw invalid('date', place);
      return typed(`date ${literal(padded(text.trim()))}`, DATE);
    case 'timestamp':
    case 'timestamp with time zone':
      return stamp(text, place);
    case 'time':
      return time(text, place);
    case 'decimal':
      return decimalOf(text, place, true);
    case 'json':
      return typed(`hw_json_parse(${literal(text)})`, { kind: 'json' });
    case 'varchar':
    case 'char':
      if (name.name === 'varchar') return { ...typed(literal(text), VARCHAR), constant: text };
      return typed(literal(text), namedType(name));
    default:
      return typed(cast(typed(literal(text), VARCHAR), namedType(name)), namedType(name));
  }
}

function stamp(text: string, place: Place): Typed {
  const [, day, clock = '00:00', fraction = '', zoneText] = STAMP.exec(text) ?? [];
  if (day === undefined || !isDay(day) || !isClock(clock)) throw invalid('timestamp', place);
  const precision = precisionOf(fraction, place);
  const local = `timestamp ${literal(`${padded(day)} ${seconds(clock)}`)}`;
  if (zoneText === undefined) return typed(local, { kind: 'timestamp', precision });
  const zone = zoneNamed(zoneText);
  if (zone === undefined || !isShown(Date.parse(`${padded(day)}T${seconds(clock)}Z`), zone)) throw invalid('timestamp', place);
  // of two instants the earlier
  return typed(toInstant(local, zone, `(timezone('UTC', ${local}) - to_days(1))`), { kind: 'timestamp_tz', precision, zone });
}

function time(text: string, place: Place): Typed {
  const [, clock, rest = '', fraction = ''] = TIME_TEXT.exec(text) ?? [];
  if (clock === undefined || !isClock(`${clock}${rest}`)) throw invalid('time', place);
  return typed(`time ${literal(seconds(`${clock}${rest}`))}`, { kind: 'time', precision: precisionOf(fraction, place) });
}

function precisionOf(fraction: string, place: Place): number {
  if (fraction.length > 6)
    throw failAt(place, 'NOT_SUPPORTED', 'more than 6 digits of a second: headwaters local keeps microseconds');
  return fraction.length;
}

const padded = (day: string): string =>
  day
    .split('-')
    .map((part, index) => part.padStart(index === 0 ? 4 : 2, '0'))
    .join('-');
const seconds = (clock: string): string => {
  const [hour = '0', minute = '0', second = '00'] = clock.split(':');
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:${/^\d(?:\.|$)/.test(second) ? `0${second}` : second}`;
};

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function isClock(text: string): boolean {
  const [hour = 0, minute = 0, second = 0] = text.split(':').map(Number);
  return hour < 24 && minute < 60 && second < 60;
}

const invalid = (type: string, place: Place): Error =>
  failAt(place, 'INVALID_LITERAL', `the text is not a valid ${type.toUpperCase()} literal`);

const MILLISECONDS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
};
const ORDER = ['day', 'hour', 'minute', 'second'];

/** `INTERVAL '…' unit`: milliseconds or months. @throws QueryError INVALID_LITERAL, NOT_SUPPORTED */
export function intervalOf(
  interval: { readonly text: string; readonly negative: boolean; readonly from: string; readonly to?: string },
  place: Place,
): Typed {
  const { text, negative, from, to } = interval;
  const sign = negative ? -1 : 1;
  const bad = failAt(place, 'INVALID_LITERAL', `the text is not a valid INTERVAL literal`);
  if (from === 'year' || from === 'month') {
    const [, minus, years, months] = /^\s*(-?)(\d+)(?:-(\d+))?\s*$/.exec(text) ?? [];
    if (years === undefined || (months !== undefined) !== (to !== undefined)) throw bad;
    const count = from === 'year' ? Number(years) * 12 + Number(months ?? 0) : Number(years);
    return typed(engineCast(String(sign * (minus === '-' ? -count : count)), BIGINT), { kind: 'interval_year' });
  }
  const units = to === undefined ? [from] : ORDER.slice(ORDER.indexOf(from), ORDER.indexOf(to) + 1);
  const fields = /^\s*(-?)([\d .:]+?)\s*$/.exec(text);
  const values = fields?.[2]?.split(/[ :]/) ?? [];
  if (fields === null || values.length !== units.length || values.some((value) => !/^\d+(?:\.\d{1,3})?$/.test(value))) throw bad;
  const total = values.reduce(
    (sum, value, index) => sum + Math.round(Number(value) * (MILLISECONDS[units[index] ?? ''] ?? 0)),
    0,
  );
  return typed(engineCast(String(sign * (fields[1] === '-' ? -total : total)), BIGINT), { kind: 'interval_day' });
}
