import type { Access } from '../scenarios/recorder.ts';
import type { Request } from '../statements/account.ts';
import { arnOf, declared, ofType, sessionOf, textAt, type Declare } from './declared.ts';

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
    const [, bucket = '', prefix = ''] =
      /^s3:\/\/([^/]+)\/(.*)$/.exec(textAt(group, 'WorkGroupConfiguration', 'ResultConfiguration', 'OutputLocation') ?? '') ?? [];
    const results = `arn:aws:s3:::${bucket}`;
    const tables = ofType(standing, 'AWS::Glue::Table').map((table) =>
      textAt(table, 'TableInput', 'StorageDescriptor', 'Location'),
    );
    const data = new Set(tables.flatMap((location) => /^s3:\/\/([^/]+)/.exec(location ?? '')?.[1] ?? []));
    const analysts = ofType(standing, 'AWS::IAM::Role').filter((role) => textAt(role, 'Path')?.endsWith('/analyst/'));
    return analysts.flatMap((role) => {
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
          [...data].map((name) => viaAthena('s3:GetBucketLocation', `arn:aws:s3:::${name}`)),
        ),
        ...declared('Athena writes a large answer in parts', [
          viaAthena('s3:AbortMultipartUpload', `${results}/${prefix}answer.csv`),
          viaAthena('s3:ListMultipartUploadParts', `${results}/${prefix}answer.csv`),
          viaAthena('s3:ListBucketMultipartUploads', results, { 's3:prefix': prefix }),
        ]),
      ];
    });
  });
