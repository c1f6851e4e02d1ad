import { existsSync } from 'node:fs';
import { removeState, StateError } from '../../local/state-folder.ts';
import { CommandError } from '../command-error.ts';
import type { LocalHome } from './home.ts';

/** Deletes what the platform has kept, and answers whether there was anything. @throws {@link CommandError} `StateInUse` while it runs */
export function reset(home: LocalHome): boolean {
  const had = existsSync(home.state) || home.run !== undefined;
  try {
    removeState(home.state);
  } catch (error) {
    if (error instanceof StateError && error.code === 'StateInUse')
      throw new CommandError(error.code, `process ${error.pid ?? ''} runs on this state; 'headwaters local stop' ends it first`);
    throw error;
  }
  home.forget();
  return had;
}
