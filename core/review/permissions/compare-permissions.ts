import { same } from '../../contract/compatibility/canonical.ts';
import { bound, danger } from '../danger.ts';
import { accountsIn, knownAccounts } from '../accounts.ts';
import type { Resource, Templates } from '../../aws/template.ts';
import { covers } from './covers.ts';
import { BEYOND_BOUNDARY, heldByStack, holderKey, isIdentity, MANAGED_POLICY, type Held, type Holder } from './held.ts';
import { openings, widenings, type Widened } from './openings.ts';
import { originalsOpened, readersOf, type Readers } from './originals.ts';
import { permissionDanger, type PermissionDanger } from './permission-danger.ts';
import { powersGained, powersOf, type Powers } from './powers.ts';
import { reachingOut } from './reaching-out.ts';
import { ALL_BUT, type Permission } from './statement.ts';
import { wholeResource, wholeResourcesOf } from './whole-resources.ts';

/** What one holder may do since the change, or may no longer do. */
export interface PermissionChange {
  readonly holder: Holder;
  /** Whoever it is was not there before. */
  readonly isNew: boolean;
  /** Allowed now and not before; or denied before and no longer. */
  readonly gained: readonly Permission[];
  readonly lost: readonly Permission[];
  /** Allowed before and now, under another condition that is not surely narrower. */
  readonly widened: readonly Widened[];
  readonly dangers: readonly PermissionDanger[];
}

const NOTHING_HELD: ReadonlyMap<string, Held> = new Map();

/** Who gains or loses what. A stack that is gone loses nothing: nobody has taken it down yet. */
export function comparePermissions(before: Templates, after: Templates): readonly PermissionChange[] {
  const [heldBefore, heldAfter] = [heldByStack(before), heldByStack(after)];
  const wholeResources = wholeResourcesOf(heldBefore);
  const readers = readersOf(before, heldBefore, after);
  const powers = powersOf(heldBefore);
  return [...after].flatMap(([stack, template]) => {
    const old = before.get(stack);
    const named = old === undefined ? before : new Map([[stack, old]]);
    const known = { accounts: knownAccounts(named, after), wholeResources, readers, powers };
    const [was, is] = [heldBefore.get(stack) ?? NOTHING_HELD, heldAfter.get(stack) ?? NOTHING_HELD];
    const keys = [...new Set([...was.keys(), ...is.keys()])].sort();
    return keys.flatMap((key) => {
      const [one, other] = [was.get(key), is.get(key)];
      const holder = other?.holder ?? one?.holder;
      if (holder === undefined || isGoneWithItsResource(holder, old?.resources, template.resources)) return [];
      const identity = is.get(holderKey(stack, { ...holder, kind: 'identity' }));
      const change = compareHeld(holder, { before: one, after: other, identity }, known);
      return change === undefined ? [] : [{ ...change, isNew: one === undefined && old?.resources.has(holder.id) !== true }];
    });
  });
}

/**
 * A resource or a role that is gone is told as such: that its policy allows and denies nothing any more tells nothing. A managed policy of
 * nobody in the template may be somebody's elsewhere, whom it denies nothing any more.
 */
function isGoneWithItsResource(
  { id, kind }: Holder,
  before: ReadonlyMap<string, Resource> | undefined,
  after: ReadonlyMap<string, Resource>,
): boolean {
  const old = before?.get(id);
  return old !== undefined && !after.has(id) && (kind !== 'identity' || isIdentity(old));
}

/** What the old version names already. */
interface Known {
  /** Those that the stack names; those that anything names, where the stack is new. */
  readonly accounts: ReadonlySet<string>;
  readonly wholeResources: ReadonlySet<string>;
  readonly readers: Readers;
  readonly powers: Powers;
}

/** What somebody held and holds; of a trust policy, what whoever becomes the role may do. */
interface Compared {
  readonly before: Held | undefined;
  readonly after: Held | undefined;
  readonly identity: Held | undefined;
}

