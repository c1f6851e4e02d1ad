/** A month since the first event, from 1; or one in which every retention has been filled. */
export type When = number | 'filled';

/** The length of a month. */
export interface Month {
  readonly hours: number;
  readonly days: number;
  readonly seconds: number;
}

export const monthOf = (hours: number): Month => ({ hours, days: hours / 24, seconds: hours * 3600 });

/**
 * GB-months that a month bills for what has an age between two days, when a GB comes each day, evenly.
 *
 * @param toDay Infinity for what never goes
 */
export function gbMonths(when: When, month: Month, fromDay: number, toDay: number): number {
  if (when === 'filled') return toDay - fromDay;
  return (grown(when, month, fromDay) - grown(when, month, toDay)) / month.days;
}

/** Days of a month on which something comes to an age: each day's arrivals do, once they are that old. */
export const daysReaching = (when: When, month: Month, age: number): number =>
  when === 'filled'
    ? age === Infinity
      ? 0
      : month.days
    : pastAge(when * month.days, age) - pastAge((when - 1) * month.days, age);

const pastAge = (day: number, age: number): number => Math.max(0, day - age);

/** GB-days within a month of what is older than an age. */
const grown = (when: number, { days }: Month, age: number): number =>
  (pastAge(when * days, age) ** 2 - pastAge((when - 1) * days, age) ** 2) / 2;
