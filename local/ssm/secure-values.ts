import { createHash } from 'node:crypto';
import { ServiceError, type Access, type Caller, type Keys } from '../service.ts';
import type { NewVersion, ParameterVersion } from './parameter.ts';
import { arnOf, type Place } from './parameter-name.ts';

/** KMS's refusals for what a key is, and not for who asks. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html#API_PutParameter_Errors */
const UNUSABLE: readonly string[] = ['DisabledException', 'KMSInvalidStateException', 'NotFoundException'];

/** The key that AWS keeps for Parameter Store, as every account has it. */
export const OWN_KEY = 'alias/aws/ssm';

/** What encrypts the values of SecureStrings: a key that callers need a right to, or AWS's own, which asks for none. */
export class SecureValues {
  constructor(private readonly parts: Place & { readonly access: Access; readonly keys: Keys }) {}

  /**
   * Asks for what encrypts a value: the key itself, or a data key for an advanced parameter.
   *
   * @throws ServiceError AccessDeniedException, InvalidKeyId
   */
  encrypt(caller: Caller, name: string, { keyId, tier }: NewVersion): void {
    if (tier === 'Advanced') this.use(caller, 'kms:GenerateDataKey', name, keyId);
    else this.use(caller, 'kms:Encrypt', name, keyId);
  }

  /**
   * A value in clear, for whom the key lets decrypt it; without decryption a SecureString's is a text that says nothing of it.
   *
   * @throws ServiceError AccessDeniedException, InvalidKeyId
   */
  read(caller: Caller, name: string, version: ParameterVersion, isDecrypted: boolean): string {
    if (version.type !== 'SecureString') return version.value;
    if (!isDecrypted) return sealed(arnOf(this.parts, name), version.version);
    this.use(caller, 'kms:Decrypt', name, version.keyId);
    return version.value;
  }

  private use(caller: Caller, action: string, name: string, keyId: string | undefined): void {
    const { access, keys, region, accountId } = this.parts;
    if (keyId === undefined || keyId === OWN_KEY || keyId === `arn:aws:kms:${region}:${accountId}:${OWN_KEY}`) return;
    try {
      access.check(caller, action, keys.arnOf(keyId), {
        'kms:ViaService': `ssm.${region}.amazonaws.com`,
        'kms:CallerAccount': caller.accountId,
        'kms:EncryptionContext:PARAMETER_ARN': arnOf(this.parts, name),
        'kms:EncryptionContextKeys': ['PARAMETER_ARN'],
      });
    } catch (error) {
      if (!(error instanceof ServiceError) || !UNUSABLE.includes(error.code)) throw error;
      throw new ServiceError('InvalidKeyId', error.message);
    }
  }
}

const sealed = (arn: string, version: number): string => createHash('sha512').update(`${arn}:${version}`).digest('base64');
