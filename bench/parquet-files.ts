import type { DuckDBConnection } from '@duckdb/node-api';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { literal, openDuckdb } from '../local/parquet/engine.ts';

/** Parquet files of one table, as their footers tell of them. */
export class ParquetFiles {
  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly folder: string,
    private readonly list: string,
  ) {}

  /** Opens objects as files in a folder of their own, for as long as `use` takes. */
  static async with<T>(folder: string, objects: readonly Buffer[], use: (files: ParquetFiles) => Promise<T>): Promise<T> {
    mkdirSync(folder, { recursive: true });
    const names = objects.map((bytes, index) => {
      const file = path.join(folder, `${index}.parquet`);
      writeFileSync(file, bytes);
      return file;
    });
    const duckdb = await openDuckdb(folder);
    try {
      const connection = await duckdb.connect();
      return await use(new ParquetFiles(connection, folder, `[${names.map(literal).join(', ')}]`));
    } finally {
      duckdb.closeSync();
    }
  }

  rows(): Promise<number> {
    return this.number(`select sum(num_rows) from parquet_file_metadata(${this.list})`);
  }

  /** Compressed bytes of one column. */
  bytesOf(column: string): Promise<number> {
    return this.number(
      `select sum(total_compressed_size) from parquet_metadata(${this.list}) where path_in_schema = ${literal(column)}`,
    );
  }

  /** Compressed bytes of the row groups whose least and greatest value of a column, compared as `type`, do not exclude a value. */
  bytesThatMayHold(column: string, value: string, type: 'bigint' | 'varchar'): Promise<number> {
    const bound = (name: string): string => `try_cast(${name} as ${type})`; // a chunk without statistics may hold anything
    return this.number(
      `with chunks as (from parquet_metadata(${this.list})), row_groups as (
        select file_name, row_group_id from chunks where path_in_schema = ${literal(column)}
        and coalesce(${literal(value)}::${type} between ${bound('stats_min_value')} and ${bound('stats_max_value')}, true))
      select coalesce(sum(total_compressed_size), 0) from chunks semi join row_groups using (file_name, row_group_id)`,
    );
  }

  /** Bytes of one file that holds the rows of all. */
  async bytesAsOne(compression: 'gzip' | 'snappy'): Promise<number> {
    const file = path.join(this.folder, compression);
    await this.connection.run(
      `copy (from read_parquet(${this.list})) to ${literal(file)} (format parquet, compression ${compression})`,
    );
    return statSync(file).size;
  }

  private async number(sql: string): Promise<number> {
    const reader = await this.connection.runAndReadAll(sql);
    return Number(reader.getRows()[0]?.[0]);
  }
}
