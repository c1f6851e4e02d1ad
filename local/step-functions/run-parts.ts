import type { SimulatedClock } from '../clock.ts';
import type { Ending } from './ending.ts';
import type { Machine } from './definition.ts';
import type { ObjectPlace } from '../s3/index.ts';
import type { Pace } from './pace.ts';
import type { Caller } from '../service.ts';
import type { Callback } from './task-tokens.ts';
import type { Integrations } from './tasks/integrations.ts';
import type { StatesError } from './states-error.ts';

/** One item of a distributed Map. */
export interface Child {
  readonly machine: Machine;
  readonly input: unknown;
  readonly express: boolean;
  /** Part of its ARN. */
  readonly label: string;
  /** Whether it is to go no further. */
  readonly ending: Ending;
}

/** What became of an item of a distributed Map. Times are milliseconds since the epoch, simulated. */
export interface ChildRun {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly input: unknown;
  readonly started: number;
  readonly stopped: number;
  readonly outcome: { readonly output: unknown } | { readonly failure: StatesError };
}

/** Runs an item of a distributed Map as an execution of its own. */
export type RunChild = (child: Child) => Promise<ChildRun>;

/** Where items and results of distributed Maps lie, with the rights of the state machine's role. @throws StatesError States.ItemReaderFailed, States.ResultWriterFailed */
export interface RunMapStorage {
  readonly read: (place: ObjectPlace) => Buffer;
  readonly list: (bucket: string, prefix: string) => readonly unknown[];
  readonly write: (bucket: string, key: string, body: Buffer) => void;
}

export interface RunParts {
  readonly clock: SimulatedClock;
  readonly pace: Pace;
  readonly region: string;
  /** Gives a task a token by which it may be answered. */
  readonly openCallback: () => Callback;
  /** Has it answered no more. */
  readonly closeCallback: (callback: Callback) => void;
  /** Resolves once what tasks have begun has ended, as far as it takes no simulated time: no wait begins before. */
  readonly settled: () => Promise<void>;
  /** What tasks call. */
  readonly integrations: Integrations;
  /** Makes a session of the state machine's role. @throws StatesError for a role that cannot be taken any more */
  readonly caller: () => Caller;
  readonly mapStorage: RunMapStorage;
  readonly runChild: RunChild;
  /** The ARN of a new run of a distributed Map. */
  readonly mapRunArn: (label: string) => string;
  /** `$states.context` but for what the state adds. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch, simulated: no wait goes beyond it. */
  readonly deadline: number;
}
