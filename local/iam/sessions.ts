import { randomBytes } from 'node:crypto';
import type { RequestContext } from '../../core/aws/iam/index.ts';
import { ServiceError, type Caller } from '../service.ts';
import {
  checkDuration,
  checkShape,
  MAXIMUM_SECONDS,
  requestContext,
  sessionPolicies,
  type AssumeRoleInput,
} from './assume-role.ts';
import type { Iam } from './iam.ts';
import { refusal } from './refusal.ts';
import { idFrom } from './role-id.ts';
import type { Role } from './role.ts';
import { factsOf, SessionFacts, withFacts } from './session-facts.ts';

/** What a client signs with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for the operator's lasting key. */
  readonly sessionToken?: string;
  /** Milliseconds since the epoch, on the wall clock; absent for the operator's lasting key. */
  readonly expiration?: number;
}

/** An access key that was minted here, and whose it is. */
export interface Session {
  readonly caller: Caller;
  readonly credentials: Credentials;
}

/** A service that takes a role to act for a resource. */
export interface ServiceSession {
  readonly roleArn: string;
  /** `firehose.amazonaws.com`. */
  readonly service: string;
  /** What the service says about itself: `aws:SourceAccount`, `aws:SourceArn`. @default - nothing */
  readonly context?: RequestContext;
  /** @default - the service's name */
  readonly sessionName?: string;
}

/** Of a session that nobody begins. */
const UNNAMED = 'headwaters';

const secret = (bytes: number): string => randomBytes(bytes).toString('base64');

/** The access keys of a run. They live on the wall clock, as signatures do, and in memory only. */
export class Sessions {
  /** May do anything, and is nobody's role. */
  readonly operator: Session;
  private readonly byAccessKey = new Map<string, Session>();
  private readonly iam: Iam;
  private readonly wallClock: () => number;

  /**
   * @param operator The operator's credentials, where a client outside knows them already. Default: minted here.
   * @param wallClock Milliseconds since the epoch. Default: `Date.now`.
   */
  constructor({ iam, operator, wallClock = Date.now }: { iam: Iam; operator?: Credentials; wallClock?: () => number }) {
    this.iam = iam;
    this.wallClock = wallClock;
    const caller = { arn: `arn:aws:iam::${iam.accountId}:user/headwaters-operator`, accountId: iam.accountId };
    const credentials = operator ?? { accessKeyId: idFrom('AKIA', randomBytes(16)), secretAccessKey: secret(30) };
    this.operator = { caller, credentials };
    this.byAccessKey.set(credentials.accessKeyId, this.operator);
  }

  /** The region of the run. */
  get region(): string {
    return this.iam.region;
  }

  /** The session of an access key, expired ones included; undefined for a key that was not minted here. */
  find(accessKeyId: string): Session | undefined {
    return this.byAccessKey.get(accessKeyId);
  }

  hasExpired({ credentials }: Session): boolean {
    return credentials.expiration !== undefined && credentials.expiration <= this.wallClock();
  }

  /**
   * As STS does it: the trust policy must admit the caller, and where it admits the caller's whole account, so must the caller's policies; to
   * tags and a source identity both must agree too. The operator takes what it is trusted for, and else stands in for somebody who is
   * trusted and whom no template makes: a role of people, of another account.
   *
   * @throws ServiceError AccessDenied, ValidationError, InvalidParameterValue, MalformedPolicyDocument
   */
  assumeRole(caller: Caller, input: AssumeRoleInput): Session {
    checkShape(input);
    const { roleArn, roleSessionName, tags = [], durationSeconds = 3600 } = input;
    const role = this.iam.role(roleArn);
    if (role === undefined) throw untrusted(caller, 'sts:AssumeRole', roleArn);
    const calling = factsOf(caller);
    const sourceIdentity = calling?.sourceIdentity ?? input.sourceIdentity;
    if (input.sourceIdentity !== undefined && input.sourceIdentity !== sourceIdentity)
      throw new ServiceError('ValidationError', 'The source identity of a session cannot be changed by role chaining.');
    const actions = [
      'sts:AssumeRole',
      ...(tags.length > 0 ? ['sts:TagSession'] : []),
      ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
    ];
    const context = requestContext({ ...input, ...(sourceIdentity === undefined ? {} : { sourceIdentity }) });
    const taker = this.takerOf(caller, role, actions, context) ?? caller;
    for (const action of actions) this.checkTrust(taker, action, role, context);
    // A role that hands a source identity on needs the permission itself, whatever the other's trust policy gives it.
    if (sourceIdentity !== undefined && caller.roleArn !== undefined)
      this.iam.check(caller, 'sts:SetSourceIdentity', role.arn, context);
    checkDuration(durationSeconds, { longest: role.maxSessionSeconds, chained: taker.roleArn !== undefined });
    const facts = new SessionFacts({
      policies: sessionPolicies(input, this.iam),
      ...sessionTags(input, calling),
      sourceIdentity,
    });
    const session = this.callerOf(role, roleSessionName);
    return this.credentialsFor(facts.isEmpty ? session : withFacts(session, facts), durationSeconds);
  }

