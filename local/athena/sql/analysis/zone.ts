/** Names of Greenwich's time that mean UTC. */
const UTC = /^(?:utc|gmt|ut|z)$/i;
const OFFSET = /^(?:utc|gmt|ut)?([+-])(\d{1,2}):?(\d{2})$/i;
/** Hours that a zone lies off UTC, at most. */
const FURTHEST = 14;

/** A time zone as Trino shows it: `UTC`, `+01:00`, `Europe/Berlin`; undefined for one that is none. */
export function zoneNamed(text: string): string | undefined {
  const name = text.trim();
  if (UTC.test(name)) return 'UTC';
  const [, sign, hours = '', minutes = ''] = OFFSET.exec(name) ?? [];
  if (sign !== undefined) {
    if (Number(hours) > FURTHEST || Number(minutes) > 59) return undefined;
    const offset = `${sign}${hours.padStart(2, '0')}:${minutes}`;
    return /[1-9]/.test(offset) ? offset : 'UTC';
  }
  if (!/^[A-Za-z]+(?:\/[A-Za-z_+-]+\d*)+$/.test(name)) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return undefined;
  }
}

/** Minutes east of UTC of a zone that is an offset. */
function minutesOf(zone: string): number | undefined {
  const [, sign, hours, minutes] = OFFSET.exec(zone) ?? [];
  return sign === undefined ? undefined : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
}

/** An instant as its zone's wall clock shows it, in the engine's SQL: a timestamp. */
export function toLocal(instant: string, zone: string): string {
  const minutes = minutesOf(zone);
  return minutes === undefined ? `timezone('${zone}', ${instant})` : `(timezone('UTC', ${instant}) + to_minutes(${minutes}))`;
}

/**
 * The instant at which a zone's wall clock shows a timestamp. Where the clock shows it twice, or never, the zone's offset at `was` decides, as
 * in Joda: of two instants the one with that offset, and for a time that is left out the clock is put forward.
 *
 * @param was An instant in the engine's SQL.
 * @default was - the instant at which UTC's clock shows the timestamp
 * @see https://github.com/JodaOrg/joda-time/blob/v2.12.2/src/main/java/org/joda/time/DateTimeZone.java
 */
export function toInstant(local: string, zone: string, was = `timezone('UTC', ${local})`): string {
  if (zone === 'UTC') return `timezone('UTC', ${local})`;
  const minutes = minutesOf(zone);
  return minutes === undefined ? `hw_instant(${local}, '${zone}', ${was})` : `timezone('UTC', ${local} - to_minutes(${minutes}))`;
}

/** Whether a zone's wall clock ever shows a timestamp. @param utc Milliseconds since the epoch at which UTC's clock shows it. */
export function isShown(utc: number, zone: string): boolean {
  if (zone === 'UTC' || minutesOf(zone) !== undefined) return true;
  const clock = new Intl.DateTimeFormat('en', {
    timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }); // prettier-ignore
  const second = utc - (((utc % 1000) + 1000) % 1000);
  // a zone changes its clock at most once in the days around
  return [second - DAY, second + DAY].some((near) => {
    const instant = second - (shownAt(near, clock) - near);
    return shownAt(instant, clock) === second;
  });
}

const DAY = 86_400_000;

/** What a clock shows at an instant, as if it were UTC's. */
function shownAt(instant: number, clock: Intl.DateTimeFormat): number {
  const parts = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (
    ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
  ).map((type) => Number(parts.get(type)));
  const date = new Date(0);
  date.setUTCFullYear(parts.get('era') === 'BC' ? 1 - year : year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime();
}
