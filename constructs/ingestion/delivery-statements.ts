import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow, allowZoneKey } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';
import type { DeliveryLog } from './delivery-log.ts';

export interface DeliveryStatementsProps {
  readonly lake: Pick<Lake, 'raw' | 'clean'>;
  readonly transform: lambda.IAlias;
  /** ARNs of the catalog, of the database and of each table whose schema is read. */
  readonly schemas: readonly string[];
  /** Patterns of the keys that are written in `clean` and `raw`. */
  readonly keys: readonly string[];
  readonly log: DeliveryLog;
}

/** What a delivery to `clean` and `raw` may do, wherever its records come from. */
export const deliveryStatements = (
  scope: Construct,
  { lake: { raw, clean }, transform, schemas, keys, log }: DeliveryStatementsProps,
): iam.PolicyStatement[] => [
  allow('Transform', ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'], [transform.functionArn]),
  allow('ReadSchema', ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'], schemas),
  // Firehose documents no prefix that it lists, so no condition names one (docs/unverified.md, row 73)
  allow(
    'FindBuckets',
    ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
    [clean.bucket.bucketArn, raw.bucket.bucketArn],
  ),
  allow(
    'WriteObjects',
    ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
    [clean, raw].flatMap(({ bucket }) => keys.map((key) => bucket.arnForObjects(key))),
  ),
  allowZoneKey(scope, 'EncryptClean', clean, ['kms:Decrypt', 'kms:GenerateDataKey']),
  allowZoneKey(scope, 'EncryptRaw', raw, ['kms:Decrypt', 'kms:GenerateDataKey']),
  allow('WriteLog', ['logs:PutLogEvents'], log.streamArns),
];
