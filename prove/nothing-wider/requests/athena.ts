import type { Access } from '../scenarios/recorder.ts';
import type { Request } from '../statements/account.ts';
import type { Actor } from '../../../core/naming.ts';
import type { StandingResource } from '../statements/read-resources.ts';
import { arnOf, declared, ofType, sessionOf, textAt, type Declare, type Standing } from './declared.ts';
import { locationOf } from './tables.ts';

const THROUGH_ATHENA = { 'aws:CalledVia': ['athena.amazonaws.com'], 'aws:ViaAWSService': 'true' };

/**
 * What Athena asks for as the caller, and its drivers as clients, beyond what the local runtime needs.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html for the default database
 * @see https://docs.aws.amazon.com/athena/latest/ug/cross-account-permissions.html for the place of a bucket of data
 * @see https://docs.aws.amazon.com/athena/latest/ug/policy-actions.html for the stream of results
 */
export const athena: Declare = (standing) =>
  ofType(standing, 'AWS::Athena::WorkGroup').flatMap((group): readonly Access[] => {
    const { region, account, ref } = group;
    const { bucket, prefix } = resultsOf(group);
    const results = `arn:aws:s3:::${bucket}`;
    const data = [
      ...new Set([
        ...dataBuckets(standing),
        ...ofType(standing, 'Custom::IcebergTable').map((table) => locationOf(table).bucket),
      ]),
    ];
    const analysts = rolesBeside(standing, group, 'analyst');
    return [
      ...rolesBeside(standing, group, 'curator').flatMap((role) => folding(standing, sessionOf(arnOf(role)), group)),
      ...analysts.flatMap((role) => {
        const principal = sessionOf(arnOf(role));
        const viaAthena = (action: string, resource: string, context = {}): Request => ({
          principal,
          action,
          resource,
          context: { ...THROUGH_ATHENA, ...context },
        });
        return [
          ...declared('a driver of Athena streams an answer', [
            {
              principal,
              action: 'athena:GetQueryResultsStream',
              resource: `arn:aws:athena:${region}:${account}:workgroup/${ref}`,
            },
          ]),
          ...declared('a driver or the console shows what may be asked', [
            ...['ListDataCatalogs', 'ListWorkGroups'].map((name) => ({ principal, action: `athena:${name}`, resource: '*' })),
            ...['GetDataCatalog', 'GetDatabase', 'GetTableMetadata', 'ListDatabases', 'ListTableMetadata'].map((name) => ({
              principal,
              action: `athena:${name}`,
              resource: `arn:aws:athena:${region}:${account}:datacatalog/AwsDataCatalog`,
            })),
          ]),
          ...declared('Athena begins a query without a database', [
            viaAthena('glue:GetDatabase', `arn:aws:glue:${region}:${account}:database/default`),
          ]),
          ...declared(
            'Athena looks up where data lies',
            data.map((name) => viaAthena('s3:GetBucketLocation', `arn:aws:s3:::${name}`)),
          ),
          ...declared('Athena writes a large answer in parts', [
            viaAthena('s3:AbortMultipartUpload', `${results}/${prefix}answer.csv`),
            viaAthena('s3:ListMultipartUploadParts', `${results}/${prefix}answer.csv`),
            viaAthena('s3:ListBucketMultipartUploads', results, { 's3:prefix': prefix }),
          ]),
        ];
      }),
    ];
  });

/** Roles of an actor in the stack of a workgroup. */
const rolesBeside = (standing: Standing, { stack }: StandingResource, actor: Actor): readonly StandingResource[] =>
  ofType(standing, 'AWS::IAM::Role').filter((role) => role.stack === stack && textAt(role, 'Path')?.endsWith(`/${actor}/`));

/**
 * What Athena asks for as whoever folds into tables, beyond what the local runtime needs.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/vacuum-statement.html for files that nothing points to
 */
function folding(standing: Standing, principal: Request['principal'], group: StandingResource): readonly Access[] {
  const { bucket, prefix } = resultsOf(group);
  const places = ofType(standing, 'Custom::IcebergTable')
    .filter(({ stack }) => stack === group.stack)
    .map(locationOf);
  const viaAthena = (action: string, resource: string, context = {}): Request => ({
    principal,
    action,
    resource,
    context: { ...THROUGH_ATHENA, ...context },
  });
  return [
    ...declared(
      'Athena looks up where a fold reads and writes',
      [...new Set([bucket, ...places.map((place) => place.bucket), ...dataBuckets(standing)])].map((name) =>
        viaAthena('s3:GetBucketLocation', `arn:aws:s3:::${name}`),
      ),
    ),
    ...declared(
      'Athena writes large files of a table in parts',
      places.flatMap((place) =>
        ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts'].map((action) =>
          viaAthena(action, `arn:aws:s3:::${place.bucket}/${place.prefix}/data/part.parquet`),
        ),
      ),
    ),
    ...declared('Athena writes a large answer of a fold in parts', [
      viaAthena('s3:AbortMultipartUpload', `arn:aws:s3:::${bucket}/${prefix}answer.csv`),
      viaAthena('s3:ListMultipartUploadParts', `arn:aws:s3:::${bucket}/${prefix}answer.csv`),
      viaAthena('s3:ListBucketMultipartUploads', `arn:aws:s3:::${bucket}`, { 's3:prefix': prefix }),
    ]),
    ...declared(
      'VACUUM removes files of snapshots that it forgets',
      places.map((place) => viaAthena('s3:DeleteObject', `arn:aws:s3:::${place.bucket}/${place.prefix}/data/part.parquet`)),
    ),
    ...declared(
      'VACUUM looks for files that nothing points to',
      places.map((place) => viaAthena('s3:ListBucket', `arn:aws:s3:::${place.bucket}`, { 's3:prefix': `${place.prefix}/` })),
    ),
  ];
}

const resultsOf = (group: StandingResource) => {
  const [, bucket = '', prefix = ''] =
    /^s3:\/\/([^/]+)\/(.*)$/.exec(textAt(group, 'WorkGroupConfiguration', 'ResultConfiguration', 'OutputLocation') ?? '') ?? [];
  return { bucket, prefix };
};

/** Buckets that tables of Hive lie in. */
const dataBuckets = (standing: Standing): readonly string[] => [
  ...new Set(
    ofType(standing, 'AWS::Glue::Table').flatMap(
      (table) => /^s3:\/\/([^/]+)/.exec(textAt(table, 'TableInput', 'StorageDescriptor', 'Location') ?? '')?.[1] ?? [],
    ),
  ),
];
