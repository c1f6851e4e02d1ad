import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../parquet/engine.ts';
import { planName } from '../plan-name.ts';
import { engineType } from '../sql/analysis/type.ts';
import { QueryError } from '../sql/query-error.ts';
import type { TableObject } from '../table-objects.ts';
import { deletesOf, filesOf, type IcebergTable } from './iceberg-table.ts';
import { stored } from './open-table.ts';

/** The place of a row in its file, which nobody's query can ask for: those that change a table do. */
export const POSITION = '$hw_position';

export interface Loading {
  readonly connection: DuckDBConnection;
  /** The query's own. */
  readonly folder: string;
  /** Of the table among those of the query. */
  readonly index: number;
  readonly table: IcebergTable;
  readonly objects: readonly TableObject[];
}

/**
 * The engine's query for the rows of a table, hidden columns behind them. Columns are found by their ids, whatever a file calls them, and
 * rows that files of deletes tell of are left out.
 */
export async function rowsOf(loading: Loading): Promise<string> {
  const { table, objects } = loading;
  if (objects.length === 0) return nothing(table);
  const files = await linked(loading, objects, 'data');
  await checkIds(loading, files);
  const { index } = loading;
  const addresses = filesOf(table, objects).map((file) => file.path);
  const columns = table.columns.map(
    ({ id, type }, place) =>
      `${id}: {name: ${literal(planName(index, place))}, type: ${literal(engineType(type))}, default_value: null}`,
  );
  const rows = `read_parquet([${files.map(literal).join(', ')}], schema = map {${columns.join(', ')}}, filename = true, file_row_number = true)`;
  const facts = objects.map(
    (object, place) =>
      `(${literal(files[place] ?? '')}, ${literal(addresses[place] ?? '')}, make_timestamptz(${object.object.lastModified * 1000}))`,
  );
  const own = table.columns.map(({ name }, place) => `r.${planName(index, place)} as ${identifier(name)}`);
  const hidden = [`f.address as "$path"`, `f.modified as "$file_modified_time"`, `r.file_row_number as "${POSITION}"`];
  const gone = await deletedRows(loading);
  return `select ${[...own, ...hidden].join(', ')} from ${rows} r join (values ${facts.join(', ')}) as f(file, address, modified) on r.filename = f.file${gone}`;
}

/** A file whose columns have no ids would read as nulls. @throws QueryError NOT_SUPPORTED */
async function checkIds({ connection }: Loading, files: readonly string[]): Promise<void> {
  const reader = await connection.runAndReadAll(
    `select 1 from parquet_schema([${files.map(literal).join(', ')}]) group by file_name having count(field_id) = 0 limit 1`,
  );
  if (reader.currentRowCount > 0)
    throw new QueryError('NOT_SUPPORTED: the table has files whose columns have no ids, which headwaters local does not read');
}

const nothing = ({ columns }: IcebergTable): string =>
  `select ${[
    ...columns.map(({ name, type }) => `cast(null as ${engineType(type)}) as ${identifier(name)}`),
    'cast(null as varchar) as "$path"',
    'cast(null as timestamptz) as "$file_modified_time"',
    `cast(null as bigint) as "${POSITION}"`,
  ].join(', ')} limit 0`;

/** A condition that leaves out what files of deletes tell of; none where there are none. */
async function deletedRows(loading: Loading): Promise<string> {
  const { connection, index, table, objects } = loading;
  const deletes = deletesOf(table, filesOf(table, objects));
  if (deletes.length === 0) return '';
  const files = await linked(loading, deletes.map(({ path: address }) => ({ object: stored(table.reader, address) })), 'deletes'); // prettier-ignore
  const name = `hw_deleted_${index}`;
  await connection.run(
    `create or replace temp table ${name} as select file_path, pos from read_parquet([${files.map(literal).join(', ')}])`,
  );
  return ` where not exists (select 1 from temp.${name} d where d.file_path = f.address and d.pos = r.file_row_number)`;
}

/** Links to the files of objects, whose own names say nothing. */
async function linked(
  { folder, index }: Loading,
  objects: readonly Pick<TableObject, 'object'>[],
  name: string,
): Promise<readonly string[]> {
  const place = path.join(folder, `iceberg-${index}-${name}`);
  await mkdir(place, { recursive: true });
  const files: string[] = [];
  for (const [at, { object }] of objects.entries()) {
    const file = path.join(place, `${String(at).padStart(8, '0')}.parquet`);
    await symlink(path.resolve(object.file), file);
    files.push(file);
  }
  return files;
}
