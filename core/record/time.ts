const TIMESTAMP = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?$/;

/**
 * What Firehose's Parquet holds: nanoseconds since the epoch in 64 bits. Beyond, a time is stored as another one, without a word.
 * A "valid until" of the year 9999 is refused here for that reason.
 */
const EARLIEST = Date.UTC(1677, 8, 21, 0, 12, 44);
const LATEST = Date.UTC(2262, 3, 11, 23, 47, 16);
/** Before the first full Gregorian year, readers disagree on which day a number means. */
const FIRST_YEAR_OF_DATES = 1583;

/** Milliseconds since the epoch of an ISO 8601 time; undefined for a date that does not exist, a leap second, or a zone missing where one is needed. */
export function parseTimestamp(text: string, zonelessIsUtc: boolean): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const zone = match[8];
  if ((zone === undefined && !zonelessIsUtc) || !isDay(year, month, day) || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = zoneOffset(zone);
  if (offset === undefined) return undefined;
  const time = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offset;
  return time >= EARLIEST && time <= LATEST ? time : undefined;
}

/** Whether the text is a day of the calendar, as `yyyy-MM-dd`. */
export function isDate(text: string): boolean {
  const match = DATE.exec(text);
  return match !== null && Number(match[1]) >= FIRST_YEAR_OF_DATES && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Whether the text is a time of day, as `HH:mm:ss` with up to nine decimals. */
export const isTime = (text: string): boolean => TIME.test(text);

/** As the table's type holds it, UTC: `yyyy-MM-dd HH:mm:ss.SSS`. */
export const formatTimestamp = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 23).replace('T', ' ');

/** Years below 100 are read by Date.UTC as 19xx, and no event is that old. */
function isDay(year: number, month: number, day: number): boolean {
  return year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function zoneOffset(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
