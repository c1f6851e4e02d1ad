import type { Resource, StackTemplate, Templates } from '../../aws/template.ts';
import { alternativesOf } from '../alternatives.ts';
import { remembered } from '../remembered.ts';
import { at, isObject, listOf, textOf } from '../value.ts';
import { ENDPOINT, OWN_POLICIES } from './own-policies.ts';
import { conditionOf, permissionsOf, type Permission } from './statement.ts';

/**
 * Whose permissions these are: an identity's own, who may become a role, who may do something with a resource by its own policy, or what a
 * network endpoint lets through.
 */
export interface Holder {
  readonly stack: string;
  readonly kind: 'identity' | 'trust' | 'resource' | 'endpoint';
  /** Logical id, or a name where the template has no more. */
  readonly id: string;
  /** IAM path of a role. */
  readonly path?: string;
}

export interface Held {
  readonly holder: Holder;
  readonly permissions: readonly Permission[];
  /** Some policy of it cannot be read. */
  readonly isUnreadable: boolean;
  /** All of its policies, to tell whether what cannot be read has changed. */
  readonly documents: readonly unknown[];
}

/** Something that grants. */
interface Grant {
  readonly holder: Pick<Holder, 'kind' | 'id'>;
  readonly permissions: readonly Permission[] | undefined;
  readonly document: unknown;
}

const IDENTITIES = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];
const POLICIES = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'];

export const holderKey = (stack: string, { kind, id }: Pick<Holder, 'kind' | 'id'>): string => JSON.stringify([stack, kind, id]);

export const isIdentity = ({ type }: Resource): boolean => IDENTITIES.includes(type);

/** What the policies of each stack say. */
export type HeldByStack = ReadonlyMap<string, ReadonlyMap<string, Held>>;

export const heldByStack = (templates: Templates): HeldByStack =>
  new Map([...templates].map(([stack, template]) => [stack, heldIn(stack, template)]));

/** All that the policies of a stack say, by whom it is said of. */
function heldIn(stack: string, template: StackTemplate): ReadonlyMap<string, Held> {
  const byHolder = new Map<string, Held>();
  for (const { holder, permissions, document } of grantsIn(template)) {
    const key = holderKey(stack, holder);
    const path = template.resources.get(holder.id)?.properties.Path;
    const before = byHolder.get(key);
    byHolder.set(key, {
      holder: { stack, ...holder, ...(typeof path === 'string' ? { path } : {}) },
      permissions: [...(before?.permissions ?? []), ...(permissions ?? [])],
      isUnreadable: (before?.isUnreadable ?? false) || permissions === undefined,
      documents: [...(before?.documents ?? []), document],
    });
  }
  return byHolder;
}

const grantsIn = remembered((template: StackTemplate): readonly Grant[] =>
  [...template.resources].flatMap(([id, resource]) => grantsOf(id, resource, template)),
);

function grantsOf(id: string, resource: Resource, template: StackTemplate): readonly Grant[] {
  const { type, properties } = resource;
  if (isIdentity(resource)) return ofIdentity(id, properties, template);
  if (POLICIES.includes(type)) {
    const holders = ['Roles', 'Users', 'Groups'].flatMap((key) => listOf(properties[key]).map(nameOf));
    return (holders.length === 0 ? [id] : holders).map((holder) => grant('identity', holder, properties.PolicyDocument));
  }
  if (type === 'AWS::Lambda::Permission') return [ofInvocation(properties)];
  if (type === 'AWS::LakeFormation::PrincipalPermissions') return [ofLakeFormation(properties)];
  const policy = OWN_POLICIES[type];
  if (policy === undefined) return [];
  const about = policy.about === undefined ? [id] : listOf(properties[policy.about]).map(nameOf);
  const stated = policy.documents(resource);
  const absent = policy.absent === undefined ? [] : [{ document: policy.absent, part: undefined }];
  return (stated.length === 0 ? absent : stated).flatMap(({ document, part }) =>
    about.map((subject) => ofPart(grant(type === ENDPOINT ? 'endpoint' : 'resource', subject, document), part)),
  );
}

/** What a policy of a part says of all is of that part only. */
const ofPart = ({ permissions, ...granted }: Grant, part: string | undefined): Grant => ({
  ...granted,
  permissions: part === undefined ? permissions : permissions?.map((one) => ({ ...one, resource: `${part}: ${one.resource}` })),
});

