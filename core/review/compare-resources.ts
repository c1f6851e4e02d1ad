import { ordered, same } from '../contract/compatibility/canonical.ts';
import { accountsIn } from './accounts.ts';
import { judgeAttributes, judgeNewAttributes } from './attributes.ts';
import { bound, danger, type Danger } from './danger.ts';
import { likelySuccessor, renameHint, type Placed } from './renamed.ts';
import { RULES } from './rules/index.ts';
import { judgeParts, toldAsPermission } from './rules/judge.ts';
import { hasMaskedAsset, withoutAssets, type Resource, type StackTemplate } from '../aws/template.ts';
import { isObject, listOf } from './value.ts';

/** What becomes of a resource: the worst that is known of it. `orphaned`: it stays, and no stack knows it any more. */
export type ChangeKind = 'added' | 'changed' | 'replaced' | 'deleted' | 'orphaned' | 'shortened';

export interface ResourceChange {
  readonly stack: string;
  /** Logical id. */
  readonly id: string;
  readonly type: string;
  /** Whether it holds what nobody can make anew. */
  readonly isStateful: boolean;
  readonly kind: ChangeKind;
  /** Paths of the properties and attributes that differ. */
  readonly properties: readonly string[];
  /** Nothing differs but the hash of its code. */
  readonly isCodeOnly: boolean;
  readonly dangers: readonly Danger[];
  /** What it may have become. */
  readonly hint?: string;
}

/** What is known of other stacks. */
export interface Known {
  readonly accounts: ReadonlySet<string>;
  /** The resources of the stack's environment. */
  readonly peers: readonly Resource[];
  /** What the new version has, and the old one had not. */
  readonly come: readonly Placed[];
}

/** Every resource that came, went or changed in one stack. */
export function compareResources(
  stack: string,
  before: StackTemplate,
  after: StackTemplate,
  known: Known,
): readonly ResourceChange[] {
  const ids = [...new Set([...before.resources.keys(), ...after.resources.keys()])].sort();
  return ids.flatMap((id) => {
    const [old, now] = [before.resources.get(id), after.resources.get(id)];
    if (now === undefined) return old === undefined ? [] : [removed({ stack, id, resource: old }, before, after, known.come)];
    if (old === undefined) return [added({ stack, id, resource: now }, after, known)];
    return isSame(old, now) ? [] : changed({ stack, id, resource: now }, old, after, known);
  });
}

/** Most resources are the same to the letter. */
const isSame = (one: Resource, other: Resource): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other) || same(one, other);

function added({ stack, id, resource }: Placed, template: StackTemplate, known: Known): ResourceChange {
  const { type } = resource;
  return {
    stack,
    id,
    type,
    isStateful: RULES[type]?.holds !== undefined,
    kind: 'added',
    properties: [],
    isCodeOnly: false,
    dangers: bound(additionDangers(resource, template, known), [undefined, told(resource)]),
  };
}

function additionDangers(resource: Resource, { resources }: StackTemplate, { accounts, peers }: Known): readonly Danger[] {
  const { type, properties } = resource;
  const rules = RULES[type];
  if (rules === undefined) return [unknownType(type)];
  const alike = rules.holds === undefined ? [] : peers.filter((peer) => peer.type === type);
  return [
    ...(typeof rules.addition === 'function' ? rules.addition(properties, resources) : []),
    ...judgeNewAttributes(resource, alike),
    ...strangersOf(resource, accounts),
  ];
}

/** Accounts that a resource names, and nothing named before. */
function strangersOf({ type, properties }: Resource, known: ReadonlySet<string>): readonly Danger[] {
  const told = Object.entries(properties).filter(([name]) => RULES[type]?.properties[name] !== toldAsPermission);
  return [...new Set(accountsIn(told))]
    .filter((account) => !known.has(account))
    .map((account) => danger('AccountNamed', `it names the account ${account}, which nothing named before`));
}

const unknownType = (type: string): Danger =>
  danger('UnknownType', `no rule knows ${type}; look up what the change does before you merge`);

function removed(gone: Placed, before: StackTemplate, after: StackTemplate, come: readonly Placed[]): ResourceChange {
  const { stack, id, resource } = gone;
  const { type, attributes } = resource;
  const rules = RULES[type];
  const isKept = ['Retain', 'RetainExceptOnCreate'].includes(String(attributes.DeletionPolicy));
  const successor = successorOf(resource, before, after);
  const kind = successor === undefined ? (isKept ? 'orphaned' : 'deleted') : 'replaced';
  const dangers = bound(removalDangers(resource, kind, successor), [told(resource), undefined]);
  const isTold = dangers.length === 0 || dangers.some(({ code }) => code === 'LogicalIdChanged');
  const likely = isTold ? undefined : likelySuccessor(gone, come);
  return {
    stack,
    id,
    type,
    isStateful: rules?.holds !== undefined,
    kind,
    properties: [],
    isCodeOnly: false,
    dangers,
    ...(likely === undefined ? {} : { hint: renameHint(gone, likely) }),
  };
}

