import { createHash } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import { Members } from '../input.ts';
import { ServiceError, type Access, type Caller, type JsonService } from '../service.ts';

interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly keyArn: string | undefined;
  readonly value: string;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
}

/** The one version that a secret has. */
const VERSION_ID = '00000000-0000-4000-8000-000000000001';
const STAGE = 'AWSCURRENT';

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
    operations: {
      GetSecretValue: async (raw, caller) =>
        this.getSecretValue(new Members(raw).only(['SecretId', 'VersionId', 'VersionStage']), caller),
      DescribeSecret: async (raw, caller) => {
        const { arn, name, keyArn, created } = this.find(new Members(raw), caller, 'secretsmanager:DescribeSecret');
        return { ARN: arn, Name: name, CreatedDate: created / 1000, ...(keyArn !== undefined && { KmsKeyId: keyArn }) };
      },
    },
  };

  /** @param values Values of earlier runs by the secret's name; a new secret's value is added. */
  constructor(
    private readonly parts: SecretsParts,
    private readonly values: Map<string, string> = new Map(),
  ) {}

  /**
   * The six characters that Secrets Manager adds to a name are made from the name here, so that the ARN is the same in each run.
   *
   * @param make Makes the value; called only where no earlier run has made it
   * @returns the secret's ARN
   */
  createSecret(name: string, keyArn: string | undefined, make: () => string): string {
    const value = this.values.get(name) ?? make();
    this.values.set(name, value);
    const suffix = createHash('sha256').update(name).digest('base64').replace(/[+/=]/g, '').slice(0, 6);
    const arn = `arn:aws:secretsmanager:${this.parts.region}:${this.parts.accountId}:secret:${name}-${suffix}`;
    this.secrets.set(arn, { arn, name, keyArn, value, created: this.parts.clock.now() });
    return arn;
  }

  private getSecretValue(input: Members, caller: Caller): object {
    const { arn, name, keyArn, value, created } = this.find(input, caller, 'secretsmanager:GetSecretValue');
    checkVersion(input);
    if (keyArn !== undefined) this.useKey(caller, arn, keyArn);
    return {
      ARN: arn,
      Name: name,
      VersionId: VERSION_ID,
      VersionStages: [STAGE],
      SecretString: value,
      CreatedDate: created / 1000,
    };
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

  /** A secret is named by its ARN, its ARN without the six characters, or its name. */
  private find(input: Members, caller: Caller, action: string): Secret {
    const id = input.text('SecretId');
    const secret =
      this.secrets.get(id) ?? [...this.secrets.values()].find(({ arn, name }) => name === id || arn.slice(0, -7) === id);
    this.parts.access.check(caller, action, secret?.arn ?? id);
    if (secret === undefined)
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  }
}

/** @throws ServiceError ResourceNotFoundException for another version than the one there is */
function checkVersion(input: Members): void {
  const id = input.optionalText('VersionId') ?? VERSION_ID;
  const stage = input.optionalText('VersionStage') ?? STAGE;
  if (id !== VERSION_ID) throw valueNotFound(`VersionId: ${id}`);
  if (stage !== STAGE) throw valueNotFound(`staging label: ${stage}`);
}

const valueNotFound = (what: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);
