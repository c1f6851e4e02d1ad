import { parseHiveType } from '../../glue/hive-type.ts';
import { isCode, unlessMissing } from '../../glue/glue-error.ts';
import { isIceberg, openTable } from '../iceberg/open-table.ts';
import type { Outcome } from '../result-files.ts';
import { QueryError } from '../sql/query-error.ts';
import type { CreateExternalTable, RelationName, Statement } from '../sql/statement.ts';
import { ddlFailure, fullName, lookUp, type StatementContext } from './context.ts';
import { dropIcebergTable } from './iceberg/drop-table.ts';
import { isView } from './show.ts';
import { checkLocation, definedStorage, glueColumns } from './storage.ts';
import { done } from './text.ts';

/** Hive's statements on tables and databases: each changes the catalog, and S3 in nothing. */
export function createExternalTable(context: StatementContext, statement: CreateExternalTable): Outcome {
  const { columns, partitionedBy, location, comment, properties } = statement;
  const name = fullName(context, statement.table);
  if (location === undefined)
    throw new QueryError('FAILED: SemanticException table is not partitioned but partition spec exists: LOCATION is required');
  checkLocation(location);
  for (const column of [...columns, ...partitionedBy]) checkType(column.name, column.type);
  const twice = partitionedBy.find((key) => columns.some((column) => column.name === key.name));
  if (twice !== undefined)
    throw new QueryError('FAILED: SemanticException [Error 10035]: Column repeated in partitioning columns');
  if (unlessMissing(() => context.catalog.databaseFor(context.caller, name.database)) === undefined)
    throw new QueryError(`FAILED: SemanticException [Error 10072]: Database does not exist: ${name.database}`, 2, {
      type: 1301,
      words: `Database ${name.database} not found.`,
    });
  if (lookUp(context, name) !== undefined) {
    if (statement.ifNotExists) return done;
    throw ddlFailure(`AlreadyExistsException(message:Table ${name.name} already exist)`, {
      words: `Table ${name.name} already exists.`,
    });
  }
  context.catalog.tables.create(context.caller, name.database, {
    Name: name.name,
    TableType: 'EXTERNAL_TABLE',
    Owner: 'hadoop',
    Retention: 0,
    Parameters: {
      EXTERNAL: 'TRUE',
      transient_lastDdlTime: String(Math.floor(context.now / 1000)),
      ...(comment !== undefined && { comment }),
      ...properties,
    },
    PartitionKeys: glueColumns(partitionedBy),
    StorageDescriptor: { Columns: glueColumns(columns), Location: location, ...definedStorage(statement) },
  });
  return done;
}

function checkType(column: string, type: string): void {
  try {
    parseHiveType(type);
  } catch {
    throw new QueryError(`FAILED: ParseException the type of column '${column}' is none that headwaters local reads`, 1);
  }
}

/** Drops what the catalog knows of a table. The objects of one of Hive's stay where they are. */
export async function dropTable(context: StatementContext, relation: RelationName, ifExists: boolean): Promise<Outcome> {
  const name = fullName(context, relation);
  const table = lookUp(context, name);
  if (table === undefined) {
    if (ifExists) return done;
    throw new QueryError(`FAILED: SemanticException [Error 10001]: Table not found ${name.database}.${name.name}`);
  }
  if (isView(table)) throw ddlFailure('Cannot drop a view with DROP TABLE');
  if (isIceberg(table)) await dropIcebergTable(context, openTable(context, table));
  else context.catalog.tables.delete(context.caller, name.database, name.name);
  return done;
}

type CreateDatabase = Extract<Statement, { kind: 'create_database' }>;

export function createDatabase(
  { catalog, caller }: StatementContext,
  { database, ifNotExists, comment, location, properties }: CreateDatabase,
): Outcome {
  try {
    catalog.databases.create(caller, {
      Name: database,
      ...(comment !== undefined && { Description: comment }),
      ...(location !== undefined && { LocationUri: location }),
      ...(Object.keys(properties).length > 0 && { Parameters: properties }),
    });
  } catch (error) {
    if (!isCode(error, 'AlreadyExistsException')) throw error;
    if (!ifNotExists) throw ddlFailure(`Database ${database} already exists`);
  }
  return done;
}

export function dropDatabase(context: StatementContext, database: string, ifExists: boolean, cascade: boolean): Outcome {
  const { catalog, caller } = context;
  const known = unlessMissing(() => catalog.databaseFor(caller, database));
  if (known === undefined) {
    if (ifExists) return done;
    throw new QueryError(`FAILED: SemanticException [Error 10072]: Database does not exist: ${database}`);
  }
  const tables = catalog.tables.list(caller, database);
  if (tables.length > 0 && !cascade)
    throw ddlFailure(`InvalidOperationException(message:Database ${database} is not empty. One or more tables exist.)`);
  for (const { Name } of tables) catalog.tables.delete(caller, database, Name);
  catalog.databases.delete(caller, database);
  return done;
}
