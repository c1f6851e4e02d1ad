import { POSITION } from '../../iceberg/load-files.ts';
import type { Outcome } from '../../result-files.ts';
import type { IcebergStatement } from '../../sql/iceberg-statement.ts';
import { failAt } from '../../sql/syntax/token.ts';
import { fullName, type StatementContext } from '../context.ts';
import { asColumn, checkTypes, targetsOf, writtenAs } from './assignments.ts';
import { changeRows, countOf } from './change-rows.ts';
import { tableToChange } from './commit.ts';
import { column, select, tableNamed } from './queries.ts';

type Update = Extract<IcebergStatement, { kind: 'update' }>;

/** Of what a query for changes answers, the columns before the values: a row's file, and its place there. */
const BEFORE = 2;

/** @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-update.html */
export async function updateRows(context: StatementContext, { table, set, where, place }: Update): Promise<Outcome> {
  const name = fullName(context, table);
  const open = tableToChange(context, name, 'UPDATE');
  const targets = targetsOf(open.metadata);
  const unknown = set.find((assignment) => !targets.some((target) => target.name === assignment.column));
  if (unknown !== undefined)
    throw failAt(unknown.place, 'COLUMN_NOT_FOUND', `The UPDATE SET target column ${unknown.column} doesn't exist`);
  // of several assignments to one column Trino takes the last
  const assigned = new Map(set.map((assignment) => [assignment.column, assignment.value]));
  const values = targets.map((target) => assigned.get(target.name) ?? column(target.name, place));
  const query = select([column('$path', place), column(POSITION, place), ...values], tableNamed(name, place), where, place);
  const rows = await changeRows(context, name, open, query, async (ready) => {
    const { columns, sql } = ready.query;
    const given = columns.slice(BEFORE).map(({ type }) => type);
    const places = set.map((assignment) => targets.findIndex((target) => target.name === assignment.column));
    const [wanted = [], found = []] = [targets.map(({ type }) => type), given].map((types) =>
      places.flatMap((at) => types[at] ?? []),
    );
    checkTypes(wanted, found, "UPDATE table column types don't match SET expressions", place);
    const written = targets.map((target, at) => writtenAs(asColumn(`c${at + BEFORE}`, given[at] ?? target.type, target), at));
    await ready.connection.run(
      `create or replace temp table hw_came as select c0 as path, c1 as pos, ${written.join(', ')} from (${sql})`,
    );
    return { rows: await countOf(ready, 'hw_came'), deleted: 'hw_came', added: 'hw_came' };
  });
  return { kind: 'written', rows };
}
