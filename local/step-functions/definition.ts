import type { Template } from './expressions.ts';

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

/** Where a state goes on, and what it makes of its result. */
export interface Exit {
  /** Absent at the end. */
  readonly next?: string;
  readonly output?: Template;
  readonly assign?: Template;
}

export interface Catcher extends Exit {
  readonly errors: readonly string[];
}

export interface Fallible {
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

export interface TaskState extends Exit, Fallible {
  readonly type: 'Task';
  /** `lambda:invoke`, `aws-sdk:s3:listObjectsV2`: what follows `:states:::` in the ARN. */
  readonly resource: string;
  readonly arguments?: Template;
  readonly timeoutSeconds?: Template;
}
export interface MapState extends Exit, Fallible {
  readonly type: 'Map';
  readonly items?: Template;
  readonly itemSelector?: Template;
  readonly processor: Machine;
  /** Whether each item is a child execution of its own. */
  readonly distributed: boolean;
  /** Whether those are Express workflows. */
  readonly express: boolean;
  /** Part of the ARN of its runs. */
  readonly label: string;
  readonly maxConcurrency: Template;
  readonly toleratedPercentage?: Template;
  readonly toleratedCount?: Template;
}
export interface ParallelState extends Exit, Fallible {
  readonly type: 'Parallel';
  readonly branches: readonly Machine[];
  readonly arguments?: Template;
}
export interface ChoiceState extends Exit {
  readonly type: 'Choice';
  readonly rules: readonly (Exit & { readonly condition: Template })[];
}
export interface WaitState extends Exit {
  readonly type: 'Wait';
  readonly seconds?: Template;
  readonly timestamp?: Template;
}
export interface FailState {
  readonly type: 'Fail';
  readonly error?: Template;
  readonly cause?: Template;
}
export interface PlainState extends Exit {
  readonly type: 'Pass' | 'Succeed';
}
export type State = TaskState | MapState | ParallelState | ChoiceState | WaitState | FailState | PlainState;

/** States of an execution, of a branch, or of a Map's items. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface Definition extends Machine {
  readonly timeoutSeconds?: number;
}
