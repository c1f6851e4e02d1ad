import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { ServiceError, type Access, type Caller, type JsonService, type Log } from '../service.ts';
import type { Definition } from './definition.ts';
import { Execution, type ExecutionRecord } from './execution.ts';
import { operations } from './operations.ts';
import { NotSimulated } from './language.ts';
import { parseDefinition } from './parse-definition.ts';
import { measureExecution } from './measure-execution.ts';
import { Pace } from './pace.ts';
import { checkRole } from './role.ts';
import { restoreExecutions, saveExecutions } from './saved-executions.ts';
import { tokenOperations } from './token-operations.ts';
import { TaskTokens } from './task-tokens.ts';
import type { Ending } from './ending.ts';
import { StatesError } from './states-error.ts';
import type { MapStorage } from './tasks/map-storage.ts';
import type { Integration } from './tasks/integration.ts';
import { Integrations } from './tasks/integrations.ts';

export interface StatesParts {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly region: string;
  /** Makes a session of a state machine's role. @throws ServiceError where the role does not trust Step Functions */
  readonly assume: (roleArn: string, stateMachineArn: string) => Caller;
  /** What tasks may call by an integration of its own, by the end of their resource's ARN. */
  readonly tasks: Readonly<Record<string, Integration>>;
  /** Services of which tasks may call any operation. @default - none */
  readonly services?: () => readonly JsonService[];
  readonly mapStorage: MapStorage;
  /** Takes what executions come to. @default - nobody measures */
  readonly measure?: Measure;
  /** Takes what Express executions failed with. @default - nobody is told */
  readonly onLog?: Log;
  /** Resolves once what tasks have begun has ended, as far as it takes no simulated time. @default - at once */
  readonly settled?: () => Promise<void>;
}

export interface StateMachineSettings {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** Whether executions are logged to CloudWatch Logs. */
  readonly logged: boolean;
  /** In the States Language. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** As they are described. */
  readonly configurations: {
    readonly logging?: object;
    readonly tracing?: object;
    readonly encryption?: object;
  };
}

/** A state machine, and what ran of it. */
export interface StateMachine {
  readonly settings: StateMachineSettings;
  /** Absent where it cannot be run here. */
  readonly definition: Definition | undefined;
  /** What of it is not simulated. */
  readonly lacking: string | undefined;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
}

/** Step Functions: state machines run on the simulated clock with their roles' rights. */
export class StateMachines {
  readonly service: JsonService;
  private readonly machines = new Map<string, StateMachine>();
  /** By ARN, in the order in which they began. */
  private readonly executions = new Map<string, Execution>();
  /** Those of earlier runs. */
  private readonly ended = new Map<string, ExecutionRecord>();
  private readonly pace: Pace;
  private readonly tokens: TaskTokens;
  private readonly integrations: Integrations;

  constructor(private readonly parts: StatesParts) {
    this.pace = new Pace(parts.clock);
    this.tokens = new TaskTokens(
      () => parts.clock.now(),
      (arn) => (this.executions.get(arn)?.record ?? this.ended.get(arn))?.stateMachineArn,
    );
    this.integrations = new Integrations(parts.tasks, parts.services ?? (() => []));
    this.service = {
      name: 'states',
      targetPrefix: 'AWSStepFunctions',
      version: '1.0',
      operations: { ...operations(this, parts.access), ...tokenOperations(this.tokens, parts.access) },
    };
  }

  /** One that is not simulated is kept, and cannot be started. @throws ServiceError InvalidDefinition, AccessDeniedException for a role that does not trust Step Functions, or may not log */
  createStateMachine(settings: StateMachineSettings): void {
    const { parts } = this;
    const refuse = (message: string) => new ServiceError('InvalidDefinition', `Invalid State Machine Definition: ${message}`);
    const read = readable(() => parseDefinition(settings, this.integrations, refuse));
    checkRole(parts, settings, read.definition?.rules ?? []);
    this.machines.set(settings.arn, { settings, ...read, created: parts.clock.now() });
  }

  all(): readonly StateMachine[] {
    return [...this.machines.values()];
  }

