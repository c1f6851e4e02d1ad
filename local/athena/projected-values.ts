import { QueryError } from './sql/query-error.ts';
import { literalPattern } from '../literal-pattern.ts';

/** Judges whether a partition's value lies in what a column projects. */
export type Projected = (value: string) => boolean;

type Parameters = Readonly<Record<string, string>>;

/**
 * Reads the projection of one partition column from a table's parameters.
 *
 * @param now Milliseconds since the epoch, simulated: what `NOW` in a range means, in UTC.
 * @throws QueryError INVALID_TABLE_PROPERTY
 */
export function projectedValues(column: string, parameters: Parameters, now: number): Projected {
  const setting = (name: string): string | undefined => parameters[`projection.${column}.${name}`];
  switch (setting('type')?.trim().toLowerCase()) {
    case 'enum': {
      const values = new Set((setting('values') ?? invalid(column, 'values')).split(',')); // white space is part of a value
      return (value) => values.has(value);
    }
    case 'injected':
      return () => true; // the query itself must say which
    case 'integer':
      return integers(column, setting);
    case 'date':
      return dates(column, setting, now);
    default:
      throw new QueryError(`INVALID_TABLE_PROPERTY: 'projection.${column}.type' must be enum, integer, date or injected`);
  }
}

/** Partition columns whose values only a query can say. */
export const injectedColumns = (keys: readonly string[], parameters: Parameters): readonly string[] =>
  keys.filter((key) => parameters[`projection.${key}.type`]?.trim().toLowerCase() === 'injected');

type Setting = (name: string) => string | undefined;

function integers(column: string, setting: Setting): Projected {
  const [first, last] = range(column, setting).map(Number);
  const interval = Number(setting('interval') ?? 1);
  const digits = Number(setting('digits') ?? 0);
  if (first === undefined || last === undefined || ![first, last, interval].every(Number.isSafeInteger) || interval < 1) {
    return invalid(column, 'range');
  }
  return (value) => {
    const number = Number(value);
    const lies = Number.isSafeInteger(number) && number >= first && number <= last && (number - first) % interval === 0;
    return lies && value === String(number).padStart(digits, '0');
  };
}

const UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', 'milliseconds'] as const;
type Unit = (typeof UNITS)[number];
const MILLISECONDS: Readonly<Partial<Record<Unit, number>>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  milliseconds: 1,
};

function dates(column: string, setting: Setting, now: number): Projected {
  const format = setting('format') ?? invalid(column, 'format');
  const reader = dateFormat(column, format);
  const interval = Number(setting('interval') ?? 1);
  const unit = unitOf(
    setting('interval.unit') ??
      (/[Hms]/.test(format) ? invalid(column, 'interval.unit') : format.includes('d') ? 'days' : 'months'),
  );
  if (unit === undefined || !Number.isSafeInteger(interval) || interval < 1) return invalid(column, 'interval');
  const ends = range(column, setting).map((end) =>
    reader(reader.write(moment(end, now) ?? reader(end) ?? invalid(column, 'range'))),
  );
  const [first, last] = ends;
  if (first === undefined || last === undefined) return invalid(column, 'range');
  return (value) => {
    const time = reader(value);
    return time !== undefined && time >= first && time <= last && stepsFrom(first, time, unit) % interval === 0;
  };
}

function range(column: string, setting: Setting): readonly [string, string] {
  const [first, last, ...more] = (setting('range') ?? '').split(',').map((end) => end.trim());
  return first && last && more.length === 0 ? [first, last] : invalid(column, 'range');
}

const unitOf = (text: string): Unit | undefined =>
  UNITS.find((unit) => unit === text.toLowerCase() || unit === `${text.toLowerCase()}s`);

/** `NOW`, `NOW-3YEARS`, `NOW+1DAYS`; undefined for what is none of these. */
function moment(text: string, now: number): number | undefined {
  const found = /^NOW(?:\s*([+-])\s*(\d+)\s*([A-Z]+))?$/i.exec(text);
  if (found === null) return undefined;
  const [, sign, count = '0', word = 'DAYS'] = found;
  const unit = unitOf(word);
  return unit === undefined ? undefined : moved(now, (sign === '-' ? -1 : 1) * Number(count), unit);
}

function moved(time: number, count: number, unit: Unit): number {
  const milliseconds = MILLISECONDS[unit];
  if (milliseconds !== undefined) return time + count * milliseconds;
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * (unit === 'years' ? 12 : 1));
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, length)); // the last day of a shorter month, as calendars shift
  return date.getTime();
}

function stepsFrom(first: number, time: number, unit: Unit): number {
  const milliseconds = MILLISECONDS[unit];
  if (milliseconds !== undefined) return (time - first) / milliseconds;
  const [from, to] = [new Date(first), new Date(time)];
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return unit === 'years' ? months / 12 : months;
}

interface DateFormat {
  (text: string): number | undefined;
  write(time: number): string;
}

const PARTS: Readonly<Record<string, (date: Date) => number>> = {
  yyyy: (date) => date.getUTCFullYear(),
  MM: (date) => date.getUTCMonth() + 1,
  dd: (date) => date.getUTCDate(),
  HH: (date) => date.getUTCHours(),
  mm: (date) => date.getUTCMinutes(),
  ss: (date) => date.getUTCSeconds(),
};

/** A Java date pattern of whole, padded parts; a text belongs to it only if it is written back the same. */
function dateFormat(column: string, format: string): DateFormat {
  const parts = format.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  const isField = (part: string): boolean => Object.hasOwn(PARTS, part);
  if (parts.some((part) => /^[A-Za-z]/.test(part) && !isField(part))) return invalid(column, 'format');
  const separator = (part: string): string => part.replaceAll("'", '');
  const write = (time: number): string => {
    const date = new Date(time);
    return parts
      .map((part) => (isField(part) ? String(PARTS[part]?.(date)).padStart(part.length, '0') : separator(part)))
      .join('');
  };
  const fields = parts.filter(isField);
  const pattern = new RegExp(
    `^${parts.map((part) => (isField(part) ? `(\\d{${part.length}})` : literalPattern(separator(part)))).join('')}$`,
  );
  const read = (text: string): number | undefined => {
    const found = pattern.exec(text);
    if (found === null) return undefined;
    const value = (field: string, otherwise: number): number => Number(found[fields.indexOf(field) + 1] ?? otherwise);
    const part = (field: string, otherwise: number): number => (fields.includes(field) ? value(field, otherwise) : otherwise);
    const time = Date.UTC(part('yyyy', 1970), part('MM', 1) - 1, part('dd', 1), part('HH', 0), part('mm', 0), part('ss', 0));
    return write(time) === text ? time : undefined;
  };
  return Object.assign(read, { write });
}

function invalid(column: string, name: string): never {
  throw new QueryError(`INVALID_TABLE_PROPERTY: 'projection.${column}.${name}' is missing or cannot be read`);
}
