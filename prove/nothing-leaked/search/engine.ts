import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../../../local/parquet/engine.ts';
import type { ColumnChunk } from './parquet-pages.ts';

/** The texts of a query's first column, a line each. */
async function linesOf(connection: DuckDBConnection, sql: string): Promise<Buffer> {
  const reader = await connection.runAndReadAll(sql);
  return Buffer.from(reader.getRows().map(([text]) => `${String(text)}\n`).join('')); // prettier-ignore
}

/** What the rows of a Parquet file hold, whatever their encoding, as JSON. */
export const rowsOfParquet = (connection: DuckDBConnection, file: string): Promise<Buffer> =>
  linesOf(connection, `select to_json(hw_row)::varchar from read_parquet(${literal(file)}, hive_partitioning = false) as hw_row`);

/** What the footer of a Parquet file says of its columns: names, bounds, what their writer added. */
export async function footerOfParquet(connection: DuckDBConnection, file: string): Promise<Buffer> {
  const texts = ['parquet_metadata', 'parquet_schema', 'parquet_kv_metadata'].map((table) =>
    linesOf(connection, `select to_json(hw_row)::varchar from ${table}(${literal(file)}) as hw_row`),
  );
  const read: Buffer[] = [];
  for (const text of texts) read.push(await text);
  return Buffer.concat(read);
}

/** Where the columns of a Parquet file lie. */
export async function chunksOfParquet(connection: DuckDBConnection, file: string): Promise<readonly ColumnChunk[]> {
  const reader = await connection.runAndReadAll(
    `select least(coalesce(nullif(dictionary_page_offset, 0), data_page_offset), data_page_offset), total_compressed_size, compression ` +
      `from parquet_metadata(${literal(file)})`,
  );
  return reader.getRows().map(([start, length, compression]) => ({
    start: Number(start),
    length: Number(length),
    compression: String(compression),
  }));
}

/** What every table of a DuckDB database holds, as JSON. */
export async function rowsOfDatabase(connection: DuckDBConnection, file: string): Promise<Buffer> {
  await connection.run(`attach ${literal(file)} as hw_searched (read_only)`);
  try {
    const tables = await connection.runAndReadAll(
      `select format('hw_searched."{}"."{}"', schema_name, table_name) from duckdb_tables() where database_name = 'hw_searched'`,
    );
    const texts: Buffer[] = [];
    for (const [table] of tables.getRows())
      texts.push(await linesOf(connection, `select to_json(hw_row)::varchar from ${String(table)} as hw_row`));
    return Buffer.concat(texts);
  } finally {
    await connection.run('detach hw_searched');
  }
}
