import type { TableMetadata } from '../../../iceberg/metadata.ts';
import { QueryError } from '../../sql/query-error.ts';

type Properties = Readonly<Record<string, string>>;

/** What Athena does by where a table's properties say nothing. */
const NUMBERS = {
  optimize_rewrite_min_data_file_size_bytes: 0.75 * 536_870_912,
  optimize_rewrite_data_file_threshold: 5,
  optimize_rewrite_delete_file_threshold: 2,
  vacuum_min_snapshots_to_keep: 1,
  vacuum_max_snapshot_age_seconds: 432_000,
} as const;

export const numberSetting = ({ properties }: Pick<TableMetadata, 'properties'>, name: keyof typeof NUMBERS): number =>
  Number(properties[name] ?? NUMBERS[name]);

const COUNT = /^\d+$/;

/** What Athena takes as properties of an Iceberg table. @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html#querying-iceberg-table-properties */
const LAWFUL: Readonly<Record<string, RegExp>> = {
  format: /^parquet$/i,
  write_compression: /^(?:zstd|snappy|gzip|lz4|none)$/i,
  compression_level: /^(?:[1-9]|1\d|2[0-2])$/,
  optimize_rewrite_min_data_file_size_bytes: COUNT,
  optimize_rewrite_max_data_file_size_bytes: COUNT,
  optimize_rewrite_data_file_threshold: COUNT,
  optimize_rewrite_delete_file_threshold: COUNT,
  vacuum_min_snapshots_to_keep: COUNT,
  vacuum_max_snapshot_age_seconds: COUNT,
  vacuum_max_metadata_files_to_keep: COUNT,
  write_target_data_file_size_bytes: COUNT,
};

/** What Athena calls otherwise than Iceberg does. */
const ICEBERG_NAMES: Properties = {
  format: 'write.format.default',
  write_compression: 'write.parquet.compression-codec',
  compression_level: 'write.parquet.compression-level',
};

/** What a new table has that says nothing of it. */
const DEFAULTS: Properties = { 'write.object-storage.enabled': 'true', 'write.parquet.compression-codec': 'zstd' };

/** A new table's properties as its metadata keeps them. @throws QueryError for a property that Athena does not know, or a value that it cannot be */
export const storedProperties = (properties: Properties): Properties => ({ ...DEFAULTS, ...changedProperties(properties) });

/** Properties that a statement sets, by the names that metadata has for them. @throws QueryError as above */
export function changedProperties(properties: Properties): Properties {
  const { table_type: kind = 'ICEBERG' } = properties;
  if (kind.toUpperCase() !== 'ICEBERG') throw new QueryError('Unsupported table property key: table_type');
  const own = Object.entries(properties).filter(([name]) => name !== 'table_type');
  for (const [name, value] of own) {
    const lawful = Object.hasOwn(LAWFUL, name) ? LAWFUL[name] : undefined;
    if (lawful === undefined) throw new QueryError(`Unsupported table property key: ${name}`);
    if (!lawful.test(value))
      throw new QueryError(`NOT_SUPPORTED: '${name}' of an Iceberg table cannot be '${value}' in headwaters local`);
  }
  return Object.fromEntries(own.map(([name, value]) => [storedName(name), value]));
}

/** The name that metadata has for a property of Athena's. */
export const storedName = (name: string): string => ICEBERG_NAMES[name] ?? name;

/** A table's properties as Athena shows them, in order of their names; those of Iceberg alone are not among them. */
export function shownProperties(stored: Properties): readonly (readonly [string, string])[] {
  const athenas = new Map(Object.entries(ICEBERG_NAMES).map(([name, iceberg]) => [iceberg, name]));
  return Object.entries(stored)
    .map(([name, value]) => [athenas.get(name) ?? name, value] as const)
    .filter(([name]) => Object.hasOwn(LAWFUL, name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
