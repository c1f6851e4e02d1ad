import {
  evaluate,
  MalformedPolicyDocument,
  parsePolicyDocument,
  parseTrustPolicy,
  type PolicyDocument,
  type RequestContext,
  type TrustPolicy,
} from '../../core/aws/iam/index.ts';
import { ServiceError, type Access, type Caller } from '../service.ts';
import { refusal } from './refusal.ts';
import { roleId } from './role-id.ts';

/** Characters of a managed policy, white space not counted. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MANAGED_POLICY_CHARACTERS = 6144;

/** A role as the template creates it. */
export interface NewRole {
  readonly roleName: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly arn: string;
  /** `AssumeRolePolicyDocument`. */
  readonly trust: unknown;
  /** `ManagedPolicyArns`: policies that exist already. */
  readonly policyArns: readonly string[];
  /** Longest session in seconds. @default 3600 */
  readonly maxSessionSeconds?: number;
}

/** A customer managed policy as the template creates it. */
export interface NewManagedPolicy {
  readonly arn: string;
  readonly document: unknown;
  /** `Roles`: names of roles that exist already. @default - attached to no role by itself */
  readonly roleNames?: readonly string[];
}

/** A role that exists. */
export interface Role {
  readonly roleName: string;
  readonly arn: string;
  /** As unique ids of roles look: `AROA…`; the same for the same ARN. */
  readonly id: string;
  readonly trust: TrustPolicy;
  /** Seconds. */
  readonly maxSessionSeconds: number;
}

function parsed<T>(parse: (document: unknown) => T, document: unknown): T {
  try {
    return parse(document);
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw new ServiceError('MalformedPolicyDocument', error.message);
    throw error;
  }
}

/** The roles and managed policies of one account, and the decisions that follow from them. */
export class Iam implements Access {
  readonly accountId: string;
  readonly region: string;
  private readonly roles = new Map<string, Role & { readonly policyArns: Set<string> }>();
  private readonly policies = new Map<string, PolicyDocument>();

  constructor({ accountId, region }: { accountId: string; region: string }) {
    this.accountId = accountId;
    this.region = region;
  }

  /** @throws ServiceError EntityAlreadyExists, NoSuchEntity for a policy, MalformedPolicyDocument, a role of this account that does not exist among its reasons */
  addRole({ roleName, arn, trust, policyArns, maxSessionSeconds = 3600 }: NewRole): void {
    if (this.roleNamed(roleName) !== undefined)
      throw new ServiceError('EntityAlreadyExists', `Role with name ${roleName} already exists.`, 409);
    const document = parsed(parseTrustPolicy, trust);
    this.checkPrincipals(document);
    for (const policy of policyArns) {
      if (!this.policies.has(policy)) {
        throw new ServiceError('NoSuchEntity', `Policy ${policy} does not exist or is not attachable.`, 404);
      }
    }
    this.roles.set(arn, { roleName, arn, id: roleId(arn), trust: document, maxSessionSeconds, policyArns: new Set(policyArns) });
  }

  /** @throws ServiceError LimitExceeded over 6,144 characters, EntityAlreadyExists, NoSuchEntity for a role, MalformedPolicyDocument */
  addManagedPolicy({ arn, document, roleNames = [] }: NewManagedPolicy): void {
    if (this.policies.has(arn)) throw new ServiceError('EntityAlreadyExists', `A policy called ${arn} already exists.`, 409);
    const characters = JSON.stringify(document).replace(/\s/g, '').length;
    if (characters > MANAGED_POLICY_CHARACTERS) {
      throw new ServiceError('LimitExceeded', `Cannot exceed quota for PolicySize: ${MANAGED_POLICY_CHARACTERS}`, 409);
    }
    const policy = parsed(parsePolicyDocument, document);
    const attached = roleNames.map((roleName) => {
      const role = this.roleNamed(roleName);
      if (role === undefined) throw new ServiceError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404);
      return role;
    });
    this.policies.set(arn, policy);
    for (const role of attached) role.policyArns.add(arn);
  }

  /** The role with this ARN. */
  role(arn: string): Role | undefined {
    return this.roles.get(arn);
  }

  /** @inheritdoc A caller without a role is the operator, whom nothing is refused. */
  check(caller: Caller, action: string, resource: string, context: RequestContext = {}): void {
    if (caller.roleArn === undefined) return;
    const { decision } = evaluate({
      policies: this.policiesOf(caller.roleArn),
      action,
      resource,
      context: { ...this.contextOf(caller), ...context },
    });
    if (decision === 'allowed') return;
    const reason =
      decision === 'explicitlyDenied'
        ? 'with an explicit deny in an identity-based policy'
        : `because no identity-based policy allows the ${action} action`;
    throw refusal({ callerArn: caller.arn, action, resource, reason });
  }

  /** The global condition keys that a caller brings to every request, HTTPS taken for granted: the loopback stands for AWS's endpoints. */
  contextOf({ arn, accountId, roleArn, calledVia = [] }: Caller): RequestContext {
    const first = calledVia[0];
    const last = calledVia.at(-1);
    return {
      'aws:PrincipalArn': roleArn ?? arn,
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalType': roleArn === undefined ? 'User' : 'AssumedRole',
      'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceAccount': this.accountId,
      'aws:RequestedRegion': this.region,
      'aws:SecureTransport': 'true',
      'aws:ViaAWSService': String(calledVia.length > 0),
      ...(roleArn === undefined ? {} : { 'aws:userid': `${roleId(roleArn)}:${arn.slice(arn.lastIndexOf('/') + 1)}` }),
      ...(first === undefined || last === undefined
        ? {}
        : { 'aws:CalledVia': calledVia, 'aws:CalledViaFirst': first, 'aws:CalledViaLast': last }),
    };
  }

  private policiesOf(roleArn: string): PolicyDocument[] {
    const arns = this.roles.get(roleArn)?.policyArns ?? [];
    return [...arns].map((arn) => this.policies.get(arn)).filter((policy) => policy !== undefined);
  }

  private roleNamed(roleName: string) {
    return [...this.roles.values()].find((role) => role.roleName === roleName);
  }

  /** IAM looks principals up when a trust policy is written, so a role must exist before another can trust it. */
  private checkPrincipals({ statements }: TrustPolicy): void {
    for (const { principal } of statements) {
      const missing = principal === '*' ? undefined : principal.aws.find((name) => this.isMissingRole(name));
      if (missing !== undefined)
        throw new ServiceError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${missing}"`);
    }
  }

  private isMissingRole(principal: string): boolean {
    const [, , service, , accountId, resource = ''] = principal.split(':');
    return service === 'iam' && accountId === this.accountId && resource.startsWith('role/') && !this.roles.has(principal);
  }
}
