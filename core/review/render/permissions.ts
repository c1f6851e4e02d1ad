import type { PermissionChange } from '../permissions/compare-permissions.ts';
import type { Holder } from '../permissions/held.ts';
import type { Condition, Permission } from '../permissions/statement.ts';
import { gathered, listing } from './listing.ts';
import { dangerLines } from './resources.ts';
import { conditionChange, conditionWords } from './conditions.ts';
import { code } from './words.ts';

/** Who gains or loses what, holder by holder; those with a danger first. */
export const renderPermissions = (changes: readonly PermissionChange[]): readonly string[] =>
  listing(
    changes
      .filter((change) => linesOf(change).length > 0)
      .sort((one, other) => Number(other.dangers.length > 0) - Number(one.dangers.length > 0))
      .map((change) => ({ stack: change.holder.stack, id: change.holder.id, head: headOf(change), below: linesOf(change) })),
  );

const HEADS: Readonly<Record<Holder['kind'], string>> = {
  identity: 'role',
  trust: 'who may become',
  resource: 'the policy of',
  endpoint: 'what passes',
};

const headOf = ({ holder: { kind, path }, isNew }: PermissionChange): string =>
  `${isNew ? '**new** ' : ''}${HEADS[kind]}${path === undefined ? '' : ` ${path}`}`;

const linesOf = ({ isNew, gained, lost, widened, dangers }: PermissionChange): readonly string[] => [
  ...dangerLines(dangers),
  ...together(of('Allow', gained)).map((group) => `  - gains ${wordsOf(group)}`),
  ...together(of('Deny', gained)).map((group) => `  - is no longer denied ${wordsOf(group)}`),
  ...renderWidened(widened),
  ...together(of('Allow', lost)).map((group) => `  - loses ${wordsOf(group)}`),
  ...together(isNew ? [] : of('Deny', lost)).map((group) => `  - is denied ${wordsOf(group)}`), // of what is new, gains tell enough
];

const renderWidened = (widened: PermissionChange['widened']): readonly string[] =>
  gathered(
    widened.map(({ permission, before }) => ({
      permission,
      words: before.map((was) => conditionChange(was, permission.condition)).join(', or '),
    })),
    ({ permission: { resource, principal }, words }) => [resource, principal, words],
  ).map((alike) => {
    const [{ permission, words }] = alike;
    const actions = alike.map((one) => one.permission.action).sort();
    return `  - under another condition ${wordsOf({ actions, resources: [permission.resource], principal: permission.principal, condition: {} })}: ${words}`;
  });

const of = (effect: Permission['effect'], permissions: readonly Permission[]): readonly Permission[] =>
  permissions.filter((permission) => permission.effect === effect);

/** Permissions that differ by action or resource alone. */
interface Group {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal: string;
  readonly condition: Condition;
}

function together(permissions: readonly Permission[]): readonly Group[] {
  const byResource = gathered(permissions, ({ resource, principal, condition }) => [resource, principal, condition]).map(
    (all) => ({
      ...all[0],
      actions: all.map(({ action }) => action).sort(),
    }),
  );
  return gathered(byResource, ({ actions, principal, condition }) => [actions, principal, condition]).map((all) => ({
    actions: all[0].actions,
    resources: all.map(({ resource }) => resource),
    principal: all[0].principal,
    condition: all[0].condition,
  }));
}

function wordsOf({ actions, resources, principal, condition }: Group): string {
  const where = resources
    .filter((resource) => resource !== '')
    .map(code)
    .join(', ');
  const who = principal === '' ? '' : `, to ${code(principal)}`;
  return `${actions.map(code).join(', ')}${where === '' ? '' : ` on ${where}`}${who}${conditionWords(condition)}`;
}