  /** The roles that a caller may take who says nothing of a session but its name. */
  rolesFor(caller: Caller): readonly Role[] {
    const context = requestContext({ roleArn: '', roleSessionName: UNNAMED });
    return this.iam.allRoles().filter((role) => this.takerOf(caller, role, ['sts:AssumeRole'], context) !== undefined);
  }

  /** Whether a session of a role might do a thing; nothing is done, and nobody hears that it was asked. */
  mayAs(role: Role, action: string, resource: string, context?: RequestContext): boolean {
    return this.iam.wouldAllow(this.callerOf(role, UNNAMED), action, resource, context);
  }

  /**
   * A service's caller for a role whose trust policy admits the service.
   *
   * @throws ServiceError AccessDenied
   */
  sessionFor({ roleArn, service, context = {}, sessionName }: ServiceSession): Caller {
    const role = this.iam.role(roleArn);
    if (role === undefined || this.iam.authorizeTrust({ service }, 'sts:AssumeRole', role, context).decision !== 'allowed') {
      throw new ServiceError(
        'AccessDenied',
        `${service} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        403,
      );
    }
    return this.callerOf(role, sessionName ?? service.replace(/\..*$/, ''));
  }

  /**
   * Access keys for a caller, without asking anybody: the runtime hands a function those of its role.
   *
   * @param durationSeconds On the wall clock. Default: 12 hours.
   */
  credentialsFor(caller: Caller, durationSeconds = MAXIMUM_SECONDS): Session {
    const credentials = {
      accessKeyId: idFrom('ASIA', randomBytes(16)),
      secretAccessKey: secret(30),
      sessionToken: secret(96),
      expiration: this.wallClock() + durationSeconds * 1000,
    };
    const session = { caller, credentials };
    this.byAccessKey.set(credentials.accessKeyId, session);
    return session;
  }

  private callerOf({ roleName, arn }: Role, sessionName: string): Caller {
    const [, partition = 'aws', , , accountId = this.iam.accountId] = arn.split(':');
    return { arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`, accountId, roleArn: arn };
  }

  /** Who takes a role: the caller, or for the operator whoever may. */
  private takerOf(caller: Caller, role: Role, actions: readonly string[], context: RequestContext): Caller | undefined {
    const isOperator = caller.roleArn === undefined;
    return [caller, ...(isOperator ? this.iam.outsidersOf(role) : [])].find((one) =>
      actions.every((action) => this.iam.wouldTrust(one, action, role, context)),
    );
  }

  private checkTrust(caller: Caller, action: string, role: Role, context: RequestContext): void {
    const { decision, by, silent } = this.iam.authorizeTrust(caller, action, role, context);
    if (decision === 'allowed') return;
    if (by?.kind === 'resource' || silent[0] === 'resource') throw untrusted(caller, action, role.arn, by !== undefined);
    throw this.iam.refusalOf(caller, action, role.arn, { decision, silent, ...(by === undefined ? {} : { by }) });
  }
}

/** A role's own policy has a name of its own in messages. */
const untrusted = (caller: Caller, action: string, resource: string, denied = false): ServiceError =>
  refusal({
    callerArn: caller.arn,
    action,
    resource,
    reason: denied
      ? 'with an explicit deny in the role trust policy'
      : `because no role trust policy allows the ${action} action`,
  });

/** Tags of the request, and those that the calling session hands down. @throws ServiceError InvalidParameterValue for one that would hide one of those */
function sessionTags(
  { tags = [], transitiveTagKeys = [] }: AssumeRoleInput,
  caller: SessionFacts | undefined,
): Pick<SessionFacts, 'tags' | 'transitiveTagKeys'> {
  const inherited = [...(caller?.tags ?? [])].filter(([key]) => caller?.transitiveTagKeys.includes(key) === true);
  const hidden = tags.find(([key]) => inherited.some(([other]) => other.toLowerCase() === key.toLowerCase()));
  if (hidden !== undefined) {
    throw new ServiceError(
      'InvalidParameterValue',
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const own = tags.filter(([key]) => transitiveTagKeys.some((other) => other.toLowerCase() === key.toLowerCase()));
  return { tags: new Map([...inherited, ...tags]), transitiveTagKeys: [...inherited, ...own].map(([key]) => key) };
}
