import { isRecord } from '../input.ts';
import type { RunParts } from './run-parts.ts';
import { Ended, OutOfTime, type Step, type Variables } from './strand.ts';
import type { Integration } from './tasks/integration.ts';
import type { Within } from './tasks/task.ts';

/** What SQS takes. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const LONGEST_SECONDS = 20;
/** Milliseconds between two looks. */
const STEP = 1000;

/**
 * Calls a service, and where its answer is one that it would wait for, lets the wait pass on the simulated clock: the service's own passes in
 * real time for as long as the clock waits for the task.
 *
 * @throws StatesError what the call fails with; {@link OutOfTime}, {@link Ended}
 */
export async function callPolling(
  { strand }: Step,
  { clock, pace, deadline, settled, caller }: RunParts,
  { call, polls }: Pick<Integration, 'call' | 'polls'>,
  asked: unknown,
): Promise<unknown> {
  const within = withinOf(strand.context);
  const seconds = polls === undefined || !isRecord(asked) ? undefined : secondsOf(asked[polls.wait] ?? polls.otherwise?.(asked));
  if (polls === undefined || seconds === undefined || !(seconds > 0 && seconds <= LONGEST_SECONDS))
    return call(asked, caller(), within);
  const end = clock.now() + seconds * 1000;
  for (;;) {
    const answer = await call({ ...(asked as object), [polls.wait]: 0 }, caller(), within);
    if (polls.isFound(answer) || clock.now() >= end) return answer;
    await settled();
    await pace.sleep(Math.min(clock.now() + STEP, end, deadline));
    if (strand.ending.isOver()) throw new Ended();
    if (clock.now() >= deadline) throw new OutOfTime();
  }
}

/** The service takes a number as text too: it would wait for these seconds on its own clock. */
const secondsOf = (given: unknown): number | undefined =>
  typeof given === 'string' ? Number(given) : typeof given === 'number' ? given : undefined;

function withinOf({ Execution, StateMachine }: Variables): Within {
  const idOf = (object: unknown): string => (isRecord(object) && typeof object.Id === 'string' ? object.Id : '');
  return { stateMachineArn: idOf(StateMachine), executionArn: idOf(Execution) };
}
