import type { Members } from '../input.ts';
import type { Evaluate, Leave, State } from './definition.ts';

/** Fields of a Task, a Map, its reader or its batcher that are whole numbers. */
export type CountField =
  | 'TimeoutSeconds'
  | 'HeartbeatSeconds'
  | 'MaxConcurrency'
  | 'ToleratedFailureCount'
  | 'MaxItems'
  | 'MaxItemsPerBatch'
  | 'MaxInputBytesPerBatch';

/**
 * A query language: how the fields of a state are read in it. Each method reads what it is named for from a state, a
 * rule of a Choice, or a catcher.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export interface Language {
  /** Fields of a state, beside those that every language has. */
  readonly fields: Readonly<Record<State['type'], readonly string[]>>;
  readonly catcherFields: readonly string[];
  /** What a reader of a Map's items asks for. */
  readonly argumentsField: 'Arguments' | 'Parameters';
  /** Fields of a Map's reader and of its batcher that stand for numbers, beside those that every language has. */
  readonly itemCounts: { readonly reader: readonly string[]; readonly batcher: readonly string[] };
  /** What it takes of its input. */
  given(state: Members): Evaluate;
  /** What a Pass does. */
  passed(state: Members): Evaluate;
  /** What a Task, a Parallel or a reader of a Map's items hands over. */
  arguments(state: Members): Evaluate;
  /** What it makes of its outcome. */
  leave(state: Members): Leave;
  /** What a catcher makes of an error. */
  caught(catcher: Members): Leave;
  /** Whether a rule of a Choice holds, and what it makes of what the state was given. */
  rule(rule: Members, state: Members): { readonly holds: Evaluate<boolean>; readonly leave: Leave };
  /** The end of a Wait, in milliseconds since the epoch. */
  until(state: Members): Evaluate<number>;
  /** What a Fail says. */
  said(state: Members, field: 'Error' | 'Cause'): Evaluate<string> | undefined;
  items(state: Members): Evaluate<readonly unknown[]>;
  itemSelector(state: Members): Evaluate | undefined;
  /** What a field is filled with. */
  filled(part: Members, field: string): Evaluate | undefined;
  count(state: Members, field: CountField): Evaluate<number> | undefined;
  /** The percentage of a Map's items that may fail. */
  percentage(state: Members): Evaluate<number> | undefined;
}

/** What AWS takes, and nothing here runs. */
export class NotSimulated extends Error {}
