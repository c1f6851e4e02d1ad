import { newFields, type NewColumn } from './hive-columns.ts';
import { IcebergError } from './iceberg-error.ts';
import { currentSchema, specOf, type TableMetadata } from './metadata.ts';
import { withFields } from './table.ts';
import { decimalOf, type IcebergType, type StructField } from './types.ts';

/** Where a column goes among the others. */
export type Position = { readonly kind: 'first' } | { readonly kind: 'after'; readonly column: string };

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The same table with further columns, the last ones; rows that are there have nulls. @throws IcebergError for a name that is taken */
export function withColumns(metadata: TableMetadata, columns: readonly NewColumn[], now: number): TableMetadata {
  const { fields } = currentSchema(metadata);
  for (const [place, { name }] of columns.entries()) {
    const taken =
      fields.some((field) => sameName(field.name, name)) || columns.slice(0, place).some((other) => sameName(other.name, name));
    if (taken) throw new IcebergError('COLUMN_ALREADY_EXISTS', `Cannot add column, name already exists: ${name}`);
  }
  const added = newFields(columns, metadata['last-column-id']);
  return withFields(metadata, [...fields, ...added.fields], added.last, now);
}

/** The same table without a column, whose values stay in the files. @throws IcebergError for one that is not there, or cannot go */
export function withoutColumn(metadata: TableMetadata, column: string, now: number): TableMetadata {
  const { fields } = currentSchema(metadata);
  const gone = fields.find(({ name }) => sameName(name, column));
  if (gone === undefined) throw new IcebergError('COLUMN_NOT_FOUND', `Cannot delete missing column: ${column}`);
  if (fields.length === 1) throw new IcebergError('NOT_SUPPORTED', 'Cannot drop the only column in a table');
  const spec = specOf(metadata, metadata['default-spec-id']);
  if (spec.fields.some((field) => field['source-id'] === gone.id))
    throw new IcebergError('NOT_SUPPORTED', `Cannot drop partition field: ${column}`);
  return withFields(metadata, fields.filter((field) => field !== gone), metadata['last-column-id'], now); // prettier-ignore
}

/**
 * The same table with a column of another name, type, comment or place; its id, and so its values, stay.
 *
 * @throws IcebergError for a column that is not there, a name that is taken, and a type that Iceberg does not widen to
 */
export function withChangedColumn(
  metadata: TableMetadata,
  from: string,
  to: NewColumn,
  position: Position | undefined,
  now: number,
): TableMetadata {
  const { fields } = currentSchema(metadata);
  const field = fields.find(({ name }) => sameName(name, from));
  if (field === undefined) throw new IcebergError('COLUMN_NOT_FOUND', 'Cannot change missing column');
  if (!sameName(from, to.name) && fields.some(({ name }) => sameName(name, to.name)))
    throw new IcebergError('COLUMN_ALREADY_EXISTS', `Cannot rename column, name already exists: ${to.name}`);
  const [wanted] = newFields([to], 0).fields;
  const changed: StructField = {
    ...field,
    name: to.name,
    type: widened(field, wanted?.type ?? field.type),
    ...(to.comment !== undefined && { doc: to.comment }),
  };
  return withFields(metadata, placed(fields, field, changed, position), metadata['last-column-id'], now);
}

function placed(
  fields: readonly StructField[],
  before: StructField,
  changed: StructField,
  position: Position | undefined,
): readonly StructField[] {
  if (position === undefined) return fields.map((field) => (field === before ? changed : field));
  const others = fields.filter((field) => field !== before);
  if (position.kind === 'first') return [changed, ...others];
  const at = others.findIndex(({ name }) => sameName(name, position.column));
  if (at === -1) throw new IcebergError('COLUMN_NOT_FOUND', 'Cannot change missing column');
  return [...others.slice(0, at + 1), changed, ...others.slice(at + 1)];
}

/** @see https://iceberg.apache.org/spec/#schema-evolution */
function widened({ name, type: from }: StructField, to: IcebergType): IcebergType {
  if (shapeOf(from) === shapeOf(to)) return from;
  const [before, after] = [decimalOf(from), decimalOf(to)];
  const lawful =
    (from === 'int' && to === 'long') ||
    (from === 'float' && to === 'double') ||
    (before !== undefined && after !== undefined && before.scale === after.scale && before.precision <= after.precision);
  if (lawful) return to;
  throw new IcebergError('NOT_SUPPORTED', `Cannot change column type: ${name}: ${shapeOf(from)} -> ${shapeOf(to)}`);
}

/** A type without the ids of its parts. */
const shapeOf = (type: IcebergType): string =>
  typeof type === 'string' ? type : JSON.stringify(type, (key, value: unknown) => (/(?:^|-)id$/.test(key) ? undefined : value));
