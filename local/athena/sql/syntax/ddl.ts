import type { ColumnDefinition, PartitionSpec, RelationName, RowFormat, Statement, StoredAs } from '../statement.ts';
import type { Cursor } from './cursor.ts';
import { failAt } from './token.ts';

/** Reads Hive's statements, in which names may stand in backticks. @throws QueryError SYNTAX_ERROR, NOT_SUPPORTED by name */
export function readDdl(cursor: Cursor): Statement {
  return show(cursor) ?? describe(cursor) ?? create(cursor) ?? drop(cursor) ?? alter(cursor) ?? repair(cursor) ?? fail(cursor);
}

function fail(cursor: Cursor): never {
  throw cursor.mismatch();
}

/** A name of Hive's, in backticks or double quotes or bare; even a reserved word is one there. */
function hiveName(cursor: Cursor): string {
  const { kind } = cursor.token;
  if (kind !== 'word' && kind !== 'quoted' && kind !== 'backquoted') throw cursor.mismatch('<identifier>');
  return cursor.next().value;
}

function relation(cursor: Cursor): RelationName {
  const { place } = cursor;
  const parts = hiveName(cursor).split('.');
  while (cursor.takeSymbol('.')) parts.push(hiveName(cursor));
  const [name = '', database, ...more] = [...parts].reverse();
  if (more.length > 1 || (more[0] !== undefined && more[0] !== 'awsdatacatalog'))
    throw failAt(place, 'CATALOG_NOT_FOUND', `Catalog '${more.at(-1) ?? ''}' not found`);
  return { name, ...(database !== undefined && { database }) };
}

const optional = <T, K extends string>(key: K, value: T | undefined): { readonly [key in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [key in K]: T });

function inDatabase(cursor: Cursor): string | undefined {
  return cursor.takeOne('in', 'from') === undefined ? undefined : hiveName(cursor);
}

function pattern(cursor: Cursor): string | undefined {
  const wanted = cursor.take('like');
  return wanted || cursor.token.kind === 'string' ? cursor.string() : undefined;
}

function show(cursor: Cursor): Statement | undefined {
  if (!cursor.take('show')) return undefined;
  if (cursor.takeOne('databases', 'schemas') !== undefined)
    return { kind: 'show_databases', ...optional('pattern', pattern(cursor)) };
  if (cursor.take('tables'))
    return { kind: 'show_tables', ...optional('database', inDatabase(cursor)), ...optional('pattern', pattern(cursor)) };
  if (cursor.take('views'))
    return { kind: 'show_views', ...optional('database', inDatabase(cursor)), ...optional('pattern', pattern(cursor)) };
  if (cursor.take('create', 'table')) return { kind: 'show_create_table', table: relation(cursor) };
  if (cursor.take('create', 'view')) return { kind: 'show_create_view', table: relation(cursor) };
  if (cursor.take('partitions')) return { kind: 'show_partitions', table: relation(cursor) };
  if (cursor.take('tblproperties')) {
    const table = relation(cursor);
    const property = cursor.seesSymbol('(') ? cursor.group(() => cursor.string())[0] : undefined;
    return { kind: 'show_table_properties', table, ...optional('property', property) };
  }
  if (!cursor.take('columns')) return fail(cursor);
  if (cursor.takeOne('in', 'from') === undefined) return fail(cursor);
  const table = relation(cursor);
  const database = inDatabase(cursor);
  return { kind: 'show_columns', table: database === undefined ? table : { ...table, database } };
}

function describe(cursor: Cursor): Statement | undefined {
  if (cursor.takeOne('describe', 'desc') === undefined) return undefined;
  if (cursor.sees('extended') || cursor.sees('formatted')) refuse(cursor, 'DESCRIBE EXTENDED and FORMATTED');
  cursor.take('view');
  const table = relation(cursor);
  if (cursor.sees('partition') || ['word', 'backquoted'].includes(cursor.token.kind))
    refuse(cursor, 'DESCRIBE of a partition or a column');
  return { kind: 'describe', table };
}

