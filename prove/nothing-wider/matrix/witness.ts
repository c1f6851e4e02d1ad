import type { Catalogue } from './catalogue.ts';
import type { Environment } from './read-environment.ts';
import { scopeOf, statementsIn } from './statement.ts';
import type { Target } from './target.ts';

const list = (value: unknown): readonly string[] => (value === undefined ? [] : [value].flat().map(String));

/**
 * Actions and resources of the roles' statements that nothing in the universe answers to: there the matrix would be blind, or the statement gives
 * nothing. One line for each.
 */
export function unwitnessed({ roles }: Environment, targets: readonly Target[], { byKind }: Catalogue): readonly string[] {
  const lines = roles.flatMap(({ actor, identity }) =>
    identity.flatMap(statementsIn).flatMap((raw) => {
      if (raw.Effect !== 'Allow' || raw.Action === undefined || raw.Resource === undefined) return [];
      const meets = (Action: unknown, Resource: unknown): boolean => {
        const { ofAction, ofResource } = scopeOf({ Effect: 'Allow', Action, Resource });
        return targets.some(({ kind, arn }) => ofResource(arn) && (byKind.get(kind) ?? []).some(ofAction));
      };
      return [
        ...list(raw.Action)
          .filter((action) => !meets(action, raw.Resource))
          .map((action) => `${actor}: '${action}' on none of its resources`),
        ...list(raw.Resource)
          .filter((resource) => !meets(raw.Action, resource))
          .map((resource) => `${actor}: none of its actions on '${resource}'`),
      ];
    }),
  );
  return [...new Set(lines)].sort();
}
