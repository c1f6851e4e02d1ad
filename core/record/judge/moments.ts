import { formatTimestamp, isDate, isTime, parseTimestamp } from '../time.ts';
import { readLimits, withinLimits } from './bounds.ts';
import { acceptText, refuse, type TypeOf, type ValueJudge } from './verdict.ts';

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Times of day compare as texts once they have the same nine decimals. */
const withDecimals = (time: string): string => (time.includes('.') ? time.padEnd(18, '0') : `${time}.000000000`);

/** `yyyy-MM-dd` throughout, which compares as text. */
export function dateJudge(type: TypeOf<'date'>): ValueJudge {
  const within = withinLimits<string>(type, compareTexts);
  return (value) => {
    if (typeof value !== 'string') return refuse('wrong-type');
    if (!isDate(value)) return refuse('bad-time');
    return within === undefined || within(value) ? acceptText(value) : refuse('out-of-range');
  };
}

export function timeJudge(type: TypeOf<'time'>): ValueJudge {
  const within = withinLimits(readLimits(type, withDecimals), compareTexts);
  return (value) => {
    if (typeof value !== 'string') return refuse('wrong-type');
    if (!isTime(value)) return refuse('bad-time');
    return within === undefined || within(withDecimals(value)) ? acceptText(value) : refuse('out-of-range');
  };
}

/** Bounds hold for the milliseconds that the table keeps. @throws RangeError for a bound that is no timestamp */
export function timestampJudge(type: TypeOf<'timestamp'>): ValueJudge {
  const within = withinLimits(readLimits(type, boundOf), (a, b) => a - b);
  return (value) => {
    if (typeof value !== 'string') return refuse('wrong-type');
    const time = parseTimestamp(value, type.zonelessIsUtc);
    if (time === undefined) return refuse('bad-time');
    return within === undefined || within(time) ? { ...acceptText(formatTimestamp(time)), time } : refuse('out-of-range');
  };
}

function boundOf(text: string): number {
  const time = parseTimestamp(text, true);
  if (time === undefined) throw new RangeError(`a bound must be an ISO 8601 timestamp from 1677 to 2262, got '${text}'`);
  return time;
}
