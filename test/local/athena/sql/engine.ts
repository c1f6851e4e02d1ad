import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { toQueryError } from '../../../../local/athena/engine-error.ts';
import { readResult, type QueryResult } from '../../../../local/athena/result.ts';
import { typeText } from '../../../../local/athena/sql/analysis/type.ts';
import { QueryError } from '../../../../local/athena/sql/query-error.ts';
import { parseStatement } from '../../../../local/athena/sql/syntax/statement.ts';
import {
  prepareConnection,
  translate,
  type RelationShape,
  type TableReference,
} from '../../../../local/athena/sql/translator.ts';
import { openDuckdb } from '../../../../local/parquet/engine.ts';

const NOW = Date.parse('2024-02-10T08:30:00Z');

export interface Answered {
  readonly rows: QueryResult['rows'];
  readonly names: readonly string[];
  /** As Athena heads the columns. */
  readonly labels: readonly string[];
  /** As Trino writes them. */
  readonly types: readonly string[];
  /** As Athena names them. */
  readonly columns: readonly string[];
}

/** Translator and engine, with no catalog. */
export class SqlEngine {
  private constructor(
    private readonly scratch: string,
    private readonly duckdb: DuckDBInstance,
    readonly connection: DuckDBConnection,
  ) {}

  static async open(): Promise<SqlEngine> {
    const scratch = mkdtempSync(path.join(os.tmpdir(), 'headwaters-sql-'));
    const duckdb = await openDuckdb(scratch);
    const connection = await duckdb.connect();
    await prepareConnection(duckdb, connection);
    return new SqlEngine(scratch, duckdb, connection);
  }

  close(): void {
    this.connection.closeSync();
    this.duckdb.closeSync();
    rmSync(this.scratch, { recursive: true, force: true });
  }

  /** Runs a query, or an expression as one. @throws QueryError as Athena reports it */
  async run(
    sql: string,
    relation: (reference: TableReference) => RelationShape = missing,
    parameters: readonly string[] = [],
  ): Promise<Answered> {
    try {
      const statement = parseStatement(asQuery(sql), parameters);
      if (statement.kind !== 'query') throw new Error(`no query: ${sql}`);
      const query = translate(statement.query, { now: NOW, database: 'db', relation });
      const { rows, columns } = await readResult(this.connection, query);
      return {
        rows,
        names: query.columns.map(({ name }) => name),
        labels: query.columns.map(({ label }) => label),
        types: query.columns.map(({ type }) => typeText(type)),
        columns: columns.map(({ name }) => name),
      };
    } catch (error) {
      throw toQueryError(error);
    }
  }

  /** Why a query fails; undefined if it does not. */
  async failure(sql: string): Promise<string | undefined> {
    try {
      await this.run(sql);
      return undefined;
    } catch (error) {
      return error instanceof QueryError ? error.message : String(error);
    }
  }
}

/** What begins a query rather than an expression; a query in parentheses is one where more follows it. */
const QUERY = /^\s*(?:select|with|values|table|selec)\b|^\(select[^()]*\) union/i;

export const asQuery = (sql: string): string => (QUERY.test(sql) ? sql : `select ${sql}`);

const missing = ({ database, table }: TableReference): never => {
  throw new QueryError(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${database}.${table}' does not exist`);
};
