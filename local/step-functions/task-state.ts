import type { TaskState } from './definition.ts';
import { data } from './history.ts';
import { checkPayload, checkResult } from './payload.ts';
import { callPolling } from './long-poll.ts';
import type { RunParts } from './run-parts.ts';
import { StatesError } from './states-error.ts';
import { Ended, type Step } from './strand.ts';
import { functionTelling, integrationTelling, type Limits } from './task-telling.ts';
import type { Callback } from './task-tokens.ts';
import { outcomeOf } from './task-wait.ts';
import type { Integration } from './tasks/integration.ts';
import { readResource } from './tasks/integrations.ts';

/** Calls what a task names, and waits for what it is to wait for. @throws StatesError */
export async function callTask(step: Step<TaskState>, parts: RunParts): Promise<unknown> {
  const { name, pattern } = readResource(step.state.resource);
  const integration = parts.integrations.find(name);
  if (integration === undefined) throw new Error('a definition was read that names a task nobody runs');
  if (pattern === undefined) return call(step, parts, { integration });
  const job = integration.jobs?.[pattern];
  const callback = integration.waits === true ? parts.openCallback() : undefined;
  try {
    return await call(callback === undefined ? step : withToken(step, callback), parts, {
      integration,
      waitFor: { ...(job !== undefined && { job }), ...(callback !== undefined && { callback }) },
    });
  } finally {
    if (callback !== undefined) parts.closeCallback(callback);
  }
}

/** What is called, and what is waited for. */
interface Called {
  readonly integration: Integration;
  /** @default - the service's answer is the result */
  readonly waitFor?: { readonly job?: NonNullable<Integration['jobs']>[string]; readonly callback?: Callback };
}

async function call(step: Step<TaskState>, parts: RunParts, { integration, waitFor }: Called): Promise<unknown> {
  const { state, strand } = step;
  const { clock, region, caller } = parts;
  const asked = await state.arguments(step, clock.now());
  checkPayload(asked, `The input of the task '${step.name}'`);
  const limits = await limitsOf(step, clock.now());
  const telling =
    state.functionArn === undefined
      ? integrationTelling(state.resource, region, asked, limits)
      : functionTelling(state.functionArn, asked, limits);
  const began = clock.now();
  waitFor?.callback?.beat();
  strand.trail.add(...telling.scheduled);
  strand.trail.add(...telling.started);
  try {
    const given = state.functionArn === undefined ? asked : { FunctionName: state.functionArn, Payload: asked };
    let result = await callPolling(step, parts, integration, given);
    if (integration.looks === true) {
      await parts.settled();
      await parts.pace.sleep(clock.now()); // what else is due at this moment comes first
    }
    if (waitFor !== undefined) {
      const job = waitFor.job?.(result, caller);
      const { callback } = waitFor;
      if (!strand.ending.isOver()) strand.trail.add(...telling.submitted(result));
      result = await outcomeOf(step, parts, {
        ...(job !== undefined && { job }),
        ...(callback !== undefined && { callback }),
        began,
        limits,
      });
    }
    checkResult(result, telling.named);
    if (strand.ending.isOver()) throw new Ended();
    strand.trail.add(...telling.ended('Succeeded', data('output', result)));
    return result;
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    if (strand.ending.isOver()) throw new Ended();
    strand.trail.add(...telling.ended(error.code === 'States.Timeout' ? 'TimedOut' : 'Failed', error.said));
    throw error;
  }
}

/** With the token in the context that the state's fields see. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token */
function withToken(step: Step<TaskState>, { token }: Callback): Step<TaskState> {
  const { strand } = step;
  return { ...step, strand: { ...strand, context: { ...strand.context, Task: { Token: token } } } };
}

async function limitsOf(step: Step<TaskState>, now: number): Promise<Limits> {
  const { timeoutSeconds, heartbeatSeconds } = step.state;
  const [timeout, heartbeat] = [await timeoutSeconds?.(step, now), await heartbeatSeconds?.(step, now)];
  return {
    ...(timeout !== undefined && { timeoutInSeconds: timeout }),
    ...(heartbeat !== undefined && { heartbeatInSeconds: heartbeat }),
  };
}
