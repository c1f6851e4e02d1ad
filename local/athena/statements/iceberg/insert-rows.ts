import type { DataFile } from '../../../iceberg/data-file.ts';
import type { TableMetadata } from '../../../iceberg/metadata.ts';
import type { OpenTable } from '../../iceberg/open-table.ts';
import { writeRows } from '../../iceberg/write-files.ts';
import type { Outcome } from '../../result-files.ts';
import type { Query } from '../../sql/syntax/ast.ts';
import type { StatementContext } from '../context.ts';
import { asColumn, targetsOf, writtenAs } from './assignments.ts';
import { countOf } from './change-rows.ts';
import { commitChange, putter } from './commit.ts';

/** Adds a query's rows to a table. @param sources The query's column for each of the table's; undefined for one that is null. */
export async function insertRows(
  context: StatementContext,
  open: OpenTable,
  query: Query,
  sources: readonly (number | undefined)[],
): Promise<Outcome> {
  const { rows, files } = await writtenRows(context, open.metadata, query, sources);
  if (files.length > 0) await commitChange(context, open, { operation: 'append', added: files, removed: new Set() });
  return { kind: 'written', rows };
}

/** Runs a query and puts its rows where a table's files lie; nobody sees them before they are committed. */
export async function writtenRows(
  context: StatementContext,
  metadata: TableMetadata,
  query: Query,
  sources: readonly (number | undefined)[],
): Promise<{ readonly rows: number; readonly files: readonly DataFile[] }> {
  return context.runner.run(context.request(query), async ({ connection, folder, query: ready }) => {
    const columns = targetsOf(metadata).map((target, place) => {
      const source = sources[place];
      const from = source === undefined ? undefined : ready.columns[source]?.type;
      const value =
        from === undefined ? asColumn('null', { kind: 'unknown' }, target) : asColumn(`c${source ?? 0}`, from, target);
      return writtenAs(value, place);
    });
    await connection.run(`create or replace temp table hw_came as select ${columns.join(', ')} from (${ready.sql})`);
    const rows = await countOf({ connection }, 'hw_came');
    const writer = { connection, folder, put: putter(context) };
    return { rows, files: rows === 0 ? [] : await writeRows(writer, metadata, 'hw_came') };
  });
}
