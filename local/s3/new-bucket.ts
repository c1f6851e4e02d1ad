import type { ObjectVersion, StorageClass } from './object-version.ts';

/** A bucket as the template creates it. */
export interface NewBucket {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** The key that encrypts objects by default. @default - S3's own key, which needs no permission */
  readonly kmsKeyArn?: string | undefined;
  readonly bucketKeyEnabled: boolean;
  readonly versioned: boolean;
  /** `LifecycleConfiguration`, as it stands in the template. @default - objects stay as they are */
  readonly lifecycle?: unknown;
}

/** What a put says about an object besides its bytes. */
export interface PutOptions {
  /** @default 'binary/octet-stream' */
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** @default 'STANDARD' */
  readonly storageClass?: StorageClass;
  /** Looks at the version that would be replaced, once the caller may put; what it throws refuses the put. @default - replaces anything */
  readonly check?: (current: ObjectVersion | undefined) => void;
}
