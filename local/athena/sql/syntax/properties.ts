import type { Properties, PropertyValue } from '../statement.ts';
import type { Cursor } from './cursor.ts';
import { failAt } from './token.ts';

type Kind = 'text' | 'texts' | 'number' | 'boolean';

/** What `CREATE TABLE AS` takes for Iceberg's tables alone. @see https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html#ctas-table-properties */
export const ICEBERG_PROPERTIES = {
  location: 'text', partitioning: 'texts', write_target_data_file_size_bytes: 'number',
  optimize_rewrite_min_data_file_size_bytes: 'number', optimize_rewrite_max_data_file_size_bytes: 'number',
  optimize_rewrite_data_file_threshold: 'number', optimize_rewrite_delete_file_threshold: 'number',
  vacuum_min_snapshots_to_keep: 'number', vacuum_max_snapshot_age_seconds: 'number',
} as const satisfies Readonly<Record<string, Kind>>; // prettier-ignore

/** What `CREATE TABLE AS` takes. @see https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html */
export const CTAS_PROPERTIES: Readonly<Record<string, Kind>> = {
  ...ICEBERG_PROPERTIES,
  table_type: 'text', format: 'text', external_location: 'text', is_external: 'boolean', partitioned_by: 'texts', bucketed_by: 'texts',
  bucket_count: 'number', write_compression: 'text', compression_level: 'number', field_delimiter: 'text', orc_compression: 'text', parquet_compression: 'text',
}; // prettier-ignore

/** What `UNLOAD` takes. @see https://docs.aws.amazon.com/athena/latest/ug/unload.html */
export const UNLOAD_PROPERTIES: Readonly<Record<string, Kind>> = {
  format: 'text', compression: 'text', compression_level: 'number', field_delimiter: 'text', partitioned_by: 'texts',
}; // prettier-ignore

/** Reads `(name = value, …)`. @throws QueryError INVALID_TABLE_PROPERTY for a name or a kind of value that the statement does not take */
export function readProperties(cursor: Cursor, lawful: Readonly<Record<string, Kind>>): Properties {
  const properties = new Map<string, PropertyValue>();
  cursor.group(() => {
    const { place } = cursor;
    const name = cursor.name();
    const kind = Object.hasOwn(lawful, name) ? lawful[name] : undefined;
    if (kind === undefined) throw failAt(place, 'INVALID_TABLE_PROPERTY', `table property '${name}' does not exist`);
    if (properties.has(name)) throw failAt(place, 'DUPLICATE_PROPERTY', `Duplicate property: ${name}`);
    cursor.expectSymbol('=');
    const value = readValue(cursor);
    if (kindOf(value) !== kind)
      throw failAt(place, 'INVALID_TABLE_PROPERTY', `Invalid value for table property '${name}': it must be a ${kind}`);
    properties.set(name, value);
  });
  return Object.fromEntries(properties);
}

function kindOf(value: PropertyValue): Kind | undefined {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if ('number' in value) return 'number';
  return value.every((item) => typeof item === 'string') ? 'texts' : undefined;
}

function readValue(cursor: Cursor): PropertyValue {
  const { kind } = cursor.token;
  if (kind === 'string') return cursor.string();
  if (kind === 'integer' || kind === 'decimal') return { number: cursor.next().value };
  if (cursor.take('true')) return true;
  if (cursor.take('false')) return false;
  cursor.expect('array');
  cursor.expectSymbol('[');
  const items = cursor.seesSymbol(']') ? [] : cursor.list(() => readValue(cursor));
  cursor.expectSymbol(']');
  return items;
}
