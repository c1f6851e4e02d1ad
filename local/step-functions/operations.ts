import { Members } from '../input.ts';
import { ServiceError, type Access, type Caller, type Operation } from '../service.ts';
import { isTooDeep } from './depth.ts';
import type { ExecutionRecord } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import { page, unlawful } from './page.ts';
import { LARGEST_PAYLOAD } from './payload.ts';
import type { StateMachine, StateMachines } from './state-machines.ts';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;
const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;

/** Characters of a token. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
const LONGEST_TOKEN = { executions: 3096, others: 1024 } as const;

const seconds = (milliseconds: number): number => milliseconds / 1000;

/** The operations of Step Functions on what templates have made. */
export function operations(machines: StateMachines, access: Access): Readonly<Record<string, Operation>> {
  /** An operation on a thing that a member of the request names by its ARN. */
  const on =
    (action: string, member: string, kind: string, run: (arn: string, input: Members) => object): Operation =>
    async (raw, caller) => {
      const input = new Members(raw);
      const arn = arnIn(input, member, kind);
      access.check(caller, `states:${action}`, arn);
      return run(arn, input);
    };
  return {
    StartExecution: on('StartExecution', 'stateMachineArn', 'stateMachine', (arn, input) => {
      input.only(['stateMachineArn', 'name', 'input', 'traceHeader']);
      const machine = machines.machine(arn);
      const record = machines.start(machine, inputOf(input), nameOf(input));
      return { executionArn: record.arn, startDate: seconds(record.started) };
    }),
    StopExecution: on('StopExecution', 'executionArn', 'execution', (arn, input) => {
      input.only(['executionArn', 'error', 'cause']);
      const [error, cause] = [input.optionalText('error'), input.optionalText('cause')];
      const record = machines.stop(arn, { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
      return { stopDate: seconds(record.stopped ?? 0) };
    }),
    DescribeExecution: on('DescribeExecution', 'executionArn', 'execution', (arn, input) => {
      input.only(['executionArn', 'includedData']);
      return described(machines.execution(arn));
    }),
    DescribeStateMachineForExecution: on('DescribeStateMachineForExecution', 'executionArn', 'execution', (arn, input) => {
      input.only(['executionArn', 'includedData']);
      return machineOfExecution(machines.machine(machines.execution(arn).stateMachineArn));
    }),
    GetExecutionHistory: on('GetExecutionHistory', 'executionArn', 'execution', (arn, input) => {
      input.only(['executionArn', 'maxResults', 'reverseOrder', 'nextToken', 'includeExecutionData']);
      const { events } = machines.execution(arn);
      const ordered = input.optionalBoolean('reverseOrder') === true ? events.toReversed() : events;
      const { items, rest } = page(ordered, input, LONGEST_TOKEN.others);
      const shown = input.optionalBoolean('includeExecutionData') === false ? items.map(withoutData) : items;
      return { events: shown.map(eventOf), ...rest };
    }),
    ListExecutions: on('ListExecutions', 'stateMachineArn', 'stateMachine', (arn, input) => {
      input.only(['stateMachineArn', 'statusFilter', 'maxResults', 'nextToken']);
      if (machines.machine(arn).settings.type === 'EXPRESS')
        throw new ServiceError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
      const status = input.optionalText('statusFilter');
      if (status !== undefined && !STATUSES.some((known) => known === status))
        throw unlawful('statusFilter', status, `Member must satisfy enum value set: [${STATUSES.join(', ')}]`);
      const found = machines.executionsOf(arn).filter((each) => status === undefined || each.status === status);
      const { items, rest } = page(found, input, LONGEST_TOKEN.executions);
      return { executions: items.map(listed), ...rest };
    }),
    DescribeStateMachine: on('DescribeStateMachine', 'stateMachineArn', 'stateMachine', (arn, input) => {
      input.only(['stateMachineArn', 'includedData']);
      return machineOf(machines.machine(arn));
    }),
    ListStateMachines: async (raw, caller: Caller) => {
      const input = new Members(raw).only(['maxResults', 'nextToken']);
      access.check(caller, 'states:ListStateMachines', '*');
      const byName = machines.all().toSorted((one, other) => (one.settings.name < other.settings.name ? -1 : 1));
      const { items, rest } = page(byName, input, LONGEST_TOKEN.others);
      const shown = items.map(({ settings: { arn, name, type }, created }) => ({
        stateMachineArn: arn,
        name,
        type,
        creationDate: seconds(created),
      }));
      return { stateMachines: shown, ...rest };
    },
  };
}

/** An execution of an Express workflow: nobody can be asked for it. */
const EXPRESS = /^arn:[^:]+:states:[^:]+:\d{12}:express:/;

/** @throws ServiceError InvalidArn */
function arnIn(input: Members, member: string, kind: string): string {
  const arn = input.text(member);
  if (new RegExp(`^arn:[^:]+:states:[^:]+:\\d{12}:${kind}:[^:]+(:[^:]+)?$`).test(arn)) return arn;
  if (EXPRESS.test(arn)) throw new ServiceError('InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'");
  throw new ServiceError('InvalidArn', `Invalid Arn: '${arn.startsWith('arn:') ? '' : 'Invalid ARN prefix: '}${arn}'`);
}

/** @throws ServiceError InvalidExecutionInput */
function inputOf(input: Members): string {
  const text = input.optionalText('input') ?? '{}';
  if (Buffer.byteLength(text) > LARGEST_PAYLOAD) {
    throw new ServiceError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: it must have at most ${LARGEST_PAYLOAD} bytes`,
    );
  }
  if (text === '')
    throw new ServiceError('InvalidExecutionInput', "Invalid State Machine Execution Input: 'Invalid execution input.'");
  if (isTooDeep(parsed(text)))
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is nested too deeply');
  return text;
}

/** @throws ServiceError InvalidExecutionInput */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is no JSON');
  }
}

/** @throws ServiceError InvalidName */
function nameOf(input: Members): string | undefined {
  const name = input.optionalText('name');
  if (name !== undefined && !NAME.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}

const listed = ({ arn, name, stateMachineArn, status, started, stopped }: ExecutionRecord): object => ({
  executionArn: arn,
  stateMachineArn,
  name,
  status,
  startDate: seconds(started),
  ...(stopped !== undefined && { stopDate: seconds(stopped) }),
  redriveCount: 0,
});

/** Whether an execution could go on where it ended: what succeeded or runs could not. */
const redrive = ({ status }: ExecutionRecord): object =>
  status === 'SUCCEEDED' || status === 'RUNNING'
    ? { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: `Execution is ${status} and cannot be redriven` }
    : { redriveStatus: 'REDRIVABLE' };

function described(record: ExecutionRecord): object {
  const { input, output, error, cause } = record;
  return {
    ...listed(record),
    input,
    inputDetails: { included: true },
    ...(output !== undefined && { output, outputDetails: { included: true } }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...redrive(record),
  };
}

const shared = ({ settings: { arn, name, roleArn, definition, configurations } }: StateMachine): object => ({
  stateMachineArn: arn,
  name,
  definition: JSON.stringify(definition),
  roleArn,
  tracingConfiguration: configurations.tracing ?? { enabled: false },
  encryptionConfiguration: configurations.encryption ?? { type: 'AWS_OWNED_KEY' },
  loggingConfiguration: { level: 'OFF', includeExecutionData: false, ...configurations.logging },
});

const machineOf = (machine: StateMachine): object => ({
  ...shared(machine),
  status: 'ACTIVE',
  type: machine.settings.type,
  creationDate: seconds(machine.created),
});

const machineOfExecution = (machine: StateMachine): object => ({ ...shared(machine), updateDate: seconds(machine.created) });

const DATA = ['input', 'inputDetails', 'output', 'outputDetails'];

const withoutData = (event: HistoryEvent): HistoryEvent => ({
  ...event,
  details: Object.fromEntries(
    Object.entries(event.details).map(([name, details]) => [
      name,
      Object.fromEntries(Object.entries(details).filter(([member]) => !DATA.includes(member))),
    ]),
  ),
});

const eventOf = ({ id, previousEventId, time, type, details }: HistoryEvent): object => ({
  timestamp: seconds(time),
  type,
  id,
  previousEventId,
  ...details,
});
