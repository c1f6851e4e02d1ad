import { askedOf, type Decision, type RequestContext } from './evaluate.ts';
import type { PolicyDocument } from './policy-document.ts';
import { reachOf, type Principal, type Reach } from './principal.ts';
import type { ResourcePolicy } from './resource-policy.ts';
import { applies, type Asked, type Statement } from './statement.ts';

/** Kinds of policies, in the order in which a denial is told. Organizations' policies and those of VPC endpoints are not judged here. */
export type PolicyKind = 'resource' | 'identity' | 'boundary' | 'session';

/** A policy and what it is called in explanations: an ARN where it has one. */
export interface Named<T> {
  readonly name: string;
  readonly document: T;
}

/** The policy of the resource that is asked for. */
export interface NamedResourcePolicy extends Named<ResourcePolicy> {
  /**
   * Nobody gets in unless this policy lets them, not even those of the resource's own account: so it is with keys and with roles.
   *
   * @default false
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
   */
  readonly mustAllow?: boolean;
}

/** Every policy that bears on a request. */
export interface Policies {
  readonly identity: readonly Named<PolicyDocument>[];
  /** @default - the identity has no permissions boundary */
  readonly boundary?: Named<PolicyDocument>;
  /** Policies that were passed when the session began. @default - none were passed */
  readonly session?: readonly Named<PolicyDocument>[];
  /** @default - the resource has no policy */
  readonly resource?: NamedResourcePolicy;
}

/** A request to judge by every kind of policy. */
export interface AccessRequest {
  readonly principal: Principal;
  /** `s3:GetObject`; compared without regard to case. */
  readonly action: string;
  /** The resource's ARN, compared with regard to case; `*` for an action that has no resource. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  readonly context?: RequestContext;
  readonly policies: Policies;
}

/** A statement that spoke, and where it stands. */
export interface Ruling {
  readonly kind: PolicyKind;
  readonly policy: string;
  readonly statement: Statement;
}

/** A decision and its ground. */
export interface Authorization {
  readonly decision: Decision;
  /** The statement that decided; absent where none spoke. */
  readonly by?: Ruling;
  /** For what no statement decided: the kinds of policies that had to allow and did not, the first of them told by AWS. */
  readonly silent: readonly PolicyKind[];
}

interface Verdict {
  readonly denies?: Ruling;
  readonly allows?: Ruling;
}

/**
 * Decides as AWS does: one explicit denial of any kind is enough; within an account either the identity's policies or the resource's must
 * allow, across accounts both; boundary and session policies limit what the identity's policies give. A resource's policy that names the user
 * or the session itself (or everyone) within its own account gives what no other silence takes away; one that names the role is
 * limited by boundary and session; one that names the account gives nothing by itself.
 *
 * @throws Error for a request that a policy's operators cannot judge
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function authorize({ principal, action, resource, resourceAccount, context, policies }: AccessRequest): Authorization {
  const asked = askedOf(action, resource, context);
  const granted = judgeResource(policies.resource, principal, asked);
  const identity = judge('identity', policies.identity, asked);
  const limits = [
    ...(policies.boundary === undefined ? [] : [judge('boundary', [policies.boundary], asked)]),
    ...(policies.session === undefined ? [] : [judge('session', policies.session, asked)]),
  ];
  const denied = [granted, identity, ...limits].find(({ denies }) => denies !== undefined)?.denies;
  if (denied !== undefined) return { decision: 'explicitlyDenied', by: denied, silent: [] };

  if ('service' in principal) return decide(granted.allows, granted.allows === undefined ? ['resource'] : []);
  const own = principal.accountId === resourceAccount;
  if (own && granted.reach === 'direct') return decide(granted.allows, []);
  const needsResource = !own || policies.resource?.mustAllow === true;
  const needsIdentity = !own || granted.reach !== 'role';
  const silent = [
    ...(policies.resource?.mustAllow === true && granted.allows === undefined ? (['resource'] as const) : []),
    ...(needsIdentity && identity.allows === undefined ? (['identity'] as const) : []),
    ...limits.filter(({ allows }) => allows === undefined).map(({ kind }) => kind),
    ...(needsResource && policies.resource?.mustAllow !== true && granted.allows === undefined ? (['resource'] as const) : []),
  ];
  return decide(needsIdentity ? identity.allows : granted.allows, silent);
}

const decide = (by: Ruling | undefined, silent: readonly PolicyKind[]): Authorization =>
  by !== undefined && silent.length === 0 ? { decision: 'allowed', by, silent } : { decision: 'implicitlyDenied', silent };

function judge<K extends PolicyKind>(
  kind: K,
  policies: readonly Named<PolicyDocument>[],
  asked: Asked,
): Verdict & { readonly kind: K } {
  const found: { kind: K; denies?: Ruling; allows?: Ruling } = { kind };
  for (const { name, document } of policies) {
    for (const statement of document.statements) {
      if (!applies(statement, asked)) continue;
      found[statement.effect === 'Deny' ? 'denies' : 'allows'] ??= { kind, policy: name, statement };
    }
  }
  return found;
}

const REACHES: readonly Reach[] = ['direct', 'role', 'account'];

function judgeResource(
  policy: NamedResourcePolicy | undefined,
  principal: Principal,
  asked: Asked,
): Verdict & { readonly reach?: Reach } {
  if (policy === undefined) return {};
  const speaking = policy.document.statements
    .map((statement) => ({ statement, reach: reachOf(statement.principals, principal) }))
    .filter(({ statement, reach }) => reach !== undefined && applies(statement, asked));
  const ruling = (statement: Statement): Ruling => ({ kind: 'resource', policy: policy.name, statement });
  const denying = speaking.find(({ statement }) => statement.effect === 'Deny');
  if (denying !== undefined) return { denies: ruling(denying.statement) };
  for (const reach of REACHES) {
    const allowing = speaking.find((entry) => entry.reach === reach);
    if (allowing !== undefined) return { allows: ruling(allowing.statement), reach };
  }
  return {};
}
