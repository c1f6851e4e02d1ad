import { percent } from './words.ts';

/** What a text that is of no type yet seems to tell. */
type Told = 'date' | 'timestamp' | 'time' | 'number' | 'span';

interface Form {
  readonly told: Told;
  /** How it is written, in the letters that programs use for dates. */
  readonly written: string;
}

/** What a person is told of texts that could be more than texts, without any of them. */
export interface Likeness {
  readonly told: 'time' | 'number';
  readonly confirm: string;
}

/** A share of a column's texts from which they are said to look like something. */
const ENOUGH = 0.5;
const LONGEST = 48;

const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AP]\.?M\.?)?`;
const TIME_BESIDE = String.raw`(?:,? *[T ] *${CLOCK}(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)`;
const NUMBERED = new RegExp(String.raw`^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(${TIME_BESIDE})?$`, 'i');
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const NAMED = [
  [new RegExp(String.raw`^(?:[a-z]{3}, )?\d{1,2}([ -])${MONTH}\1\d{4}(${TIME_BESIDE})?$`, 'i'), 'dd MMM yyyy'],
  [new RegExp(String.raw`^(?:[a-z]{3,9},? )?${MONTH}( )\d{1,2},? \d{4}(${TIME_BESIDE})?$`, 'i'), 'MMM dd, yyyy'],
] as const;
const OF_DAY = new RegExp(`^${CLOCK}$`, 'i');
/** `3,51` and `1.234,5`, and what groups thousands by commas. */
const WITH_COMMA = /^-?(?:\d+|\d{1,3}(?:[. ']\d{3})+),\d+$|^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
/** ISO 8601, and as DuckDB writes the INTERVAL of a Parquet file. */
const SPAN =
  /^-?P(?=\d|T\d)(?:[\d.]+[YMWD])*(?:T(?:[\d.]+[HMS])+)?$|^-?\d+ (?:year|month|day)s?(?: -?\d+ (?:month|day)s?){0,2}(?: -?\d+:\d{2}:\d{2}(?:\.\d+)?)?$/;

const isMonth = (text: string): boolean => Number(text) >= 1 && Number(text) <= 12;
const isDay = (text: string): boolean => Number(text) >= 1 && Number(text) <= 31;
const isYear = (text: string): boolean => text.length === 4 && /^(?:1[89]|2[01])/.test(text);

/** Whether digits are a day as `yyyyMMdd`. */
export function isCompactDay(digits: string): boolean {
  const [, year = '', month = '', day = ''] = COMPACT.exec(digits) ?? [];
  return isYear(year) && isMonth(month) && isDay(day);
}

/** How a text tells a time or a number otherwise than a contract takes it; the contract's own way is among them, since others may stand beside. */
function formOf(text: string): Form | undefined {
  if (text.length > LONGEST || !/\d/.test(text)) return undefined;
  const dated = (written: string, time: string | undefined): Form => ({
    told: time === undefined ? 'date' : 'timestamp',
    written: time === undefined ? written : `${written} with a time`,
  });
  const [, first = '', sign = '', second = '', third = '', time] = NUMBERED.exec(text) ?? [];
  if (sign !== '') {
    const written = numbered(first, sign, second, third);
    return written === undefined ? undefined : dated(written, time);
  }
  for (const [pattern, written] of NAMED) {
    const match = pattern.exec(text);
    if (match !== null) return dated(written, match[2]);
  }
  if (isCompactDay(text)) return dated('yyyyMMdd', undefined);
  if (OF_DAY.test(text)) return { told: 'time', written: 'H:mm' };
  if (WITH_COMMA.test(text)) return { told: 'number', written: ',' };
  return SPAN.test(text) ? { told: 'span', written: '' } : undefined;
}

/** Dots put the day first wherever people write them; of slashes and dashes only a day beyond 12 tells. */
function numbered(first: string, sign: string, second: string, third: string): string | undefined {
  if (isYear(first)) return isMonth(second) && isDay(third) ? ['yyyy', 'MM', 'dd'].join(sign) : undefined;
  const isShort = first.length === 2 && second.length === 2 && third.length === 2; // others are versions rather
  if (!isYear(third) && !isShort) return undefined;
  const year = isShort ? 'yy' : 'yyyy';
  const dayFirst = isDay(first) && isMonth(second) ? [['dd', 'MM', year].join(sign)] : [];
  const monthFirst =
    isMonth(first) && isDay(second) && (sign !== '.' || dayFirst.length === 0) ? [['MM', 'dd', year].join(sign)] : [];
  const possible = [...dayFirst, ...monthFirst];
  return possible.length === 0 ? undefined : possible.join(EITHER);
}
const EITHER = ' or ';

/** How often texts at one place were seen to look like a time or a number that a contract takes otherwise. */
export class TextForms {
  private readonly counts = new Map<string, { readonly form: Form; count: number }>();

  add(text: string): void {
    const form = formOf(text);
    if (form === undefined) return;
    const key = `${form.told} ${form.written}`;
    const known = this.counts.get(key);
    if (known === undefined) this.counts.set(key, { form, count: 1 });
    else known.count += 1;
  }

  /**
   * What most of the texts look like.
   *
   * @param of How many texts there are
   * @param plainNumbers How many of them are numbers as JSON writes them
   */
  likeness(of: number, plainNumbers: number): Likeness | undefined {
    const seen = [...this.counts.values()].toSorted((a, b) => b.count - a.count);
    const count = (...told: readonly Told[]) =>
      seen.filter(({ form }) => told.includes(form.told)).reduce((total, { count: times }) => total + times, 0);
    const isMost = (times: number) => times > 0 && times / of >= ENOUGH;
    const share = (times: number) => (times === of ? '' : ` in ${percent(times, of)} of the values`);
    const dates = count('date', 'timestamp');
    if (isMost(dates)) return { told: 'time', confirm: dateMark(seen, share(dates), count('timestamp') > 0) };
    const clocks = count('time');
    if (isMost(clocks))
      return {
        told: 'time',
        confirm: `looks like a time of day${share(clocks)}; it is a time only if the producer always sends HH:mm:ss`,
      };
    if (isMost(count('span'))) return { told: 'time', confirm: `looks like a span of time${share(count('span'))}, ${NO_SPAN}` };
    const commas = count('number');
    if (commas > 0 && isMost(commas + plainNumbers))
      return {
        told: 'number',
        confirm: `looks like a number with a comma${share(commas + plainNumbers)}; it is a number only if the producer sends it as JSON does, with a point for the decimals and nothing else`,
      };
    return undefined;
  }
}

/** What to do with the type that no contract has. */
export const NO_SPAN = 'for which a contract has no type: it is a number only if the producer sends one, such as seconds';

function dateMark(seen: readonly { readonly form: Form }[], share: string, withTime: boolean): string {
  const all = seen.filter(({ form }) => form.told === 'date' || form.told === 'timestamp').map(({ form }) => form.written);
  // what may be either is what its neighbours are
  const forms = all.filter((written) => {
    const [dayFirst, monthFirst] = sides(written);
    return monthFirst === undefined || !all.some((other) => other === dayFirst || other === monthFirst);
  });
  const [only = ''] = forms;
  const written =
    forms.length > 1 ? ` in several forms (${forms.join(', ')})` : only.startsWith('yyyy-MM-dd') ? '' : ` in the form ${only}`;
  const [what, asked] = withTime ? ['timestamp', 'yyyy-MM-ddTHH:mm:ssZ'] : ['date', 'yyyy-MM-dd'];
  const always =
    written === ''
      ? `always sends one as ${asked}`
      : forms.length > 1 || share !== ''
        ? `always sends ${asked}`
        : `sends ${asked}`;
  return `looks like a ${what}${written}${share}; it is a ${what} only if the producer ${always}`;
}

/** Both forms of a text that may be either, each with the time beside it. */
function sides(written: string): readonly [string, string | undefined] {
  const [dayFirst = '', monthFirst] = written.split(EITHER);
  if (monthFirst === undefined) return [dayFirst, undefined];
  return [`${dayFirst}${monthFirst.endsWith(' with a time') ? ' with a time' : ''}`, monthFirst];
}
