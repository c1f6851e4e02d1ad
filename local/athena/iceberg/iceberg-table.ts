import type { DuckDBConnection } from '@duckdb/node-api';
import { CONTENTS, type LiveFile } from '../../iceberg/data-file.ts';
import { liveFiles } from '../../iceberg/manifest.ts';
import { schemaOf, currentSchema, type Schema, type Snapshot } from '../../iceberg/metadata.ts';
import { openSnapshot } from '../../iceberg/snapshot.ts';
import { partitionKey } from '../../iceberg/summary.ts';
import { partsOf, type IcebergType, type StructField } from '../../iceberg/types.ts';
import { QueryError } from '../sql/query-error.ts';
import { TIMESTAMP_UTC, VARCHAR, type Type } from '../sql/analysis/type.ts';
import type { TableReference } from '../sql/translator.ts';
import type { TableObject } from '../table-objects.ts';
import { keptByBounds } from './file-pruning.ts';
import { laterInQuery, objectAt, readerOf, stored, type ObjectReader, type OpenTable } from './open-table.ts';
import { fromIceberg } from './types.ts';

export interface IcebergColumn {
  readonly id: number;
  readonly name: string;
  readonly iceberg: IcebergType;
  readonly type: Type;
}

/** A table whose rows are told by the manifests of a snapshot. */
export interface IcebergTable extends TableReference {
  readonly kind: 'iceberg';
  readonly columns: readonly IcebergColumn[];
  /** Files of rows, by their S3 addresses. */
  readonly files: ReadonlyMap<string, LiveFile>;
  /** Files that tell which of those rows are gone. */
  readonly deletes: readonly LiveFile[];
  readonly reader: ObjectReader;
}

/** What a query may ask of the file that a row lies in; no part of `*`. */
export const ICEBERG_HIDDEN_COLUMNS: readonly { readonly name: string; readonly type: Type }[] = [
  { name: '$path', type: VARCHAR },
  { name: '$file_modified_time', type: TIMESTAMP_UTC },
];

/**
 * A snapshot of a table, ready to be read. The columns are those of the table as it is now, or, of a snapshot that was asked for, those it
 * was written with.
 *
 * @throws QueryError NOT_SUPPORTED, ICEBERG_INVALID_METADATA; ServiceError as S3 refuses
 */
export async function readSnapshot(
  reference: TableReference,
  { metadata }: OpenTable,
  snapshot: Snapshot | undefined,
  reader: ObjectReader,
  asked: boolean,
): Promise<IcebergTable> {
  const manifests = await laterInQuery(() => openSnapshot(metadata, snapshot, readerOf(reader)));
  const live = manifests.flatMap(({ entries }) => liveFiles(entries));
  const odd = live.find(({ format, content }) => format !== 'PARQUET' || content === CONTENTS.equalityDeletes);
  if (odd !== undefined)
    throw new QueryError(
      `NOT_SUPPORTED: the table has ${odd.format === 'PARQUET' ? 'equality deletes' : `files of the format ${odd.format}`}, which headwaters local does not read`,
    );
  const schema =
    asked && snapshot?.['schema-id'] !== undefined ? schemaOf(metadata, snapshot['schema-id']) : currentSchema(metadata);
  const renamed = schema.fields.find((field) => hasOtherNamesWithin(field, metadata.schemas));
  if (renamed !== undefined)
    throw new QueryError(
      `NOT_SUPPORTED: a field within column '${renamed.name}' was renamed, or its name taken anew, which headwaters local does not read`,
    );
  return {
    ...reference,
    kind: 'iceberg',
    columns: schema.fields.map(({ id, name, type }) => ({
      id,
      name: name.toLowerCase(),
      iceberg: type,
      type: fromIceberg(type),
    })),
    files: new Map(live.filter(({ content }) => content === CONTENTS.data).map((file) => [sameScheme(file.path), file])),
    deletes: live.filter(({ content }) => content === CONTENTS.positionDeletes),
    reader,
  };
}

/** Whether a field within a column was ever called otherwise, or its name another's: the engine finds what is within a column by its name. */
function hasOtherNamesWithin({ id, type }: StructField, schemas: readonly Schema[]): boolean {
  const names = new Map(pathsIn(type, ''));
  const ids = new Map([...names].map(([part, path]) => [path, part]));
  const others = schemas.flatMap(({ fields }) =>
    fields.filter((field) => field.id === id).flatMap((field) => pathsIn(field.type, '')),
  );
  return others.some(([part, path]) => (names.get(part) ?? path) !== path || (ids.get(path) ?? part) !== part);
}

/** What is within a type: ids, and the names on the way there. */
const pathsIn = (type: IcebergType, above: string): readonly (readonly [id: number, path: string])[] =>
  partsOf(type).flatMap((part) => {
    const path = JSON.stringify([above, part.name]);
    return [[part.id, path] as const, ...pathsIn(part.type, path)];
  });

/** The objects of a table that hold what may pass a query's filters, each of which the caller must be allowed to read. */
export async function objectsWithin(
  connection: DuckDBConnection,
  index: number,
  table: IcebergTable,
  filters: readonly string[],
): Promise<readonly TableObject[]> {
  const kept = await keptByBounds(connection, index, table, filters);
  return kept.map(({ path }) => ({ bucket: objectAt(path).bucket, object: stored(table.reader, path), partition: [] }));
}

/** An address as this runtime writes it, whatever scheme of Hadoop's it has. */
function sameScheme(address: string): string {
  const { bucket, key } = objectAt(address);
  return `s3://${bucket}/${key}`;
}

/** Files of rows behind objects, one for each. */
export const filesOf = ({ files }: IcebergTable, objects: readonly TableObject[]): readonly LiveFile[] =>
  objects.flatMap(({ bucket, object }) => files.get(`s3://${bucket}/${object.key}`) ?? []);

/** Files of deletes that may say something of files of rows: those of the same partition that are no older. */
export function deletesOf({ deletes }: IcebergTable, files: readonly LiveFile[]): readonly LiveFile[] {
  const oldest = new Map<string, bigint>();
  for (const file of files) {
    const key = partitionKey(file);
    const known = oldest.get(key);
    if (known === undefined || file.sequence < known) oldest.set(key, file.sequence);
  }
  return deletes.filter((file) => file.sequence >= (oldest.get(partitionKey(file)) ?? file.sequence + 1n));
}

/** Bytes that a scan of some columns reads, by the project's model: their chunks as manifests tell them, and deletes whole. */
export function bytesOf(table: IcebergTable, objects: readonly TableObject[], columns: ReadonlySet<string>): number {
  const ids = table.columns.filter(({ name }) => columns.has(name)).flatMap(({ id, iceberg }) => leavesOf(id, iceberg));
  const files = filesOf(table, objects);
  const chunks = files.map(({ columnSizes, size }) =>
    columnSizes.size === 0 ? size : ids.reduce((sum, id) => sum + (columnSizes.get(id) ?? 0n), 0n),
  );
  const all = [...chunks, ...deletesOf(table, files).map(({ size }) => size)];
  return Number(all.reduce((sum, bytes) => sum + bytes, 0n));
}

/** Ids of the columns of a file that hold a column's values. */
function leavesOf(id: number, type: IcebergType): readonly number[] {
  const parts = partsOf(type);
  return parts.length === 0 ? [id] : parts.flatMap((part) => leavesOf(part.id, part.type));
}
