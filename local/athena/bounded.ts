import { createContext, Script } from 'node:vm';

/** Milliseconds that one piece of work with somebody's regular expression may hold the process. */
const MOST = 2000;

const script = new Script('run()');
const realm = createContext({});

/** Work that was stopped, for it would have held the process. */
export class RanAway extends Error {}

/** Does work that backtracks, and stops it when it takes too long. @throws RanAway */
export function bounded<T>(work: () => T, most = MOST): T {
  const done: T[] = [];
  realm['run'] = () => void done.push(work());
  try {
    script.runInContext(realm, { timeout: most });
  } catch (error) {
    throw isTimeout(error) ? new RanAway() : error;
  }
  return done[0] as T;
}

/** It is an error of the realm's own, and no instance of this one's. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
