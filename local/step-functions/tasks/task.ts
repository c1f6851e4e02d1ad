import type { Caller } from '../../service.ts';

/** What a state machine may call, by what follows `:states:::` in the ARN of a task's resource. */
export type Task = (input: unknown, caller: Caller) => Promise<unknown>;
