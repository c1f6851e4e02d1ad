import { inputOf, type GlueTable } from '../../../glue/table.ts';
import { withChangedColumn, withColumns, withoutColumn } from '../../../iceberg/evolve.ts';
import type { TableMetadata } from '../../../iceberg/metadata.ts';
import { inDdl, isIceberg, openTable } from '../../iceberg/open-table.ts';
import type { Outcome } from '../../result-files.ts';
import type { IcebergStatement } from '../../sql/iceberg-statement.ts';
import { QueryError } from '../../sql/query-error.ts';
import { ddlFailure, fullName, hiveTable, lookUp, NO_DDL, type StatementContext } from '../context.ts';
import { isView } from '../show.ts';
import { glueColumns } from '../storage.ts';
import { done } from '../text.ts';
import { commit } from './commit.ts';
import { checkName } from './create-table.ts';
import { changedProperties, storedName } from './table-properties.ts';

type Alter = Extract<
  IcebergStatement,
  { kind: 'add_columns' | 'drop_column' | 'change_column' | 'set_table_properties' | 'unset_table_properties' }
>;

/** Changes what a table is: of Iceberg's its metadata, of Hive's, as far as Athena does it, its entry in the catalog. */
export async function alterTable(context: StatementContext, statement: Alter): Promise<Outcome> {
  if (statement.kind === 'drop_column' && lookUp(context, fullName(context, statement.table)) === undefined)
    throw notOfHive(statement);
  const table = hiveTable(context, statement.table);
  if (isView(table)) throw ddlFailure('Cannot alter a view with ALTER TABLE');
  if (!isIceberg(table)) return alterHive(context, statement, table);
  const open = openTable(context, table);
  await commit(
    context,
    open,
    inDdl(() => altered(open.metadata, statement, context.now)),
  );
  return done;
}

function altered(metadata: TableMetadata, statement: Alter, now: number): TableMetadata {
  switch (statement.kind) {
    case 'add_columns':
      for (const { name } of statement.columns) checkName(name);
      return withColumns(metadata, statement.columns, now);
    case 'drop_column':
      return withoutColumn(metadata, statement.column, now);
    case 'change_column':
      checkName(statement.to.name);
      return withChangedColumn(metadata, statement.from, statement.to, statement.position, now);
    case 'set_table_properties': {
      const properties = { ...metadata.properties, ...changedProperties(statement.properties) };
      return { ...metadata, properties, 'last-updated-ms': now };
    }
    case 'unset_table_properties': {
      const gone = new Set(statement.names.map(storedName));
      const properties = Object.fromEntries(Object.entries(metadata.properties).filter(([name]) => !gone.has(name)));
      return { ...metadata, properties, 'last-updated-ms': now };
    }
  }
}

/** Hive's reader counts columns from 0, and Athena's own from 1. */
function notOfHive({ word, place: { line, column } }: Extract<Alter, { kind: 'drop_column' }>): QueryError {
  const reason = `FAILED: ParseException line ${line}:${column - 1} mismatched input '${word}' expecting PARTITION near 'DROP' in drop partition statement`;
  return new QueryError(reason, 2, {
    type: 1006,
    words: `line ${line}:${column}: mismatched input '${word}' expecting 'PARTITION'`,
  });
}

function alterHive({ catalog, caller }: StatementContext, statement: Alter, table: GlueTable): Outcome {
  const { DatabaseName, StorageDescriptor: storage, Parameters: parameters = {} } = table;
  const columns = storage?.Columns ?? [];
  const update = (change: Partial<GlueTable>): void => {
    catalog.tables.update(caller, DatabaseName, inputOf({ ...table, ...change }), { skipArchive: false });
  };
  switch (statement.kind) {
    case 'add_columns': {
      const taken = statement.columns.find(({ name }) =>
        [...columns, ...(table.PartitionKeys ?? [])].some(({ Name }) => Name === name),
      );
      if (taken !== undefined) throw ddlFailure(`Duplicate column name: ${taken.name}`);
      update({ StorageDescriptor: { ...storage, Columns: [...columns, ...glueColumns(statement.columns)] } });
      return done;
    }
    case 'set_table_properties':
      update({ Parameters: { ...parameters, ...statement.properties } });
      return done;
    case 'unset_table_properties':
      throw new QueryError('NOT_SUPPORTED: UNSET TBLPROPERTIES of a Hive table is not on the tested list of headwaters local');
    case 'drop_column':
      throw notOfHive(statement);
    case 'change_column':
      throw new QueryError(NO_DDL, 2, { type: 1006 });
  }
}
