import { Size, type Stack } from 'aws-cdk-lib/core';
import { Consumer, type ConsumerProps } from '../../../constructs/serving/index.ts';
import { keyArn, someLake } from '../../support/lake.ts';

/** A group that asks, and reads `energy` and `water` unless it is told otherwise. */
export const consume = (stack: Stack, rest: Partial<ConsumerProps> = {}) =>
  new Consumer(stack, 'Analysts', {
    environment: 'dev',
    group: 'analysts',
    domains: ['energy', 'water'],
    lake: someLake(stack),
    scanCutoff: Size.gibibytes(10),
    ...rest,
  });

const WORKGROUP = 'arn:${AWS::Partition}:athena:eu-west-1:111122223333:workgroup/headwaters-dev-analysts';
export const glue = (resource: string) => `arn:\${AWS::Partition}:glue:eu-west-1:111122223333:${resource}`;
export const throughAthena = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
const zoneContext = (bucket: string) => ({
  StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}` },
});
export const allow = (Sid: string, Action: string | string[], Resource: unknown, Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const ASK_ACTIONS = [
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
];
/** What a group may do whatever it reads: the first statements of its policy. */
export const ASK = [
  allow('Ask', ASK_ACTIONS, WORKGROUP),
  allow(
    'BrowseCatalog',
    [
      'athena:GetDataCatalog',
      'athena:GetDatabase',
      'athena:GetTableMetadata',
      'athena:ListDatabases',
      'athena:ListTableMetadata',
    ],
    'arn:${AWS::Partition}:athena:eu-west-1:111122223333:datacatalog/AwsDataCatalog',
  ),
  allow('FindWorkGroups', ['athena:ListDataCatalogs', 'athena:ListWorkGroups'], '*'),
];
/** Of the catalog. */
export const READ = ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables'];
/** What a group may do with its results: further statements. */
export const RESULTS = [
  allow('FindBuckets', 's3:GetBucketLocation', ['arn:aws:s3:::clean', 'arn:aws:s3:::results']),
  allow(
    'KeepResults',
    ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
    'arn:aws:s3:::results/headwaters-dev-analysts/*',
  ),
  allow('ListResults', ['s3:ListBucket', 's3:ListBucketMultipartUploads'], 'arn:aws:s3:::results', {
    StringLike: { 's3:prefix': 'headwaters-dev-analysts/*' },
  }),
  allow('DecryptClean', 'kms:Decrypt', keyArn('lake'), zoneContext('clean')),
  allow('EncryptResults', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('results'), zoneContext('results')),
];
/** What the first curated table that is opened brings. */
export const CURATED = [
  allow('FindCurated', 's3:GetBucketLocation', 'arn:aws:s3:::curated'),
  allow('DecryptCurated', 'kms:Decrypt', keyArn('lake'), zoneContext('curated')),
];
