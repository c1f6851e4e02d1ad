import { glueColumns } from '../contract/glue-columns.ts';
import type { ColumnType, DatasetContract } from '../contract/model.ts';
import type { IcebergColumn, IcebergType } from '../iceberg/types.ts';

/** Of the columns that the platform adds: as in `clean`. */
const PLATFORM_TYPES: Readonly<Record<string, IcebergType>> = {
  _event_id: 'string',
  _ingested_at: 'timestamp',
  _contract_version: 'string',
  _content_hash: 'int',
};

/** The columns of a dataset's curated table: those that `clean` stores, in their order. Only the key is required, for a contract may ask less of the others one day. */
export function curatedColumns(dataset: DatasetContract): readonly IcebergColumn[] {
  const contractTypes = new Map(dataset.columns.map(({ name, type }) => [name, icebergType(type)]));
  return glueColumns(dataset).map(({ name, comment }) => {
    const type = contractTypes.get(name) ?? PLATFORM_TYPES[name];
    if (type === undefined) throw new RangeError(`no Iceberg type is known for the column '${name}'`);
    return { name, type, required: dataset.primaryKey.includes(name), ...(comment === undefined ? {} : { comment }) };
  });
}

/**
 * What Athena reads and writes of an Iceberg table as the Hive type of the same column: timestamps have no zone and are UTC.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-supported-data-types.html
 */
export function icebergType(type: ColumnType): IcebergType {
  switch (type.kind) {
    case 'string':
    case 'boolean':
    case 'date':
    case 'timestamp':
    case 'double':
      return type.kind;
    case 'time':
      return 'string';
    case 'integer':
      return type.bits === 32 ? 'int' : 'long';
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'array':
      return { type: 'list', element: icebergType(type.items), elementRequired: false };
    case 'map':
      return { type: 'map', key: 'string', value: icebergType(type.values), valueRequired: false };
    case 'object':
      return {
        type: 'struct',
        fields: type.fields.map((field) => ({ name: field.name, type: icebergType(field.type), required: false })),
      };
  }
}
