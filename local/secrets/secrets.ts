import { createHash } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import { Members } from '../input.ts';
import { ServiceError, type Access, type Caller, type JsonService } from '../service.ts';
import { versionOf, type NewSecret, type SecretVersion } from './secret.ts';

interface Secret extends NewSecret, SecretVersion {
  readonly arn: string;
}

const DAY = 86_400_000;
/** A name, or an ARN with one. */
const ID = /^(?:arn:[\w:-]+:secret:)?[\w/+=.@!-]+$/;
/** What Secrets Manager adds to a name. */
const SUFFIX = /-[A-Za-z\d]{6}$/;
const STAGE = 'AWSCURRENT';
/** What Secrets Manager calls the key of its own. */
const DEFAULT_KEY = 'DefaultEncryptionKey';
/** Versions of one answer. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html */
const MOST_VERSIONS = 100;

/** KMS's refusals for what a key is, and not for who asks. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors */
const UNUSABLE: readonly string[] = ['DisabledException', 'KMSInvalidStateException', 'NotFoundException'];

export interface SecretsParts {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly region: string;
  readonly accountId: string;
}

/** Secrets Manager: values that were made once, and are given to whom the policies allow. */
export class Secrets {
  private readonly secrets = new Map<string, Secret>();
  readonly service: JsonService = {
    name: 'secretsmanager',
    targetPrefix: 'secretsmanager',
    version: '1.1',
    errorMessage: 'Message',
    operations: {
      GetSecretValue: async (raw, caller) =>
        this.getSecretValue(new Members(raw).only(['SecretId', 'VersionId', 'VersionStage']), caller),
      DescribeSecret: async (raw, caller) => {
        const input = new Members(raw).only(['SecretId']);
        return describe(this.find(input, caller, 'secretsmanager:DescribeSecret'));
      },
      ListSecretVersionIds: async (raw, caller) => {
        const input = new Members(raw).only(['SecretId', 'IncludeDeprecated', 'MaxResults', 'NextToken']);
        return listVersions(this.find(input, caller, 'secretsmanager:ListSecretVersionIds'), input);
      },
    },
  };

  /** @param versions What earlier runs left by the secret's name; a new secret's version is added. */
  constructor(
    private readonly parts: SecretsParts,
    private readonly versions: Map<string, unknown> = new Map(),
  ) {}

  /**
   * The six characters that Secrets Manager adds to a name are made from the name here, so that the ARN is the same in each run.
   *
   * @param make Makes the value; called only where no earlier run has made it
   * @returns the secret's ARN
   */
  createSecret(secret: NewSecret, make: () => string): string {
    const { name } = secret;
    const version = versionOf(this.versions.get(name), this.parts.clock.now(), make);
    this.versions.set(name, version);
    const suffix = createHash('sha256').update(name).digest('base64').replace(/[+/=]/g, '').slice(0, 6);
    const arn = `arn:aws:secretsmanager:${this.parts.region}:${this.parts.accountId}:secret:${name}-${suffix}`;
    this.secrets.set(arn, { ...secret, ...version, arn });
    return arn;
  }

  /** The current value of a secret, by its name or its ARN, for CloudFormation; undefined for one that is not there. */
  valueOf(id: string): string | undefined {
    return this.named(id)?.value;
  }

  private getSecretValue(input: Members, caller: Caller): object {
    const secret = this.find(input, caller, 'secretsmanager:GetSecretValue');
    checkVersion(input, secret);
    const { arn, name, keyArn, value, versionId, created } = secret;
    if (keyArn !== undefined) this.useKey(caller, arn, keyArn);
    this.accessed(secret);
    return {
      ARN: arn,
      Name: name,
      VersionId: versionId,
      VersionStages: [STAGE],
      SecretString: value,
      CreatedDate: created / 1000,
    };
  }

  /** Keeps the day, and not the hour. */
  private accessed(secret: Secret): void {
    const accessed = Math.floor(this.parts.clock.now() / DAY) * DAY;
    const { value, versionId, created } = secret;
    this.secrets.set(secret.arn, { ...secret, accessed });
    this.versions.set(secret.name, { value, versionId, created, accessed });
  }

  /** @throws ServiceError AccessDeniedException in Secrets Manager's words, DecryptionFailure */
  private useKey(caller: Caller, arn: string, keyArn: string): void {
    try {
      this.parts.access.check(caller, 'kms:Decrypt', keyArn, {
        'kms:ViaService': `secretsmanager.${this.parts.region}.amazonaws.com`,
        'kms:CallerAccount': caller.accountId,
        'kms:EncryptionContext:SecretARN': arn,
        'kms:EncryptionContextKeys': ['SecretARN'],
      });
    } catch (error) {
      if (!(error instanceof ServiceError) || !UNUSABLE.includes(error.code)) throw error;
      throw new ServiceError(
        'DecryptionFailure',
        "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
      );
    }
  }

  /** A secret is named by its ARN, its ARN without the six characters, or its name. A name that ends as if it had them takes the whole ARN. */
  private named(id: string): Secret | undefined {
    const isPart = ({ arn }: Secret): boolean => arn.slice(0, -7) === id && !SUFFIX.test(id);
    return this.secrets.get(id) ?? [...this.secrets.values()].find((candidate) => candidate.name === id || isPart(candidate));
  }

  private find(input: Members, caller: Caller, action: string): Secret {
    const id = input.text('SecretId');
    if (!ID.test(id))
      throw new ServiceError(
        'ValidationException',
        'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
      );
    const secret = this.named(id);
    this.parts.access.check(caller, action, secret?.arn ?? id);
    if (secret === undefined)
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  }
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
const describe = ({ arn, name, keyArn, description, tags = {}, versionId, created, accessed }: Secret): object => ({
  ARN: arn,
  Name: name,
  ...(description !== undefined && { Description: description }),
  ...(keyArn !== undefined && { KmsKeyId: keyArn }),
  LastChangedDate: created / 1000,
  ...(accessed !== undefined && { LastAccessedDate: accessed / 1000 }),
  ...(Object.keys(tags).length > 0 && { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
  VersionIdsToStages: { [versionId]: [STAGE] },
  CreatedDate: created / 1000,
});

/** @throws ServiceError InvalidNextTokenException: one answer holds them all */
function listVersions({ arn, name, keyArn, versionId, created }: Secret, input: Members): object {
  const most = input.optionalNumber('MaxResults') ?? MOST_VERSIONS;
  if (!Number.isInteger(most) || most < 1 || most > MOST_VERSIONS)
    throw input.invalid('MaxResults', `must be 1 to ${MOST_VERSIONS}`);
  if (input.has('NextToken')) throw new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
  const version = {
    VersionId: versionId,
    VersionStages: [STAGE],
    CreatedDate: created / 1000,
    KmsKeyIds: [keyArn ?? DEFAULT_KEY],
  };
  return { Versions: [version], ARN: arn, Name: name };
}

/** @throws ServiceError ResourceNotFoundException for another version than the one there is, InvalidRequestException for its id beside another's stage */
function checkVersion(input: Members, { versionId }: SecretVersion): void {
  const id = input.optionalText('VersionId') ?? versionId;
  const stage = input.optionalText('VersionStage') ?? STAGE;
  if (id !== versionId) throw valueNotFound(`VersionId: ${id}`);
  if (stage !== STAGE && input.has('VersionId'))
    throw new ServiceError(
      'InvalidRequestException',
      'You provided a VersionStage that is not associated to the provided VersionId.',
    );
  if (stage !== STAGE) throw valueNotFound(`staging label: ${stage}`);
}

const valueNotFound = (what: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);
