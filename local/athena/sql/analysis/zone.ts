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

/** The instant at which a zone's wall clock shows a timestamp. */
export function toInstant(local: string, zone: string): string {
  const minutes = minutesOf(zone);
  return minutes === undefined ? `timezone('${zone}', ${local})` : `timezone('UTC', ${local} - to_minutes(${minutes}))`;
}
