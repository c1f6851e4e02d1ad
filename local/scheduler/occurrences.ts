import { BadSchedule, parseSchedule } from '../../core/aws/schedule.ts';
import { parseIsoTime } from '../iso-time.ts';
import { ServiceError } from '../service.ts';
import { timeOf, wallTimeOf } from './time-zone.ts';

/** When a schedule is due: milliseconds since the epoch, simulated; undefined once it never is again. */
export interface Occurrences {
  /** The first time from `now` on, `now` included. */
  readonly first: (now: number) => number | undefined;
  /** The time after one at which it was due. */
  readonly next: (due: number) => number | undefined;
}

/** When a schedule may be due; recurring ones alone go by it. */
export interface Span {
  /** @default - from the moment on at which it is made */
  readonly start: number | undefined;
  /** @default - for ever */
  readonly end: number | undefined;
}

const AT = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/;

/**
 * Reads a schedule's expression: `at(…)`, `cron(…)` or `rate(…)`.
 *
 * @throws ServiceError ValidationException
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseOccurrences(expression: string, zone: string, span: Span): Occurrences {
  const [, once] = AT.exec(expression) ?? [];
  const wall = once === undefined ? undefined : parseIsoTime(once);
  if (wall !== undefined) return at(timeOf(wall, zone));
  if (expression.startsWith('at(')) throw invalid(expression);
  try {
    const { next } = parseSchedule(expression);
    return within(expression.startsWith('rate(') ? rate(next, span) : times(next, zone, span), span);
  } catch (error) {
    if (error instanceof BadSchedule) throw invalid(expression);
    throw error;
  }
}

const invalid = (expression: string): ServiceError =>
  new ServiceError('ValidationException', `Invalid Schedule Expression ${expression}.`);

const at = (time: number | undefined): Occurrences => ({
  first: (now) => (time !== undefined && time >= now ? time : undefined),
  next: () => undefined,
});

type Next = (after: number) => number | undefined;

/** A rate is due at once, or at its start; a day of it has 24 hours. */
function rate(next: Next, { start }: Span): Occurrences {
  const step = next(0) ?? 0;
  const first = (now: number): number => {
    const begin = start ?? now;
    return begin >= now ? begin : begin + Math.ceil((now - begin) / step) * step;
  };
  return { first, next };
}

/** Times of a zone's clocks, of which those that clocks leap over are none, and those that they show twice are once. */
function times(next: Next, zone: string, { start }: Span): Occurrences {
  const after = (time: number): number | undefined => {
    for (let wall = next(wallTimeOf(time, zone)); wall !== undefined; wall = next(wall)) {
      const due = timeOf(wall, zone);
      if (due !== undefined && due > time) return due;
    }
    return undefined;
  };
  return { first: (now) => after(Math.max(now, start ?? now) - 1), next: after };
}

function within({ first, next }: Occurrences, { end = Number.POSITIVE_INFINITY }: Span): Occurrences {
  const unlessOver = (due: number | undefined): number | undefined => (due !== undefined && due <= end ? due : undefined);
  return { first: (now) => unlessOver(first(now)), next: (due) => unlessOver(next(due)) };
}