function removalDangers({ type }: Resource, kind: ChangeKind, successor: string | undefined): readonly Danger[] {
  const rules = RULES[type];
  if (rules === undefined) return [unknownType(type)];
  if (rules.holds === undefined)
    return 'harmless' in rules.removal ? [] : [danger(rules.removal.code, `it is gone: ${rules.removal.does}`)];
  if (successor !== undefined)
    return [
      danger(
        'LogicalIdChanged',
        `it is called '${successor}' now: a new, empty one is made, and this one is let go with ${rules.holds}`,
      ),
    ];
  return kind === 'orphaned'
    ? [danger('ResourceOrphaned', `it stays with ${rules.holds}, and no stack looks after it any more`)]
    : [danger('ResourceDeleted', `it goes, and ${rules.holds} with it`)];
}

/** The resource that has another logical id and is otherwise the same. */
function successorOf(resource: Resource, before: StackTemplate, after: StackTemplate): string | undefined {
  const alike = [...after.resources].filter(
    ([id, { type, properties }]) => !before.resources.has(id) && type === resource.type && same(properties, resource.properties),
  );
  return alike.length === 1 ? alike[0]?.[0] : undefined;
}

function changed(
  { stack, id, resource: after }: Placed,
  before: Resource,
  template: StackTemplate,
  { accounts }: Known,
): readonly ResourceChange[] {
  const [old, now] = [before, after].map((resource) => JSON.stringify(ordered(withoutAssets(resource.properties))));
  const isCodeOnly = old === now && same(settled(before), settled(after));
  if (isCodeOnly && [before, after].some(({ properties }) => hasMaskedAsset(JSON.stringify(properties)))) return [];
  const dangers = bound(before.type === after.type ? judge(before, after, template, accounts) : [typeChanged(before, after)], [
    told(before),
    told(after),
  ]);
  const isStateful = [before, after].some(({ type }) => RULES[type]?.holds !== undefined);
  const properties = [...differing(before.properties, after.properties), ...differing(before.attributes, after.attributes)];
  if (properties.length === 0 && before.type === after.type) return [];
  return [{ stack, id, type: after.type, isStateful, kind: kindOf(dangers), properties, isCodeOnly, dangers }];
}

/** The attributes, but for the order of dependencies. */
const settled = ({ attributes }: Resource): Resource['attributes'] => ({
  ...attributes,
  DependsOn: listOf(attributes.DependsOn).map(String).sort(),
});

/** Paths of what differs, as deep as objects go. */
const differing = (before: Resource['attributes'], after: Resource['attributes'], prefix = ''): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((key) => !same(before[key], after[key]))
    .flatMap((key) => {
      const [old, now] = [before[key], after[key]];
      return isObject(old) && isObject(now) ? differing(old, now, `${prefix}${key}.`) : [`${prefix}${key}`];
    });

function judge(before: Resource, after: Resource, template: StackTemplate, accounts: ReadonlySet<string>): readonly Danger[] {
  const rules = RULES[after.type];
  if (rules === undefined) return [unknownType(after.type)];
  return [
    ...judgeParts(rules.properties, withoutAssets(before.properties), withoutAssets(after.properties), '', {
      before: before.properties,
      after: after.properties,
      resources: template.resources,
    }),
    ...judgeAttributes(before, after, template),
    ...strangersOf(after, new Set([...accounts, ...accountsIn(Object.entries(before.properties))])),
  ];
}

/** All that a resource is told, without the hashes of code and what is only noted beside it. */
const told = (resource: Resource): unknown => ({
  type: resource.type,
  properties: withoutAssets(resource.properties),
  attributes: { ...settled(resource), Metadata: undefined },
});

const typeChanged = (before: Resource, after: Resource): Danger =>
  danger('TypeChanged', `from ${before.type} to ${after.type}: CloudFormation refuses the update`);

function kindOf(dangers: readonly Danger[]): ChangeKind {
  const kinds = dangers.map(({ kind }) => kind);
  return kinds.includes('replacement') ? 'replaced' : kinds.includes('shortening') ? 'shortened' : 'changed';
}
