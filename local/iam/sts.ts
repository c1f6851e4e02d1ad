import { ServiceError, type Caller } from '../service.ts';
import { roleId } from './role-id.ts';
import type { Session, Sessions } from './sessions.ts';

/** An operation over AWS's query protocol: form fields in, the content of `<Operation>Result` out. */
export type QueryOperation = (fields: ReadonlyMap<string, string>, caller: Caller) => object;

/** A service that takes forms and answers XML. */
export interface QueryService {
  /** The name that signatures carry: `sts`. */
  readonly name: string;
  /** Of the answers. */
  readonly xmlNamespace: string;
  readonly operations: Readonly<Record<string, QueryOperation>>;
}

/** Fields of AssumeRole that would change what a session may do; to pass over them would grant too much. */
const UNSUPPORTED = /^(Policy|PolicyArns|Tags|TransitiveTagKeys|SourceIdentity|SerialNumber|TokenCode|ProvidedContexts)(\.|$)/;

const userId = ({ arn, roleArn, accountId }: Caller): string =>
  roleArn === undefined ? accountId : `${roleId(roleArn)}:${arn.slice(arn.lastIndexOf('/') + 1)}`;

function required(fields: ReadonlyMap<string, string>, name: string): string {
  const value = fields.get(name);
  if (value === undefined) throw new ServiceError('ValidationError', `1 validation error detected: '${name}' must not be null`);
  return value;
}

const assumed = ({ caller, credentials }: Session) => ({
  Credentials: {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: new Date(credentials.expiration ?? 0).toISOString(),
  },
  AssumedRoleUser: { AssumedRoleId: userId(caller), Arn: caller.arn },
});

/** STS: who am I, and let me be another. */
export class Sts implements QueryService {
  readonly name = 'sts';
  readonly xmlNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
  readonly operations: Readonly<Record<string, QueryOperation>>;

  constructor(sessions: Sessions) {
    this.operations = {
      GetCallerIdentity: (_fields, caller) => ({ Arn: caller.arn, UserId: userId(caller), Account: caller.accountId }),
      AssumeRole: (fields, caller) => {
        const unsupported = [...fields.keys()].map((name) => UNSUPPORTED.exec(name)?.[1]).find((name) => name !== undefined);
        if (unsupported !== undefined) {
          throw new ServiceError(
            'NotImplemented',
            `NotImplemented: sts:AssumeRole with '${unsupported}' is not simulated by headwaters`,
            501,
          );
        }
        const externalId = fields.get('ExternalId');
        const duration = fields.get('DurationSeconds');
        return assumed(
          sessions.assumeRole(caller, {
            roleArn: required(fields, 'RoleArn'),
            roleSessionName: required(fields, 'RoleSessionName'),
            ...(externalId === undefined ? {} : { externalId }),
            ...(duration === undefined ? {} : { durationSeconds: Number(duration) }),
          }),
        );
      },
    };
  }
}
