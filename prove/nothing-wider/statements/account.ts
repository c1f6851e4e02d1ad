import {
  authorize,
  parsePolicyDocument,
  parseResourcePolicy,
  parseTrustPolicy,
  type Authorization,
  type Named,
  type NamedResourcePolicy,
  type PolicyDocument,
  type Principal,
  type RequestContext,
  type ResourcePolicy,
} from '../../../core/aws/iam/index.ts';
import { PLACE } from './place.ts';
import type { RawStatement, StandingPolicy } from './read-policies.ts';

/** Something that somebody asks of AWS. */
export interface Request {
  readonly principal: Principal;
  /** `s3:GetObject`. */
  readonly action: string;
  /** An ARN; `*` for an action that has no resource. */
  readonly resource: string;
  /** @default - nothing beside what the action itself says */
  readonly context?: RequestContext;
  /** The service whose endpoint of the network it passes: `firehose`. @default - none */
  readonly endpoint?: string;
}

/** A policy with one statement in another form, or without it. */
export interface Edit {
  readonly policy: StandingPolicy;
  readonly index: number;
  /** @default - the statement is removed */
  readonly rest?: RawStatement;
}

/** An administrator: whoever is no role of the platform may do what the resource's policy leaves open. */
const ADMINISTRATOR: Named<PolicyDocument> = {
  name: 'AdministratorAccess',
  document: parsePolicyDocument({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }),
};

type Parsed = PolicyDocument | ResourcePolicy;

/** An environment's policies, and what they decide, as they stand or with one statement edited. */
export class Account {
  private readonly identity = new Map<string, StandingPolicy[]>();
  private readonly resources = new Map<string, StandingPolicy>();
  private readonly endpoints = new Map<string, StandingPolicy>();
  private readonly parsed = new WeakMap<StandingPolicy | Edit, Parsed>();

  constructor(readonly policies: readonly StandingPolicy[]) {
    for (const policy of policies) {
      for (const name of policy.speaksFor) {
        if (policy.hold === 'identity') this.identity.set(name, [...(this.identity.get(name) ?? []), policy]);
        else (policy.hold === 'endpoint' ? this.endpoints : this.resources).set(name, policy);
      }
    }
  }

  /** The policies that have a say in a request. */
  concerned({ principal, resource, endpoint = '' }: Request): readonly StandingPolicy[] {
    const further = [this.guardOf(resource), this.endpoints.get(endpoint)].filter((policy) => policy !== undefined);
    return [...('service' in principal ? [] : (this.identity.get(principal.arn) ?? [])), ...further];
  }

  /** Decides a request, under an edit where one is given. An endpoint lets pass what its policy allows of what the others do. */
  judge(request: Request, edit?: Edit): Authorization {
    const { principal, action, resource, context = {}, endpoint } = request;
    const account = resource.split(':', 5)[4] ?? '';
    const asked = { principal, action, resource, resourceAccount: account === '' ? PLACE.account : account, context };
    const guard = this.guardOf(resource);
    const decided = authorize({
      ...asked,
      policies: { identity: this.identityOf(principal, edit), ...(guard && { resource: this.guarding(guard, edit) }) },
    });
    const passed = endpoint === undefined ? undefined : this.endpoints.get(endpoint);
    if (passed === undefined || decided.decision !== 'allowed') return decided;
    const policies = { identity: [ADMINISTRATOR], resource: { ...this.guarding(passed, edit), mustAllow: true } };
    return authorize({ ...asked, policies });
  }

  private identityOf(principal: Principal, edit: Edit | undefined): readonly Named<PolicyDocument>[] {
    if ('service' in principal) return [];
    const held = this.identity.get(principal.arn);
    if (held === undefined) return this.resources.get(principal.arn)?.hold === 'trust' ? [] : [ADMINISTRATOR];
    return held.map((policy) => ({ name: policy.name, document: this.document(policy, edit) }));
  }

  private guarding(policy: StandingPolicy, edit: Edit | undefined): NamedResourcePolicy {
    const { name, mustAllow } = policy;
    return { name, mustAllow, document: this.document(policy, edit) as ResourcePolicy };
  }

  /** That of the resource, or of the bucket that an object lies in. */
  private guardOf(resource: string): StandingPolicy | undefined {
    return this.resources.get(resource) ?? this.resources.get(resource.replace(/^(arn:aws:s3:::[^/]+)\/.*$/, '$1'));
  }

  private document(policy: StandingPolicy, edit: Edit | undefined): Parsed {
    const of = edit?.policy === policy ? edit : policy;
    const known = this.parsed.get(of) ?? parse(policy, of === edit ? edited(edit) : policy.statements);
    this.parsed.set(of, known);
    return known;
  }
}

const edited = ({ policy, index, rest }: Edit): readonly RawStatement[] =>
  policy.statements.toSpliced(index, 1, ...(rest === undefined ? [] : [rest]));

function parse({ hold }: StandingPolicy, statements: readonly RawStatement[]): Parsed {
  if (statements.length === 0) return { statements: [] };
  const document = { Version: '2012-10-17', Statement: statements };
  if (hold === 'identity') return parsePolicyDocument(document);
  return hold === 'trust' ? parseTrustPolicy(document) : parseResourcePolicy(document);
}
