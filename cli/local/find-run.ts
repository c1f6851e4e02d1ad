import { isAlive } from '../../local/process-mark.ts';
import { CommandError } from '../command-error.ts';
import type { LocalHome, Run } from './home.ts';

/** The run that goes on; undefined where none does. */
export function findRun(home: LocalHome): Run | undefined {
  const { run } = home;
  return run !== undefined && isAlive(run.process) ? run : undefined;
}

/** @throws {@link CommandError} `NotRunning` */
export function theRun(home: LocalHome): Run {
  const run = findRun(home);
  if (run === undefined)
    throw new CommandError('NotRunning', "no platform runs on this project; 'headwaters local start' starts it");
  return run;
}

/** The number of a run's process. */
export const pidOf = (run: Run): number => Number.parseInt(run.process, 10);
