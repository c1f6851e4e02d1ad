import type { CreateTableCommandInput, IcebergSchema, UpdateTableCommandInput } from '@aws-sdk/client-glue';
import type { TableState } from '../../core/iceberg/plan-table.ts';
import type { NumberedField, NumberedType } from '../../core/iceberg/types.ts';
import type { TableName } from './make-iceberg-table.ts';

/**
 * The call that makes a table. Never with a `TableInput` beside it, which Glue refuses.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateIcebergTableInput.html
 */
export const creationOf = ({ databaseName, tableName }: TableName, state: TableState): CreateTableCommandInput => ({
  DatabaseName: databaseName,
  Name: tableName,
  OpenTableFormatInput: {
    IcebergInput: { MetadataOperation: 'CREATE', Version: '2', CreateIcebergTableInput: wholeOf(state) },
  },
});

/**
 * The call that changes a table, of the version that was looked at. A `TableInput` would strip what makes it an Iceberg table. All of it is told, so
 * that it matters to nobody whether Glue adds to what is there or puts it in its place.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_IcebergTableUpdate.html
 */
export const changeOf = (
  { databaseName, tableName }: TableName,
  state: TableState,
  versionId: string | undefined,
): UpdateTableCommandInput => ({
  DatabaseName: databaseName,
  Name: tableName,
  ...(versionId === undefined ? {} : { VersionId: versionId }),
  UpdateOpenTableFormatInput: { UpdateIcebergInput: { UpdateIcebergTableInput: { Updates: [wholeOf(state)] } } },
});

const wholeOf = ({ location, fields, identifierFieldIds, properties }: TableState) => ({
  Location: location,
  Schema: schemaOf(fields, identifierFieldIds),
  Properties: { ...properties },
});

const schemaOf = (fields: readonly NumberedField[], identifierFieldIds: readonly number[]): IcebergSchema => ({
  Type: 'struct',
  ...(identifierFieldIds.length === 0 ? {} : { IdentifierFieldIds: [...identifierFieldIds] }),
  Fields: fields.map(({ id, name, required, type, doc }) => ({
    Id: id,
    Name: name,
    Required: required,
    Type: documentOf(type),
    ...(doc === undefined ? {} : { Doc: doc }),
  })),
});

/** What the SDK sends as it is: JSON. */
type Document = NonNullable<NonNullable<IcebergSchema['Fields']>[number]['Type']>;

/** A type as the specification writes it, which Glue takes for one with parts. */
function documentOf(type: NumberedType): Document {
  if (typeof type === 'string') return type;
  switch (type.type) {
    case 'struct':
      return {
        type: 'struct',
        fields: type.fields.map(({ id, name, required, type: own, doc }) => ({
          id,
          name,
          required,
          type: documentOf(own),
          ...(doc === undefined ? {} : { doc }),
        })),
      };
    case 'list':
      return { ...type, element: documentOf(type.element) };
    case 'map':
      return { ...type, key: documentOf(type.key), value: documentOf(type.value) };
  }
}
