import { typeText, type Type } from '../sql/analysis/type.ts';
import { QueryError } from '../sql/query-error.ts';

const PLAIN: Readonly<Partial<Record<Type['kind'], string>>> = {
  boolean: 'boolean', tinyint: 'tinyint', smallint: 'smallint', integer: 'int', bigint: 'bigint', real: 'float', double: 'double', varbinary: 'binary',
  date: 'date',
}; // prettier-ignore

/** Characters of a varchar, at most. */
const LONGEST = 65_535;

/**
 * The Hive type that a column of a query is kept as.
 *
 * @param use A view's columns may be of any type; what Hive has none for is text there.
 * @throws QueryError NOT_SUPPORTED, COLUMN_TYPE_UNKNOWN
 */
export function hiveTypeText(column: string, type: Type, use: 'view' | 'table'): string {
  const inner = (nested: Type): string => hiveTypeText(column, nested, use);
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'varchar':
      if (use === 'table' && (type.length ?? 0) > LONGEST)
        throw new QueryError(
          `NOT_SUPPORTED: Unsupported Hive type: ${typeText(type)}. Supported VARCHAR types: VARCHAR(<=${LONGEST}), VARCHAR.`,
        );
      return type.length === undefined ? 'string' : `varchar(${type.length})`;
    case 'array':
      return `array<${inner(type.element)}>`;
    case 'map':
      return `map<${inner(type.key)},${inner(type.value)}>`;
    case 'row':
      if (use === 'table' && type.fields.some(({ name }) => name === undefined))
        throw new QueryError(
          `NOT_SUPPORTED: Anonymous row type is not supported in Hive. Please give each field a name: ${typeText(type)}`,
        );
      return `struct<${type.fields.map((field, place) => `${field.name ?? `field${place}`}:${inner(field.type)}`).join(',')}>`;
    case 'timestamp':
      // Hive tables keep milliseconds
      if (use === 'table' && type.precision !== 3)
        throw new QueryError(
          `NOT_SUPPORTED: Incorrect timestamp precision for ${typeText(type)}; the configured precision is MILLISECONDS`,
        );
      return 'timestamp';
    default: {
      const plain = PLAIN[type.kind];
      if (plain !== undefined) return plain;
      if (use === 'view') return 'string';
      if (type.kind === 'unknown') throw new QueryError(`COLUMN_TYPE_UNKNOWN: Column type is unknown: ${column}`);
      throw new QueryError(`NOT_SUPPORTED: Unsupported Hive type: ${typeText(type)}`);
    }
  }
}
