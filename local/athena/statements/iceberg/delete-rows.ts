import { POSITION } from '../../iceberg/load-files.ts';
import type { Outcome } from '../../result-files.ts';
import type { IcebergStatement } from '../../sql/iceberg-statement.ts';
import { fullName, type StatementContext } from '../context.ts';
import { changeRows, countOf } from './change-rows.ts';
import { tableToChange } from './commit.ts';
import { column, select, tableNamed } from './queries.ts';

type Delete = Extract<IcebergStatement, { kind: 'delete' }>;

/** @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-delete.html */
export async function deleteRows(context: StatementContext, { table, where, place }: Delete): Promise<Outcome> {
  const name = fullName(context, table);
  const open = tableToChange(context, name, 'DELETE');
  const query = select([column('$path', place), column(POSITION, place)], tableNamed(name, place), where, place);
  const rows = await changeRows(context, name, open, query, async (ready) => {
    await ready.connection.run(`create or replace temp table hw_gone as select c0 as path, c1 as pos from (${ready.query.sql})`);
    return { rows: await countOf(ready, 'hw_gone'), deleted: 'hw_gone' };
  });
  return { kind: 'written', rows };
}
