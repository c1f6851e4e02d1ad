import { randomUUID } from 'node:crypto';
import type { Caller } from '../service.ts';
import type { Definition } from './definition.ts';
import { Ending } from './ending.ts';
import { data, History, Trail, type HistoryEvent } from './history.ts';
import type { Child, ChildRun, RunParts } from './run-parts.ts';
import { Run } from './run.ts';
import { Ended, OutOfTime } from './strand.ts';
import { StatesError } from './states-error.ts';
import type { TaskTokens } from './task-tokens.ts';
import type { MapStorage } from './tasks/map-storage.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** An execution as it is told of, and kept once it has ended. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  /** JSON, as it was given. */
  readonly input: string;
  readonly status: Status;
  /** Milliseconds since the epoch, simulated. */
  readonly started: number;
  readonly stopped?: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly HistoryEvent[];
}

export interface ExecutionParts extends Omit<
  RunParts,
  'closeCallback' | 'context' | 'deadline' | 'mapRunArn' | 'mapStorage' | 'openCallback' | 'runChild'
> {
  readonly arn: string;
  readonly name: string;
  readonly stateMachine: {
    readonly arn: string;
    readonly name: string;
    readonly roleArn: string;
    readonly type: 'STANDARD' | 'EXPRESS';
    readonly definition: Definition;
  };
  readonly input: string;
  readonly mapStorage: MapStorage;
  readonly tokens: TaskTokens;
  /** Asks whether the role may start an item of a distributed Map. @throws StatesError */
  readonly mayStartChild: (caller: Caller) => void;
}

/** What an Express workflow may take: five minutes. @see https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html */
const EXPRESS_TAKES = 300_000;

/** One execution of a state machine. */
export class Execution {
  private now: ExecutionRecord;
  /** Told of its end. */
  readonly over = new Ending();
  private readonly history: History;
  private readonly run: Run;

  constructor(private readonly parts: ExecutionParts) {
    const { arn, name, input, stateMachine, clock } = parts;
    this.history = new History(() => clock.now());
    this.now = {
      arn,
      name,
      stateMachineArn: stateMachine.arn,
      input,
      status: 'RUNNING',
      started: clock.now(),
      events: this.history.events,
    };
    const { timeoutSeconds = Infinity } = stateMachine.definition;
    const takes = Math.min(timeoutSeconds * 1000, stateMachine.type === 'EXPRESS' ? EXPRESS_TAKES : Infinity);
    this.run = this.runOf(this.context(arn, name, JSON.parse(input)), clock.now() + takes);
  }

  get record(): ExecutionRecord {
    return this.now;
  }

  /** Runs it from the next move of the clock on. */
  begin(): void {
    const { pace, stateMachine, input } = this.parts;
    const trail = new Trail(this.history);
    const value: unknown = JSON.parse(input);
    trail.aside('ExecutionStarted', {
      executionStartedEventDetails: { ...data('input', value), input, roleArn: stateMachine.roleArn },
    });
    pace.begin(async () => {
      try {
        const output = JSON.stringify(await this.run.start(stateMachine.definition, value, trail));
        const details = { output, outputDetails: { truncated: false } };
        this.end('SUCCEEDED', trail, 'ExecutionSucceeded', { executionSucceededEventDetails: details }, { output });
      } catch (error) {
        if (error instanceof StatesError) {
          const failure = error.said;
          this.end('FAILED', trail, 'ExecutionFailed', { executionFailedEventDetails: failure }, failure);
        } else if (error instanceof OutOfTime) {
          this.end('TIMED_OUT', trail, 'ExecutionTimedOut', {}, {});
        } else if (!(error instanceof Ended)) {
          this.end('FAILED', trail, 'ExecutionFailed', {}, { error: 'Headwaters.RuntimeFault' });
          throw error;
        }
      }
    });
  }

  /** Ends it where it stands; what has ended stays as it is. */
  abort(failure: { readonly error?: string; readonly cause?: string }): void {
    this.end('ABORTED', new Trail(this.history), 'ExecutionAborted', { executionAbortedEventDetails: failure }, failure);
  }

  private end(
    status: Status,
    trail: Trail,
    event: string,
    details: Readonly<Record<string, object>>,
    outcome: Partial<Pick<ExecutionRecord, 'output' | 'error' | 'cause'>>,
  ): void {
    if (this.now.status !== 'RUNNING') return;
    this.run.end();
    trail.end(event, details);
    this.now = { ...this.now, ...outcome, status, stopped: this.parts.clock.now() };
    this.over.end();
  }

  private runOf(context: Readonly<Record<string, unknown>>, deadline: number): Run {
    const { parts } = this;
    return new Run({
      ...parts,
      context,
      deadline,
      openCallback: () => parts.tokens.open(parts.arn),
      closeCallback: (callback) => {
        parts.tokens.close(callback);
      },
      mapStorage: {
        read: (place) => parts.mapStorage.read(parts.caller(), place),
        list: (bucket, prefix) => parts.mapStorage.list(parts.caller(), bucket, prefix),
        write: (bucket, key, body) => {
          parts.mapStorage.write(parts.caller(), bucket, key, body);
        },
      },
      mapRunArn: (label) => `${this.arnWithin('mapRun')}/${label}:${randomUUID()}`,
      runChild: (child) => this.child(child, deadline),
    });
  }

  /** An item of a distributed Map: an execution, of which the parent keeps the outcome alone. @throws StatesError for one that may not be started */
  private async child({ machine, input, express, label, ending }: Child, deadline: number): Promise<ChildRun> {
    const { clock, stateMachine } = this.parts;
    this.parts.mayStartChild(this.parts.caller());
    const name = randomUUID();
    const about = {
      arn: `${this.arnWithin('execution')}/${label}:${name}`,
      name,
      stateMachineArn: `${stateMachine.arn}/${label}`,
      input,
      started: clock.now(),
    };
    const own = Math.min(deadline, clock.now() + (express ? EXPRESS_TAKES : Infinity));
    const run = this.runOf(this.context(about.arn, name, input), own);
    try {
      const output = await run.start(machine, input, new Trail(new History(() => clock.now())), ending);
      return { ...about, stopped: clock.now(), outcome: { output } };
    } catch (error) {
      return { ...about, stopped: clock.now(), outcome: { failure: this.failureOf(error, deadline) } };
    }
  }

  /** Why a child failed. @throws what ends the parent with it */
  private failureOf(error: unknown, deadline: number): StatesError {
    if (error instanceof StatesError) return error;
    if (!(error instanceof OutOfTime) || this.parts.clock.now() >= deadline) throw error;
    return new StatesError('States.Timeout', 'A child execution took more than five minutes.');
  }

  /** The ARN of what belongs to the state machine. */
  private arnWithin(kind: string): string {
    return this.parts.stateMachine.arn.replace(':stateMachine:', `:${kind}:`);
  }

  private context(id: string, name: string, input: unknown): Readonly<Record<string, unknown>> {
    const { stateMachine, clock } = this.parts;
    return {
      Execution: {
        Id: id,
        Input: input,
        Name: name,
        RoleArn: stateMachine.roleArn,
        StartTime: new Date(clock.now()).toISOString(),
        RedriveCount: 0,
      },
      StateMachine: { Id: stateMachine.arn, Name: stateMachine.name },
    };
  }
}
