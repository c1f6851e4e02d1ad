import { ServiceError, type QueryOperation, type QueryService } from '../service.ts';
import type { AssumeRoleInput } from './assume-role.ts';
import { formList } from './form-list.ts';
import { callerId } from './role-id.ts';
import { factsOf } from './session-facts.ts';
import type { Session, Sessions } from './sessions.ts';

/** Fields that would change who gets in, or what a session may do; to pass over them would grant too much. */
const UNSUPPORTED = /^(SerialNumber|TokenCode|ProvidedContexts)(\.|$)/;

function required(fields: ReadonlyMap<string, string>, name: string): string {
  const value = fields.get(name);
  if (value === undefined) throw new ServiceError('ValidationError', `1 validation error detected: '${name}' must not be null`);
  return value;
}

function refuseUnsupported(fields: ReadonlyMap<string, string>): void {
  const unsupported = [...fields.keys()].map((name) => UNSUPPORTED.exec(name)?.[1]).find((name) => name !== undefined);
  if (unsupported === undefined) return;
  throw new ServiceError(
    'NotImplemented',
    `NotImplemented: sts:AssumeRole with '${unsupported}' is not simulated by headwaters`,
    501,
  );
}

function assumeRoleInput(fields: ReadonlyMap<string, string>): AssumeRoleInput {
  const externalId = fields.get('ExternalId');
  const duration = fields.get('DurationSeconds');
  const policy = fields.get('Policy');
  const sourceIdentity = fields.get('SourceIdentity');
  return {
    roleArn: required(fields, 'RoleArn'),
    roleSessionName: required(fields, 'RoleSessionName'),
    policyArns: formList(fields, 'PolicyArns').map((member) => required(member, 'arn')),
    tags: formList(fields, 'Tags').map((member) => [required(member, 'Key'), required(member, 'Value')] as const),
    transitiveTagKeys: formList(fields, 'TransitiveTagKeys').map((member) => required(member, '')),
    ...(externalId === undefined ? {} : { externalId }),
    ...(duration === undefined ? {} : { durationSeconds: Number(duration) }),
    ...(policy === undefined ? {} : { policy }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
}

/** The size of packed policies and tags, in per cent of what STS takes, is not told: only STS knows how it packs them. */
function assumedView({ caller, credentials }: Session): object {
  const sourceIdentity = factsOf(caller)?.sourceIdentity;
  return {
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: new Date(credentials.expiration ?? 0).toISOString(),
    },
    AssumedRoleUser: { AssumedRoleId: callerId(caller), Arn: caller.arn },
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
  };
}

/** STS: who am I, and let me be another. */
export class Sts implements QueryService {
  readonly name = 'sts';
  readonly xmlNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
  readonly operations: Readonly<Record<string, QueryOperation>>;

  constructor(sessions: Sessions) {
    this.operations = {
      GetCallerIdentity: (_fields, caller) => ({ Arn: caller.arn, UserId: callerId(caller), Account: caller.accountId }),
      AssumeRole: (fields, caller) => {
        refuseUnsupported(fields);
        return assumedView(sessions.assumeRole(caller, assumeRoleInput(fields)));
      },
    };
  }
}
