import { same } from '../../contract/compatibility/canonical.ts';
import { danger, type Danger } from '../danger.ts';
import type { StackTemplate, Templates } from '../template.ts';
import { covers } from './covers.ts';
import { BEYOND_BOUNDARY, heldIn, MANAGED_POLICY, type Held, type Holder } from './held.ts';
import type { Condition, Permission } from './statement.ts';

/** What one holder may do since the change, or may no longer do. */
export interface PermissionChange {
  readonly holder: Holder;
  /** Whoever it is was not there before. */
  readonly isNew: boolean;
  /** Allowed now and not before; or denied before and no longer. */
  readonly gained: readonly Permission[];
  readonly lost: readonly Permission[];
  /** Allowed before and now, under another condition that is not surely narrower. */
  readonly widened: readonly { readonly permission: Permission; readonly before: readonly Condition[] }[];
  readonly dangers: readonly Danger[];
}

/** Who gains or loses what. A stack that is gone loses nothing: nobody has taken it down yet. */
export function comparePermissions(before: Templates, after: Templates): readonly PermissionChange[] {
  return [...after].flatMap(([stack, template]) => {
    const old = before.get(stack);
    const [was, is] = [old === undefined ? new Map<string, Held>() : heldIn(stack, old), heldIn(stack, template)];
    const accounts = old === undefined ? undefined : accountsIn(old);
    const keys = [...new Set([...was.keys(), ...is.keys()])].sort();
    return keys.flatMap((key) => {
      const [one, other] = [was.get(key), is.get(key)];
      const holder = other?.holder ?? one?.holder;
      if (holder === undefined || isGoneWithItsResource(holder, old?.resources, template.resources)) return [];
      if (holder.kind === 'endpoint' && one === undefined) return []; // a way without an endpoint has no limit at all
      const change = compareHeld(holder, one, other, accounts);
      return change === undefined ? [] : [{ ...change, isNew: one === undefined && old?.resources.has(holder.id) !== true }];
    });
  });
}

/** A resource that is gone is told as such: that its policy denies nothing any more tells nothing. */
const isGoneWithItsResource = (
  { id, kind }: Holder,
  before: ReadonlyMap<string, unknown> | undefined,
  after: ReadonlyMap<string, unknown>,
): boolean => kind !== 'identity' && before?.has(id) === true && !after.has(id);

function compareHeld(
  holder: Holder,
  before: Held | undefined,
  after: Held | undefined,
  accounts: ReadonlySet<string> | undefined,
): Omit<PermissionChange, 'isNew'> | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const [old, now] = [before?.permissions ?? [], after?.permissions ?? []];
  const beyond = (some: readonly Permission[], others: readonly Permission[]) =>
    some.filter((permission) => !others.some((other) => covers(other, permission)));
  const of = (effect: Permission['effect'], permissions: readonly Permission[]) =>
    permissions.filter((permission) => permission.effect === effect);

  const allowed = beyond(of('Allow', now), of('Allow', old));
  const disallowed = beyond(of('Allow', old), of('Allow', now));
  const widened = allowed.flatMap((permission) => {
    const alike = of('Allow', old).filter((other) => isAlike(permission, other));
    return alike.length === 0 ? [] : [{ permission, before: alike.map(({ condition }) => condition) }];
  });
  const undenied = beyond(of('Deny', old), of('Deny', now));
  const gained = [...allowed.filter((permission) => !widened.some((change) => change.permission === permission)), ...undenied];
  const lost = [
    ...disallowed.filter((permission) => !widened.some((change) => isAlike(change.permission, permission))),
    ...beyond(of('Deny', now), of('Deny', old)),
  ];
  const dangers = [
    ...dangersOf(allowed, undenied),
    ...(accounts === undefined ? [] : openedToAccounts(allowed, accounts)),
    ...(holder.kind === 'identity' || before === undefined ? [] : shutOut(lost, of('Allow', now))),
    ...widened
      .filter(({ permission }) => Object.keys(permission.condition).length === 0)
      .map(({ permission }) => danger('ConditionDropped', `${nameOf(permission)} is allowed under no condition any more`)),
    ...unreadable(before, after),
  ];
  return gained.length + lost.length + widened.length + dangers.length === 0
    ? undefined
    : { holder, gained, lost, widened, dangers: distinct(dangers) };
}

const isAlike = (one: Permission, other: Permission): boolean =>
  one.action === other.action && one.resource === other.resource && one.principal === other.principal;

const nameOf = ({ action, resource }: Permission): string => (resource === '' ? `'${action}'` : `'${action}' on '${resource}'`);

/** Gains that no reviewer should have to find in a list. */
function dangersOf(allowed: readonly Permission[], undenied: readonly Permission[]): readonly Danger[] {
  return [
    ...allowed
      .filter(({ principal }) => principal === '*')
      .map((permission) => danger('OpenedToAnyone', `anybody may do ${nameOf(permission)}, within what its condition says`)),
    ...allowed
      .filter(({ action }) => action.includes('*') || action.startsWith('all but ') || action === MANAGED_POLICY)
      .map((permission) => danger('WildcardGained', `${nameOf(permission)} is more than anybody wrote out`)),
    ...undenied.map((permission) =>
      permission.action === BEYOND_BOUNDARY
        ? danger('BoundaryDropped', `the boundary '${permission.resource}' limits it no longer`)
        : danger('DenyDropped', `${nameOf(permission)} is no longer denied to all that it was denied to`),
    ),
  ];
}

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
const numbersIn = (text: string): readonly string[] => text.match(ACCOUNT) ?? [];

/** Accounts that a stack names anywhere: its own, and those that it knew already. */
const accountsIn = ({ resources }: StackTemplate): ReadonlySet<string> =>
  new Set(numbersIn(JSON.stringify([...resources.values()])));

const openedToAccounts = (allowed: readonly Permission[], known: ReadonlySet<string>): readonly Danger[] =>
  allowed
    .filter(({ principal }) => numbersIn(principal).some((account) => !known.has(account)))
    .map((permission) =>
      danger(
        'OpenedToAccount',
        `${nameOf(permission)} is allowed to '${permission.principal}', of an account that the stack did not name`,
      ),
    );

/** A resource or a role that lets fewer in: whether something still needs it, no template says. */
const shutOut = (lost: readonly Permission[], allowed: readonly Permission[]): readonly Danger[] =>
  lost
    .filter((permission) => !allowed.some((other) => isAlike(other, permission)))
    .map((permission) =>
      danger(
        'AccessDropped',
        `${nameOf(permission)} is ${permission.effect === 'Deny' ? 'denied' : 'no longer allowed'} to '${permission.principal}'; see that nothing needs it`,
      ),
    );

function unreadable(before: Held | undefined, after: Held | undefined): readonly Danger[] {
  const isUnreadable = before?.isUnreadable === true || after?.isUnreadable === true;
  return isUnreadable && !same(before?.documents, after?.documents)
    ? [danger('UnreadablePolicy', 'a policy changed that is not in the form of one: nobody can say what it allows')]
    : [];
}

const distinct = (dangers: readonly Danger[]): readonly Danger[] => [
  ...new Map(dangers.map((found) => [`${found.code} ${found.says}`, found])).values(),
];
