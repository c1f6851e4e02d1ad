import { ServiceError, type Access, type Caller, type Keys } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { keyArn, type Encryption, type EncryptionRequest } from './encryption.ts';
import { tagContext } from './tags.ts';
import type { ObjectVersion } from './object-version.ts';

/** Condition keys of a request. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

const objectArn = ({ settings }: Bucket, key: string): string => `${settings.arn}/${key}`;

/** What a policy may ask about the version that a request is for. */
export const versionContext = (versionId: string | undefined, version: ObjectVersion | undefined): Context => ({
  ...(versionId === undefined ? {} : { 's3:VersionId': versionId }),
  ...tagContext('ExistingObjectTag', version?.tags),
});

/** Asks, before anything is done or told, whether the caller may. */
export class Guard {
  constructor(
    private readonly access: Access,
    private readonly keys: Keys | undefined,
  ) {}

  /** @throws ServiceError AccessDenied */
  account(caller: Caller, action: string): void {
    this.access.check(caller, action, '*');
  }

  /** @throws ServiceError AccessDenied */
  bucket(caller: Caller, action: string, { settings }: Bucket, context: Context = {}): void {
    this.access.check(caller, action, settings.arn, context);
  }

  /** @throws ServiceError AccessDenied */
  object(caller: Caller, action: string, bucket: Bucket, key: string, context: Context = {}): void {
    this.access.check(caller, action, objectArn(bucket, key), context);
  }

  /** What a request asks for, with its key in full. @throws S3Error NotImplemented */
  encryption(request: EncryptionRequest, { settings }: Bucket): EncryptionRequest {
    const { keyId } = request;
    return keyId === undefined ? request : { ...request, keyId: keyArn(keyId, settings, this.keys) };
  }

  /**
   * S3 uses a key in the caller's name; a refusal comes with a code of S3's own, the key's state with KMS's. AWS's own key serves the whole
   * account.
   *
   * @throws ServiceError AccessDenied, KMS.NotFoundException, KMS.DisabledException, KMS.KMSInvalidStateException
   */
  key(caller: Caller, action: 'kms:GenerateDataKey' | 'kms:Decrypt', place: KeyUse): void {
    const { bucket, key, encryption } = place;
    if (encryption?.kmsKeyArn === undefined) return;
    try {
      this.access.check(caller, action, encryption.kmsKeyArn, {
        'kms:ViaService': `s3.${bucket.settings.region}.amazonaws.com`,
        'kms:EncryptionContext:aws:s3:arn': encryption.bucketKey ? bucket.settings.arn : objectArn(bucket, key),
        'kms:EncryptionContextKeys': 'aws:s3:arn',
        'kms:CallerAccount': caller.accountId,
        'aws:ViaAWSService': 'true',
      });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.code.startsWith('AccessDenied')) throw new ServiceError('AccessDenied', error.message, 403);
      throw new ServiceError(`KMS.${error.code}`, error.message);
    }
  }
}

/** An object whose bytes are encrypted or decrypted. */
export interface KeyUse {
  readonly bucket: Bucket;
  readonly key: string;
  readonly encryption: Encryption | undefined;
}
