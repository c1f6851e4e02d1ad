import type { PermissionChange } from '../permissions/compare-permissions.ts';
import type { Holder } from '../permissions/held.ts';
import type { Permission } from '../permissions/statement.ts';
import { grouped } from '../../grouped.ts';
import { listing } from './listing.ts';
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

export const headOf = ({ holder: { kind, path }, isNew }: PermissionChange): string =>
  `${isNew ? '**new** ' : ''}${HEADS[kind]}${path === undefined ? '' : ` ${path}`}`;

/** Each permission once: what is dangerous as such, accepted or not, and all else as a gain or a loss. */
function linesOf(change: PermissionChange): readonly string[] {
  const { isNew, gained, lost, widened } = change;
  const told = change.dangers.flatMap(({ permission }) => permission ?? []);
  const untold = (permissions: readonly Permission[]) => permissions.filter((permission) => !told.includes(permission));
  return [
    ...renderDangers(change),
    ...together(of('Allow', untold(gained))).map((group) => `  - gains ${wordsOf(group)}`),
    ...together(of('Deny', untold(gained))).map((group) => `  - is no longer denied ${wordsOf(group)}`),
    ...renderWidened(widened.filter(({ permission }) => !told.includes(permission))),
    ...together(of('Allow', untold(lost))).map((group) => `  - loses ${wordsOf(group)}`),
    ...together(isNew ? [] : of('Deny', untold(lost))).map((group) => `  - is denied ${wordsOf(group)}`), // of what is new, gains tell enough
  ];
}

/** What nobody accepted: the permissions of one danger together, each under the first of its dangers. */
function renderDangers({ dangers, widened }: PermissionChange): readonly string[] {
  const open = dangers.filter(({ accepted }) => accepted === undefined);
  const said = grouped(open, ({ permission, ...found }) => [permission ?? found.code]).map(([first, ...more]) => ({
    codes: [first, ...more].map((found) => found.code),
    does: [first, ...more].map((found) => found.does).join('; '),
    permission: first.permission,
  }));
  const unread = said
    .filter(({ permission }) => permission === undefined)
    .map(({ codes, does }) => `  - ${names(codes)}: ${does}`);
  const alike = grouped(
    said.flatMap(({ codes, does, permission }) =>
      permission === undefined ? [] : [{ codes, does, permission, change: changeOf(permission, widened) }],
    ),
    ({ codes, does, permission, change }) => [
      codes,
      does,
      change,
      permission.principal,
      permission.when,
      change === '' && permission.condition,
    ],
  );
  return [
    ...alike.flatMap((all) => {
      const [{ codes, does, change }] = all;
      const permissions = all.map(({ permission }) => (change === '' ? permission : { ...permission, condition: {} }));
      return together(permissions).map((group) => `  - ${names(codes)}: ${wordsOf(group)}${change}: ${does}`);
    }),
    ...unread,
  ];
}

const names = (codes: readonly string[]): string => codes.map(code).join(', ');

/** How the condition of a permission changed, where the permission itself did not. */
function changeOf(permission: Permission, widened: PermissionChange['widened']): string {
  const before = widened.find((change) => change.permission === permission)?.before ?? [];
  return before.length === 0 ? '' : `, ${before.map((was) => conditionChange(was, permission.condition)).join(', or ')}`;
}

const renderWidened = (widened: PermissionChange['widened']): readonly string[] =>
  grouped(
    widened.map(({ permission, before }) => ({
      permission,
      words: before.map((was) => conditionChange(was, permission.condition)).join(', or '),
    })),
    ({ permission: { resource, principal, when }, words }) => [resource, principal, when, words],
  ).map((alike) => {
    const [{ permission, words }] = alike;
    const actions = alike.map((one) => one.permission.action).sort();
    return `  - under another condition ${wordsOf({ ...permission, actions, resources: [permission.resource], condition: {} })}: ${words}`;
  });

const of = (effect: Permission['effect'], permissions: readonly Permission[]): readonly Permission[] =>
  permissions.filter((permission) => permission.effect === effect);

/** Permissions that differ by action or resource alone. */
interface Group extends Pick<Permission, 'principal' | 'condition' | 'when'> {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

function together(permissions: readonly Permission[]): readonly Group[] {
  const byResource = grouped(permissions, ({ resource, principal, condition, when }) => [
    resource,
    principal,
    condition,
    when,
  ]).map((all) => ({
    ...all[0],
    actions: all.map(({ action }) => action).sort(),
  }));
  return grouped(byResource, ({ actions, principal, condition, when }) => [actions, principal, condition, when]).map((all) => ({
    ...all[0],
    resources: all.map(({ resource }) => resource),
  }));
}

function wordsOf({ actions, resources, principal, condition, when = [] }: Group): string {
  const where = resources
    .filter((resource) => resource !== '')
    .map(code)
    .join(', ');
  const who = principal === '' ? '' : `, to ${code(principal)}`;
  const branch = when.length === 0 ? '' : `, if ${when.join(' and ')}`;
  return `${actions.map(code).join(', ')}${where === '' ? '' : ` on ${where}`}${who}${branch}${conditionWords(condition)}`;
}
