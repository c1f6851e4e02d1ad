import type { HeldByStack } from './held.ts';
import type { Permission } from './statement.ts';

/** `*`, all of one service, or all of one of its types in an account; a bucket's ARN has no account, and its name is no type. */
const EVERYTHING = /^(?:\*|arn:(?:[^:]*:){4}\*(?:\/\*)?|arn:(?:[^:]*:){3}[^:]+:[\w-]+[/:]\*|all but .*)$/;

const shapeOf = ({ resource }: Permission): string => resource.replaceAll(/\$\{[^}]*\}/g, 'x');

/** An action on resources that nobody wrote out; undefined where somebody did. */
export const wholeResource = (permission: Permission): string | undefined =>
  EVERYTHING.test(shapeOf(permission)) ? `${permission.action} ${shapeOf(permission)}` : undefined;

/** What identities might do on whole types already: some actions know no resource, and every dataset's roles have them. */
export const wholeResourcesOf = (held: HeldByStack): ReadonlySet<string> =>
  new Set(
    [...held.values()]
      .flatMap((stack) => [...stack.values()])
      .filter(({ holder }) => holder.kind === 'identity')
      .flatMap(({ permissions }) => permissions)
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((permission) => wholeResource(permission) ?? []),
  );
