import { isDay } from '../core/aws/is-day.ts';

const FORM = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Milliseconds since the epoch of a date of ISO 8601, or of a date and a time of day; in UTC where no zone is said. Undefined for another
 * text, and for a day that no calendar has.
 */
export function parseIsoTime(text: string): number | undefined {
  const [, day, timeOfDay, zone] = FORM.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  const time = Date.parse(timeOfDay !== undefined && zone === undefined ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}
