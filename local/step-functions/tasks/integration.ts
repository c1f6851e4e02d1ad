import type { Caller } from '../../service.ts';
import type { SignedTask } from './task.ts';

/** A job that a task has started, and waits for. */
export interface RunningJob {
  /** Settles when the job is over, where it takes no simulated time. @default - it takes simulated time */
  readonly inRealTime?: Promise<void>;
  readonly isOver: () => boolean;
  /** Has `listener` told when it is over. */
  readonly onOver: (listener: () => void) => void;
  /** What came of it, once it is over. @throws StatesError States.TaskFailed */
  readonly result: () => Promise<unknown>;
  /** @throws StatesError, ServiceError */
  readonly stop: () => Promise<void>;
}

/** @param answer What the service answered to the task @param caller Makes a session of the state machine's role */
export type Job = (answer: unknown, caller: () => Caller) => RunningJob;

/** A request that its service holds back until there is something to answer with. */
export interface LongPoll {
  /** The member of the request that says for how many seconds at most. */
  readonly wait: string;
  /** For how many seconds where the request does not say. @default - not at all */
  readonly otherwise?: (asked: unknown) => number;
  readonly isFound: (answer: unknown) => boolean;
}

/** A service that tasks call. */
export interface Integration {
  readonly call: SignedTask;
  /** Whether a task may wait until somebody gives its token back. @default false */
  readonly waits?: boolean;
  /** Jobs that a task may wait for, by the pattern: `sync`. @default - none */
  readonly jobs?: Readonly<Record<string, Job>>;
  /** The rule of EventBridge by which Step Functions hears of its jobs, and which the role must be allowed to make. @default - it asks */
  readonly rule?: string;
  /** Whether it tells how a query or an execution goes on: the task goes on once these have come as far as they come at this moment, so that who asks again need not ask for ever. @default false */
  readonly looks?: boolean;
  /** How its service waits for something to answer with. @default - it answers at once */
  readonly polls?: LongPoll;
}
