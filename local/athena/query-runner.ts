import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { GlueCatalog } from '../glue/catalog.ts';
import { identifier } from '../parquet/engine.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { Caller } from '../service.ts';
import { EngineTables } from './engine-tables.ts';
import { Footers } from './footers.ts';
import { isStored, Resolver, Wanted, type Relation, type ResolvedQuery, type StoredTable } from './relations.ts';
import { ScanLimitExceeded } from './scan-limit.ts';
import { planScans, type Scan } from './scan-plan.ts';
import type { Query } from './sql/syntax/ast.ts';
import { ENGINE_CATALOG, prepareConnection, type TranslatedQuery } from './sql/translator.ts';

export interface QueryRequest {
  readonly id: string;
  readonly query: Query;
  readonly database?: string | undefined;
  /** A session's catalog that there is not, in which names without one are looked up. */
  readonly session?: string | undefined;
  readonly caller: Caller;
  /** Whether the query may ask for the place of a row in its file. @default false */
  readonly positions?: boolean | undefined;
  /** Bytes; a query that reads more is cancelled. */
  readonly cutoff?: number | undefined;
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

/** A query whose tables are in the engine. */
export interface ReadyQuery {
  readonly connection: DuckDBConnection;
  readonly query: TranslatedQuery;
  /** The query's own folder, which goes when it ends. */
  readonly folder: string;
}

/** Runs one query after another. */
export class QueryRunner {
  private readonly footers = new Footers();
  private current: DuckDBConnection | undefined;

  constructor(private readonly props: QueryRunnerProps) {}

  /** Ends what runs now. */
  interrupt(): void {
    this.current?.interrupt();
  }

  /** Names and types of what a query answers; no object of rows is read. @throws QueryError, ServiceError */
  async resolve({
    query,
    database,
    session,
    positions = false,
    caller,
    now,
  }: Pick<QueryRequest, 'query' | 'database' | 'session' | 'positions' | 'caller' | 'now'>): Promise<ResolvedQuery> {
    const { catalog, store } = this.props;
    const loaded = new Map<string, unknown>();
    const constant = (sql: string): Promise<unknown> => this.constant(sql);
    for (;;) {
      try {
        return new Resolver({ catalog, store, now, caller, positions, loaded, constant }).resolve(query, database, session);
      } catch (error) {
        if (!(error instanceof Wanted)) throw error;
        loaded.set(error.key, await error.load());
      }
    }
  }

  /**
   * Reads the objects of a query's tables into the engine, as the caller, and lets `use` run it.
   *
   * @throws QueryError, ServiceError, or the engine's own error, which may quote data
   */
  async run<T>(request: QueryRequest, use: (ready: ReadyQuery, relations: readonly Relation[]) => Promise<T>): Promise<T> {
    const resolved = await this.resolve(request);
    return this.inEngine(request.id, resolved, async (ready, tables) => {
      const { connection, query } = ready;
      const bases = resolved.relations.filter(isStored);
      const scans = await planScans(connection, query.sql, bases);
      this.authorize(request.caller, bases, scans);
      await this.account(connection, request, bases, scans);
      for (const [index, table] of bases.entries()) await tables.load(index, table, objectsOf(scans, index));
      return use(ready, resolved.relations);
    });
  }

  /** The engine's plan of a query, line by line; no object is read. @throws as `run` does */
  async explain(request: QueryRequest): Promise<readonly string[]> {
    return this.inEngine(request.id, await this.resolve(request), async ({ connection, query }) => {
      const reader = await connection.runAndReadAll(`explain ${query.sql}`);
      return String(reader.getRows()[0]?.[1] ?? '').split('\n');
    });
  }

  private async constant(sql: string): Promise<unknown> {
    const connection = await this.props.duckdb.connect();
    try {
      await prepareConnection(this.props.duckdb, connection);
      const reader = await connection.runAndReadAll(sql);
      return reader.getRows()[0]?.[0];
    } finally {
      connection.closeSync();
    }
  }

  private async inEngine<T>(
    id: string,
    { query, relations }: ResolvedQuery,
    use: (ready: ReadyQuery, tables: EngineTables) => Promise<T>,
  ): Promise<T> {
    const { duckdb, scratch } = this.props;
    const folder = path.join(scratch, `query-${id}`);
    await mkdir(folder, { recursive: true });
    const connection = await duckdb.connect();
    this.current = connection;
    try {
      await prepareConnection(duckdb, connection);
      await connection.run(`attach ':memory:' as ${identifier(ENGINE_CATALOG)}`);
      const engine = new EngineTables(connection, folder);
      const bases = relations.filter(isStored);
      await engine.plan(query.sql, bases, relations);
      return await use({ connection, query, folder }, engine);
    } finally {
      this.current = undefined;
      await connection.run(`detach database if exists ${identifier(ENGINE_CATALOG)}`).catch(() => undefined);
      connection.closeSync();
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Each object that is read is read as the caller. */
  private authorize(caller: Caller, tables: readonly StoredTable[], scans: readonly Scan[]): void {
    for (const [index] of tables.entries()) {
      for (const { bucket, object } of objectsOf(scans, index)) this.props.store.getObject(caller, bucket, object.key);
    }
  }

  private async account(
    connection: DuckDBConnection,
    request: QueryRequest,
    tables: readonly StoredTable[],
    scans: readonly Scan[],
  ): Promise<void> {
    let bytes = 0;
    for (const scan of scans) {
      const table = tables[scan.table];
      if (table !== undefined) bytes += await this.footers.bytesOf(connection, table, scan);
    }
    request.onScan(bytes);
    if (request.cutoff !== undefined && bytes > request.cutoff) throw new ScanLimitExceeded();
  }
}

/** Objects of one table that any of its scans reads, once each, in order of their keys. */
function objectsOf(scans: readonly Scan[], table: number): Scan['objects'] {
  const all = scans.filter((scan) => scan.table === table).flatMap((scan) => scan.objects);
  return [...new Map(all.map((entry) => [`${entry.bucket}/${entry.object.key}`, entry])).values()].sort((a, b) =>
    a.object.key < b.object.key ? -1 : 1,
  );
}
