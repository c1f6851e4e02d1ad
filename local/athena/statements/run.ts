import type { Outcome } from '../result-files.ts';
import { readResult } from '../result.ts';
import { isLiteralQuery } from '../sql/literal-query.ts';
import { QueryError } from '../sql/query-error.ts';
import type { Statement } from '../sql/statement.ts';
import type { StatementContext } from './context.ts';
import { createTableAs } from './create-table-as.ts';
import { explain } from './explain.ts';
import { alterTable } from './iceberg/alter-table.ts';
import { createIcebergTable } from './iceberg/create-table.ts';
import { deleteRows } from './iceberg/delete-rows.ts';
import { mergeRows } from './iceberg/merge-rows.ts';
import { optimize } from './iceberg/optimize.ts';
import { renameTable } from './iceberg/rename-table.ts';
import { updateRows } from './iceberg/update-rows.ts';
import { vacuum } from './iceberg/vacuum.ts';
import { insertInto } from './insert.ts';
import { addPartitions, dropPartitions, repairTable } from './partitions.ts';
import { deallocate, prepare } from './prepared.ts';
import {
  describe,
  showColumns,
  showCreateTable,
  showCreateView,
  showDatabases,
  showPartitions,
  showProperties,
  showTables,
} from './show.ts';
import { createDatabase, createExternalTable, dropDatabase, dropTable } from './tables.ts';
import { unload } from './unload.ts';
import { createView, dropView } from './views.ts';

/** Runs one statement as its caller. @throws QueryError, ServiceError, or the engine's own error, which may quote data */
export async function runStatement(context: StatementContext, statement: Statement): Promise<Outcome> {
  switch (statement.kind) {
    case 'query': {
      const result = await context.runner.run(context.request(statement.query), ({ connection, query }) =>
        readResult(connection, query),
      );
      return { kind: 'rows', literal: isLiteralQuery(statement.query, statement.text), ...result };
    }
    case 'create_table_as':
      return createTableAs(context, statement);
    case 'insert':
      return insertInto(context, statement);
    case 'unload':
      return unload(context, statement);
    case 'explain':
      return explain(context, statement);
    case 'create_view':
      return createView(context, statement);
    case 'drop_view':
      return dropView(context, statement.view, statement.ifExists);
    case 'show_databases':
      return showDatabases(context, statement.pattern);
    case 'show_tables':
      return showTables(context, statement.database, statement.pattern, false);
    case 'show_views':
      return showTables(context, statement.database, statement.pattern, true);
    case 'show_columns':
      return showColumns(context, statement.table);
    case 'show_partitions':
      return showPartitions(context, statement.table);
    case 'show_create_table':
      return showCreateTable(context, statement.table);
    case 'show_create_view':
      return showCreateView(context, statement.table);
    case 'show_table_properties':
      return showProperties(context, statement.table, statement.property);
    case 'describe':
      return describe(context, statement.table);
    case 'create_external_table':
      return createExternalTable(context, statement);
    case 'drop_table':
      return dropTable(context, statement.table, statement.ifExists);
    case 'create_database':
      return createDatabase(context, statement);
    case 'drop_database':
      return dropDatabase(context, statement.database, statement.ifExists, statement.cascade);
    case 'add_partitions':
      return addPartitions(context, statement.table, statement.partitions, statement.ifNotExists);
    case 'drop_partitions':
      return dropPartitions(context, statement.table, statement.partitions, statement.ifExists);
    case 'repair_table':
      return repairTable(context, statement.table);
    case 'prepare':
      return prepare(context, statement.name, statement.text);
    case 'deallocate':
      return deallocate(context, statement.name);
    case 'execute':
      throw new QueryError(
        `INVALID_PREPARED_STATEMENT: PreparedStatement ${statement.name} was not found in workGroup ${context.workGroup}`,
      );
    case 'create_iceberg_table':
      return createIcebergTable(context, statement);
    case 'delete':
      return deleteRows(context, statement);
    case 'update':
      return updateRows(context, statement);
    case 'merge':
      return mergeRows(context, statement);
    case 'add_columns':
    case 'drop_column':
    case 'change_column':
    case 'set_table_properties':
    case 'unset_table_properties':
      return alterTable(context, statement);
    case 'rename_table':
      return renameTable(context, statement.table, statement.to);
    case 'optimize':
      return optimize(context, statement);
    case 'vacuum':
      return vacuum(context, statement);
  }
}
