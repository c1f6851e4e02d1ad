import { isDay } from '../is-day.ts';

const DAY_LENGTH = 10;
/** A year, a month, a day, or a time of day with its zone: the forms of the W3C's note that condition operators take. */
const ISO = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/;
const isIso = (text: string): boolean => ISO.test(text) && (text.length < DAY_LENGTH || isDay(text.slice(0, DAY_LENGTH)));
/** Seconds since the epoch; four digits are a year. */
const EPOCH = /^-?\d{1,3}$|^-?\d{5,12}$/;

/**
 * The time that a value of a date condition operator names, in milliseconds since the epoch.
 *
 * @throws Error for other forms
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function dateValue(text: string): number {
  const time = isIso(text) ? Date.parse(text) : EPOCH.test(text) ? Number(text) * 1000 : NaN;
  if (Number.isNaN(time))
    throw new Error('a date condition operator met a value that is neither ISO 8601 nor seconds since 1970');
  return time;
}