const grant = (kind: Holder['kind'], id: string, document: unknown): Grant => ({
  holder: { kind, id },
  permissions: permissionsOf(document),
  document,
});

/** A reference by the logical id that it names. */
const nameOf = (value: unknown): string => textOf(value).replace(/^\$\{(\w+)(?:\.\w+)?\}$/, '$1');

/** The limit of an identity is like a denial of all beyond it; a managed policy of somebody else is taken as a whole. */
export const BEYOND_BOUNDARY = 'what is beyond the boundary';
export const MANAGED_POLICY = 'all of the managed policy';
const whole = (effect: Permission['effect'], action: string, resource: unknown): readonly Permission[] => [
  { effect, action, resource: textOf(resource), principal: '', condition: {} },
];

function ofIdentity(id: string, properties: Resource['properties'], { resources }: StackTemplate): readonly Grant[] {
  const { AssumeRolePolicyDocument: trust, PermissionsBoundary: boundary } = properties;
  const managed = listOf(properties.ManagedPolicyArns).filter((arn) => {
    const type = resources.get(nameOf(arn))?.type;
    return type === undefined || !POLICIES.includes(type);
  });
  const attached = listOf(properties.ManagedPolicyArns).flatMap((arn) => {
    const policy = resources.get(nameOf(arn));
    return policy !== undefined && POLICIES.includes(policy.type) ? [policy.properties.PolicyDocument] : [];
  });
  const inline = listOf(properties.Policies).map((policy) => at(policy, 'PolicyDocument'));
  return [
    { holder: { kind: 'identity', id }, permissions: [], document: undefined }, // it stands here though it may hold nothing
    ...[...inline, ...attached].map((document) => grant('identity', id, document)),
    ...managed.map((arn): Grant => ({
      holder: { kind: 'identity', id },
      permissions: whole('Allow', MANAGED_POLICY, arn),
      document: arn,
    })),
    ...(boundary === undefined
      ? []
      : [
          {
            holder: { kind: 'identity', id } as const,
            permissions: whole('Deny', BEYOND_BOUNDARY, boundary),
            document: boundary,
          },
        ]),
    ...(trust === undefined ? [] : [grant('trust', id, trust)]),
  ];
}

const SOURCES = ['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'FunctionUrlAuthType', 'EventSourceToken'];

/** A service by its name, as a statement would write it; else an account, a role or everybody. */
const invoker = (principal: unknown): string =>
  (/\.amazonaws\.com$/.test(textOf(principal)) ? 'Service ' : '') + textOf(principal);

function ofInvocation(properties: Resource['properties']): Grant {
  const sources = Object.fromEntries(SOURCES.filter((key) => key in properties).map((key) => [key, [properties[key]]]));
  const permissions = alternativesOf(properties.Principal).map(({ value, when }): Permission => ({
    effect: 'Allow',
    action: textOf(properties.Action),
    resource: textOf(properties.FunctionName),
    principal: invoker(value),
    condition: Object.keys(sources).length === 0 ? {} : conditionOf({ StringEquals: sources }),
    ...(when.length === 0 ? {} : { when }),
  }));
  return { holder: { kind: 'resource', id: nameOf(properties.FunctionName) }, permissions, document: properties };
}

function ofLakeFormation(properties: Resource['properties']): Grant {
  const who = at(properties.Principal, 'DataLakePrincipalIdentifier');
  const resource = isObject(properties.Resource) ? textOf(properties.Resource) : undefined;
  const allowed = (key: string, prefix: string) =>
    listOf(properties[key]).map((name): Permission => ({
      effect: 'Allow',
      action: `${prefix}${textOf(name)}`,
      resource: resource ?? '',
      principal: who === 'IAM_ALLOWED_PRINCIPALS' ? '*' : textOf(who),
      condition: {},
    }));
  return {
    holder: { kind: 'identity', id: nameOf(who) },
    permissions:
      resource === undefined
        ? undefined
        : [...allowed('Permissions', 'lakeformation:'), ...allowed('PermissionsWithGrantOption', 'lakeformation:grant ')],
    document: properties,
  };
}
