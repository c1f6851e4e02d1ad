import { Cron } from 'croner';

/** Why a schedule is none. */
export class BadSchedule extends Error {}

/** The first time of a schedule after another; undefined once it has none. Milliseconds since the epoch, simulated. */
export type Schedule = (after: number) => number | undefined;

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const RATE = /^rate\((\d+) (minute|hour|day)(s?)\)$/;
const CRON = /^cron\(([^()]*)\)$/;
/** Sunday is 1 to EventBridge, and 0 to everybody else; what follows a '#' is no day. */
const DAY = /(?<![#/\w])[1-7](?!\d)/g;

/**
 * Reads a schedule of a rule: a rate from the moment on at which the rule is made, or a time of UTC.
 *
 * @throws BadSchedule for what EventBridge does not take
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseSchedule(expression: string): Schedule {
  const [, count, unit, plural] = RATE.exec(expression) ?? [];
  if (count !== undefined) return rate(expression, Number(count), unit as keyof typeof UNITS, plural === 's');
  const [, fields] = CRON.exec(expression) ?? [];
  if (fields === undefined) throw new BadSchedule(`a schedule must be 'rate(…)' or 'cron(…)', got '${expression}'`);
  return times(expression, fields.trim().split(/\s+/));
}

function rate(expression: string, count: number, unit: keyof typeof UNITS, isPlural: boolean): Schedule {
  if (count === 0 || isPlural !== count > 1)
    throw new BadSchedule(`a rate must be of 1 minute, hour or day, or of several minutes, hours or days, got '${expression}'`);
  return (after) => after + count * UNITS[unit];
}

function times(expression: string, fields: readonly string[]): Schedule {
  const [minute, hour, day, month, weekday, year] = fields;
  if (year === undefined || fields.length > 6)
    throw new BadSchedule(`a cron expression must have six fields, got ${fields.length} in '${expression}'`);
  if ((day === '?') === (weekday === '?'))
    throw new BadSchedule(`either the day of the month or that of the week must be '?', got '${expression}'`);
  if (/(?<![#/\w])0(?!\d)/.test(weekday ?? '')) throw new BadSchedule(`days of the week are 1 to 7, got 0 in '${expression}'`);
  const written = [
    minute,
    hour,
    day,
    month,
    weekday?.replace(/^L$/, '7').replaceAll(DAY, (one) => String(Number(one) - 1)),
    year,
  ];
  const cron = read(expression, ['0', ...written].join(' ').replace('?', '*'));
  return (after) => cron.nextRun(new Date(after))?.getTime();
}

function read(expression: string, pattern: string): Cron {
  try {
    return new Cron(pattern, { timezone: 'UTC', paused: true, sloppyRanges: true });
  } catch (error) {
    throw new BadSchedule(`'${expression}' is no schedule: ${error instanceof Error ? error.message : String(error)}`);
  }
}
