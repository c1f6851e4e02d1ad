import type { Checksum } from './checksum.ts';
import type { EncryptionRequest, SseAlgorithm } from './encryption.ts';
import type { Attributes, ObjectVersion, StorageClass } from './object-version.ts';

/** A bucket as the template creates it. */
export interface NewBucket {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** The account that owns the bucket. @default - '', and key ids cannot be told from ARNs */
  readonly accountId?: string | undefined;
  /** @default - 'aws:kms' with a key, else 'AES256' */
  readonly sseAlgorithm?: SseAlgorithm | undefined;
  /** The key that encrypts objects by default. @default - S3's own key, which needs no permission */
  readonly kmsKeyArn?: string | undefined;
  readonly bucketKeyEnabled: boolean;
  /** `BlockedEncryptionTypes`: `SSE-C`, or `NONE`. @default - SSE-C, as of new buckets since April 2026 */
  readonly blockedEncryptionTypes?: readonly string[] | undefined;
  readonly versioned: boolean;
  /** Whether the template suspends versioning, which hides deleted objects under a marker named null. @default false */
  readonly suspended?: boolean | undefined;
  /** `LifecycleConfiguration`, as it stands in the template. @default - objects stay as they are */
  readonly lifecycle?: unknown;
  /** Further properties of the template's resource, by their names. @default - none */
  readonly configuration?: Readonly<Record<string, unknown>> | undefined;
}

/** What must be true of the current version for a write to go on. */
export interface WriteCondition {
  /** Only `*`: nothing may be there. */
  readonly ifNoneMatch?: string | undefined;
  /** The ETag of what is replaced. */
  readonly ifMatch?: string | undefined;
}

/** What a write says about an object besides its bytes; what it leaves out is the bucket's default. */
export interface PutOptions extends WriteCondition, Partial<Omit<Attributes, 'encryption'>> {
  /** @default - the bucket's */
  readonly sse?: EncryptionRequest | undefined;
  /** Checked already. */
  readonly checksum?: Checksum | undefined;
  /** A canned ACL. @default - none is named */
  readonly acl?: string | undefined;
  /** The digest that a client states for its bytes, hex. */
  readonly md5?: string | undefined;
}

/** How a version came to be, as events tell it. */
export type Creation = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';

/** A version to be put: all is decided. */
export interface NewVersion extends Attributes {
  readonly storageClass: StorageClass;
  readonly checksum?: Checksum | undefined;
  readonly parts?: ObjectVersion['parts'];
  /** @default - made from the bytes */
  readonly etag?: string | undefined;
}
