import { NativeError } from './json.ts';

const fail = (words: string): never => {
  throw new NativeError(`INVALID_FUNCTION_ARGUMENT: ${words}`);
};

const DAY = 86_400_000;

/** A calendar date, a week date, or a year and a day of it, as `yyyy-mm-dd`. */
export function isoDate(text: string): string {
  const calendar = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
  if (calendar !== null) return `${calendar[1]}-${calendar[2]}-${calendar[3] ?? '01'}`;
  const [, year, week, weekday = '1'] = /^(\d{4})-W(\d{2})(?:-([1-7]))?$/.exec(text) ?? [];
  if (year !== undefined) {
    const fourth = Date.UTC(Number(year), 0, 4); // the week of January's fourth is the first
    const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY;
    return dayText(monday + (Number(week) - 1) * 7 * DAY + (Number(weekday) - 1) * DAY);
  }
  const [, of, day] = /^(\d{4})-(\d{3})$/.exec(text) ?? [];
  return of === undefined
    ? fail('Invalid format: the text is not an ISO 8601 date')
    : dayText(Date.UTC(Number(of), 0, Number(day)));
}

const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10);

const ISO = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}(?::\d{2}(?::\d{2}(?:[.,]\d+)?)?)?))?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** An ISO 8601 date and time in a text that the engine reads as an instant. */
export function isoTimestamp(text: string, zone: string): string {
  const [, day, clock = '00', offset = 'Z'] = ISO.exec(text) ?? [];
  if (day === undefined) return fail('Invalid format: the text is not an ISO 8601 timestamp');
  const of =
    offset.toUpperCase() === 'Z'
      ? 'UTC'
      : `${offset.slice(0, 3)}:${offset.slice(-2) === offset.slice(1, 3) && offset.length < 5 ? '00' : offset.slice(-2)}`;
  if (of !== zone && !(/^[+-]00:00$/.test(of) && zone === 'UTC')) {
    throw new NativeError('NOT_SUPPORTED: an ISO 8601 timestamp with an offset must be a literal in headwaters local');
  }
  const [hour = '00', minute = '00', second = '00'] = clock.replace(',', '.').split(':');
  return `${day} ${hour}:${minute}:${second.replace(/(\.\d{3})\d+$/, '$1')}${of === 'UTC' ? '+00' : of}`;
}

const DURATION: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY };

export function parseDuration(text: string): bigint {
  const [, value, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]+)\s*$/.exec(text) ?? [];
  const size = DURATION[unit];
  return value === undefined || size === undefined
    ? fail('duration is not a valid data duration string')
    : BigInt(Math.round(Number(value) * size));
}

const SPANS = [
  ['week', 604_800n],
  ['day', 86_400n],
  ['hour', 3600n],
  ['minute', 60n],
  ['second', 1n],
] as const;

/** Java's largest long. */
const MOST_SECONDS = 2n ** 63n - 1n;

export function readableSeconds(value: number): string {
  if (!Number.isFinite(value)) return fail('Invalid argument found: not a finite number');
  const whole = BigInt(Math.round(Math.abs(value)));
  let left = whole > MOST_SECONDS ? MOST_SECONDS : whole;
  const parts = SPANS.flatMap(([name, size]) => {
    const count = left / size;
    left %= size;
    return count === 0n ? [] : [`${count} ${name}${count === 1n ? '' : 's'}`];
  });
  return parts.length === 0 ? '0 seconds' : parts.join(', ');
}
