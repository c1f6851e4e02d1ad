import type { Checksum } from './checksum.ts';
import type { Encryption } from './encryption.ts';
import type { Retention } from './object-lock.ts';
import type { StoredObject } from './object-store.ts';
import type { Restore } from './restore.ts';

/** Storage classes in the order in which lifecycle rules may move an object: never back. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
export const STORAGE_CLASSES = [
  'STANDARD',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
] as const;
export type StorageClass = (typeof STORAGE_CLASSES)[number];

/** Classes whose objects cannot be read before they are restored. */
export const isArchived = (storageClass: string): boolean => storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE';

/** A part of an object that was uploaded in parts. */
export interface ObjectPart {
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  /** Base64; kept where the upload named an algorithm. */
  readonly checksum?: string | undefined;
}

/** What a version says about itself besides its bytes. */
export interface Attributes {
  readonly storageClass: StorageClass;
  readonly contentType: string;
  /** User metadata, names in lower case and without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Further headers that a read repeats: `cache-control`, `content-disposition`, `content-encoding`… */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** @default - under S3's own key */
  readonly encryption?: Encryption | undefined;
  readonly retention?: Retention | undefined;
  readonly legalHold?: boolean | undefined;
}

/** One version of an object. It is never changed: a transition puts another in its place. */
export interface ObjectVersion extends StoredObject, Attributes {
  readonly storageClass: StorageClass;
  /** As the client gave it. @default - computed when it is asked for */
  readonly checksum?: Checksum | undefined;
  /** @default - it was put in one piece */
  readonly parts?: readonly ObjectPart[] | undefined;
  readonly restore?: Restore | undefined;
  /** Its place among the bucket's versions, where its id, `null`, does not tell it. @default - it is the oldest of its key */
  readonly serial?: number | undefined;
  /** A version without bytes that says the object is gone. */
  readonly deleteMarker: boolean;
}

/** Whether the bytes of a version can be read at a time: they are not archived, or there is a restored copy. */
export const isReadable = ({ storageClass, restore }: ObjectVersion, now: number): boolean =>
  !isArchived(storageClass) || (restore !== undefined && restore.ready <= now && now < restore.expires);
