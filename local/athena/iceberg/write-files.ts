import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CONTENTS, type DataFile } from '../../iceberg/data-file.ts';
import { physicalText, transformSql } from '../../iceberg/engine-sql.ts';
import { partitionTypes } from '../../iceberg/manifest.ts';
import { currentSchema, type TableMetadata } from '../../iceberg/metadata.ts';
import { parseTransform } from '../../iceberg/partition-spec.ts';
import { partitionPath } from '../../iceberg/partition-path.ts';
import { shapeOf } from '../../iceberg/snapshot.ts';
import { partsOf, type IcebergType, type StructField } from '../../iceberg/types.ts';
import { fromText, type Value } from '../../iceberg/value.ts';
import { identifier, literal } from '../../parquet/engine.ts';
import { QueryError } from '../sql/query-error.ts';
import { metricsOf } from './file-metrics.ts';

export interface FileWriter {
  readonly connection: DuckDBConnection;
  /** The query's own. */
  readonly folder: string;
  /** Puts a file at an S3 address. */
  readonly put: (address: string, body: Buffer) => Promise<void>;
}

/** Partitions that one statement writes, at most. @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-insert-into.html */
const MOST_PARTITIONS = 100;

/** The columns of rows that are to be written: those of the table, in order. */
export const written = (place: number): string => `w${place}`;

/**
 * Writes rows as files of a table, one for each partition that has any.
 *
 * @param rows A relation of the engine, whose columns are {@link written}.
 * @throws QueryError ICEBERG_TOO_MANY_OPEN_PARTITIONS, NOT_SUPPORTED; ServiceError as S3 refuses
 */
export async function writeRows(writer: FileWriter, metadata: TableMetadata, rows: string): Promise<readonly DataFile[]> {
  const { connection } = writer;
  const { fields } = currentSchema(metadata);
  const odd = fields.find(({ type }) => typeof type === 'string' && /^(?:uuid$|time$|fixed)/.test(type));
  if (odd !== undefined)
    throw new QueryError(`NOT_SUPPORTED: headwaters local writes no column of the type ${odd.type as string}`);
  await checkRequired(connection, rows, fields);
  const shape = shapeOf(metadata, metadata['default-spec-id']);
  const types = partitionTypes(shape);
  const texts = shape.spec.fields.map(({ transform, 'source-id': id }, place) => {
    const source = fields.findIndex((field) => field.id === id);
    const sql = transformSql(parseTransform(transform), fields[source]?.type ?? 'string', written(source));
    return physicalText(types[place] ?? 'string', sql);
  });
  const found = await partitionsIn(connection, rows, texts);
  const columns = fields.map(({ name }, place) => `${written(place)} as ${identifier(name)}`).join(', ');
  const files: DataFile[] = [];
  for (const partition of found) {
    const where = partition.map(
      (text, place) => `${texts[place] ?? ''} is not distinct from ${text === null ? 'null' : literal(text)}`,
    );
    const query = `select ${columns} from ${rows}${where.length === 0 ? '' : ` where ${where.join(' and ')}`}`;
    const values = partition.map((text, place): Value | null =>
      text === null ? null : fromText(types[place] ?? 'string', text),
    );
    const folders = [`${metadata.location}/data`, spread(), partitionPath(shape.spec, types, values)].filter(
      (part) => part !== '',
    );
    const address = `${folders.join('/')}/${randomUUID()}.parquet`;
    files.push(await writeFile(writer, { query, address, fields, codec: codecOf(metadata) }, { content: CONTENTS.data, specId: shape.spec['spec-id'], partition: values })); // prettier-ignore
  }
  return files;
}

/** @throws QueryError CONSTRAINT_VIOLATION for a null in a column that must have a value */
async function checkRequired(connection: DuckDBConnection, rows: string, fields: readonly StructField[]): Promise<void> {
  const required = fields.flatMap(({ name, required: must }, place) => (must ? [{ name, column: written(place) }] : []));
  if (required.length === 0) return;
  const lacks = required.map(({ column }) => `coalesce(bool_or(${column} is null), false)`);
  const reader = await connection.runAndReadAll(`select ${lacks.join(', ')} from ${rows}`);
  const first = required[reader.getRows()[0]?.indexOf(true) ?? -1];
  if (first !== undefined)
    throw new QueryError(`CONSTRAINT_VIOLATION: NULL value not allowed for NOT NULL column: ${first.name}`);
}

