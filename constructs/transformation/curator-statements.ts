import { Stack } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { curatedPrefix } from '../../core/curated/curated-location.ts';
import { curatedTableName, tableName } from '../../core/naming.ts';
import { pastClasses, pastPrefix, pastTableName, type DatasetWithReleases } from '../../core/storage/dataset-past.ts';
import { datasetPrefix } from '../../core/storage/layout.ts';
import { catalogArns } from '../catalog/catalog-arns.ts';
import { allow, viaService } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';

export interface CuratorStatementsProps {
  readonly workGroup: string;
  readonly databaseName: string;
  readonly datasets: readonly DatasetWithReleases[];
  readonly lake: Pick<Lake, 'clean' | 'curated' | 'results'>;
}

const THROUGH_ATHENA = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } } as const;

/**
 * What folds some datasets: through Athena alone, and of each dataset nothing but its own places.
 *
 * Athena encrypts what it writes into a table as it encrypts results, so both lie under the key of `curated`.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings.html
 */
export function curatorStatements(scope: Construct, props: CuratorStatementsProps): iam.PolicyStatement[] {
  const { workGroup, databaseName, datasets, lake } = props;
  const { clean, curated, results } = lake;
  const { partition, region, account } = Stack.of(scope);
  const athena = (resource: string) => `arn:${partition}:athena:${region}:${account}:${resource}`;
  const arns = catalogArns(scope, databaseName);
  const tables = datasets.map(({ name }) => arns.table(curatedTableName(name)));
  const sources = datasets.flatMap((dataset) => [
    tableName(dataset.name),
    ...pastClasses(dataset).map((retention) => pastTableName(dataset, retention)),
  ]);
  const read = datasets.flatMap((dataset) =>
    [datasetPrefix(dataset), ...pastClasses(dataset).map((retention) => pastPrefix(dataset, retention))].map(
      (prefix) => `${prefix}*`,
    ),
  );
  const written = datasets.map((dataset) => `${curatedPrefix(dataset)}/*`);
  const key = (sid: string, keyArn: string, actions: readonly string[], buckets: readonly string[]) =>
    allow(sid, actions, [keyArn], {
      StringEquals: { 'kms:ViaService': viaService(scope, 's3'), 'kms:EncryptionContext:aws:s3:arn': buckets },
    });
  return [
    allow(
      'Ask',
      ['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution', 'athena:StopQueryExecution'],
      [athena(`workgroup/${workGroup}`)],
    ),
    allow('FindCatalog', ['athena:GetDataCatalog'], [athena('datacatalog/AwsDataCatalog')]),
    allow('ReadCatalog', ['glue:GetDatabase', 'glue:GetTable'], [arns.catalog, arns.database, ...sources.map(arns.table)]),
    allow('CommitTables', ['glue:GetTable', 'glue:UpdateTable'], [arns.catalog, arns.database, ...tables]),
    allow(
      'FindBuckets',
      ['s3:GetBucketLocation'],
      [clean, curated, results].map(({ bucket }) => bucket.bucketArn),
    ),
    allow('ListCleanThroughAthena', ['s3:ListBucket'], [clean.bucket.bucketArn], {
      StringLike: { 's3:prefix': read },
      ...THROUGH_ATHENA,
    }),
    allow(
      'ReadCleanThroughAthena',
      ['s3:GetObject'],
      read.map((keys) => clean.bucket.arnForObjects(keys)),
      THROUGH_ATHENA,
    ),
    allow('ListTablesThroughAthena', ['s3:ListBucket'], [curated.bucket.bucketArn], {
      StringLike: { 's3:prefix': written },
      ...THROUGH_ATHENA,
    }),
    allow(
      'WriteTablesThroughAthena',
      ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      written.map((keys) => curated.bucket.arnForObjects(keys)),
      THROUGH_ATHENA,
    ),
    allow(
      'KeepResults',
      ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      [results.bucket.arnForObjects(`${workGroup}/*`)],
    ),
    allow('ListResults', ['s3:ListBucketMultipartUploads'], [results.bucket.bucketArn], {
      StringLike: { 's3:prefix': `${workGroup}/*` },
    }),
    key('DecryptClean', clean.key.keyArn, ['kms:Decrypt'], [clean.bucket.bucketArn]),
    key(
      'EncryptTables',
      curated.key.keyArn,
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      [curated.bucket.bucketArn, results.bucket.bucketArn],
    ),
  ];
}
