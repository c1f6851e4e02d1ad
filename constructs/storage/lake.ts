import { Fn } from 'aws-cdk-lib/core';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { exportName } from '../../core/naming.ts';
import { importScope } from '../import-scope.ts';

/** A bucket and the key that its objects are encrypted with. */
export interface LakeZone {
  /** Keys of its objects begin as `datasetPrefix` says. */
  readonly bucket: s3.IBucket;
  /** Also the key of the bucket's default encryption, as a bucket key. */
  readonly key: kms.IKey;
}

/** Where data lies, as the other constructs use it: made by `LakeStorage`, imported from its exports, or somebody's own. */
export interface Lake {
  /** Payloads as received; closed. */
  readonly raw: LakeZone;
  /** Valid, typed, protected records. */
  readonly clean: LakeZone;
  /** What failed, with its reason and original bytes; closed. */
  readonly quarantine: LakeZone;
  /** Iceberg tables, one row for each business key. */
  readonly curated: LakeZone;
  /** Query results, by workgroup. */
  readonly results: LakeZone;
  /** Key of the streams. */
  readonly streamKey: kms.IKey;
  /** Key of what is closed: `raw`, `quarantine`, and the domains' secrets. */
  readonly closedKey: kms.IKey;
  /** Key of log groups: its policy admits CloudWatch Logs. */
  readonly logKey: kms.IKey;
  /**
   * Whether `clean` and `quarantine` tell EventBridge of their objects: the alarm that counts what deliveries file waits for it.
   *
   * @default - taken for granted, since an export cannot say it
   */
  readonly tellsEventBridge?: boolean;
}

/** The fixed list that a lake exports; a domain reads nothing else of it. */
export const LAKE_EXPORTS = [
  'RawBucketName',
  'CleanBucketName',
  'QuarantineBucketName',
  'CuratedBucketName',
  'ResultsBucketName',
  'StreamKeyArn',
  'LakeKeyArn',
  'ClosedKeyArn',
  'ResultsKeyArn',
  'LogKeyArn',
] as const;
export type LakeExport = (typeof LAKE_EXPORTS)[number];

/** A lake of another stack, by its exports. @throws {@link InvalidProps} `BadEnvironment` */
export function importLake(parent: Construct, environment: string): Lake {
  const scope = importScope(parent, 'Lake', environment);
  const value = (name: LakeExport) => Fn.importValue(exportName(environment, name));
  const key = (id: string, name: LakeExport) => kms.Key.fromKeyArn(scope, id, value(name));
  const bucket = (id: string, name: LakeExport) => s3.Bucket.fromBucketName(scope, id, value(name));
  const closedKey = key('ClosedKey', 'ClosedKeyArn');
  const lakeKey = key('LakeKey', 'LakeKeyArn');
  return {
    raw: { bucket: bucket('Raw', 'RawBucketName'), key: closedKey },
    clean: { bucket: bucket('Clean', 'CleanBucketName'), key: lakeKey },
    quarantine: { bucket: bucket('Quarantine', 'QuarantineBucketName'), key: closedKey },
    curated: { bucket: bucket('Curated', 'CuratedBucketName'), key: lakeKey },
    results: { bucket: bucket('Results', 'ResultsBucketName'), key: key('ResultsKey', 'ResultsKeyArn') },
    streamKey: key('StreamKey', 'StreamKeyArn'),
    closedKey,
    logKey: key('LogKey', 'LogKeyArn'),
  };
}
