import { decimalOf, type IcebergType } from '../../iceberg/types.ts';
import { BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, REAL, typeText, VARBINARY, VARCHAR, type Type } from '../sql/analysis/type.ts';
import { QueryError } from '../sql/query-error.ts';

/** Digits of a second that Iceberg keeps. */
const PRECISION = 6;

const PRIMITIVES: Readonly<Record<string, Type>> = {
  boolean: BOOLEAN, int: INTEGER, long: BIGINT, float: REAL, double: DOUBLE, date: DATE, string: VARCHAR, binary: VARBINARY, uuid: { kind: 'uuid' },
  time: { kind: 'time', precision: PRECISION },
  timestamp: { kind: 'timestamp', precision: PRECISION },
  timestamptz: { kind: 'timestamp_tz', precision: PRECISION, zone: 'UTC' },
}; // prettier-ignore

/** A column's type as Athena reads it. @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-supported-data-types.html */
export function fromIceberg(type: IcebergType): Type {
  if (typeof type === 'string') {
    const decimal = decimalOf(type);
    return decimal === undefined ? (PRIMITIVES[type] ?? VARBINARY) : { kind: 'decimal', ...decimal };
  }
  switch (type.type) {
    case 'struct':
      return {
        kind: 'row',
        fields: type.fields.map((field) => ({ name: field.name.toLowerCase(), type: fromIceberg(field.type) })),
      };
    case 'list':
      return { kind: 'array', element: fromIceberg(type.element) };
    case 'map':
      return { kind: 'map', key: fromIceberg(type.key), value: fromIceberg(type.value) };
  }
}

const HIVE: Readonly<Partial<Record<Type['kind'], string>>> = {
  boolean: 'boolean', integer: 'int', bigint: 'bigint', real: 'float', double: 'double', varbinary: 'binary', date: 'date', varchar: 'string', timestamp: 'timestamp',
}; // prettier-ignore

/**
 * The type of a new table's column, as a statement would name it, for a column of a query.
 *
 * @throws QueryError NOT_SUPPORTED, COLUMN_TYPE_UNKNOWN
 */
export function hiveTypeOf(column: string, type: Type): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'array':
      return `array<${hiveTypeOf(column, type.element)}>`;
    case 'map':
      return `map<${hiveTypeOf(column, type.key)},${hiveTypeOf(column, type.value)}>`;
    case 'row':
      if (type.fields.some(({ name }) => name === undefined))
        throw new QueryError(`NOT_SUPPORTED: Row type field does not have a name: ${typeText(type)}`);
      return `struct<${type.fields.map((field) => `${field.name ?? ''}:${hiveTypeOf(column, field.type)}`).join(',')}>`;
    case 'unknown':
      throw new QueryError(`COLUMN_TYPE_UNKNOWN: Column type is unknown: ${column}`);
    default: {
      const plain = HIVE[type.kind];
      if (plain !== undefined) return plain;
      if (['time', 'timestamp_tz', 'uuid'].includes(type.kind))
        throw new QueryError(`NOT_SUPPORTED: headwaters local makes no column of the type ${typeText(type)} in an Iceberg table`);
      throw new QueryError(`NOT_SUPPORTED: Type not supported for Iceberg: ${typeText(type)}`);
    }
  }
}