function compareHeld(
  holder: Holder,
  { before, after, identity }: Compared,
  known: Known,
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
  /** What it resembles is there no longer as it was, or limits nobody any more: else it stands beside that, and is judged like anything new. */
  const isChanged = ({ permission }: { readonly permission: Permission }) =>
    holder.kind === 'identity' ||
    Object.keys(permission.condition).length === 0 ||
    of('Allow', old).some((other) => isAlike(permission, other) && !now.some((one) => same(one, other)));
  const undenied = beyond(of('Deny', old), of('Deny', now));
  const gained = [...allowed.filter((permission) => !widened.some((change) => change.permission === permission)), ...undenied];
  const lost = [
    ...disallowed.filter((permission) => !widened.some((change) => isAlike(change.permission, permission))),
    ...beyond(of('Deny', now), of('Deny', old)),
  ];
  const changed = widened.filter(isChanged);
  const letIn = allowed.filter(
    (permission) => permission.principal === '*' || !changed.some((change) => change.permission === permission),
  );
  const told = [
    ...openings(holder, letIn),
    ...wildcards(holder, allowed, known.wholeResources),
    ...undenials(undenied),
    ...openedToAccounts(allowed, known.accounts),
    ...reachingOut(holder, allowed, known.accounts),
    ...(holder.kind === 'identity' || before === undefined ? [] : shutOut(lost, of('Allow', now))),
    ...widenings(holder, changed),
    ...unreadable(before, after),
  ];
  const untold = allowed.filter((permission) => !told.some((found) => found.permission === permission));
  const opened = originalsOpened(holder, untold, identity, known.readers);
  const rest = untold.filter((permission) => !opened.some((found) => found.permission === permission));
  const dangers = [...told, ...opened, ...powersGained(holder, rest, known.powers)].flatMap((found) =>
    bound([found], [widened.find(({ permission }) => permission === found.permission)?.before, found.permission]),
  );
  return gained.length + lost.length + widened.length + dangers.length === 0
    ? undefined
    : { holder, gained, lost, widened, dangers: distinct(dangers) };
}

const isAlike = (one: Permission, other: Permission): boolean =>
  one.action === other.action &&
  one.resource === other.resource &&
  one.principal === other.principal &&
  same(one.when, other.when);

const isWildcard = ({ action }: Permission): boolean =>
  action.includes('*') || action.startsWith(ALL_BUT) || action === MANAGED_POLICY;

/** What is more than anybody wrote out: an action with a wildcard, or one on resources of every name, which nobody was allowed so far. */
function wildcards({ kind }: Holder, allowed: readonly Permission[], known: ReadonlySet<string>): readonly PermissionDanger[] {
  const isEverywhere = (permission: Permission): boolean => {
    const whole = kind === 'identity' ? wholeResource(permission) : undefined;
    return whole !== undefined && !known.has(whole);
  };
  return allowed
    .filter((permission) => isWildcard(permission) || isEverywhere(permission))
    .map((permission) => permissionDanger('WildcardGained', permission, 'more than anybody wrote out'));
}

const undenials = (undenied: readonly Permission[]): readonly PermissionDanger[] =>
  undenied.map((permission) =>
    permission.action === BEYOND_BOUNDARY
      ? permissionDanger('BoundaryDropped', permission, 'limited no longer')
      : permissionDanger('DenyDropped', permission, 'no longer denied to all that it was denied to'),
  );

/** S3 knows an account by this, too; one of a resource of the stack is an attribute of it. */
const isOfCanonicalUser = ({ principal }: Permission): boolean => /^CanonicalUser [0-9a-f]{64}$/.test(principal);

/** By which keys a condition says for whom a service may act, or who may. */
const ON_BEHALF = ['aws:sourcearn', 'aws:sourceaccount', 'aws:principalarn', 'aws:principalaccount'];

/** Texts that say who is let in. */
const lettingIn = ({ principal, condition }: Permission): readonly string[] => [
  principal,
  ...Object.values(condition).flatMap((keys) => ON_BEHALF.flatMap((key) => keys[key] ?? [])),
];

const openedToAccounts = (allowed: readonly Permission[], known: ReadonlySet<string>): readonly PermissionDanger[] =>
  allowed
    .filter(
      (permission) =>
        isOfCanonicalUser(permission) ||
        lettingIn(permission)
          .flatMap(accountsIn)
          .some((account) => !known.has(account)),
    )
    .map((permission) => permissionDanger('OpenedToAccount', permission, 'allowed to an account that the stack did not name'));

/** A resource or a role that lets fewer in: whether something still needs it, no template says. */
const shutOut = (lost: readonly Permission[], allowed: readonly Permission[]): readonly PermissionDanger[] =>
  lost
    .filter((permission) => !allowed.some((other) => isAlike(other, permission)))
    .map((permission) =>
      permissionDanger(
        'AccessDropped',
        permission,
        `${permission.effect === 'Deny' ? 'denied' : 'no longer allowed'}; see that nothing needs it`,
      ),
    );

function unreadable(before: Held | undefined, after: Held | undefined): readonly PermissionDanger[] {
  const isUnreadable = before?.isUnreadable === true || after?.isUnreadable === true;
  if (!isUnreadable || same(before?.documents, after?.documents)) return [];
  const does = 'a policy changed that is not in the form of one: nobody can say what it allows';
  return bound([{ ...danger('UnreadablePolicy', does), does }], [before?.documents, after?.documents]);
}

const distinct = (dangers: readonly PermissionDanger[]): readonly PermissionDanger[] => [
  ...new Map(dangers.map((found) => [`${found.code} ${found.says}`, found])).values(),
];
