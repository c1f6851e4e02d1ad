import type { LiveFile } from '../../../iceberg/data-file.ts';
import type { TableMetadata } from '../../../iceberg/metadata.ts';
import { partitionKey } from '../../../iceberg/summary.ts';
import { literal } from '../../../parquet/engine.ts';
import { deletesOf, type IcebergTable } from '../../iceberg/iceberg-table.ts';
import { writeRows } from '../../iceberg/write-files.ts';
import type { Outcome } from '../../result-files.ts';
import type { IcebergStatement } from '../../sql/iceberg-statement.ts';
import type { Expression } from '../../sql/syntax/ast.ts';
import { fullName, type FullName, type StatementContext } from '../context.ts';
import { asColumn, targetsOf, writtenAs } from './assignments.ts';
import { commitChange, putter, tableIn, tableToChange } from './commit.ts';
import { column, select, tableNamed } from './queries.ts';
import { numberSetting } from './table-properties.ts';

type Optimize = Extract<IcebergStatement, { kind: 'optimize' }>;

/** Where a query begins that nobody wrote. */
const START = { line: 1, column: 1 };

/**
 * Rewrites files as larger ones without deletes: the small files of a partition, where there are enough of them, and those of which enough
 * deletes tell. A condition chooses files; all rows of a file that is chosen are kept.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/optimize-statement.html
 */
export async function optimize(context: StatementContext, { table, where }: Optimize): Promise<Outcome> {
  const name = fullName(context, table);
  const open = tableToChange(context, name, 'OPTIMIZE');
  const { metadata } = open;
  const wanted = where === undefined ? undefined : await pathsWhere(context, name, where);
  const targets = targetsOf(metadata);
  const items = [column('$path', START), ...targets.map((target) => column(target.name, START))];
  const query = select(items, tableNamed(name, START), undefined, START);
  const removed = new Set<string>();
  const added = await context.runner.run(context.request(query), async (ready, relations) => {
    const { connection, folder } = ready;
    const read = tableIn(relations, name);
    const chosen = worthRewriting(metadata, read, wanted);
    if (chosen.length === 0) return [];
    for (const { path } of [...chosen, ...onlyOf(read, chosen)]) removed.add(path);
    const columns = targets.map((target, place) => writtenAs(asColumn(`c${place + 1}`, target.type, target), place));
    const paths = chosen.map(({ path }) => literal(path)).join(', ');
    await connection.run(
      `create or replace temp table hw_came as select ${columns.join(', ')} from (${ready.query.sql}) where c0 in (${paths})`,
    );
    return writeRows({ connection, folder, put: putter(context) }, metadata, 'hw_came');
  });
  if (removed.size > 0) await commitChange(context, open, { operation: 'replace', added, removed });
  return { kind: 'written', rows: 0 };
}

/** Files that have rows of which a condition holds. */
async function pathsWhere(context: StatementContext, name: FullName, where: Expression): Promise<ReadonlySet<string>> {
  const query = select([column('$path', START)], tableNamed(name, START), where, START);
  return context.runner.run(context.request(query), async ({ connection, query: { sql } }) => {
    const found = await connection.runAndReadAll(`select distinct c0 from (${sql})`);
    return new Set(found.getRows().map(([path]) => String(path)));
  });
}

function worthRewriting(
  metadata: TableMetadata,
  table: IcebergTable,
  wanted: ReadonlySet<string> | undefined,
): readonly LiveFile[] {
  const least = numberSetting(metadata, 'optimize_rewrite_min_data_file_size_bytes');
  const enough = numberSetting(metadata, 'optimize_rewrite_data_file_threshold');
  const tooMany = numberSetting(metadata, 'optimize_rewrite_delete_file_threshold');
  const files = [...table.files.values()].filter(({ path }) => wanted?.has(path) ?? true);
  const small = new Map<string, LiveFile[]>();
  for (const file of files) {
    if (Number(file.size) < least) small.set(partitionKey(file), [...(small.get(partitionKey(file)) ?? []), file]);
  }
  const packed = new Set([...small.values()].filter((group) => group.length >= enough).flat());
  return files.filter((file) => packed.has(file) || deletesOf(table, [file]).length >= tooMany);
}

/** Files of deletes that tell of no other files of rows. */
function onlyOf(table: IcebergTable, files: readonly LiveFile[]): readonly LiveFile[] {
  const others = [...table.files.values()].filter((file) => !files.includes(file));
  const needed = new Set(deletesOf(table, others));
  return table.deletes.filter((file) => !needed.has(file));
}
