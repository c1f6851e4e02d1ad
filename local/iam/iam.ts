import {
  authorize,
  explain,
  MalformedPolicyDocument,
  parsePolicyDocument,
  parseResourcePolicy,
  parseTrustPolicy,
  type AccessRequest,
  type Authorization,
  type Named,
  type NamedResourcePolicy,
  type Policies,
  type PolicyDocument,
  type Principal,
  type RequestContext,
  type ResourcePolicy,
} from '../../core/aws/iam/index.ts';
import { ServiceError, type Access, type Caller } from '../service.ts';
import { ADMINISTRATOR, AWS_MANAGED, isAwsManaged } from './aws-managed-policies.ts';
import { GuardedResources, type GuardedResource } from './guarded-resources.ts';
import { outsidersOf } from './outsiders.ts';
import { charactersOf, checkInlineQuota, checkQuota } from './quotas.ts';
import { reasonOf, refusal } from './refusal.ts';
import { globalContext, serviceContext } from './request-context.ts';
import { roleId } from './role-id.ts';
import type { NewManagedPolicy, NewRole, NewRolePolicy, Role } from './role.ts';
import { factsOf } from './session-facts.ts';

/** The policy of a resource as a template or a client gives it. */
export interface NewResourcePolicy extends Omit<GuardedResource, 'policy'> {
  /** What the policy speaks for, with all that lies in it: `arn:aws:s3:::bucket`. */
  readonly arn: string;
  readonly document: unknown;
  /** Nobody gets in unless the policy lets them: keys. @default false */
  readonly mustAllow?: boolean;
  /** What the service refuses a bad document with: `MalformedPolicy`. */
  readonly code: string;
  /** What it says of a principal that does not exist. @default 'Invalid principal in policy' */
  readonly invalidPrincipal?: string;
}

/** Hears of each request that policies decided, and how: those of the operator are decided by none. */
export type OnAccess = (request: AccessRequest, authorization: Authorization) => void;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const POLICY_NAME = /^[\w+=,.@-]{1,128}$/;

interface StoredRole extends Role {
  readonly policyArns: Set<string>;
  /** Its own policies, by name, with the characters that IAM counts of each. */
  readonly inline: Map<string, { readonly policy: Named<PolicyDocument>; readonly characters: number }>;
  readonly boundary: Named<PolicyDocument> | undefined;
}

function parsed<T>(parse: (document: unknown) => T, document: unknown, code = 'MalformedPolicyDocument'): T {
  try {
    return parse(document);
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw new ServiceError(code, error.message);
    throw error;
  }
}

/** The roles and policies of one account, and the decisions that follow from them. */
export class Iam implements Access {
  readonly accountId: string;
  readonly region: string;
  /** Milliseconds since the epoch, as `aws:CurrentTime` tells it. */
  readonly now: () => number;
  private readonly roles = new Map<string, StoredRole>();
  private readonly policies = new Map(AWS_MANAGED);
  private readonly resources = new GuardedResources();
  /** Callers of whom the account knows nothing: to them their own allows everything. */
  private readonly outsiders = new WeakSet<Caller>();
  private readonly onAccess: OnAccess | undefined;

  /**
   * @param now The time that policies see. Default: the wall clock.
   * @param onAccess Default: nobody is told.
   */
  constructor({
    accountId,
    region,
    now = Date.now,
    onAccess,
  }: {
    accountId: string;
    region: string;
    now?: () => number;
    onAccess?: OnAccess | undefined;
  }) {
    this.accountId = accountId;
    this.region = region;
    this.now = now;
    this.onAccess = onAccess;
  }

