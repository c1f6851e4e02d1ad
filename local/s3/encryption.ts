import { ServiceError, type Keys } from '../service.ts';
import { lacking } from './s3-error.ts';

export const SSE_ALGORITHMS = ['AES256', 'aws:kms', 'aws:kms:dsse'] as const;
export type SseAlgorithm = (typeof SSE_ALGORITHMS)[number];

/** How a version is encrypted, where not under S3's own key. */
export interface Encryption {
  readonly algorithm: 'aws:kms' | 'aws:kms:dsse';
  /** @default - AWS's own key for S3, which asks for no permission */
  readonly kmsKeyArn?: string | undefined;
  /** Whether one data key serves the bucket, so that its ARN and not the object's is the encryption context. */
  readonly bucketKey: boolean;
}

/** What a request asks for: the headers' words, with the key's ARN for whatever named it. */
export interface EncryptionRequest {
  readonly algorithm?: SseAlgorithm | undefined;
  readonly keyId?: string | undefined;
  readonly bucketKey?: boolean | undefined;
  /** Whether the client brings a key of its own: SSE-C. @default false */
  readonly customerKey?: boolean | undefined;
}

/** What a bucket refuses unless its template says otherwise. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html */
export const BLOCKED_BY_DEFAULT: readonly string[] = ['SSE-C'];

/** A bucket, as far as encryption goes. */
interface Encrypted {
  readonly region: string;
  readonly accountId?: string | undefined;
  readonly sseAlgorithm?: SseAlgorithm | undefined;
  readonly kmsKeyArn?: string | undefined;
  readonly bucketKeyEnabled: boolean;
}

/**
 * The ARN of a key by its id, its ARN, its alias or that one's ARN; what names none stays, as an ARN, for KMS to refuse. Undefined for AWS's
 * own key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 * @throws S3Error NotImplemented for an alias without anybody who knows it
 */
export function keyArn(name: string, { region, accountId = '' }: Encrypted, keys: Keys | undefined): string | undefined {
  if (/(^|:)alias\/aws\/s3$/.test(name)) return undefined;
  const isAlias = /(^|:)alias\//.test(name);
  if (isAlias && keys === undefined) throw lacking('PutObject under a key named by its alias');
  const full = name.startsWith('arn:') ? name : `arn:aws:kms:${region}:${accountId}:${isAlias ? name : `key/${name}`}`;
  try {
    return keys?.arnOf(name) ?? full;
  } catch (error) {
    if (error instanceof ServiceError) return full;
    throw error;
  }
}

/** The encryption that a bucket's template gives to what is put without a word about it. */
function defaultEncryption({ sseAlgorithm, kmsKeyArn, bucketKeyEnabled }: Encrypted): Encryption | undefined {
  const algorithm = sseAlgorithm ?? (kmsKeyArn === undefined ? 'AES256' : 'aws:kms');
  return algorithm === 'AES256' ? undefined : { algorithm, kmsKeyArn, bucketKey: bucketKeyEnabled && algorithm === 'aws:kms' };
}

/**
 * The encryption of a new version. A request that names KMS and no key is under AWS's own key for S3, whatever the bucket's default is.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function encryptionFor({ algorithm, keyId, bucketKey }: EncryptionRequest, bucket: Encrypted): Encryption | undefined {
  if (algorithm === undefined && keyId === undefined) {
    const byDefault = defaultEncryption(bucket);
    return byDefault === undefined ? undefined : { ...byDefault, bucketKey: bucketKey ?? byDefault.bucketKey };
  }
  if (algorithm === 'AES256') return undefined;
  return {
    algorithm: algorithm ?? 'aws:kms',
    kmsKeyArn: keyId,
    bucketKey: algorithm === 'aws:kms:dsse' ? false : (bucketKey ?? bucket.bucketKeyEnabled),
  };
}
