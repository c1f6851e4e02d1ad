import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../local/process-mark.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import { ControlClient, type RunStatus } from './control-client.ts';
import { pidOf, theRun } from './find-run.ts';
import type { LocalHome } from './home.ts';
import { TAIL } from './launch.ts';

const POLL = 50;
/** How long a save may take, in milliseconds: a large lake has a large index. */
const PATIENCE = 300_000;

export interface Stopped {
  readonly pid: number;
  /** Records that were accepted and not in S3 yet. */
  readonly undelivered: number;
  readonly lost: number;
  /** Absent where nothing was meant to go wrong. */
  readonly faults?: RunStatus['faults'];
}

/**
 * Ends a run and waits until its state is saved.
 *
 * @throws {@link CommandError} `NotRunning`, `NotAnswering`, `StopFailed`
 */
export async function stopRun(home: LocalHome, out: Out): Promise<Stopped> {
  const run = theRun(home);
  const control = new ControlClient(run);
  await out.step('Stopping the platform');
  const { undelivered, lost, faults } = await control.status();
  await control.stop();
  const deadline = Date.now() + PATIENCE;
  while (isAlive(run.process) && Date.now() < deadline) await sleep(POLL);
  if (isAlive(run.process))
    throw new CommandError('StopFailed', `process ${pidOf(run)} must end in ${PATIENCE / 1000} s, and still saves; wait for it`);
  if (home.run?.process === run.process)
    throw new CommandError(
      'StopFailed',
      `process ${pidOf(run)} must save its state, but it ended before; the last lines of '${home.log}':\n${home.logTail(TAIL).join('\n')}`,
    );
  out.done();
  return { pid: pidOf(run), undelivered, lost, ...(faults !== undefined && { faults }) };
}