/** A folder that spreads files over S3's own partitions, as `write.object-storage.enabled` has it. */
const spread = (): string => randomBytes(4).toString('base64url');

/** Ids of the columns of files of deletes. @see https://iceberg.apache.org/spec/#reserved-field-ids */
const DELETE_FIELDS: readonly StructField[] = [
  { id: 2_147_483_546, name: 'file_path', required: true, type: 'string' },
  { id: 2_147_483_545, name: 'pos', required: true, type: 'long' },
];

/**
 * Writes a file of deletes for one file of rows.
 *
 * @param rows A relation of the engine that has the places of rows, `pos`, by the addresses of their files, `path`.
 */
export async function writeDeletes(writer: FileWriter, metadata: TableMetadata, rows: string, of: DataFile): Promise<DataFile> {
  const address = `${of.path.slice(0, of.path.lastIndexOf('/'))}/delete_file_${randomUUID()}.parquet`;
  const query = `select distinct path as file_path, pos from ${rows} where path = ${literal(of.path)} order by pos`;
  const file = await writeFile(
    writer,
    { query, address, fields: DELETE_FIELDS, codec: codecOf(metadata) },
    { content: CONTENTS.positionDeletes, specId: of.specId, partition: of.partition },
  );
  const [path] = DELETE_FIELDS.map(({ id }) => id);
  const whole = Buffer.from(of.path);
  return {
    ...file,
    lower: new Map([...file.lower, [path ?? 0, whole]]),
    upper: new Map([...file.upper, [path ?? 0, whole]]),
  };
}

/** The compression of a table's files. @see https://docs.aws.amazon.com/athena/latest/ug/compression-support-iceberg.html */
const codecOf = ({ properties }: TableMetadata): string =>
  (properties['write.parquet.compression-codec'] ?? 'zstd').toLowerCase();

interface Writing {
  readonly query: string;
  readonly address: string;
  readonly fields: readonly StructField[];
  readonly codec: string;
}

async function writeFile(
  { connection, folder, put }: FileWriter,
  { query, address, fields, codec }: Writing,
  known: Pick<DataFile, 'content' | 'specId' | 'partition'>,
): Promise<DataFile> {
  const file = path.join(folder, `written-${randomUUID()}.parquet`);
  const packed = codec === 'none' ? 'uncompressed' : codec;
  await connection.run(
    `copy (${query}) to ${literal(file)} (format parquet, compression ${literal(packed)}, field_ids ${fieldIds(fields)})`,
  );
  const metrics = await metricsOf(connection, file, fields);
  const body = await readFile(file);
  await put(address, body);
  await rm(file);
  return { ...known, path: address, format: 'PARQUET', size: BigInt(body.length), ...metrics };
}

const fieldIds = (fields: readonly StructField[]): string =>
  `{${fields.map(({ name, id, type }) => `${literal(name)}: ${idOf(id, type)}`).join(', ')}}`;

function idOf(id: number, type: IcebergType): string {
  const parts = partsOf(type);
  if (parts.length === 0) return String(id);
  return `{__duckdb_field_id: ${id}, ${parts.map((part) => `${literal(part.name)}: ${idOf(part.id, part.type)}`).join(', ')}}`;
}

async function partitionsIn(
  connection: DuckDBConnection,
  rows: string,
  texts: readonly string[],
): Promise<readonly (readonly (string | null)[])[]> {
  const keys = texts.map((text, place) => `${text} as k${place}`);
  const reader = await connection.runAndReadAll(
    `select distinct ${['1', ...keys].join(', ')} from ${rows} order by all limit ${MOST_PARTITIONS + 1}`,
  );
  const found = reader.getRows().map(([, ...values]) => values.map((value) => (value === null ? null : String(value))));
  if (found.length > MOST_PARTITIONS)
    throw new QueryError(`ICEBERG_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of ${MOST_PARTITIONS} open writers for partitions`);
  return found;
}
