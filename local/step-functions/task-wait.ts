import { ServiceError } from '../service.ts';
import type { TaskState } from './definition.ts';
import type { RunParts } from './run-parts.ts';
import { StatesError } from './states-error.ts';
import { Ended, OutOfTime, type Step } from './strand.ts';
import type { Callback } from './task-tokens.ts';
import type { RunningJob } from './tasks/integration.ts';

/** What a task waits for once its service has answered. */
export interface Awaited {
  /** @default - it waits for its token alone */
  readonly job?: RunningJob;
  /** @default - nobody may answer in the job's place */
  readonly callback?: Callback;
  /** When the task was scheduled: milliseconds since the epoch, simulated. */
  readonly began: number;
  readonly limits: { readonly timeoutInSeconds?: number; readonly heartbeatInSeconds?: number };
}

/**
 * Waits on the simulated clock until the job is over, or somebody answers by the token. A job that is waited for no more is stopped.
 *
 * @throws StatesError what the job or who answered failed with, States.Timeout; {@link OutOfTime}, {@link Ended}
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-sync
 */
export async function outcomeOf(
  { strand }: Step<TaskState>,
  { clock, pace, deadline }: RunParts,
  awaited: Awaited,
): Promise<unknown> {
  const { job, callback } = awaited;
  let wake: () => void = () => undefined;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= job === undefined ? Promise.resolve() : stopped(job));
  const off = strand.ending.on(() => {
    void stop();
    wake();
  });
  job?.onOver(() => {
    wake();
  });
  if (callback !== undefined)
    callback.onAnswer = () => {
      wake();
    };
  try {
    if (!strand.ending.isOver()) await job?.inRealTime;
    for (;;) {
      if (strand.ending.isOver()) throw new Ended();
      if (callback?.answer !== undefined) return answered(callback.answer);
      if (job?.isOver() === true) {
        stopping = Promise.resolve();
        return await job.result();
      }
      const [end, timeout] = endOf(awaited);
      if (clock.now() >= deadline) throw new OutOfTime();
      if (clock.now() >= end) throw timeout;
      await pace.pause(Math.min(end, deadline), (woken) => {
        wake = woken;
      });
    }
  } finally {
    off();
    await stop();
  }
}

/** As well as can be: who may not stop it, or comes too late, leaves it. */
async function stopped(job: RunningJob): Promise<void> {
  try {
    await job.stop();
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof StatesError)) throw error;
  }
}

function answered(answer: NonNullable<Callback['answer']>): unknown {
  if ('output' in answer) return answer.output;
  throw new StatesError(answer.error, answer.cause);
}

/** When the task's own time is over, and how it fails then. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
function endOf({ callback, began, limits }: Awaited): readonly [time: number, failure: StatesError] {
  const { timeoutInSeconds = Infinity, heartbeatInSeconds = Infinity } = limits;
  const timeout = began + timeoutInSeconds * 1000;
  const silence = callback === undefined ? Infinity : callback.heard + heartbeatInSeconds * 1000;
  return silence < timeout
    ? [silence, new StatesError('States.Timeout', undefined, 'States.HeartbeatTimeout')]
    : [timeout, new StatesError('States.Timeout', undefined)];
}
