import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { GlueCatalog } from '../glue/catalog.ts';
import { identifier } from '../parquet/engine.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { Caller } from '../service.ts';
import { EngineTables } from './engine-tables.ts';
import { Footers } from './footers.ts';
import { Resolver, type BaseTable } from './relations.ts';
import { readResult, type QueryResult } from './result.ts';
import { planScans, type Scan } from './scan-plan.ts';
import { prelude } from './sql/macros.ts';
import { QueryError } from './sql/query-error.ts';
import { ENGINE_CATALOG } from './sql/references.ts';

export interface QueryRequest {
  readonly id: string;
  readonly sql: string;
  readonly database?: string;
  readonly caller: Caller;
  /** Bytes; a query that reads more fails. */
  readonly cutoff?: number;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  /** Called with the bytes that the query reads, before it reads them. */
  readonly onScan: (bytes: number) => void;
}

export interface QueryRunnerProps {
  readonly duckdb: DuckDBInstance;
  readonly catalog: GlueCatalog;
  readonly store: ObjectStore;
  /** Folder for each query's own folder, which is removed. */
  readonly scratch: string;
}

/** Least that is counted for a query that reads a table, in bytes: 10 MB. */
const LEAST_BYTES = 10 * 1024 * 1024;

/** Runs one query after another. */
export class QueryRunner {
  private readonly footers = new Footers();
  private current: DuckDBConnection | undefined;

  constructor(private readonly props: QueryRunnerProps) {}

  /** Ends what runs now. */
  interrupt(): void {
    this.current?.interrupt();
  }

  /** @throws QueryError, ServiceError, or the engine's own error, which may quote data */
  async run(request: QueryRequest): Promise<QueryResult> {
    const { catalog, store, duckdb, scratch } = this.props;
    const { caller, now } = request;
    const { sql, relations } = await new Resolver({ catalog, store, now, caller }).resolve(request.sql, request.database);
    const folder = path.join(scratch, `query-${request.id}`);
    await mkdir(folder, { recursive: true });
    const connection = await duckdb.connect();
    this.current = connection;
    try {
      for (const statement of prelude(now)) await connection.run(statement);
      await connection.run(`attach ':memory:' as ${identifier(ENGINE_CATALOG)}`);
      const engine = new EngineTables(connection, folder);
      const tables = relations.filter((relation) => relation.kind === 'table');
      await engine.plan(tables, relations);
      const scans = await planScans(connection, sql, tables);
      this.authorize(caller, tables, scans);
      await this.account(connection, request, tables, scans);
      for (const [index, table] of tables.entries()) await engine.load(index, table, objectsOf(scans, index));
      return await readResult(connection, sql);
    } finally {
      this.current = undefined;
      await connection.run(`detach database if exists ${identifier(ENGINE_CATALOG)}`).catch(() => undefined);
      connection.closeSync();
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Each object that is read is read as the caller. */
  private authorize(caller: Caller, tables: readonly BaseTable[], scans: readonly Scan[]): void {
    for (const [index, table] of tables.entries()) {
      for (const { object } of objectsOf(scans, index)) this.props.store.getObject(caller, table.bucket, object.key);
    }
  }

  private async account(
    connection: DuckDBConnection,
    request: QueryRequest,
    tables: readonly BaseTable[],
    scans: readonly Scan[],
  ): Promise<void> {
    let bytes = 0;
    for (const scan of scans) {
      const table = tables[scan.table];
      if (table !== undefined) bytes += await this.footers.bytesOf(connection, table, scan);
    }
    request.onScan(scans.length === 0 ? 0 : Math.max(bytes, LEAST_BYTES));
    if (request.cutoff !== undefined && bytes > request.cutoff) throw new QueryError('Bytes scanned limit was exceeded');
  }
}

/** Objects of one table that any of its scans reads, once each, in order of their keys. */
function objectsOf(scans: readonly Scan[], table: number): Scan['objects'] {
  const all = scans.filter((scan) => scan.table === table).flatMap((scan) => scan.objects);
  return [...new Map(all.map((entry) => [entry.object.key, entry])).values()].sort((a, b) =>
    a.object.key < b.object.key ? -1 : 1,
  );
}
