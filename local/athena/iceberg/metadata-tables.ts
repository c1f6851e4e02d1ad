import { CONTENTS, type DataFile } from '../../iceberg/data-file.ts';
import { liveFiles, partitionTypes } from '../../iceberg/manifest.ts';
import { currentSchema, type TableMetadata } from '../../iceberg/metadata.ts';
import { plainText } from '../../iceberg/partition-path.ts';
import { shapeOf, type OpenManifest } from '../../iceberg/snapshot.ts';
import { partsOf, type IcebergType } from '../../iceberg/types.ts';
import { fromBytes } from '../../iceberg/value.ts';
import { literal } from '../../parquet/engine.ts';
import type { InlineRelation } from '../inline-relation.ts';
import { BIGINT, BOOLEAN, engineType, INTEGER, TIMESTAMP_UTC, VARBINARY, VARCHAR, type Type } from '../sql/analysis/type.ts';
import { QueryError } from '../sql/query-error.ts';
import type { TableReference } from '../sql/translator.ts';
import { partitionRows } from './partition-rows.ts';

/** Rows of a table that tells of another: each cell is the engine's SQL. */
export interface MetadataRows {
  readonly columns: readonly (readonly [name: string, type: Type])[];
  readonly rows: readonly (readonly string[])[];
}

const map = (key: Type, value: Type): Type => ({ kind: 'map', key, value });
const COUNTS = map(INTEGER, BIGINT);
const BOUNDS = map(INTEGER, VARCHAR);

type Teller = (metadata: TableMetadata, manifests: readonly OpenManifest[]) => MetadataRows;

/** @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-table-metadata.html */
const TABLES: Readonly<Record<string, Teller>> = {
  snapshots: ({ snapshots }) => ({
    columns: [
      ['committed_at', TIMESTAMP_UTC],
      ['snapshot_id', BIGINT],
      ['parent_id', BIGINT],
      ['operation', VARCHAR],
      ['manifest_list', VARCHAR],
      ['summary', map(VARCHAR, VARCHAR)],
    ],
    rows: snapshots.map(({ summary: { operation, ...rest }, ...snapshot }) => [
      moment(snapshot['timestamp-ms']),
      String(snapshot['snapshot-id']),
      orNull(snapshot['parent-snapshot-id']),
      text(operation),
      text(snapshot['manifest-list']),
      mapSql(Object.entries(rest).map(([name, value]) => [text(name), text(value)])),
    ]),
  }),
  history: (metadata) => {
    const ancestors = ancestorsOf(metadata);
    return {
      columns: [
        ['made_current_at', TIMESTAMP_UTC],
        ['snapshot_id', BIGINT],
        ['parent_id', BIGINT],
        ['is_current_ancestor', BOOLEAN],
      ],
      rows: metadata['snapshot-log'].map((entry) => {
        const id = entry['snapshot-id'];
        const parent = metadata.snapshots.find((snapshot) => snapshot['snapshot-id'] === id)?.['parent-snapshot-id'];
        return [moment(entry['timestamp-ms']), String(id), orNull(parent), String(ancestors.has(id))];
      }),
    };
  },
  refs: ({ refs }) => ({
    columns: [
      ['name', VARCHAR],
      ['type', VARCHAR],
      ['snapshot_id', BIGINT],
      ['max_reference_age_in_ms', BIGINT],
      ['min_snapshots_to_keep', INTEGER],
      ['max_snapshot_age_in_ms', BIGINT],
    ],
    rows: Object.entries(refs).map(([name, reference]) => [
      text(name),
      text(reference.type.toUpperCase()),
      String(reference['snapshot-id']),
      orNull(reference['max-ref-age-ms']),
      orNull(reference['min-snapshots-to-keep']),
      orNull(reference['max-snapshot-age-ms']),
    ]),
  }),
  files: (metadata, manifests) => ({
    columns: [
      ['content', INTEGER],
      ['file_path', VARCHAR],
      ['file_format', VARCHAR],
      ['record_count', BIGINT],
      ['file_size_in_bytes', BIGINT],
      ['column_sizes', COUNTS],
      ['value_counts', COUNTS],
      ['null_value_counts', COUNTS],
      ['nan_value_counts', COUNTS],
      ['lower_bounds', BOUNDS],
      ['upper_bounds', BOUNDS],
      ['key_metadata', VARBINARY],
      ['split_offsets', { kind: 'array', element: BIGINT }],
      ['equality_ids', { kind: 'array', element: INTEGER }],
    ],
    rows: dataFiles(manifests).map((file) => {
      const types = new Map(currentSchema(metadata).fields.flatMap(({ id, type }) => typesIn(id, type)));
      const bounds = (of: DataFile['lower']): string =>
        mapSql([...of].flatMap(([id, bytes]) => {
          const type = types.get(id);
          return type === undefined ? [] : [[String(id), text(plainText(type, fromBytes(type, bytes)))]];
        })); // prettier-ignore
      const counts = (of: DataFile['columnSizes']): string => mapSql([...of].map(([id, count]) => [String(id), String(count)]));
      return [
        String(file.content), text(file.path), text(file.format), String(file.records), String(file.size), counts(file.columnSizes),
        counts(file.valueCounts), counts(file.nullCounts), counts(file.nanCounts), bounds(file.lower), bounds(file.upper), 'null', 'null', 'null',
      ]; // prettier-ignore
    }),
  }),
  manifests: (metadata, manifests) => ({
    columns: [
      ['path', VARCHAR],
      ['length', BIGINT],
      ['partition_spec_id', INTEGER],
      ['added_snapshot_id', BIGINT],
      ['added_data_files_count', INTEGER],
      ['added_rows_count', BIGINT],
      ['existing_data_files_count', INTEGER],
      ['existing_rows_count', BIGINT],
      ['deleted_data_files_count', INTEGER],
      ['deleted_rows_count', BIGINT],
      ['partitions', { kind: 'array', element: SUMMARY }],
    ],
    rows: manifests.map(({ manifest }) => [
      text(manifest.path),
      String(manifest.length),
      String(manifest.specId),
      String(manifest.snapshotId),
      ...[manifest.added, manifest.existing, manifest.deleted].flatMap(({ files, rows }) => [String(files), String(rows)]),
      summariesSql(metadata, manifest),
    ]),
  }),
  partitions: (metadata, manifests) => partitionRows(metadata, dataFiles(manifests)),
  properties: ({ properties }) => ({
    columns: [
      ['key', VARCHAR],
      ['value', VARCHAR],
    ],
    rows: Object.entries(properties).map(([name, value]) => [text(name), text(value)]),
  }),
};

