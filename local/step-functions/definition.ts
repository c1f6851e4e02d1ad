import type { Step, Variables } from './strand.ts';

/** What a field of a state comes to, at `now` of the simulated clock. @throws StatesError */
export type Evaluate<Value = unknown> = (step: Step, now: number) => Promise<Value>;

/** What a state was given, did, or failed with. */
export interface Outcome {
  readonly kind: 'input' | 'result' | 'error';
  readonly value: unknown;
}

/** What a state hands on, and the variables that it assigns. @throws StatesError */
export type Leave = (
  step: Step,
  outcome: Outcome,
  now: number,
) => Promise<{ readonly output: unknown; readonly assigned: Variables }>;

/** Where a state goes on, and what it makes of its outcome. */
export interface Exit {
  /** Absent at the end. */
  readonly next?: string;
  readonly leave: Leave;
}

export interface Retrier {
  readonly errors: readonly string[];
  /** Seconds before the first retry. */
  readonly interval: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  /** Whether each delay is anything from 0 to its own length. */
  readonly jitter: boolean;
}

export interface Catcher extends Exit {
  readonly errors: readonly string[];
}

export interface Fallible {
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

interface Given {
  /** What the state takes of its input. */
  readonly given: Evaluate;
}

export interface PassState extends Given, Exit {
  readonly type: 'Pass';
  readonly result: Evaluate;
}
export interface SucceedState extends Given, Exit {
  readonly type: 'Succeed';
}
export interface TaskState extends Given, Exit, Fallible {
  readonly type: 'Task';
  /** `lambda:invoke`, `aws-sdk:s3:listObjectsV2`: what follows `:states:::` in the ARN; `lambda` for the ARN of a function. */
  readonly resource: string;
  /** The ARN of a function that is called without an integration. */
  readonly functionArn?: string;
  readonly arguments: Evaluate;
  readonly timeoutSeconds?: Evaluate<number>;
  readonly heartbeatSeconds?: Evaluate<number>;
}
/** How the rows of an object are written. */
export interface CsvFormat {
  readonly delimiter: string;
  /** @default - the first row */
  readonly headers?: readonly string[];
}
/** Where the items of a distributed Map lie. */
export interface ItemReader {
  /** Of S3: items are in an object, or are the objects themselves. */
  readonly operation: 'getObject' | 'listObjectsV2';
  readonly parameters: Evaluate;
  readonly format: 'JSON' | 'JSONL' | CsvFormat;
  /** 0 stands for all. */
  readonly maxItems?: Evaluate<number>;
}
/** How items are put together for one child. */
export interface ItemBatcher {
  readonly maxItems?: Evaluate<number>;
  /** Bytes of the child's input. */
  readonly maxBytes?: Evaluate<number>;
  /** What every batch is given. */
  readonly input?: Evaluate;
}
/** What becomes of the results of a distributed Map. */
export interface ResultWriter {
  /** Where in S3 they are written. @default - they are handed on */
  readonly parameters?: Evaluate;
  /** Whether each is told with its execution, is its output alone, or has the items of its list put in its place. */
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
  /** Whether each stands on a line of its own. */
  readonly lines: boolean;
}
export interface MapState extends Given, Exit, Fallible {
  readonly type: 'Map';
  readonly items: Evaluate<readonly unknown[]>;
  /** In the place of `items`. */
  readonly reader?: ItemReader;
  readonly itemSelector?: Evaluate;
  readonly batcher?: ItemBatcher;
  readonly writer?: ResultWriter;
  readonly processor: Machine;
  /** Whether each item is a child execution of its own. */
  readonly distributed: boolean;
  /** Whether those are Express workflows. */
  readonly express: boolean;
  /** Part of the ARN of its runs. */
  readonly label: string;
  readonly maxConcurrency?: Evaluate<number>;
  readonly toleratedPercentage?: Evaluate<number>;
  readonly toleratedCount?: Evaluate<number>;
}
export interface ParallelState extends Given, Exit, Fallible {
  readonly type: 'Parallel';
  readonly branches: readonly Machine[];
  readonly arguments: Evaluate;
}
export interface ChoiceState extends Given, Exit {
  readonly type: 'Choice';
  readonly rules: readonly (Exit & { readonly holds: Evaluate<boolean> })[];
}
export interface WaitState extends Given, Exit {
  readonly type: 'Wait';
  /** Milliseconds since the epoch. */
  readonly until: Evaluate<number>;
}
export interface FailState {
  readonly type: 'Fail';
  readonly error?: Evaluate<string>;
  readonly cause?: Evaluate<string>;
}
export type State = PassState | SucceedState | TaskState | MapState | ParallelState | ChoiceState | WaitState | FailState;

/** States of an execution, of a branch, or of a Map's items. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface Definition extends Machine {
  readonly timeoutSeconds?: number;
  /** Names of the rules of EventBridge by which Step Functions hears of the jobs that tasks wait for. */
  readonly rules: readonly string[];
}
