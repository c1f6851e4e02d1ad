import { parseHiveType, type HiveType } from '../glue/hive-type.ts';
import type { GlueColumn } from '../glue/table.ts';
import { IcebergError } from './iceberg-error.ts';
import type { Schema } from './metadata.ts';
import { decimalOf, partsOf, type IcebergType, type StructField } from './types.ts';

/** A column as a statement names it: its type is Hive's text. */
export interface NewColumn {
  readonly name: string;
  readonly type: string;
  readonly comment?: string | undefined;
}

const PRIMITIVES: Readonly<Partial<Record<HiveType['kind'], string>>> = {
  boolean: 'boolean', int: 'int', bigint: 'long', float: 'float', double: 'double', date: 'date', timestamp: 'timestamp', string: 'string', binary: 'binary',
}; // prettier-ignore

/**
 * Columns with ids of their own. Those of one level are numbered before those within them, as Iceberg's libraries do it.
 *
 * @param last The highest id that the table has ever had.
 * @throws IcebergError for a type that Athena makes no column of: tinyint, smallint, char
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-supported-data-types.html
 */
export function newFields(
  columns: readonly NewColumn[],
  last: number,
): { readonly fields: readonly StructField[]; readonly last: number } {
  const ids = { last };
  const fields = numbered(
    columns.map(({ name, type, comment }) => ({
      name,
      type: readType(name, type),
      ...(comment !== undefined && { doc: comment }),
    })),
    ids,
  );
  return { fields, last: ids.last };
}

function readType(column: string, text: string): HiveType {
  try {
    return parseHiveType(text);
  } catch {
    throw new IcebergError('NOT_SUPPORTED', `Type not supported for Iceberg: ${text} of column '${column}'`);
  }
}

interface Unnumbered {
  readonly name: string;
  readonly type: HiveType;
  readonly doc?: string;
}

interface Ids {
  last: number;
}

function numbered(fields: readonly Unnumbered[], ids: Ids): StructField[] {
  const twice = fields.find(({ name }, place) => fields.findIndex((other) => other.name === name) < place);
  if (twice !== undefined)
    throw new IcebergError('DUPLICATE_COLUMN_NAME', `Column name '${twice.name}' specified more than once`);
  const own = fields.map((field) => ({ ...field, id: (ids.last += 1) }));
  return own.map(({ name, type, id, doc }) => ({
    id,
    name,
    required: false,
    type: typed(name, type, ids),
    ...(doc !== undefined && { doc }),
  }));
}

function typed(column: string, type: HiveType, ids: Ids): IcebergType {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision}, ${type.scale})`;
    case 'array': {
      const id = (ids.last += 1);
      return { type: 'list', 'element-id': id, 'element-required': false, element: typed(column, type.element, ids) };
    }
    case 'map': {
      const [key, value] = [(ids.last += 1), (ids.last += 1)];
      return {
        type: 'map',
        'key-id': key,
        key: typed(column, type.key, ids),
        'value-id': value,
        'value-required': false,
        value: typed(column, type.value, ids),
      };
    }
    case 'struct':
      return { type: 'struct', fields: numbered(type.fields, ids) };
    default: {
      const primitive = type.padded === true ? undefined : PRIMITIVES[type.kind];
      if (primitive === undefined)
        throw new IcebergError(
          'NOT_SUPPORTED',
          `Type not supported for Iceberg: ${type.padded === true ? 'char' : type.kind} of column '${column}'`,
        );
      return primitive;
    }
  }
}

const HIVE: Readonly<Record<string, string>> = { long: 'bigint', timestamptz: 'timestamp', time: 'string', uuid: 'string' };

/** The Hive type that the catalog shows for a type. */
export function hiveText(type: IcebergType): string {
  if (typeof type === 'string') {
    const decimal = decimalOf(type);
    if (decimal !== undefined) return `decimal(${decimal.precision},${decimal.scale})`;
    return type.startsWith('fixed') ? 'binary' : (HIVE[type] ?? type);
  }
  const inner = partsOf(type).map((part) => hiveText(part.type));
  switch (type.type) {
    case 'struct':
      return `struct<${type.fields.map(({ name }, place) => `${name}:${inner[place] ?? ''}`).join(',')}>`;
    case 'list':
      return `array<${inner.join('')}>`;
    case 'map':
      return `map<${inner.join(',')}>`;
  }
}

/**
 * The columns of a table as its catalog shows them: those of now first, and behind them those that are gone.
 *
 * @see https://github.com/apache/iceberg/blob/apache-iceberg-1.4.2/aws/src/main/java/org/apache/iceberg/aws/glue/IcebergToGlueConverter.java
 */
export function glueColumns(current: Schema, all: readonly Schema[]): readonly GlueColumn[] {
  const shown = new Set(current.fields.map(({ id }) => id));
  const gone = all.flatMap((schema) => schema.fields).filter(({ id }) => !shown.has(id) && shown.add(id).has(id));
  return [
    ...current.fields.map((field) => glueColumn(field, true)),
    ...gone.filter(({ name }) => !current.fields.some((field) => field.name === name)).map((field) => glueColumn(field, false)),
  ];
}

const glueColumn = ({ id, name, type, required, doc }: StructField, current: boolean): GlueColumn => ({
  Name: name,
  Type: hiveText(type),
  ...(doc !== undefined && { Comment: doc }),
  Parameters: {
    'iceberg.field.current': String(current),
    'iceberg.field.id': String(id),
    'iceberg.field.optional': String(!required),
  },
});