  /** @throws ServiceError EntityAlreadyExists, NoSuchEntity for a policy, LimitExceeded, MalformedPolicyDocument, a role of this account that does not exist among its reasons */
  addRole({ roleName, arn, trust, policyArns, boundaryArn, maxSessionSeconds = 3600, tags = new Map() }: NewRole): void {
    if (this.roleNamed(roleName) !== undefined)
      throw new ServiceError('EntityAlreadyExists', `Role with name ${roleName} already exists.`, 409);
    checkQuota('ACLSizePerRole', charactersOf(trust));
    checkQuota('PoliciesPerRole', policyArns.length);
    const document = parsed(parseTrustPolicy, trust);
    const missing = this.missingPrincipal(document);
    if (missing !== undefined)
      throw new ServiceError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${missing}"`);
    for (const policy of policyArns) this.checkAttachable(policy, 'Policy');
    if (boundaryArn !== undefined) this.checkAttachable(boundaryArn, 'Scope ARN:');
    const boundary = boundaryArn === undefined ? undefined : this.policies.get(boundaryArn);
    const outsiders = outsidersOf(trust, this.accountId);
    for (const { caller } of outsiders) this.outsiders.add(caller);
    const role = { roleName, arn, id: roleId(arn), trust: document, outsiders, maxSessionSeconds, tags, boundary };
    this.roles.set(arn, { ...role, policyArns: new Set(policyArns), inline: new Map() });
  }

  /** Gives a role a policy of its own, in the place of one that has the name. @throws ServiceError NoSuchEntity, LimitExceeded, MalformedPolicyDocument */
  putRolePolicy({ roleName, policyName, document }: NewRolePolicy): void {
    if (!POLICY_NAME.test(policyName))
      throw new ServiceError('ValidationError', `The policy name '${policyName}' must have 1 to 128 letters, digits or _+=,.@-`);
    const role = this.existingRole(roleName);
    const inline = {
      policy: { name: policyName, document: parsed(parsePolicyDocument, document) },
      characters: charactersOf(document),
    };
    const others = [...role.inline].filter(([name]) => name !== policyName).map(([, { characters }]) => characters);
    checkInlineQuota(
      role.roleName,
      others.reduce((sum, characters) => sum + characters, inline.characters),
    );
    role.inline.set(policyName, inline);
  }

  /** @throws ServiceError LimitExceeded, EntityAlreadyExists, NoSuchEntity for a role, MalformedPolicyDocument */
  addManagedPolicy({ arn, document, roleNames = [] }: NewManagedPolicy): void {
    if (this.policies.has(arn)) throw new ServiceError('EntityAlreadyExists', `A policy called ${arn} already exists.`, 409);
    checkQuota('PolicySize', charactersOf(document));
    const policy = parsed(parsePolicyDocument, document);
    const attached = roleNames.map((roleName) => {
      const role = this.existingRole(roleName);
      checkQuota('PoliciesPerRole', role.policyArns.size + 1);
      return role;
    });
    this.policies.set(arn, { name: arn, document: policy });
    for (const role of attached) role.policyArns.add(arn);
  }

  /**
   * Lets a resource's own policy be heard in every check of it.
   *
   * @throws ServiceError `code` for a document that is malformed, or names a principal of this account that does not exist
   */
  addResourcePolicy({ arn, document, mustAllow = false, code, invalidPrincipal, ...rest }: NewResourcePolicy): void {
    const policy = parsed(parseResourcePolicy, document, code);
    if (this.missingPrincipal(policy) !== undefined)
      throw new ServiceError(code, invalidPrincipal ?? 'Invalid principal in policy');
    this.resources.set(arn, { ...rest, policy: { name: arn, document: policy, mustAllow } });
  }

  /** Lets a resource have no policy of its own any more. */
  removeResourcePolicy(arn: string): void {
    this.resources.remove(arn);
  }

  /**
   * Lets a service whose every resource has a policy of its own refuse what has none: a key that is not there is no key, whatever policies
   * allow on `*`.
   */
  guardAbsent(prefix: string, refuse: (arn: string) => never): void {
    this.resources.guardAbsent(prefix, refuse);
  }

