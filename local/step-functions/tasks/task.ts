import type { Caller } from '../../service.ts';

/** What a state machine may call, by what follows `:states:::` in the ARN of a task's resource. */
export type Task = (input: unknown, caller: Caller) => Promise<unknown>;

/** Whose task it is: ARNs. */
export interface Within {
  readonly stateMachineArn: string;
  readonly executionArn: string;
}

/** A task that tells whose it is. */
export type SignedTask = (input: unknown, caller: Caller, within: Within) => Promise<unknown>;
