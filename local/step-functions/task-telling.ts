import { data } from './history.ts';

type Event = readonly [type: string, details: Readonly<Record<string, object>>];

/** Under what names events tell of a task. */
export interface Telling {
  /** What it is called in errors. */
  readonly named: string;
  readonly scheduled: Event;
  readonly started: Event;
  /** That its service has answered, and the task waits for more. */
  readonly submitted: (answer: unknown) => Event;
  readonly ended: (outcome: 'Succeeded' | 'Failed' | 'TimedOut', details: object) => Event;
}

export interface Limits {
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
}

/** A task by an integration: `lambda:invoke` is told by its service, and what is asked of it. */
export function integrationTelling(task: string, region: string, asked: unknown, limits: Limits): Telling {
  const [, resourceType = '', resource = ''] = /^((?:aws-sdk:)?[^:]+):(.+)$/.exec(task) ?? [];
  const about = { resourceType, resource };
  return {
    named: about.resourceType,
    scheduled: [
      'TaskScheduled',
      { taskScheduledEventDetails: { ...about, region, parameters: JSON.stringify(asked), ...limits } },
    ],
    started: ['TaskStarted', { taskStartedEventDetails: about }],
    submitted: (answer) => ['TaskSubmitted', { taskSubmittedEventDetails: { ...about, ...data('output', answer) } }],
    ended: (outcome, details) => [`Task${outcome}`, { [`task${outcome}EventDetails`]: { ...about, ...details } }],
  };
}

/** A task by the ARN of a function. */
export function functionTelling(resource: string, asked: unknown, { timeoutInSeconds }: Limits): Telling {
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
    submitted: () => {
      throw new Error('a function by its ARN waits for nothing');
    },
    ended: (outcome, details) => [`LambdaFunction${outcome}`, { [`lambdaFunction${outcome}EventDetails`]: details }],
  };
}
