import type { GlueCatalog } from '../../glue/catalog.ts';
import type { GlueTable } from '../../glue/table.ts';
import { isCode } from '../../glue/glue-error.ts';
import type { ObjectStore } from '../../s3/object-store.ts';
import type { Caller } from '../../service.ts';
import type { PreparedStatements } from '../prepared-statements.ts';
import type { QueryRequest, QueryRunner } from '../query-runner.ts';
import { QueryError, type ErrorDetail } from '../sql/query-error.ts';
import type { RelationName } from '../sql/statement.ts';
import type { Query } from '../sql/syntax/ast.ts';

/** What a statement runs with. */
export interface StatementContext {
  /** The execution's. */
  readonly id: string;
  /** The one who asked, through Athena. */
  readonly caller: Caller;
  /** The same, as they call Athena itself. */
  readonly direct: Caller;
  readonly database?: string | undefined;
  /** A session's catalog that there is not: statements of the engine miss it, Hive's use the one there is. */
  readonly session?: string | undefined;
  readonly workGroup: string;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  /** S3 address under which tables without a place of their own lie; ends with a slash. */
  readonly resultLocation: string;
  readonly catalog: GlueCatalog;
  readonly store: ObjectStore;
  readonly runner: QueryRunner;
  readonly prepared: PreparedStatements;
  readonly request: (query: Query) => QueryRequest;
  /** Whether somebody has stopped the execution meanwhile. */
  readonly stopped: () => boolean;
  /** Puts a file of data, encrypted as results are. */
  readonly put: (bucket: string, key: string, body: Buffer) => Promise<void>;
}

/** A relation by both its names. */
export interface FullName {
  readonly database: string;
  readonly name: string;
}

/** @throws QueryError MISSING_SCHEMA_NAME */
export function fullName({ database }: StatementContext, relation: RelationName): FullName {
  const owner = relation.database ?? database;
  if (owner === undefined) throw new QueryError('MISSING_SCHEMA_NAME: Schema must be specified when session schema is not set');
  return { database: owner, name: relation.name };
}

/** What the catalog knows under a name, as the caller may see it; undefined for nothing. @throws QueryError SCHEMA_NOT_FOUND */
export function lookUp({ catalog, caller }: StatementContext, { database, name }: FullName): GlueTable | undefined {
  try {
    catalog.databaseFor(caller, database);
  } catch (error) {
    if (isCode(error, 'EntityNotFoundException')) throw new QueryError(`SCHEMA_NOT_FOUND: Schema '${database}' does not exist`);
    throw error;
  }
  try {
    return catalog.tableFor(caller, database, name);
  } catch (error) {
    if (isCode(error, 'EntityNotFoundException')) return undefined;
    throw error;
  }
}

/** @throws QueryError in the words of Hive, whose statements these are */
export function hiveTable(context: StatementContext, relation: RelationName): GlueTable {
  const name = fullName(context, relation);
  const table = lookUp(context, name);
  if (table === undefined)
    throw new QueryError(`FAILED: SemanticException [Error 10001]: Table not found ${name.database}.${name.name}`);
  return table;
}

/** What Hive says of a task that the catalog did not take. */
export const ddlFailure = (reason: string, detail?: ErrorDetail): QueryError =>
  new QueryError(`FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ${reason}`, 2, detail);

/** All that Athena says of some of Hive's statements. */
export const NO_DDL = 'Query type not supported by DDL engine.';

/** What Hive's statements are refused with that Athena does not do to an Iceberg table. */
export const notOfIceberg = (): QueryError =>
  new QueryError('Query type not supported by Athena Iceberg at this time', 2, { type: 1200 });

export const notPartitioned = (table: string): QueryError =>
  ddlFailure(`Table ${table} is not a partitioned table`, { words: `Table ${table} is not a partitioned table.` });