  /** The role with this ARN. */
  role(arn: string): Role | undefined {
    return this.roles.get(arn);
  }

  /** Somebody for each name that a role may trust and that means no role of this account. */
  outsidersOf({ outsiders }: Role): readonly Caller[] {
    const own = [...this.roles.keys()];
    return outsiders.filter(({ isMeant }) => !own.some(isMeant)).map(({ caller }) => caller);
  }

  allRoles(): readonly Role[] {
    return [...this.roles.values()];
  }

  /** A managed policy of the account, or one of AWS's own. */
  managedPolicy(arn: string): Named<PolicyDocument> | undefined {
    return this.policies.get(arn);
  }

  /** @inheritdoc A caller without a role is the operator, to whom nothing is refused but what a resource's state forbids. */
  check(caller: Caller, action: string, resource: string, context: RequestContext = {}): void {
    const guarded = this.resources.of(resource);
    if (caller.roleArn !== undefined) {
      const authorization = this.decide(this.requestOf(caller, action, resource, context));
      const permitted =
        authorization.decision === 'allowed' ||
        (authorization.decision === 'implicitlyDenied' && guarded?.permits?.(caller, action, context) === true);
      if (!permitted) throw this.refusalOf(caller, action, resource, authorization);
    }
    if (guarded === undefined) this.resources.refuseAbsent(resource);
    guarded?.guard?.(action);
  }

  /**
   * Asks for a service that acts in its own name: it has no policies, and the resource's own must let it in.
   *
   * @throws ServiceError AccessDeniedException
   */
  checkService(service: string, action: string, resource: string, context: RequestContext): void {
    const guarded = this.resources.of(resource);
    const authorization = this.decide({
      principal: { service },
      action,
      resource,
      resourceAccount: this.ownerOf(resource),
      context: { ...ofService(service), 'aws:SecureTransport': 'true', ...guarded?.context?.(), ...context },
      policies: { identity: [], ...(guarded === undefined ? {} : { resource: guarded.policy }) },
    });
    if (authorization.decision !== 'allowed')
      throw refusal({ callerArn: service, action, resource, reason: reasonOf(authorization, action) });
    if (guarded === undefined) this.resources.refuseAbsent(resource);
    guarded?.guard?.(action);
  }

  /** Says which statement decides a request, or which kinds of policies are silent on it. */
  explain(caller: Caller, action: string, resource: string, context: RequestContext = {}): string {
    return explain(authorize(this.requestOf(caller, action, resource, context)));
  }

  /** What a service answers to a caller who was not allowed. */
  refusalOf(caller: Caller, action: string, resource: string, authorization: Authorization): ServiceError {
    return refusal({ callerArn: caller.arn, action, resource, reason: reasonOf(authorization, action) });
  }

  /** Decides about the role itself, by its trust policy. */
  authorizeTrust(
    principal: Caller | { readonly service: string },
    action: string,
    role: Role,
    context: RequestContext,
  ): Authorization {
    return this.decide(this.trustRequest(principal, action, role, context));
  }

  /** What `authorizeTrust` would decide; nobody hears of it. */
  wouldTrust(caller: Caller, action: string, role: Role, context: RequestContext): boolean {
    return authorize(this.trustRequest(caller, action, role, context)).decision === 'allowed';
  }

  /** What the policies would decide of a role's session; nobody hears of it. */
  wouldAllow(caller: Caller, action: string, resource: string, context: RequestContext = {}): boolean {
    return authorize(this.requestOf(caller, action, resource, context)).decision === 'allowed';
  }

  private trustRequest(
    principal: Caller | { readonly service: string },
    action: string,
    role: Role,
    context: RequestContext,
  ): AccessRequest {
    const trust: NamedResourcePolicy = { name: role.arn, document: role.trust, mustAllow: true };
    const service = 'service' in principal;
    return {
      principal: service ? principal : principalOf(principal),
      action,
      resource: role.arn,
      resourceAccount: this.accountId,
      context: {
        ...(service ? ofService(principal.service) : this.contextOf(principal)),
        ...context,
      },
      policies: { ...(service ? { identity: [] } : this.policiesOf(principal)), resource: trust },
    };
  }

