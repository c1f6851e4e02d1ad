import type { SimulatedClock } from '../../../local/clock.ts';
import type { ExecutionRecord } from '../../../local/step-functions/execution.ts';
import { StateMachines } from '../../../local/step-functions/index.ts';
import type { Integration } from '../../../local/step-functions/tasks/integration.ts';
import { StatesError } from '../../../local/step-functions/states-error.ts';

export { OutOfTime } from '../../../local/step-functions/strand.ts';

/** What a task answers, or throws. */
export type TaskHandler = (resource: string, input: never) => unknown;

export interface Outcome {
  readonly status: ExecutionRecord['status'];
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** Names of the states entered by the execution itself, its distributed children left out. */
  readonly path: readonly string[];
  /** Events of the execution itself. */
  readonly events: number;
  /** Bytes of the largest input, output, result or argument. */
  readonly largestPayload: number;
  /** Simulated, in milliseconds. */
  readonly took: number;
}

const ROLE = 'arn:aws:iam::111122223333:role/workflow';
const ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:tested';
const TASKS = ['athena:getQueryResults', 'lambda:invoke', 'sns:publish', 'aws-sdk:s3:listObjectsV2', 'aws-sdk:s3:restoreObject'];
/** Tasks that a job is waited for by. */
const JOBS = ['athena:startQueryExecution'];
const DAY = 86_400_000;
const MOST_DAYS = 10;

const fail = (): never => {
  throw new Error('no Map of the platform reads its items from S3, or writes there');
};

/** A task whose job is over at once, with what a test answers. */
const jobOf = (answer: (asked: unknown) => unknown): Integration => ({
  call: async (asked) => asked,
  jobs: {
    sync: (asked) => ({
      inRealTime: Promise.resolve(),
      isOver: () => true,
      onOver: () => undefined,
      result: async () => answer(asked),
      stop: () => Promise.resolve(),
    }),
  },
});

/** Runs a state machine to its end by the local runtime's Step Functions, with tasks of a test's own. */
export async function runStateMachine(
  definition: object,
  clock: SimulatedClock,
  handler: TaskHandler,
  input: unknown,
): Promise<Outcome> {
  const machines = new StateMachines({
    clock,
    access: { check: () => undefined },
    region: 'eu-west-1',
    assume: () => ({ arn: ROLE, accountId: '111122223333', roleArn: ROLE }),
    mapStorage: { read: fail, list: fail, write: fail },
    tasks: Object.fromEntries<Integration>([
      ...TASKS.map((name) => [name, { call: async (asked: unknown) => handler(name, asked as never) }] as const),
      ...JOBS.map((name) => [name, jobOf((asked) => handler(`${name}.sync`, asked as never))] as const),
    ]),
  });
  machines.createStateMachine({
    arn: ARN,
    name: 'tested',
    roleArn: ROLE,
    type: 'STANDARD',
    logged: false,
    configurations: {},
    definition: definition as Readonly<Record<string, unknown>>,
  });
  const { arn } = machines.start(machines.machine(ARN), JSON.stringify(input), 'run');
  for (let day = 0; machines.execution(arn).status === 'RUNNING'; day++) {
    if (day === MOST_DAYS) throw new Error(`it runs for more than ${MOST_DAYS} days`);
    await clock.advance(DAY);
  }
  return outcomeOf(machines.execution(arn));
}

function outcomeOf({ status, output, error, cause, events, started, stopped = NaN }: ExecutionRecord): Outcome {
  const details = events.flatMap((event) => Object.values(event.details)) as Readonly<Record<string, unknown>>[];
  const sizes = details.flatMap(({ input, output: out, parameters }) =>
    [input, out, parameters].flatMap((text) => (typeof text === 'string' ? [Buffer.byteLength(text)] : [])),
  );
  return {
    status,
    ...(output !== undefined && { output: JSON.parse(output) as unknown }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    path: details.flatMap(({ name, input }) => (typeof name === 'string' && input !== undefined ? [name] : [])),
    events: events.length,
    largestPayload: Math.max(...sizes),
    took: stopped - started,
  };
}

/** A failure of a task, as Step Functions tells it. */
export class TaskError extends StatesError {}
