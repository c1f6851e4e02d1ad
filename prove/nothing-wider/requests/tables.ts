import { readDefinition } from '../../../core/iceberg/table-definition.ts';
import type { Access } from '../scenarios/recorder.ts';
import type { Request } from '../statements/account.ts';
import type { StandingResource } from '../statements/read-resources.ts';
import { arnOf, declared, keyOfBucket, ofType, sessionOf, textAt, throughS3, type Declare } from './declared.ts';

const definitionOf = (table: StandingResource) => readDefinition(textAt(table, 'Definition') ?? '');

/** Where an Iceberg table lies, by its definition. */
export function locationOf(table: StandingResource): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(definitionOf(table).location) ?? [];
  return { bucket, prefix };
}

/**
 * What the maker of a table asks for where a later deployment changes it, or takes it away: a first one, which is lived through, does neither.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateTable.html
 */
export const tables: Declare = (standing) =>
  ofType(standing, 'Custom::IcebergTable').flatMap((table): readonly Access[] => {
    const { databaseName, tableName } = definitionOf(table);
    const { bucket, prefix } = locationOf(table);
    const maker = ofType(standing, 'AWS::Lambda::Function').find((code) => arnOf(code) === textAt(table, 'ServiceToken'));
    const principal = sessionOf(maker === undefined ? '' : (textAt(maker, 'Role') ?? ''));
    const glue = (resource: string) => `arn:aws:glue:${table.region}:${table.account}:${resource}`;
    const entry = ['catalog', `database/${databaseName}`, `table/${databaseName}/${tableName}`].map(glue);
    const inCatalog = (name: string): Request[] => entry.map((resource) => ({ principal, action: `glue:${name}`, resource }));
    const file = `arn:aws:s3:::${bucket}/${prefix}/metadata/00001.metadata.json`;
    const key = keyOfBucket(standing, `arn:aws:s3:::${bucket}`);
    return [
      ...declared('a deployment changes the columns of a table', [
        ...inCatalog('GetTable'),
        ...inCatalog('UpdateTable'),
        ...['s3:GetObject', 's3:PutObject'].map((action) => ({ principal, action, resource: file })),
        ...(key === undefined
          ? []
          : ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({
              principal,
              action,
              resource: key,
              context: throughS3(table.region, `arn:aws:s3:::${bucket}`),
            }))),
      ]),
      ...declared(
        'a deployment takes a table from the catalog',
        textAt(table, 'DeleteWithStack') === 'true' ? inCatalog('DeleteTable') : [],
      ),
    ];
  });