function refuse(cursor: Cursor, what: string): never {
  throw failAt(cursor.place, 'NOT_SUPPORTED', `${what} is not on the tested list of headwaters local`);
}

const ifNotExists = (cursor: Cursor): boolean => cursor.take('if', 'not', 'exists');
const ifExists = (cursor: Cursor): boolean => cursor.take('if', 'exists');

function create(cursor: Cursor): Statement | undefined {
  if (cursor.take('create', 'database') || cursor.take('create', 'schema')) return createDatabase(cursor);
  if (cursor.take('create', 'external', 'table')) return createTable(cursor);
  // Athena makes no managed tables: without EXTERNAL only Iceberg's are lawful
  return cursor.sees('create', 'table') ? refuse(cursor, 'CREATE TABLE without EXTERNAL or AS') : undefined;
}

function createDatabase(cursor: Cursor): Statement {
  const absent = ifNotExists(cursor);
  const database = hiveName(cursor);
  const comment = cursor.take('comment') ? cursor.string() : undefined;
  const location = cursor.take('location') ? cursor.string() : undefined;
  const properties = cursor.take('with', 'dbproperties') ? texts(cursor) : {};
  return {
    kind: 'create_database',
    database,
    ifNotExists: absent,
    properties,
    ...optional('comment', comment),
    ...optional('location', location),
  };
}

/** `('a' = 'b', …)` */
const texts = (cursor: Cursor): Readonly<Record<string, string>> =>
  Object.fromEntries(
    cursor.group(() => {
      const key = cursor.string();
      cursor.expectSymbol('=');
      return [key, cursor.string()] as const;
    }),
  );

function createTable(cursor: Cursor): Statement {
  const absent = ifNotExists(cursor);
  const table = relation(cursor);
  const columns = cursor.group(() => column(cursor));
  const comment = cursor.take('comment') ? cursor.string() : undefined;
  const partitionedBy = cursor.take('partitioned', 'by') ? cursor.group(() => column(cursor)) : [];
  if (cursor.sees('clustered')) refuse(cursor, 'CLUSTERED BY');
  const rowFormat = cursor.take('row', 'format') ? readRowFormat(cursor) : undefined;
  if (cursor.sees('with')) refuse(cursor, 'WITH SERDEPROPERTIES without ROW FORMAT SERDE');
  const storedAs = cursor.take('stored', 'as') ? readStoredAs(cursor) : undefined;
  if (cursor.sees('stored', 'by')) refuse(cursor, 'STORED BY');
  const location = cursor.take('location') ? cursor.string() : undefined;
  const properties = cursor.take('tblproperties') ? texts(cursor) : {};
  return {
    kind: 'create_external_table', table, ifNotExists: absent, columns, partitionedBy, properties,
    ...optional('comment', comment), ...optional('rowFormat', rowFormat), ...optional('storedAs', storedAs), ...optional('location', location),
  }; // prettier-ignore
}

function column(cursor: Cursor): ColumnDefinition {
  const name = hiveName(cursor);
  const type = hiveType(cursor);
  const comment = cursor.take('comment') ? cursor.string() : undefined;
  return { name, type, ...optional('comment', comment) };
}

/** A Hive type's text, without space: `struct<a:int,b:array<string>>`. */
function hiveType(cursor: Cursor): string {
  let text = '';
  let depth = 0;
  for (;;) {
    const { kind, value, text: written } = cursor.token;
    if (kind === 'symbol' && (written === '<' || written === '(')) depth += 1;
    else if (kind === 'symbol' && (written === '>' || written === ')') && depth > 0) depth -= 1;
    else if (depth === 0 && (text !== '' || kind === 'symbol')) break;
    else if (kind === 'end') throw cursor.mismatch('<type>');
    text += kind === 'symbol' ? written : value;
    cursor.next();
  }
  if (text === '') throw cursor.mismatch('<type>');
  return text;
}

