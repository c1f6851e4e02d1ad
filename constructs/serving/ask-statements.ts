import { Stack } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { allow, allowZoneKey } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';

/** Lets a group run queries in its workgroup. */
export function askStatement(scope: IConstruct, workGroup: string): iam.PolicyStatement {
  const { partition, region, account } = Stack.of(scope);
  return allow(
    'Ask',
    [
      'athena:BatchGetNamedQuery',
      'athena:BatchGetPreparedStatement',
      'athena:BatchGetQueryExecution',
      'athena:GetNamedQuery',
      'athena:GetPreparedStatement',
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:GetQueryResultsStream',
      'athena:GetWorkGroup',
      'athena:ListNamedQueries',
      'athena:ListPreparedStatements',
      'athena:ListQueryExecutions',
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
    ],
    [`arn:${partition}:athena:${region}:${account}:workgroup/${workGroup}`],
  );
}

/**
 * Lets drivers, BI tools and the console show what may be asked: they look up catalogs, databases and tables through Athena before anybody
 * asks, each with what Glue opens to the role. The two lists know no resource.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/policy-actions.html
 */
export function browseStatements(scope: IConstruct): iam.PolicyStatement[] {
  const { partition, region, account } = Stack.of(scope);
  return [
    allow(
      'BrowseCatalog',
      [
        'athena:GetDataCatalog',
        'athena:GetDatabase',
        'athena:GetTableMetadata',
        'athena:ListDatabases',
        'athena:ListTableMetadata',
      ],
      [`arn:${partition}:athena:${region}:${account}:datacatalog/AwsDataCatalog`],
    ),
    allow('FindWorkGroups', ['athena:ListDataCatalogs', 'athena:ListWorkGroups'], ['*']),
  ];
}

/** What every query takes: the buckets' places, the workgroup's own results, and the keys of both. */
export const queryStatements = (
  scope: IConstruct,
  workGroup: string,
  { clean, results }: Pick<Lake, 'clean' | 'results'>,
): iam.PolicyStatement[] => [
  allow('FindBuckets', ['s3:GetBucketLocation'], [clean.bucket.bucketArn, results.bucket.bucketArn]),
  allow(
    'KeepResults',
    ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
    [results.bucket.arnForObjects(`${workGroup}/*`)],
  ),
  allow('ListResults', ['s3:ListBucket', 's3:ListBucketMultipartUploads'], [results.bucket.bucketArn], {
    StringLike: { 's3:prefix': `${workGroup}/*` },
  }),
  allowZoneKey(scope, 'DecryptClean', clean, ['kms:Decrypt']),
  allowZoneKey(scope, 'EncryptResults', results, ['kms:Decrypt', 'kms:GenerateDataKey']),
];

/** What a query of a curated table takes beside. */
export const curatedStatements = (scope: IConstruct, { curated }: Pick<Lake, 'curated'>): iam.PolicyStatement[] => [
  allow('FindCurated', ['s3:GetBucketLocation'], [curated.bucket.bucketArn]),
  allowZoneKey(scope, 'DecryptCurated', curated, ['kms:Decrypt']),
];