  /** @throws ServiceError StateMachineDoesNotExist */
  machine(arn: string): StateMachine {
    const machine = this.machines.get(arn);
    if (machine === undefined) throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  /** Executions of one state machine, the latest first. */
  executionsOf(machineArn: string): readonly ExecutionRecord[] {
    return this.records()
      .filter(({ stateMachineArn }) => stateMachineArn === machineArn)
      .reverse();
  }

  /** @throws ServiceError ExecutionDoesNotExist */
  execution(arn: string): ExecutionRecord {
    const record = this.executions.get(arn)?.record ?? this.ended.get(arn);
    if (record === undefined) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return record;
  }

  /** Starts an execution; one of the same name that runs with the same input is answered instead. @throws ServiceError ExecutionAlreadyExists, NotImplemented */
  start({ settings, definition, lacking }: StateMachine, input: string, name: string = randomUUID()): ExecutionRecord {
    if (definition === undefined)
      throw new ServiceError(
        'NotImplemented',
        `states:StartExecution of '${settings.name}': not simulated: ${lacking ?? ''}`,
        501,
      );
    const arn = arnOfExecution(settings, name);
    const before = this.executions.get(arn)?.record ?? this.ended.get(arn);
    if (before !== undefined) {
      if (before.status === 'RUNNING' && before.input === input) return before;
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const { clock, access, region, assume, mapStorage, settled = () => Promise.resolve() } = this.parts;
    const execution = new Execution({
      clock,
      region,
      pace: this.pace,
      arn,
      name,
      input,
      stateMachine: { ...settings, definition },
      caller: () => asStatesError(() => assume(settings.roleArn, settings.arn), 'States.Permissions'),
      integrations: this.integrations,
      tokens: this.tokens,
      settled,
      mapStorage,
      mayStartChild: (caller) => {
        asStatesError(() => {
          access.check(caller, 'states:StartExecution', settings.arn);
        }, 'States.Permissions');
      },
    });
    this.executions.set(arn, execution);
    if (settings.type === 'EXPRESS') this.forget(execution);
    if (this.parts.measure !== undefined) measureExecution(execution, this.parts.measure);
    execution.begin();
    return execution.record;
  }

  /** What an Express execution came to is told by nobody: a failure is a line of the log. */
  private forget(execution: Execution): void {
    const { clock, onLog } = this.parts;
    execution.over.on(() => {
      const { arn, name, stateMachineArn, status, error } = execution.record;
      this.executions.delete(arn);
      if (status === 'SUCCEEDED') return;
      const message = `the Express execution ${name} is ${status}${error === undefined ? '' : `: ${error}`}`;
      onLog?.({ time: clock.now(), logGroup: stateMachineArn, level: 'error', message });
    });
  }

  /** Tells of the end of an execution; undefined for one of an earlier run. */
  endingOf(arn: string): Ending | undefined {
    return this.executions.get(arn)?.over;
  }

  /** Whether an execution runs. */
  get isBusy(): boolean {
    return [...this.executions.values()].some(({ record }) => record.status === 'RUNNING');
  }

  /** Ends an execution where it stands. @throws ServiceError ExecutionDoesNotExist */
  stop(arn: string, failure: { readonly error?: string; readonly cause?: string }): ExecutionRecord {
    this.executions.get(arn)?.abort(failure);
    return this.execution(arn);
  }

  /** Keeps what has run, in `folder`; what runs still is ended: nothing of it outlives the process. */
  save(folder: string): void {
    for (const execution of [...this.executions.values()].reverse()) {
      execution.abort({ error: 'Headwaters.RuntimeStopped', cause: 'the local runtime was stopped while the execution ran' });
    }
    saveExecutions(this.records(), folder);
  }

  restore(folder: string): void {
    for (const record of restoreExecutions(folder)) this.ended.set(record.arn, record);
  }

  private records(): readonly ExecutionRecord[] {
    return [...this.ended.values(), ...[...this.executions.values()].map(({ record }) => record)];
  }
}

/** Names are of Standard executions alone: of one name there may be many of an Express workflow. */
const arnOfExecution = ({ arn, type }: StateMachineSettings, name: string): string =>
  type === 'EXPRESS'
    ? `${arn.replace(':stateMachine:', ':express:')}:${name}:${randomUUID()}`
    : `${arn.replace(':stateMachine:', ':execution:')}:${name}`;

function readable(parse: () => Definition): Pick<StateMachine, 'definition' | 'lacking'> {
  try {
    return { definition: parse(), lacking: undefined };
  } catch (error) {
    if (error instanceof NotSimulated) return { definition: undefined, lacking: error.message };
    throw error;
  }
}

function asStatesError<Result>(ask: () => Result, code: string): Result {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ServiceError) throw new StatesError(code, error.message);
    throw error;
  }
}