function readRowFormat(cursor: Cursor): RowFormat {
  if (cursor.take('serde')) {
    const library = cursor.string();
    return { kind: 'serde', library, properties: cursor.take('with', 'serdeproperties') ? texts(cursor) : {} };
  }
  cursor.expect('delimited');
  const fields = cursor.take('fields', 'terminated', 'by') ? control(cursor) : undefined;
  const escapedBy = cursor.take('escaped', 'by') ? control(cursor) : undefined;
  const items = cursor.take('collection', 'items', 'terminated', 'by') ? control(cursor) : undefined;
  const mapKeys = cursor.take('map', 'keys', 'terminated', 'by') ? control(cursor) : undefined;
  const lines = cursor.take('lines', 'terminated', 'by') ? control(cursor) : undefined;
  const nullAs = cursor.take('null', 'defined', 'as') ? control(cursor) : undefined;
  return {
    kind: 'delimited', ...optional('fields', fields), ...optional('escapedBy', escapedBy), ...optional('items', items), ...optional('mapKeys', mapKeys),
    ...optional('lines', lines), ...optional('nullAs', nullAs),
  }; // prettier-ignore
}

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '0': '\0' };

/** Hive reads `\t` and `\001` in its delimiters. */
const control = (cursor: Cursor): string =>
  cursor
    .string()
    .replaceAll(/\\(?:(\d{3})|(.))/gs, (_, octal?: string, letter?: string) =>
      octal === undefined ? (CONTROLS[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(octal, 8)),
    );

function readStoredAs(cursor: Cursor): StoredAs {
  if (!cursor.take('inputformat')) return { kind: 'format', format: hiveName(cursor) };
  const input = cursor.string();
  cursor.expect('outputformat');
  return { kind: 'classes', input, output: cursor.string() };
}

function drop(cursor: Cursor): Statement | undefined {
  if (cursor.take('drop', 'table')) return { kind: 'drop_table', ifExists: ifExists(cursor), table: relation(cursor) };
  if (cursor.take('drop', 'view')) return { kind: 'drop_view', ifExists: ifExists(cursor), view: relation(cursor) };
  if (!cursor.take('drop', 'database') && !cursor.take('drop', 'schema')) return undefined;
  const present = ifExists(cursor);
  const database = hiveName(cursor);
  const cascade = cursor.takeOne('cascade', 'restrict') === 'cascade';
  return { kind: 'drop_database', database, ifExists: present, cascade };
}

function alter(cursor: Cursor): Statement | undefined {
  if (!cursor.take('alter', 'table')) return undefined;
  const table = relation(cursor);
  if (cursor.take('add')) {
    if (!cursor.sees('if') && !cursor.sees('partition')) refuse(cursor, 'ALTER TABLE ADD COLUMNS');
    const absent = ifNotExists(cursor);
    const partitions = [partition(cursor)];
    while (cursor.sees('partition')) partitions.push(partition(cursor));
    return { kind: 'add_partitions', table, ifNotExists: absent, partitions };
  }
  if (!cursor.take('drop')) return refuse(cursor, `ALTER TABLE ${cursor.token.text.toUpperCase()}`);
  if (!cursor.sees('if') && !cursor.sees('partition')) refuse(cursor, 'ALTER TABLE DROP COLUMN');
  const present = ifExists(cursor);
  const partitions = cursor.list(() => partition(cursor));
  return { kind: 'drop_partitions', table, ifExists: present, partitions };
}

function partition(cursor: Cursor): PartitionSpec {
  cursor.expect('partition');
  const values = cursor.group(() => {
    const key = hiveName(cursor);
    cursor.expectSymbol('=');
    const { kind } = cursor.token;
    if (kind !== 'string' && kind !== 'integer') throw cursor.mismatch('<string>');
    return { key, value: cursor.next().value };
  });
  const location = cursor.take('location') ? cursor.string() : undefined;
  return { values, ...optional('location', location) };
}

function repair(cursor: Cursor): Statement | undefined {
  return cursor.take('msck', 'repair', 'table') ? { kind: 'repair_table', table: relation(cursor) } : undefined;
}
