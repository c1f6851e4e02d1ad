import type { Danger } from '../danger.ts';
import type { Review } from '../review.ts';
import { headOf } from './permissions.ts';

/** A place with its dangers, as the report calls it. */
export interface DangerousPlace {
  /** A stack's name, or that of a contract. */
  readonly stack: string;
  /** Logical id; absent for the stack or the contract itself. */
  readonly id?: string;
  readonly head: string;
  readonly dangers: readonly Danger[];
  readonly hint?: string;
}

/** Stacks and resources; who may do what has a section of its own. */
export const placesOf = ({ moves, stacks, resources, contracts = [] }: Review): readonly DangerousPlace[] => [
  ...moves.flatMap(({ stacks: names, dangers }) => names.map((stack) => ({ stack, dangers, head: '**moved** stack' }))),
  ...stacks.map(({ kind, ...change }) => ({ ...change, head: `**${kind}** stack` })),
  ...resources.map(({ kind, type, ...change }) => ({ ...change, head: `**${kind}** ${type}` })),
  ...contracts.map(({ name, dangers }) => ({ stack: name, dangers, head: '**opened** contract' })),
];

export const holdersOf = ({ permissions }: Review): readonly DangerousPlace[] =>
  permissions.map((change) => ({
    stack: change.holder.stack,
    id: change.holder.id,
    head: headOf(change),
    dangers: change.dangers,
  }));
