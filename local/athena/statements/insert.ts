import { parseHiveType } from '../../glue/hive-type.ts';
import type { GlueTable } from '../../glue/table.ts';
import { isIceberg, openTable, type OpenTable } from '../iceberg/open-table.ts';
import { isProjected, partitionFolder, templateOf } from '../layout.ts';
import type { Outcome } from '../result-files.ts';
import { isAssignable } from '../sql/analysis/assignment.ts';
import { cast } from '../sql/analysis/cast.ts';
import { isCoercible } from '../sql/analysis/coercion.ts';
import { fromHive, typeText, type Type } from '../sql/analysis/type.ts';
import { typed } from '../sql/analysis/typed.ts';
import { QueryError } from '../sql/query-error.ts';
import type { Statement } from '../sql/statement.ts';
import type { Query } from '../sql/syntax/ast.ts';
import type { TranslatedQuery } from '../sql/translator.ts';
import { formatOf } from '../table-format.ts';
import { fullName, lookUp, type StatementContext } from './context.ts';
import { putParts } from './data-files.ts';
import { makeEncoding, type Encoding } from './encoding.ts';
import { targetsOf } from './iceberg/assignments.ts';
import { insertRows } from './iceberg/insert-rows.ts';
import { partitionAt, registered } from './partitions.ts';
import { isView } from './show.ts';
import { writeData, type WrittenColumn } from './write-data.ts';

type Insert = Extract<Statement, { kind: 'insert' }>;

/** Adds a query's rows to a table, in files of their own. @see https://docs.aws.amazon.com/athena/latest/ug/insert-into.html */
export async function insertInto(
  context: StatementContext,
  { table: relation, columns: named, query }: Insert,
): Promise<Outcome> {
  const name = fullName(context, relation);
  const table = lookUp(context, name);
  if (table === undefined) throw new QueryError(`Table ${name.name} not found in database ${name.database}`, 2, { type: 1301 });
  if (isView(table)) throw new QueryError('NOT_SUPPORTED: Inserting into views is not supported');
  if (isIceberg(table)) return intoIceberg(context, openTable(context, table), named, query);
  if ((table.StorageDescriptor?.BucketColumns ?? []).length > 0)
    throw new QueryError('NOT_SUPPORTED: INSERT INTO is not supported on bucketed tables');
  const encoding = encodingFor(table);
  const { query: resolved } = await context.runner.resolve(context.request(query));
  const columns = matched(table, named, resolved.columns);
  const keyNames = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  const plain = columns.slice(0, columns.length - keyNames.length);
  const keys = columns.slice(plain.length);
  const { rows, parts } = await context.runner.run(context.request(query), (ready) =>
    writeData(ready, { columns: plain, keys, encoding }),
  );
  const folders = foldersOf(context, table, keyNames);
  const files = await putParts(context, parts, encoding.suffix, folders.of);
  if (keys.length > 0 && !isProjected(table)) {
    const missing = parts.map(({ partition }) => partition).filter((partition) => !folders.knows(partition));
    const inputs = missing.map((partition) => partitionAt(table, partition, folders.of(partition)));
    for (const { error } of registered(context, table, inputs)) throw error;
  }
  return { kind: 'written', rows, files: files.length > 0 ? files : undefined };
}

async function intoIceberg(
  context: StatementContext,
  open: OpenTable,
  named: readonly string[] | undefined,
  query: Query,
): Promise<Outcome> {
  const { query: resolved } = await context.runner.resolve(context.request(query));
  return insertRows(context, open, query, sourcesOf(targetsOf(open.metadata), named, resolved.columns));
}

/** @throws QueryError for a SerDe that Athena writes nothing with */
function encodingFor(table: GlueTable): Encoding {
  const library = table.StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? '';
  const format = formatOf(table);
  if (format.kind === 'parquet') return makeEncoding('PARQUET');
  if (library === 'org.apache.hive.hcatalog.data.JsonSerDe') return makeEncoding('JSON');
  if (format.kind === 'text' && format.lenient) return makeEncoding('TEXTFILE', undefined, format.delimiter);
  throw new QueryError(`NOT_SUPPORTED: INSERT INTO is not supported for the SerDe ${library}`);
}

