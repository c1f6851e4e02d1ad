import { BadSchedule, parseSchedule, type Schedule } from '../../aws/schedule.ts';
import { danger } from '../danger.ts';
import { unknownEffect, type Judge } from './judge.ts';

/** A leap year's first day, a Saturday. */
const BEGIN = Date.UTC(2028, 0, 1);
const DAY_MS = 86_400_000;
/** Longer than a year, so that what comes once a year comes twice. */
const LONGEST_MS = 800 * DAY_MS;
/** Of a schedule of minutes, a week. */
const MOST = 10_000;

/** When a process is started: as often as before, and without a longer wait, is as good as before. */
export const startedBy: Judge = (before, after, path, whole) => {
  const [old, now] = [scheduleOf(before), scheduleOf(after)];
  if (old === undefined || now === undefined) return unknownEffect(before, after, path, whole);
  const [formerly, henceforth] = [timesOf(old), timesOf(now)];
  if (henceforth.length === 0) return [danger('ProcessStopped', `'${path}' names no time any more`)];
  const until = Math.min(endOf(formerly), endOf(henceforth));
  const [wait, longer] = [longestWait(formerly, until), longestWait(henceforth, until)];
  const [count, fewer] = [formerly, henceforth].map((times) => times.filter((time) => time <= until).length);
  if (longer <= wait && (fewer ?? 0) >= (count ?? 0)) return [];
  return [danger('ProcessDelayed', `'${path}' lets ${hours(longer)} pass between two runs, where it let ${hours(wait)}`)];
};

function scheduleOf(value: unknown): Schedule | undefined {
  try {
    return typeof value === 'string' ? parseSchedule(value) : undefined;
  } catch (error) {
    if (error instanceof BadSchedule) return undefined;
    throw error;
  }
}

function timesOf({ next }: Schedule): readonly number[] {
  const times: number[] = [];
  for (let time = next(BEGIN); time !== undefined && times.length < MOST && time < BEGIN + LONGEST_MS; time = next(time))
    times.push(time);
  return times;
}

/** Until when the times are all that there are. */
const endOf = (times: readonly number[]): number => (times.length < MOST ? BEGIN + LONGEST_MS : (times.at(-1) ?? BEGIN));

/** From the first of the times on, for when that is depends on the day that one begins to look. */
const longestWait = (times: readonly number[], until: number): number =>
  times.reduce((longest, time, index) => {
    const next = times[index + 1];
    return next === undefined || next > until ? longest : Math.max(longest, next - time);
  }, 0);

const hours = (milliseconds: number): string => `${Number((milliseconds / 3_600_000).toFixed(2))} h at most`;