  private decide(request: AccessRequest): Authorization {
    const authorization = authorize(request);
    this.onAccess?.(request, authorization);
    return authorization;
  }

  private requestOf(caller: Caller, action: string, resource: string, context: RequestContext): AccessRequest {
    const guarded = this.resources.of(resource);
    return {
      principal: principalOf(caller),
      action,
      resource,
      resourceAccount: this.ownerOf(resource),
      context: { ...this.contextOf(caller), ...serviceContext(action, caller), ...guarded?.context?.(), ...context },
      policies: { ...this.policiesOf(caller), ...(guarded === undefined ? {} : { resource: guarded.policy }) },
    };
  }

  private contextOf(caller: Caller): RequestContext {
    const role = caller.roleArn === undefined ? undefined : this.roles.get(caller.roleArn);
    return globalContext(caller, { accountId: this.accountId, region: this.region, now: this.now(), role });
  }

  /** Of the ARNs without an account (those of buckets) all belong to this one. */
  private ownerOf(resource: string): string {
    const account = resource.split(':', 5)[4] ?? '';
    return /^\d{12}$/.test(account) ? account : this.accountId;
  }

  private policiesOf(caller: Caller): Omit<Policies, 'resource'> {
    if (caller.roleArn === undefined || this.outsiders.has(caller)) return { identity: [ADMINISTRATOR] };
    const role = this.roles.get(caller.roleArn);
    const session = factsOf(caller)?.policies;
    return {
      identity: role === undefined ? [] : this.identityOf(role),
      ...(role?.boundary === undefined ? {} : { boundary: role.boundary }),
      ...(session === undefined ? {} : { session }),
    };
  }

  private identityOf({ policyArns, inline }: StoredRole): Named<PolicyDocument>[] {
    const attached = [...policyArns].map((arn) => this.policies.get(arn)).filter((policy) => policy !== undefined);
    return [...attached, ...[...inline.values()].map(({ policy }) => policy)];
  }

  private checkAttachable(policyArn: string, called: string): void {
    if (this.policies.has(policyArn)) return;
    if (!isAwsManaged(policyArn))
      throw new ServiceError('NoSuchEntity', `${called} ${policyArn} does not exist or is not attachable.`, 404);
    const known = [...AWS_MANAGED.keys()].join(', ');
    throw new ServiceError('NotImplemented', `the AWS managed policy '${policyArn}' is not simulated; simulated: ${known}`, 501);
  }

  private existingRole(roleName: string): StoredRole {
    const role = this.roleNamed(roleName);
    if (role === undefined) throw new ServiceError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404);
    return role;
  }

  private roleNamed(roleName: string): StoredRole | undefined {
    const wanted = roleName.toLowerCase();
    return [...this.roles.values()].find((role) => role.roleName.toLowerCase() === wanted);
  }

  /** IAM looks principals up when a policy is written, so a role must exist before another can trust it. */
  private missingPrincipal({ statements }: ResourcePolicy): string | undefined {
    return statements.flatMap(({ principals }) => principals.aws).find((name) => this.isMissing(name));
  }

  private isMissing(principal: string): boolean {
    const [, , service, , accountId, resource = ''] = principal.split(':');
    return service === 'iam' && accountId === this.accountId && resource.startsWith('role/') && !this.roles.has(principal);
  }
}

const ofService = (service: string): RequestContext => ({
  'aws:PrincipalIsAWSService': 'true',
  'aws:PrincipalServiceName': service,
});

const principalOf = ({ arn, accountId, roleArn }: Caller): Principal =>
  roleArn === undefined ? { arn, accountId } : { arn: roleArn, accountId, sessionArn: arn };
