import type { StorageClass } from './retention-classes.ts';

/**
 * Days that S3 bills an object at least, once it is in the class: one that leaves or expires earlier is billed for the rest.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
 */
export const SHORTEST_STAY_DAYS: Readonly<Record<StorageClass, number>> = {
  STANDARD: 0,
  STANDARD_IA: 30,
  GLACIER_IR: 90,
  GLACIER: 90,
  DEEP_ARCHIVE: 180,
};

/**
 * Bytes under which a lifecycle rule leaves an object where it is, whatever the class.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
export const SMALLEST_MOVED_BYTES = 128 * 1024;

/** Bytes that an archived object is billed beside its own: its name in Standard, its index in the archive. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
export const ARCHIVED_OBJECT_BYTES = { inStandard: 8 * 1024, inArchive: 32 * 1024 } as const;

/** Hours until an archived object is back, standard tier; a class that is missing is read at once. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html */
export const RESTORE_HOURS: Readonly<Partial<Record<StorageClass, number>>> = { GLACIER: 5, DEEP_ARCHIVE: 12 };
