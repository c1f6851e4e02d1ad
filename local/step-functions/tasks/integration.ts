import type { Task } from './task.ts';

/** A service that tasks call. */
export interface Integration {
  readonly call: Task;
  /** Whether a task may wait until somebody gives its token back. @default false */
  readonly waits?: boolean;
}
