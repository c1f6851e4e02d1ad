import type { StoredObject } from './object-store.ts';

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

/** One version of an object. It is never changed: a transition puts another in its place. */
export interface ObjectVersion extends StoredObject {
  readonly storageClass: StorageClass;
  readonly contentType: string;
  /** User metadata, names in lower case and without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** A version without bytes that says the object is gone. */
  readonly deleteMarker: boolean;
}
