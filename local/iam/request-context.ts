import type { RequestContext } from '../../core/aws/iam/index.ts';
import type { Caller } from '../service.ts';
import type { Role } from './role.ts';
import { roleId } from './role-id.ts';
import { factsOf } from './session-facts.ts';

/** What the account knows of a request beside who makes it. */
export interface Surroundings {
  readonly accountId: string;
  readonly region: string;
  /** Milliseconds since the epoch, as policies see time. */
  readonly now: number;
  /** The caller's role. */
  readonly role: Role | undefined;
}

const timestamp = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * The global condition keys that a caller brings to every request, HTTPS taken for granted: the loopback stands for AWS's endpoints. There is
 * no `aws:SourceIp`: whoever calls, calls from this machine.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function globalContext(caller: Caller, { accountId, region, now, role }: Surroundings): RequestContext {
  const { arn, roleArn, calledVia = [] } = caller;
  const first = calledVia[0];
  const last = calledVia.at(-1);
  return {
    'aws:PrincipalArn': roleArn ?? arn,
    'aws:PrincipalAccount': caller.accountId,
    'aws:PrincipalType': roleArn === undefined ? 'User' : 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ResourceAccount': accountId,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': String(calledVia.length > 0),
    'aws:CurrentTime': timestamp(now),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    ...(roleArn === undefined ? { 'aws:username': nameOf(arn) } : sessionContext(caller, roleArn, role, now)),
    ...(first === undefined || last === undefined
      ? {}
      : { 'aws:CalledVia': calledVia, 'aws:CalledViaFirst': first, 'aws:CalledViaLast': last }),
  };
}

/** Tags of the session hide those of the role. A session counts as just begun: nobody here can revoke older ones. */
function sessionContext(caller: Caller, roleArn: string, role: Role | undefined, now: number): RequestContext {
  const facts = factsOf(caller);
  const tags = [...(role?.tags ?? []), ...(facts?.tags ?? [])];
  return {
    'aws:userid': `${role?.id ?? roleId(roleArn)}:${nameOf(caller.arn)}`,
    'aws:TokenIssueTime': timestamp(now),
    'aws:MultiFactorAuthPresent': 'false', // temporary credentials always say
    ...(facts?.sourceIdentity === undefined ? {} : { 'aws:SourceIdentity': facts.sourceIdentity }),
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key.toLowerCase()}`, value])),
  };
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Keys that a service finds in every request to it. */
export function serviceContext(action: string, { accountId }: Caller): RequestContext {
  if (action.startsWith('s3:')) return { 's3:TlsVersion': '1.3' };
  return action.startsWith('kms:') ? { 'kms:CallerAccount': accountId } : {};
}
