import type { DuckDBConnection } from '@duckdb/node-api';
import type { HiveType } from '../glue/hive-type.ts';
import { literal } from '../parquet/engine.ts';
import { bytesOf } from './iceberg/iceberg-table.ts';
import type { StoredTable } from './relations.ts';
import type { Scan } from './scan-plan.ts';
import { QueryError } from './sql/query-error.ts';

/** What a Parquet file's footer says of one top-level column. */
interface Chunk {
  /** Compressed bytes of all its chunks. */
  bytes: number;
  /** Physical type; absent for a nested column. */
  readonly type?: string;
}
type Footer = ReadonlyMap<string, Chunk>;

/** Physical types that each Hive type is read from; a file that holds another fails the query, as on AWS. */
const PHYSICAL: Readonly<Partial<Record<HiveType['kind'], readonly string[]>>> = {
  boolean: ['BOOLEAN'],
  tinyint: ['INT32', 'INT64'],
  smallint: ['INT32', 'INT64'],
  int: ['INT32', 'INT64'],
  bigint: ['INT32', 'INT64'],
  float: ['FLOAT'],
  double: ['DOUBLE', 'FLOAT'],
  decimal: ['INT32', 'INT64', 'FIXED_LEN_BYTE_ARRAY', 'BYTE_ARRAY'],
  string: ['BYTE_ARRAY'],
  binary: ['BYTE_ARRAY'],
  date: ['INT32'],
  timestamp: ['INT64', 'INT96'],
};

/** Reads footers once for each file: an object's bytes never change in place. */
export class Footers {
  private readonly known = new Map<string, Footer>();

  /**
   * Bytes that a scan reads, by the project's model: for Parquet the compressed chunks of its columns, for text and JSON whole objects.
   *
   * @throws QueryError HIVE_BAD_DATA where a file's column cannot be read as the table's
   */
  async bytesOf(connection: DuckDBConnection, table: StoredTable, scan: Scan): Promise<number> {
    if (table.kind === 'iceberg') return bytesOf(table, scan.objects, scan.columns);
    if (table.format.kind !== 'parquet') return scan.objects.reduce((sum, { object }) => sum + object.size, 0);
    await this.read(connection, scan);
    let bytes = 0;
    for (const { object } of scan.objects) {
      const footer = this.known.get(keyOf(object));
      for (const column of table.columns) {
        const chunk = scan.columns.has(column.name) ? footer?.get(column.name) : undefined;
        if (chunk === undefined) continue;
        checkType(column.name, column.type, chunk.type);
        bytes += chunk.bytes;
      }
    }
    return bytes;
  }

  private async read(connection: DuckDBConnection, scan: Scan): Promise<void> {
    const missing = scan.objects.map(({ object }) => object).filter((object) => !this.known.has(keyOf(object)));
    if (missing.length === 0) return;
    const files = new Map(missing.map((object) => [object.file, object]));
    const reader = await connection.runAndReadAll(
      `select file_name, path_in_schema, type, total_compressed_size from parquet_metadata([${[...files.keys()].map(literal).join(', ')}])`,
    );
    const footers = new Map<string, Map<string, Chunk>>(missing.map((object) => [keyOf(object), new Map()]));
    for (const [file, path, type, size] of reader.getRows()) {
      const object = files.get(String(file));
      const footer = object === undefined ? undefined : footers.get(keyOf(object));
      const [name = '', ...nested] = String(path).split(', ');
      const chunk = footer?.get(name.toLowerCase());
      if (chunk !== undefined) chunk.bytes += Number(size);
      else footer?.set(name.toLowerCase(), { bytes: Number(size), ...(nested.length === 0 && { type: String(type) }) });
    }
    for (const [key, footer] of footers) this.known.set(key, footer);
  }
}

const keyOf = (object: { readonly file: string; readonly etag: string }): string => `${object.file} ${object.etag}`;

function checkType(column: string, type: HiveType, physical: string | undefined): void {
  const lawful = PHYSICAL[type.kind];
  if (physical === undefined || lawful === undefined || lawful.includes(physical)) return;
  throw new QueryError(
    `HIVE_BAD_DATA: Field ${column}'s type ${physical} in parquet file is incompatible with type ${type.kind} defined in table schema`,
  );
}
