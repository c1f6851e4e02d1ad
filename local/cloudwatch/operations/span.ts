import type { Members } from '../../input.ts';
import { KEPT, type Datapoints, type Statistic } from '../datapoints.ts';
import type { Series } from '../evaluate-math.ts';
import { time } from './request.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SHORT_PERIODS = [1, 5, 10, 20, 30];

/** A span of time, in milliseconds since the epoch: the end is not of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const BACKWARDS = 'The parameter StartTime must be less than the parameter EndTime.';

/**
 * @param halted What is said of a span of no length
 * @throws what `refuse` makes of a span that does not go forward
 */
export function spanOf(input: Members, refuse: (message: string) => Error, halted: string): Span {
  const [start, end] = [time(input, 'StartTime'), time(input, 'EndTime')];
  if (start === end) throw refuse(halted);
  if (start > end) throw refuse(BACKWARDS);
  return { start, end };
}

/** Whether a period, in seconds, is one that a metric can be looked at by. */
export const isPeriod = (period: number): boolean =>
  SHORT_PERIODS.includes(period) || (Number.isInteger(period) && period > 0 && period % 60 === 0);

/**
 * Where the first period begins: the start is rounded down by its age, and the periods follow it whatever the hour.
 *
 * @param period Seconds
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function firstPeriod(start: number, period: number, now: number): number {
  const age = now - start;
  const step = period > 1 && period < 60 ? period * 1000 : age < 15 * DAY ? MINUTE : age <= 63 * DAY ? 5 * MINUTE : HOUR;
  return Math.floor(start / step) * step;
}

/** How a metric is looked at: by periods that follow `start`. */
export interface Look extends Span {
  /** Seconds. */
  readonly period: number;
}

export const lookAt = ({ start, end }: Span, period: number, now: number): Look => ({
  start: firstPeriod(start, period, now),
  end,
  period,
});

/** The periods of a look in which something may be: what is older is forgotten, and nothing is measured long ahead. */
export function withinKept({ start, end, period }: Look, now: number): Look {
  const length = period * 1000;
  const skipped = Math.max(0, Math.floor((now - KEPT - start) / length));
  return { start: start + skipped * length, end: Math.min(end, now + DAY), period };
}

/** Beginnings of all periods, the oldest first. */
export function periodsOf({ start, end, period }: Look): readonly number[] {
  const length = period * 1000;
  return Array.from({ length: Math.max(0, Math.ceil((end - start) / length)) }, (_, index) => start + index * length);
}

/** A statistic of each period in which something was measured, the oldest first. What is at the end or after it does not count. */
export function statisticsOf(points: Datapoints, statistic: Statistic, { start, end, period }: Look): Series {
  const length = period * 1000;
  const measured = points.all.filter(([minute]) => minute >= start && minute < end);
  const begins = new Set(measured.map(([minute]) => start + Math.floor((minute - start) / length) * length));
  return new Map(
    [...begins].flatMap((begin) => {
      const value = points.statistic(statistic, begin, Math.min(begin + length, end));
      return value === undefined ? [] : [[begin, value] as const];
    }),
  );
}
