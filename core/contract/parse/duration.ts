const ISO_DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Days that a year and a month count for here: storage rules know days only. */
const DAYS = { year: 365, month: 30, week: 7 } as const;

/** Milliseconds of an ISO 8601 duration such as `P30D`, `P1Y` or `PT12H`; undefined for anything else, and for one of no length. */
export function parseDuration(text: string): number | undefined {
  const match = ISO_DURATION.exec(text);
  if (match === null || text === 'P' || text.endsWith('T')) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = (match.slice(1) as (string | undefined)[]).map((part) =>
    Number(part ?? 0),
  ) as [number, number, number, number, number, number, number];
  const wholeDays = years * DAYS.year + months * DAYS.month + weeks * DAYS.week + days;
  const milliseconds = (((wholeDays * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return milliseconds === 0 ? undefined : milliseconds;
}

const SLA_UNITS = new Map(
  Object.entries({
    s: 1000,
    second: 1000,
    seconds: 1000,
    m: 60_000,
    min: 60_000,
    minute: 60_000,
    minutes: 60_000,
    h: 3_600_000,
    hour: 3_600_000,
    hours: 3_600_000,
    d: 86_400_000,
    day: 86_400_000,
    days: 86_400_000,
    y: DAYS.year * 86_400_000,
    yr: DAYS.year * 86_400_000,
    year: DAYS.year * 86_400_000,
    years: DAYS.year * 86_400_000,
  }),
);

/** Milliseconds of an ODCS service level: a number and a unit (`d`, `day`, `days`, `y`, `yr`, `years`, `h`, `m`, `s`). */
export function slaDuration(value: unknown, unit: string | undefined): number | undefined {
  const factor = SLA_UNITS.get(unit ?? '');
  return typeof value === 'number' && value > 0 && factor !== undefined ? value * factor : undefined;
}

/** A service level in words, its unit as it is meant: `13 minutes ('m' is minutes; there is no month: use d or y)`. */
export function statedDuration(value: number, unit: string): string {
  const factor = SLA_UNITS.get(unit);
  const plural = [...SLA_UNITS].filter(([, other]) => other === factor).at(-1)?.[0] ?? unit;
  const said = `${value} ${value === 1 ? plural.replace(/s$/, '') : plural}`;
  return unit === 'm' ? `${said} ('m' is minutes; there is no month: use d or y)` : said;
}

/** Days that a retention likely means: who writes `m` means months, of which ODCS has no unit. */
export const likelyDays = (value: number, unit: string): number =>
  unit === 'm' ? value * DAYS.month : (value * (SLA_UNITS.get(unit) ?? 0)) / 86_400_000;
