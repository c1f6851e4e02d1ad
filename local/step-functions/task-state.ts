import type { TaskState } from './definition.ts';
import { data } from './history.ts';
import { checkPayload, checkResult } from './payload.ts';
import type { RunParts } from './run-parts.ts';
import { StatesError } from './states-error.ts';
import { Ended, type Step } from './strand.ts';
import type { Integration } from './tasks/integration.ts';
import { readResource, type Integrations } from './tasks/integrations.ts';

/** Under what names events tell of a task. */
interface Telling {
  /** What it is called in errors. */
  readonly named: string;
  readonly scheduled: readonly [type: string, details: Readonly<Record<string, object>>];
  readonly started: readonly [type: string, details: Readonly<Record<string, object>>];
  readonly ended: (outcome: 'Succeeded' | 'Failed', details: object) => readonly [string, Readonly<Record<string, object>>];
}

interface Limits {
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
}

/** Calls what a task names. @throws StatesError */
export async function callTask(step: Step<TaskState>, { clock, region, caller, integrations }: RunParts): Promise<unknown> {
  const { state, strand } = step;
  const asked = await state.arguments(step, clock.now());
  checkPayload(asked, `The input of the task '${step.name}'`);
  const limits = await limitsOf(step, clock.now());
  const telling =
    state.functionArn === undefined
      ? integration(state.resource, region, asked, limits)
      : plainCall(state.functionArn, asked, limits);
  strand.trail.add(...telling.scheduled);
  strand.trail.add(...telling.started);
  try {
    const given = state.functionArn === undefined ? asked : { FunctionName: state.functionArn, Payload: asked };
    const result = await found(integrations, state).call(given, caller());
    checkResult(result, telling.named);
    if (strand.ended()) throw new Ended();
    strand.trail.add(...telling.ended('Succeeded', data('output', result)));
    return result;
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    if (strand.ended()) throw new Ended();
    strand.trail.add(...telling.ended('Failed', error.said));
    throw error;
  }
}

function found(integrations: Integrations, { resource }: TaskState): Integration {
  const integration = integrations.find(readResource(resource).name);
  if (integration === undefined) throw new Error('a definition was read that names a task nobody runs');
  return integration;
}

async function limitsOf(step: Step<TaskState>, now: number): Promise<Limits> {
  const { timeoutSeconds, heartbeatSeconds } = step.state;
  const [timeout, heartbeat] = [await timeoutSeconds?.(step, now), await heartbeatSeconds?.(step, now)];
  return {
    ...(timeout !== undefined && { timeoutInSeconds: timeout }),
    ...(heartbeat !== undefined && { heartbeatInSeconds: heartbeat }),
  };
}

/** A task by an integration: `lambda:invoke` is told by its service, and what is asked of it. */
function integration(task: string, region: string, asked: unknown, limits: Limits): Telling {
  const at = task.lastIndexOf(':');
  const about = { resourceType: task.slice(0, at), resource: task.slice(at + 1) };
  return {
    named: about.resourceType,
    scheduled: [
      'TaskScheduled',
      { taskScheduledEventDetails: { ...about, region, parameters: JSON.stringify(asked), ...limits } },
    ],
    started: ['TaskStarted', { taskStartedEventDetails: about }],
    ended: (outcome, details) => [`Task${outcome}`, { [`task${outcome}EventDetails`]: { ...about, ...details } }],
  };
}

/** A task by the ARN of a function. */
function plainCall(resource: string, asked: unknown, { timeoutInSeconds }: Limits): Telling {
  return {
    named: resource,
    scheduled: [
      'LambdaFunctionScheduled',
      {
        lambdaFunctionScheduledEventDetails: {
          resource,
          ...data('input', asked),
          ...(timeoutInSeconds !== undefined && { timeoutInSeconds }),
        },
      },
    ],
    started: ['LambdaFunctionStarted', {}],
    ended: (outcome, details) => [`LambdaFunction${outcome}`, { [`lambdaFunction${outcome}EventDetails`]: details }],
  };
}
