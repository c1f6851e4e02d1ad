import type { Reason } from '../reasons.ts';
import { isDate, isTime, parseTimestamp, storedTimestamp } from '../time.ts';
import { readLimits, withinLimits } from './bounds.ts';
import { acceptText, refuse, type TypeOf, type ValueJudge } from './verdict.ts';

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Times of day compare as texts once they have the same nine decimals. */
const withDecimals = (time: string): string => (time.includes('.') ? time.padEnd(18, '0') : `${time}.000000000`);

type FaultOf = (text: string) => Reason | undefined;

/** `yyyy-MM-dd` throughout, which compares as text. */
export function dateFault(type: TypeOf<'date'>): FaultOf {
  const within = withinLimits<string>(type, compareTexts);
  return (text) => {
    if (!isDate(text)) return 'bad-time';
    return within === undefined || within(text) ? undefined : 'out-of-range';
  };
}

export function timeFault(type: TypeOf<'time'>): FaultOf {
  const within = withinLimits(readLimits(type, withDecimals), compareTexts);
  return (text) => {
    if (!isTime(text)) return 'bad-time';
    return within === undefined || within(withDecimals(text)) ? undefined : 'out-of-range';
  };
}

export const dateJudge = (type: TypeOf<'date'>): ValueJudge => textJudge(dateFault(type));
export const timeJudge = (type: TypeOf<'time'>): ValueJudge => textJudge(timeFault(type));

const textJudge =
  (faultOf: FaultOf): ValueJudge =>
  (value) => {
    if (typeof value !== 'string') return refuse('wrong-type');
    const fault = faultOf(value);
    return fault === undefined ? acceptText(value) : refuse(fault);
  };

export function timestampJudge(type: TypeOf<'timestamp'>): ValueJudge {
  const read = timestampReader(type);
  return (value) => {
    if (typeof value !== 'string') return refuse('wrong-type');
    const time = read(value);
    return typeof time === 'number' ? { ...acceptText(storedTimestamp(value, time)), time } : refuse(time);
  };
}

/** Compiles a timestamp's rules to its milliseconds since the epoch, or to what is wrong with it. @throws RangeError for a bound that is no timestamp */
export function timestampReader(type: TypeOf<'timestamp'>): (text: string) => number | Reason {
  const within = withinLimits(readLimits(type, boundOf), (a, b) => a - b); // for the milliseconds that the table keeps
  return (text) => {
    const time = parseTimestamp(text, type.zonelessIsUtc);
    if (time === undefined) return 'bad-time';
    return within === undefined || within(time) ? time : 'out-of-range';
  };
}

function boundOf(text: string): number {
  const time = parseTimestamp(text, true);
  if (time === undefined) throw new RangeError(`a bound must be an ISO 8601 timestamp from 1677 to 2262, got '${text}'`);
  return time;
}
