import { Duration } from 'aws-cdk-lib/core';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  QUARANTINE_DAYS,
  RAW_DAYS,
  RETENTION_CLASSES,
  RETENTION_DAYS,
  retentionPrefix,
  type StorageClass,
} from '../../core/storage/retention-classes.ts';

const STORAGE_CLASS: Readonly<Record<Exclude<StorageClass, 'STANDARD'>, s3.StorageClass>> = {
  STANDARD_IA: s3.StorageClass.INFREQUENT_ACCESS,
  GLACIER_IR: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
  GLACIER: s3.StorageClass.GLACIER,
  DEEP_ARCHIVE: s3.StorageClass.DEEP_ARCHIVE,
};

/** A delivery's errors lie outside the retention classes, so they go as early as the shortest of them. `raw` holds the originals as long, and longer where the data is kept longer. */
const errors = (): s3.LifecycleRule => ({
  id: 'delivery-errors',
  prefix: '_errors/',
  expiration: Duration.days(Math.min(...RETENTION_DAYS)),
});

/** `clean`: one rule for each retention class, used or not, so that no dataset ever edits the bucket; and the errors of deliveries. */
export const cleanRules = (): s3.LifecycleRule[] => [
  errors(),
  ...RETENTION_CLASSES.map(({ name, transitions, expireAfterDays }) => ({
    id: name,
    prefix: `${name}/`,
    transitions: transitions.map(({ afterDays, storageClass }) => ({
      storageClass: STORAGE_CLASS[storageClass as Exclude<StorageClass, 'STANDARD'>],
      transitionAfter: Duration.days(afterDays),
    })),
    expiration: Duration.days(expireAfterDays),
  })),
];

/** `raw` and `quarantine`: one rule for each retention, never longer than the data itself may be kept. */
const shortRules = (longestDays: number): s3.LifecycleRule[] => [
  errors(),
  ...RETENTION_DAYS.map((days) => ({
    id: `keep${days}`,
    prefix: retentionPrefix(days),
    expiration: Duration.days(Math.min(days, longestDays)),
  })),
];
export const rawRules = (): s3.LifecycleRule[] => shortRules(RAW_DAYS);
export const quarantineRules = (): s3.LifecycleRule[] => shortRules(QUARANTINE_DAYS);

/**
 * `curated` and `mart`: tables whose rows go by statements and whose files by their own maintenance, so that nothing expires here. Nothing
 * is archived either: a query must never meet an object that it cannot read.
 */
export const tableRules = (): s3.LifecycleRule[] => [
  {
    id: 'tiering',
    transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
  },
];
