import type { DataFile } from '../../../iceberg/data-file.ts';
import type { Change } from '../../../iceberg/snapshot.ts';
import type { IcebergTable } from '../../iceberg/iceberg-table.ts';
import type { OpenTable } from '../../iceberg/open-table.ts';
import { writeDeletes, writeRows } from '../../iceberg/write-files.ts';
import type { ReadyQuery } from '../../query-runner.ts';
import type { Query } from '../../sql/syntax/ast.ts';
import type { FullName, StatementContext } from '../context.ts';
import { commitChange, putter, tableIn } from './commit.ts';

/** What a statement does to the rows of a table, as relations of the engine. */
export interface RowChanges {
  /** Places of rows that are gone, `pos`, by the addresses of their files, `path`. */
  readonly deleted?: string;
  /** Rows that come. */
  readonly added?: string;
}

/**
 * Answers a query that tells which rows change, and makes what `changes` makes of it a snapshot. A file that loses all its rows at once goes
 * as a whole; of others a file of deletes tells. Where nothing changes there is no snapshot.
 *
 * @returns how many rows `changes` says are concerned
 */
export async function changeRows(
  context: StatementContext,
  name: FullName,
  open: OpenTable,
  query: Query,
  changes: (ready: ReadyQuery) => Promise<{ readonly rows: number } & RowChanges>,
): Promise<number> {
  let rows = 0;
  const change = await context.runner.run({ ...context.request(query), positions: true }, async (ready, relations) => {
    const { rows: concerned, deleted, added } = await changes(ready);
    rows = concerned;
    const writer = { connection: ready.connection, folder: ready.folder, put: putter(context) };
    const table = tableIn(relations, name);
    const files: DataFile[] = [];
    const removed = new Set<string>();
    if (deleted !== undefined) {
      for (const { file, whole } of await touched(ready, table, deleted)) {
        if (whole) removed.add(file.path);
        else files.push(await writeDeletes(writer, open.metadata, deleted, file));
      }
    }
    if (added !== undefined) files.push(...(await writeRows(writer, open.metadata, added)));
    return { operation: files.length === 0 ? 'delete' : 'overwrite', added: files, removed } satisfies Change;
  });
  if (change.added.length > 0 || change.removed.size > 0) await commitChange(context, open, change);
  return rows;
}

/** Files that lose rows, and whether they lose every one they have ever had. */
async function touched(
  { connection }: ReadyQuery,
  table: IcebergTable,
  deleted: string,
): Promise<readonly { readonly file: DataFile; readonly whole: boolean }[]> {
  const reader = await connection.runAndReadAll(`select path, count(distinct pos) from ${deleted} group by path order by path`);
  const byPath = new Map([...table.files.values()].map((file) => [file.path, file]));
  return reader.getRows().flatMap(([path, lost]) => {
    const file = byPath.get(String(path));
    return file === undefined ? [] : [{ file, whole: BigInt(String(lost)) === file.records }];
  });
}

/** How many rows a relation of the engine has. */
export async function countOf({ connection }: Pick<ReadyQuery, 'connection'>, relation: string): Promise<number> {
  const reader = await connection.runAndReadAll(`select count(*) from ${relation}`);
  return Number(reader.getRows()[0]?.[0] ?? 0);
}
