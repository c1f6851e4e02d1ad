import { Cron } from 'croner';

/** Why a schedule is none. */
export class BadSchedule extends Error {}

/** When something is due, told by an expression. */
export interface Schedule {
  readonly expression: string;
  /** The first time after another, in milliseconds since the epoch, simulated; undefined once there is none. */
  readonly next: (after: number) => number | undefined;
}

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const RATE = /^rate\((\d+) (minute|hour|day)(s?)\)$/;
const CRON = /^cron\(([^()]*)\)$/;

/** A field of a cron expression: its values, their names from the first on, and what it takes beside them. */
interface Field {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  readonly special?: RegExp;
  /** What is added to a value for croner. @default 0 */
  readonly shift?: number;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIELDS = [
  { what: 'minutes', least: 0, most: 59 },
  { what: 'hours', least: 0, most: 23 },
  { what: 'days of the month', least: 1, most: 31, special: /^(?:L|LW|\d{1,2}W)$/ },
  { what: 'months', least: 1, most: 12, names: MONTHS },
  // Sunday is 1 to EventBridge, and 0 to croner
  { what: 'days of the week', least: 1, most: 7, names: DAYS, special: /^(?:(\w+)L|(\w+)#[1-5])$/, shift: -1 },
  { what: 'years', least: 1970, most: 2199 },
] as const satisfies readonly Field[];

/**
 * Reads a schedule of a rule: a rate from the moment on at which the rule is made, or times of UTC.
 *
 * @throws BadSchedule for what EventBridge does not take
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseSchedule(expression: string): Schedule {
  const [, count, unit, plural] = RATE.exec(expression) ?? [];
  if (count !== undefined) return rate(expression, Number(count), unit as keyof typeof UNITS, plural === 's');
  const [, fields] = CRON.exec(expression) ?? [];
  if (fields === undefined) throw new BadSchedule(`a schedule must be 'rate(…)' or 'cron(…)', got '${expression}'`);
  try {
    return times(expression, fields.trim().toUpperCase().split(/\s+/));
  } catch (error) {
    throw new BadSchedule(`'${expression}' is no schedule: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function rate(expression: string, count: number, unit: keyof typeof UNITS, isPlural: boolean): Schedule {
  if (count === 0 || isPlural !== count > 1)
    throw new BadSchedule(`a rate must be of 1 minute, hour or day, or of several minutes, hours or days, got '${expression}'`);
  return { expression, next: (after) => after + count * UNITS[unit] };
}

function times(expression: string, fields: readonly string[]): Schedule {
  if (fields.length !== FIELDS.length) throw new BadSchedule(`it must have six fields, got ${fields.length}`);
  const [, , day, , weekday] = fields;
  if ((day === '?') === (weekday === '?')) throw new BadSchedule("one of the day of the month and that of the week must be '?'");
  const read = FIELDS.map((field, index) => {
    const text = fields[index] ?? '';
    return text === '?' && (index === 2 || index === 4) ? '*' : readField(field, text);
  });
  const cron = new Cron(['0', ...read].join(' '), { timezone: 'UTC', paused: true });
  return { expression, next: (after) => cron.nextRun(new Date(after))?.getTime() };
}

function readField(field: Field, text: string): string {
  if (text.includes('#') && text.includes(',')) throw new BadSchedule(`'${text}' must be alone where it has a '#'`);
  return text
    .split(',')
    .map((part) => readPart(field, part))
    .join(',');
}

function readPart(field: Field, part: string): string {
  const { least, most, special, shift = 0 } = field;
  const last = field.what === 'days of the week' && part === 'L'; // the last day of the week
  if (last) return String(most + shift);
  const [matched, ofLast, ofNth] = special?.exec(part) ?? [];
  if (matched !== undefined) {
    const day = ofLast ?? ofNth;
    return day === undefined ? part : part.replace(day, String(valueOf(field, day) + shift));
  }
  const [, first = '', to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/([1-9]\d*))?$/.exec(part) ?? [];
  if (first === '' || (first === '*' && to !== undefined)) throw new BadSchedule(`'${part}' is no value of the ${field.what}`);
  if (first === '*') return part;
  const from = valueOf(field, first);
  const until = to === undefined ? (step === undefined ? from : most) : valueOf(field, to);
  if (field.what === 'years' && until < from) throw new BadSchedule(`'${part}' must begin with the earlier year`);
  const length = until >= from ? until - from : until - from + most - least + 1; // a range may go over the end
  return Array.from({ length: Math.floor(length / Number(step ?? 1)) + 1 }, (_, index) => {
    const value = from + index * Number(step ?? 1);
    return (value > most ? value - (most - least + 1) : value) + shift;
  }).join(',');
}

function valueOf({ what, least, most, names = [] }: Field, text: string): number {
  const named = names.indexOf(text);
  const value = named >= 0 ? named + least : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new BadSchedule(`the ${what} are ${least} to ${most}, got '${text}'`);
  return value;
}