/** The table that tells something of an Iceberg table as it is now. @throws QueryError for a name that Athena has no such table of */
export function metadataTable(
  reference: TableReference,
  name: string,
  metadata: TableMetadata,
  manifests: readonly OpenManifest[],
): InlineRelation {
  const tell = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  if (tell === undefined)
    throw new QueryError(`NOT_SUPPORTED: Invalid Iceberg table name (unknown type '${name}'): ${reference.table}`);
  const { columns, rows } = tell(metadata, manifests);
  const select = columns.map(([column, type], place) => `cast(v${place} as ${engineType(type)}) as "${column}"`);
  const none = columns.map((_, place) => `null as v${place}`);
  const lines = rows.map((cells) => `select ${cells.map((cell, place) => `${cell} as v${place}`).join(', ')}`);
  const all = lines.length === 0 ? `select ${none.join(', ')} limit 0` : lines.join(' union all ');
  return {
    ...reference,
    kind: 'inline',
    sql: `(select ${select.join(', ')} from (${all}))`,
    columns: columns.map(([column, type]) => ({ name: column, type })),
  };
}

const text = (value: string | undefined): string => (value === undefined ? 'null' : literal(value));
const orNull = (value: bigint | number | undefined): string => String(value ?? 'null');
const moment = (milliseconds: number): string => `make_timestamptz(${milliseconds * 1000})`;
const mapSql = (entries: readonly (readonly string[])[]): string =>
  `map([${entries.map(([key]) => key).join(', ')}], [${entries.map(([, value]) => value).join(', ')}])`;

const dataFiles = (manifests: readonly OpenManifest[]): readonly DataFile[] =>
  manifests.flatMap(({ entries }) => liveFiles(entries)).filter(({ content }) => content === CONTENTS.data);

function ancestorsOf({ snapshots, 'current-snapshot-id': current }: TableMetadata): ReadonlySet<bigint> {
  const ids = new Set<bigint>();
  for (let id = current ?? undefined; id !== undefined && !ids.has(id);) {
    ids.add(id);
    id = snapshots.find((snapshot) => snapshot['snapshot-id'] === id)?.['parent-snapshot-id'];
  }
  return ids;
}

/** A column and what is within it, by their ids. */
const typesIn = (id: number, type: IcebergType): readonly (readonly [number, IcebergType])[] => [
  [id, type],
  ...partsOf(type).flatMap((part) => typesIn(part.id, part.type)),
];

const SUMMARY: Type = {
  kind: 'row',
  fields: [
    { name: 'contains_null', type: BOOLEAN },
    { name: 'contains_nan', type: BOOLEAN },
    { name: 'lower_bound', type: VARCHAR },
    { name: 'upper_bound', type: VARCHAR },
  ],
};

function summariesSql(metadata: TableMetadata, { specId, partitions }: OpenManifest['manifest']): string {
  const types = partitionTypes(shapeOf(metadata, specId));
  const rows = partitions.map(({ containsNull, containsNan, lower, upper }, place) => {
    const type = types[place] ?? 'string';
    const bound = (bytes: Buffer | undefined): string =>
      bytes === undefined ? 'null::varchar' : text(plainText(type, fromBytes(type, bytes)));
    return `{contains_null: ${containsNull}, contains_nan: ${String(containsNan ?? 'null::boolean')}, lower_bound: ${bound(lower)}, upper_bound: ${bound(upper)}}`;
  });
  return `[${rows.join(', ')}]`;
}