/** The table's columns, keys last, with the query's column that each takes. @throws QueryError TYPE_MISMATCH, COLUMN_NOT_FOUND */
function matched(
  table: GlueTable,
  named: readonly string[] | undefined,
  query: TranslatedQuery['columns'],
): readonly WrittenColumn[] {
  const all = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
  const targets = all.map(({ Name, Type = 'string' }) => ({ name: Name, type: fromHive(parseHiveType(Type)) }));
  const sources = sourcesOf(targets, named, query);
  return all.map((column, place) => {
    const source = sources[place];
    const from = source === undefined ? undefined : query[source]?.type;
    const type = targets[place]?.type;
    return {
      name: column.Name,
      type: column.Type ?? 'string',
      source,
      ...(from !== undefined && type !== undefined && !isCoercible(from, type) && changed(source ?? 0, from, type)),
    };
  });
}

/** A text may be longer than its column as far as its type goes; its value may not. A number becomes the column's. */
const changed = (source: number, from: Type, to: Type): Pick<WrittenColumn, 'cutFrom' | 'cast'> =>
  from.kind === 'varchar' ? { cutFrom: typeText(from) } : { cast: cast(typed(`c${source}`, from), to) };

/** The query's column that each of a table's takes; undefined for one that is not named. @throws QueryError TYPE_MISMATCH, COLUMN_NOT_FOUND */
function sourcesOf(
  all: readonly { readonly name: string; readonly type: Type }[],
  named: readonly string[] | undefined,
  query: TranslatedQuery['columns'],
): readonly (number | undefined)[] {
  const unknown = named?.find((name) => !all.some((column) => column.name === name));
  if (unknown !== undefined)
    throw new QueryError(`COLUMN_NOT_FOUND: Insert column name does not exist in target table: ${unknown}`);
  const twice = named?.find((name, place) => named.indexOf(name) < place);
  if (twice !== undefined)
    throw new QueryError(`DUPLICATE_COLUMN_NAME: Insert column name is specified more than once: ${twice}`);
  const targets = named === undefined ? all : named.flatMap((name) => all.find((column) => column.name === name) ?? []);
  const fits =
    targets.length === query.length &&
    targets.every(({ type }, place) => isAssignable(query[place]?.type ?? { kind: 'unknown' }, type));
  if (!fits) {
    const types = [targets, query].map((list) => `[${list.map(({ type }) => typeText(type)).join(', ')}]`);
    throw new QueryError(
      `TYPE_MISMATCH: Insert query has mismatched column types: Table: ${types[0] ?? ''}, Query: ${types[1] ?? ''}`,
    );
  }
  return all.map((column) => {
    const source = targets.indexOf(column);
    return source === -1 ? undefined : source;
  });
}

interface Folders {
  /** The S3 address of a partition. */
  readonly of: (partition: readonly string[]) => string;
  /** Whether the catalog has it. */
  readonly knows: (partition: readonly string[]) => boolean;
}

function foldersOf({ catalog, caller }: StatementContext, table: GlueTable, keys: readonly string[]): Folders {
  const nothing = (): boolean => false;
  if (keys.length === 0) return { of: () => table.StorageDescriptor?.Location ?? '', knows: nothing };
  if (isProjected(table)) {
    const template = templateOf(table);
    const filled = (partition: readonly string[]): string =>
      keys.reduce((path, key, place) => path.replaceAll(`\${${key}}`, () => partition[place] ?? ''), template);
    return { of: filled, knows: nothing };
  }
  const name = { database: table.DatabaseName, table: table.Name };
  const known = new Map(catalog.partitions.list(caller, name).map((each) => [JSON.stringify(each.Values), each] as const));
  return {
    of: (partition) =>
      known.get(JSON.stringify(partition))?.StorageDescriptor?.Location ?? partitionFolder(table, keys, partition),
    knows: (partition) => known.has(JSON.stringify(partition)),
  };
}
