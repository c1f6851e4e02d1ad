import { SimulatedClock } from '../../../local/clock.ts';
import type { Measure } from '../../../local/cloudwatch/metric.ts';
import { ServiceError, type Caller, type JsonService } from '../../../local/service.ts';
import {
  nestedIntegrations,
  StateMachines,
  type Integration,
  type StateMachineSettings,
  type Task,
} from '../../../local/step-functions/index.ts';
import { StatesError } from '../../../local/step-functions/states-error.ts';

export { refusal } from '../kinesis/rig.ts';

export const start = Date.UTC(2001, 0, 9, 8);
export const ARN = 'arn:aws:states:us-east-1:123456789012:stateMachine:machine';
const ROLE = 'arn:aws:iam::123456789012:role/workflow';
const caller: Caller = { arn: 'arn:aws:iam::123456789012:user/somebody', accountId: '123456789012' };
const workflow: Caller = {
  arn: 'arn:aws:sts::123456789012:assumed-role/workflow/states',
  accountId: '123456789012',
  roleArn: ROLE,
};

export type Answer = Readonly<Record<string, unknown>>;
/** An event: its type, and its details. */
export type Told = readonly [type: string, details: Answer | undefined];
type States = Readonly<Record<string, Answer>>;

/** A definition in JSONata that begins with its first state. */
export const definition = (states: States, rest: object = {}): Answer => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...rest,
});

export const task = (rest: object = {}): Answer => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  ...('Next' in rest ? {} : { End: true }),
  ...rest,
});
export const pass = (rest: object = {}): Answer => ({ Type: 'Pass', ...('Next' in rest ? {} : { End: true }), ...rest });

export interface RigOptions {
  readonly clock?: SimulatedClock;
  /** Actions that nobody may do. */
  readonly denied?: readonly string[];
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly logged?: boolean;
  readonly configurations?: StateMachineSettings['configurations'];
  /** What objects hold, by bucket and key; what is written is put in. */
  readonly objects?: Record<string, string>;
  /** Further integrations. @default - none */
  readonly tasks?: Readonly<Record<string, Integration>>;
  /** Takes what executions come to. @default - nobody */
  readonly measure?: Measure;
  /** Of which tasks call operations, beside Step Functions itself. @default - none */
  readonly services?: readonly JsonService[];
  /** What a task is answered, or throws; it gets what it was asked, and how many were before it. @default - what it was asked */
  readonly answer?: (asked: never, before: number) => unknown;
}

function objectIn(objects: Readonly<Record<string, string>>, bucket: string, key: string): string {
  const found = objects[`${bucket}/${key}`];
  if (found === undefined) throw new StatesError('States.ItemReaderFailed', 'no such key');
  return found;
}

/** One state machine behind its operations. */
export function states(
  machine: Answer,
  {
    clock = new SimulatedClock(start),
    denied = [],
    type = 'STANDARD',
    logged = false,
    configurations = {},
    objects = {},
    services = [],
    tasks = {},
    answer = (asked) => asked,
    ...parts
  }: RigOptions = {},
) {
  const checks: string[] = [];
  const lines: string[] = [];
  const asked: unknown[] = [];
  const run: Task = async (input) => answer(input as never, asked.push(input) - 1);
  const service: StateMachines = new StateMachines({
    ...parts,
    clock,
    access: {
      check: (_caller, action, resource) => {
        checks.push(`${action} ${resource}`);
        if (denied.includes(action)) throw new ServiceError('AccessDeniedException', `not allowed: ${action}`);
      },
    },
    region: 'us-east-1',
    assume: () => {
      if (denied.includes('sts:AssumeRole')) throw new ServiceError('AccessDenied', 'no trust', 403);
      return workflow;
    },
    mapStorage: {
      read: (_caller, { bucket, key, versionId }) =>
        Buffer.from(objectIn(objects, bucket, versionId === undefined ? key : `${key}?${versionId}`)),
      list: (_caller, bucket, prefix) =>
        Object.keys(objects)
          .filter((name) => name.startsWith(`${bucket}/${prefix}`))
          .map((name) => ({ Key: name.slice(bucket.length + 1) })),
      write: (_caller, bucket, key, body) => {
        objects[`${bucket}/${key}`] = body.toString();
      },
    },
    tasks: {
      lambda: { call: run },
      'lambda:invoke': { call: run, waits: true },
      'sns:publish': { call: run, waits: true },
      ...nestedIntegrations(() => service),
      ...tasks,
    },
    services: () => [service.service, ...services],
    onLog: ({ level, message }) => lines.push(`${level} ${message}`),
  });
  const create = (name: string, of: Answer, as = type): void => {
    const arn = ARN.replace(/machine$/, name);
    service.createStateMachine({ arn, name, roleArn: ROLE, type: as, logged, definition: of, configurations });
  };
  create('machine', machine);
  const send = async (operation: string, input: object): Promise<Answer> => {
    const found = service.service.operations[operation];
    if (found === undefined) throw new Error(`no operation ${operation}`);
    return (await found({ ...input }, caller)) as Answer;
  };
  const begin = async (input: unknown = {}, more: object = {}): Promise<string> =>
    String((await send('StartExecution', { stateMachineArn: ARN, input: JSON.stringify(input), ...more })).executionArn);
  const describe = (executionArn: string) => send('DescribeExecution', { executionArn });
  return {
    clock,
    service,
    checks,
    lines,
    asked,
    send,
    begin,
    describe,
    /** Adds another state machine. */
    create,
    /** Runs to the end, or for a day: the status, and what came of it. */
    run: async (input: unknown = {}): Promise<{ status: unknown; output: unknown; error: unknown; cause: unknown }> => {
      const arn = await begin(input);
      await clock.advance(86_400_000);
      const { status, output, error, cause } = await describe(arn);
      return { status, output: typeof output === 'string' ? (JSON.parse(output) as unknown) : undefined, error, cause };
    },
    /** Events as they are told, each by its type and what is told of it. */
    told: async (executionArn: string): Promise<readonly Told[]> =>
      ((await send('GetExecutionHistory', { executionArn, maxResults: 1000 })).events as Answer[]).map((event) => [
        String(event.type),
        Object.entries(event).find(([member]) => member.endsWith('EventDetails'))?.[1] as Answer | undefined,
      ]),
    types: async (executionArn: string): Promise<unknown[]> =>
      ((await send('GetExecutionHistory', { executionArn, maxResults: 1000 })).events as Answer[]).map(({ type: name }) => name),
  };
}

/** A service over JSON whose operations answer what `answer` makes of what they are asked. */
export function serviceOf(name: string, answer: Readonly<Record<string, (asked: Answer) => object>>): JsonService {
  const operations = Object.entries(answer).map(([operation, run]) => [operation, async (asked: Answer) => run(asked)]);
  return { name, targetPrefix: name, version: '1.1', operations: Object.fromEntries(operations) as JsonService['operations'] };
}

/** A task by an integration of the SDK. */
export const sdkTask = (resource: string, Arguments: object, rest: object = {}): Answer =>
  task({ Resource: `arn:aws:states:::aws-sdk:${resource}`, Arguments, ...rest });

export const failing =
  (code: string, reason = 'said so') =>
  (): never => {
    throw new StatesError(code, reason);
  };

/** Goes on with the state `Caught` after some errors, and hands on which one it was. */
export const caught = (...ErrorEquals: string[]) => ({
  Catch: [
    {
      ErrorEquals,
      Next: 'Caught',
      Output: { error: '{% $states.errorOutput.Error %}', cause: '{% $states.errorOutput.Cause %}' },
    },
  ],
});
