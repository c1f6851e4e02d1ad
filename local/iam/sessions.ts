import { randomBytes } from 'node:crypto';
import { mayAssume, type RequestContext } from '../../core/aws/iam/index.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { Iam, Role } from './iam.ts';
import { refusal } from './refusal.ts';
import { idFrom } from './role-id.ts';

/** The longest session of any role, and the longest of a role assumed by a role. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const MAXIMUM_SECONDS = 43_200;
const CHAINED_SECONDS = 3_600;
const MINIMUM_SECONDS = 900;

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

export interface AssumeRoleInput {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly externalId?: string;
  /** @default 3600 */
  readonly durationSeconds?: number;
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

  /** The session of an access key, expired ones included; undefined for a key that was not minted here. */
  find(accessKeyId: string): Session | undefined {
    return this.byAccessKey.get(accessKeyId);
  }

  hasExpired({ credentials }: Session): boolean {
    return credentials.expiration !== undefined && credentials.expiration <= this.wallClock();
  }

  /**
   * As STS does it: the trust policy must admit the caller, and where it admits the caller's whole account, so must the caller's policies.
   *
   * @throws ServiceError AccessDenied, ValidationError
   */
  assumeRole(caller: Caller, { roleArn, roleSessionName, externalId, durationSeconds = 3600 }: AssumeRoleInput): Session {
    if (!/^[\w+=,.@-]{2,64}$/.test(roleSessionName)) {
      throw new ServiceError('ValidationError', "'roleSessionName' must be 2 to 64 letters, digits or any of _+=,.@-");
    }
    const denied = refusal({
      callerArn: caller.arn,
      action: 'sts:AssumeRole',
      resource: roleArn,
      reason: 'because no resource-based policy allows the sts:AssumeRole action',
    });
    const role = this.iam.role(roleArn);
    if (role === undefined) throw denied;
    const decision = mayAssume({
      trust: role.trust,
      principal: { arn: caller.roleArn ?? caller.arn, accountId: caller.accountId, sessionArn: caller.arn },
      context: {
        ...this.iam.contextOf(caller),
        'sts:RoleSessionName': roleSessionName,
        ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
      },
    });
    if (decision === 'refused') throw denied;
    if (decision === 'account') this.iam.check(caller, 'sts:AssumeRole', roleArn);
    this.checkDuration(durationSeconds, role, caller);
    return this.credentialsFor(this.callerOf(role, roleSessionName), durationSeconds);
  }

  /**
   * A service's caller for a role whose trust policy admits the service.
   *
   * @throws ServiceError AccessDenied
   */
  sessionFor({ roleArn, service, context, sessionName }: ServiceSession): Caller {
    const role = this.iam.role(roleArn);
    const admitted =
      role !== undefined &&
      mayAssume({ trust: role.trust, principal: { service }, context: { 'aws:PrincipalIsAWSService': 'true', ...context } }) !==
        'refused';
    if (!admitted) {
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

  private checkDuration(seconds: number, role: Role, caller: Caller): void {
    if (!Number.isInteger(seconds) || seconds < MINIMUM_SECONDS || seconds > MAXIMUM_SECONDS) {
      throw new ServiceError('ValidationError', `'durationSeconds' must be ${MINIMUM_SECONDS} to ${MAXIMUM_SECONDS}`);
    }
    if (seconds > role.maxSessionSeconds) {
      throw new ServiceError(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    if (caller.roleArn !== undefined && seconds > CHAINED_SECONDS) {
      throw new ServiceError(
        'ValidationError',
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      );
    }
  }
}
