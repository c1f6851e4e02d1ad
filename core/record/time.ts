import { isDay } from '../aws/is-day.ts';

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?$/;

/**
 * What Firehose's Parquet holds: nanoseconds since the epoch in 64 bits. Beyond, a time is stored as another one, without a word.
 * A "valid until" of the year 9999 is refused here for that reason.
 */
const EARLIEST = Date.UTC(1677, 8, 21, 0, 12, 44);
const LATEST = Date.UTC(2262, 3, 11, 23, 47, 16);
/** Before the first full Gregorian year, readers disagree on which day a number means. */
const FIRST_YEAR_OF_DATES = 1583;

const POINT = 46;
const ZERO = 48;
const Z = 90;
const PLUS = 43;
const MINUS = 45;
const DATE_LENGTH = 10;
/** Characters up to the whole second, and of a zone's offset. */
const SECOND_LENGTH = 19;
const OFFSET_LENGTH = 6;

/** Milliseconds since the epoch of an ISO 8601 time; undefined for a date that does not exist, a leap second, or a zone missing where one is needed. */
export function parseTimestamp(text: string, zonelessIsUtc: boolean): number | undefined {
  if (!TIMESTAMP.test(text)) return undefined;
  const midnight = midnightOf(text.slice(0, DATE_LENGTH));
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  const offset = zoneOffset(text, zonelessIsUtc);
  if (midnight === undefined || hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined;
  const time = midnight + (hour * 3600 + minute * 60 + second) * 1000 + Number(milliseconds(text)) - offset;
  return time >= EARLIEST && time <= LATEST ? time : undefined;
}

/** Whether the text is a day of the calendar, as `yyyy-MM-dd`. */
export const isDate = (text: string): boolean => isDay(text) && yearOf(text) >= FIRST_YEAR_OF_DATES;

/** Whether the text is a time of day, as `HH:mm:ss` with up to nine decimals. */
export const isTime = (text: string): boolean => TIME.test(text);

/** As the table's type holds it, UTC: `yyyy-MM-dd HH:mm:ss.SSS`. */
export const formatTimestamp = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 23).replace('T', ' ');

/** The same of a text that was read as `time`: one that is in UTC has all its digits in place. */
export const storedTimestamp = (text: string, time: number): string =>
  hasOffset(text)
    ? formatTimestamp(time)
    : `${text.slice(0, DATE_LENGTH)} ${text.slice(11, SECOND_LENGTH)}.${milliseconds(text)}`;

const twoDigits = (text: string, at: number): number => (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
const yearOf = (text: string): number => twoDigits(text, 0) * 100 + twoDigits(text, 2);

/** The first three decimals of a second: what follows is cut, never rounded into the next second. */
function milliseconds(text: string): string {
  if (text.charCodeAt(SECOND_LENGTH) !== POINT) return '000';
  const start = SECOND_LENGTH + 1;
  let end = start;
  while (end < start + 3 && text.charCodeAt(end) >= ZERO && text.charCodeAt(end) < ZERO + 10) end += 1;
  return text.slice(start, end).padEnd(3, '0');
}

let lastDate = '1970-01-01';
let lastMidnight = 0;
/** The events of a batch are mostly of one day: the last is remembered. */
function midnightOf(date: string): number | undefined {
  if (date === lastDate) return lastMidnight;
  if (!isDay(date)) return undefined;
  lastMidnight = Date.parse(date);
  lastDate = date;
  return lastMidnight;
}

function hasOffset(text: string): boolean {
  const sign = text.charCodeAt(text.length - OFFSET_LENGTH); // without an offset, a digit, a colon or the point stands there
  return sign === PLUS || sign === MINUS;
}

function zoneOffset(text: string, zonelessIsUtc: boolean): number | undefined {
  const end = text.length;
  if (text.charCodeAt(end - 1) === Z) return 0;
  if (!hasOffset(text)) return zonelessIsUtc ? 0 : undefined;
  const [hours, minutes] = [twoDigits(text, end - 5), twoDigits(text, end - 2)];
  if (hours > 18 || minutes > 59) return undefined;
  return (text.charCodeAt(end - OFFSET_LENGTH) === MINUS ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
