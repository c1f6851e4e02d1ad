import type { Danger } from '../danger.ts';
import type { Review } from '../review.ts';
import { headOf } from './permissions.ts';

/** A place with its dangers, as the report calls it. */
export interface DangerousPlace {
  readonly stack: string;
  /** Logical id; absent for the stack itself. */
  readonly id?: string;
  readonly head: string;
  readonly dangers: readonly Danger[];
  readonly hint?: string;
}

/** Stacks and resources; who may do what has a section of its own. */
export const placesOf = ({ moves, stacks, resources }: Review): readonly DangerousPlace[] => [
  ...moves.flatMap(({ stacks: names, dangers }) => names.map((stack) => ({ stack, dangers, head: '**moved** stack' }))),
  ...stacks.map(({ kind, ...change }) => ({ ...change, head: `**${kind}** stack` })),
  ...resources.map(({ kind, type, ...change }) => ({ ...change, head: `**${kind}** ${type}` })),
];

export const holdersOf = ({ permissions }: Review): readonly DangerousPlace[] =>
  permissions.map((change) => ({
    stack: change.holder.stack,
    id: change.holder.id,
    head: headOf(change),
    dangers: change.dangers,
  }));
