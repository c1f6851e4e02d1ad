import type { TaskState } from './definition.ts';
import { countOf, valueOf } from './fields.ts';
import { data } from './history.ts';
import { checkPayload, checkResult } from './payload.ts';
import type { RunParts } from './run-parts.ts';
import { StatesError } from './states-error.ts';
import { Ended, type Step } from './strand.ts';

/** Calls what a task names. @throws StatesError */
export async function callTask(step: Step<TaskState>, { clock, region, runTask }: RunParts): Promise<unknown> {
  const { state, strand } = step;
  const now = clock.now();
  const asked = 'arguments' in state ? await valueOf(step, state.arguments, 'Arguments', now) : step.input;
  checkPayload(asked, `The input of the task '${step.name}'`);
  const limit = 'timeoutSeconds' in state ? await countOf(step, state.timeoutSeconds, 'TimeoutSeconds', now) : undefined;
  const about = aboutOf(state.resource);
  strand.trail.add('TaskScheduled', {
    taskScheduledEventDetails: {
      ...about,
      region,
      parameters: JSON.stringify(asked),
      ...(limit !== undefined && { timeoutInSeconds: limit }),
    },
  });
  strand.trail.add('TaskStarted', { taskStartedEventDetails: about });
  try {
    const result = await runTask(state.resource, asked);
    checkResult(result, about.resourceType);
    if (strand.ended()) throw new Ended();
    strand.trail.add('TaskSucceeded', { taskSucceededEventDetails: { ...about, ...data('output', result) } });
    return result;
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    if (strand.ended()) throw new Ended();
    strand.trail.add('TaskFailed', { taskFailedEventDetails: { ...about, ...error.said } });
    throw error;
  }
}

/** `lambda:invoke` as events name it: by its service, and what is asked of it. */
function aboutOf(resource: string): { readonly resourceType: string; readonly resource: string } {
  const at = resource.lastIndexOf(':');
  return { resourceType: resource.slice(0, at), resource: resource.slice(at + 1) };
}
