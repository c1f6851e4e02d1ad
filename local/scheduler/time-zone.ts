/** What clocks on the wall show in a zone, written as if it were UTC; milliseconds since the epoch. */
export type WallTime = number;

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a zone that nobody knows */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const [numeric, digits] = ['numeric', '2-digit'] as const;
  const time = { hour: digits, minute: digits, second: digits, hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: numeric, month: digits, day: digits, ...time });
  formats.set(zone, format);
  return format;
}

export function isZone(zone: string): boolean {
  try {
    return formatOf(zone).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What clocks of a zone show at a time in milliseconds since the epoch. */
export function wallTimeOf(time: number, zone: string): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall + (((time % 1000) + 1000) % 1000);
}

/**
 * When clocks of a zone show a time first: they show it twice where they are put back, and the second time is none. Undefined for a time that
 * they leap over.
 */
export function timeOf(wall: WallTime, zone: string): number | undefined {
  const offsets = [wall - DAY, wall + DAY].map((around) => wallTimeOf(around, zone) - around);
  const candidates = offsets.map((offset) => wall - offset).filter((time) => wallTimeOf(time, zone) === wall);
  return candidates.length === 0 ? undefined : Math.min(...candidates);
}

const DAY = 86_400_000;
