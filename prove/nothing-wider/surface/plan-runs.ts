import type { Grant } from '../need.ts';
import type { NamedStatement } from '../statements/statement-names.ts';

/**
 * Shares out one statement of each kind among as few runs as will tell them apart: in a run no stack loses more than one, and what guards a
 * resource that all stacks use is lost alone.
 */
export function planRuns(grants: readonly Grant[]): readonly (readonly NamedStatement[])[] {
  const run = grants.filter(({ part, need }) => part === undefined && need?.how === 'run').map(({ statement }) => statement);
  const kinds = new Map<string, NamedStatement[]>();
  for (const statement of run) kinds.set(statement.kind, [...(kinds.get(statement.kind) ?? []), statement]);
  const runs: NamedStatement[][] = [];
  for (const candidates of kinds.values()) {
    const [first] = candidates;
    if (first === undefined) continue;
    const isShared = first.policy.hold === 'resource';
    const found = isShared
      ? undefined
      : runs.flatMap((members) => {
          const free = candidates.find(({ policy: { stack } }) => members.every((other) => !sharesWith(other, stack)));
          return free === undefined ? [] : [{ members, free }];
        })[0];
    if (found === undefined) runs.push([first]);
    else found.members.push(found.free);
  }
  return runs;
}

const sharesWith = ({ policy }: NamedStatement, stack: string): boolean => policy.hold === 'resource' || policy.stack === stack;
