import { SHORTEST_STAY_DAYS } from './s3-rules.ts';

/** Storage classes as S3 names them, by what a reader can do with an object. */
export type StorageClass = 'STANDARD' | 'STANDARD_IA' | 'GLACIER_IR' | 'GLACIER' | 'DEEP_ARCHIVE';
export type Temperature = 'hot' | 'warm' | 'cold';

/** Hot and warm are read by a query as they lie; cold only after a restore. */
export const TEMPERATURE: Readonly<Record<StorageClass, Temperature>> = {
  STANDARD: 'hot',
  STANDARD_IA: 'warm',
  GLACIER_IR: 'warm',
  GLACIER: 'cold',
  DEEP_ARCHIVE: 'cold',
};

/** A life of objects in `clean`: days count from an object's creation. */
export interface RetentionClass {
  /** The first segment of every key; frozen, because objects lie under it. */
  readonly name: string;
  readonly transitions: readonly { readonly afterDays: number; readonly storageClass: StorageClass }[];
  /** Days during which a query finds the object without a restore. */
  readonly queryableDays: number;
  readonly expireAfterDays: number;
}

/** Retentions that the platform offers, in days: a lifecycle rule stands in the lake for each, whether used or not. */
export const RETENTION_DAYS = [7, 30, 90, 180, 365, 730, 1095, 1825, 2555, 3650] as const;
const HOT_DAYS = [30, 90] as const;
const QUERYABLE_DAYS = [90, 365] as const;
/** An archive pays from two years of retention on, or a year after a hot quarter: Deep Archive bills 180 days at least. */
const ARCHIVE_FROM_DAYS = 365;

/**
 * Days an object must lie in Standard before S3 lets it go to Infrequent Access.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const INFREQUENT_ACCESS_AFTER = 30;

const warm = (fromDays: number, toDays: number): StorageClass =>
  toDays - fromDays >= SHORTEST_STAY_DAYS.GLACIER_IR ? 'GLACIER_IR' : 'STANDARD_IA';

function life(keepDays: number, hotDays: number, queryableDays: number, archive?: 'GLACIER' | 'DEEP_ARCHIVE'): RetentionClass {
  const transitions: { afterDays: number; storageClass: StorageClass }[] = [];
  if (hotDays < queryableDays && hotDays >= INFREQUENT_ACCESS_AFTER) {
    transitions.push({ afterDays: hotDays, storageClass: warm(hotDays, queryableDays) });
  }
  if (archive !== undefined) transitions.push({ afterDays: queryableDays, storageClass: archive });
  const parts = [`keep${keepDays}`, `hot${hotDays}`];
  if (hotDays < queryableDays) parts.push(`warm${queryableDays}`);
  if (archive !== undefined) parts.push(archive === 'GLACIER' ? 'flexible' : 'deep');
  return { name: parts.join('-'), transitions, queryableDays, expireAfterDays: keepDays };
}

/** Every life an object may have. Closed and frozen (test/core/storage): Foundation holds a rule for each, so that no dataset ever edits Foundation. */
export const RETENTION_CLASSES: readonly RetentionClass[] = RETENTION_DAYS.flatMap((keep) => {
  const plain = [life(keep, Math.min(keep, 30), keep), ...(keep > 90 ? [life(keep, 90, keep)] : [])];
  const hotOnly = keep > 30 ? [life(keep, keep, keep)] : [];
  const archived =
    keep < ARCHIVE_FROM_DAYS
      ? []
      : QUERYABLE_DAYS.filter((queryable) => queryable < keep).flatMap((queryable) =>
          HOT_DAYS.flatMap((hot) => [life(keep, hot, queryable, 'GLACIER'), life(keep, hot, queryable, 'DEEP_ARCHIVE')]),
        );
  return [...plain, ...hotOnly, ...archived];
});

/** Days that originals stay in `raw`, and rejects in `quarantine`: long enough to replay, and never longer than the data itself may be kept. */
export const RAW_DAYS = 30;
export const QUARANTINE_DAYS = 90;
/** Days that an object which expired or was replaced stays on as a noncurrent version, in the class where it lay. */
export const NONCURRENT_DAYS = 7;

/** Days that an original may be locked in `raw`: no longer than the shortest retention and the days that a version outlives it. */
export const LONGEST_LOCK_DAYS = Math.min(...RETENTION_DAYS) + NONCURRENT_DAYS;

/** The start of every class name of one retention; a lifecycle rule of `raw` or `quarantine` matches by it. */
export const retentionPrefix = (keepDays: number): string => `keep${keepDays}-`;
