import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Row } from '../history/history.ts';

/** Reads Parquet with an engine of its own, by what the files themselves say: it knows no catalog. */
export class ParquetReader {
  /** Files so far: a name never comes again, which to caches of the engine would be the same file. */
  private written = 0;
  private opened: { readonly instance: DuckDBInstance; readonly connection: DuckDBConnection } | undefined;

  /** @param folder Of its own, for files under way */
  constructor(private readonly folder: string) {}

  async rows(objects: readonly Uint8Array[]): Promise<readonly (readonly Row[])[]> {
    if (objects.length === 0) return [];
    const connection = await this.connect();
    mkdirSync(this.folder, { recursive: true });
    try {
      const files = objects.map((bytes) => {
        this.written += 1;
        const file = path.join(this.folder, `${this.written}.parquet`);
        writeFileSync(file, bytes);
        return file;
      });
      const list = files.map((file) => `'${file}'`).join(', ');
      const reader = await connection.runAndReadAll(
        `select * from read_parquet([${list}], union_by_name = true, filename = true)`,
      );
      const grouped = new Map<string, Row[]>(files.map((file) => [file, []]));
      for (const { filename, ...row } of reader.getRowObjectsJson())
        if (typeof filename === 'string') grouped.get(filename)?.push(row);
      return files.map((file) => grouped.get(file) ?? []);
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  close(): void {
    this.opened?.connection.closeSync();
    this.opened?.instance.closeSync();
    this.opened = undefined;
  }

  private async connect(): Promise<DuckDBConnection> {
    if (this.opened === undefined) {
      const instance = await DuckDBInstance.create(':memory:', { threads: '1', enable_external_file_cache: 'false' });
      this.opened = { instance, connection: await instance.connect() };
    }
    return this.opened.connection;
  }
}
