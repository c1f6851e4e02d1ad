import type { Statement } from '../statement.ts';
import { readAlterTable } from './alter-table.ts';
import { readCreateTable } from './create-table.ts';
import { UNSUPPORTED } from './beginnings.ts';
import type { Cursor } from './cursor.ts';
import { Malformed } from '../query-error.ts';
import { quotedName, refuseQuoted } from './quoted-names.ts';
import { hiveName, hiveProperties, hiveRelationName, ifExists, ifNotExists, optional, refuse } from './hive.ts';

/** Reads Hive's statements, in which names may stand in backticks. @throws QueryError SYNTAX_ERROR, NOT_SUPPORTED by name */
export function readDdl(cursor: Cursor): Statement {
  return (
    show(cursor) ?? describe(cursor) ?? create(cursor) ?? drop(cursor) ?? readAlterTable(cursor) ?? repair(cursor) ?? fail(cursor)
  );
}

function fail(cursor: Cursor): never {
  throw cursor.mismatch();
}

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
  if (cursor.take('tables')) {
    if (cursor.sees('in')) refuseQuoted(cursor, 'show tables', 1);
    return { kind: 'show_tables', ...optional('database', inDatabase(cursor)), ...optional('pattern', pattern(cursor)) };
  }
  if (cursor.take('views'))
    return { kind: 'show_views', ...optional('database', inDatabase(cursor)), ...optional('pattern', pattern(cursor)) };
  if (cursor.take('create', 'table')) {
    refuseQuoted(cursor, 'show create table');
    return { kind: 'show_create_table', table: hiveRelationName(cursor) };
  }
  if (cursor.take('create', 'view')) return { kind: 'show_create_view', table: hiveRelationName(cursor) };
  if (cursor.take('partitions')) return { kind: 'show_partitions', table: hiveRelationName(cursor) };
  if (cursor.take('tblproperties')) {
    const table = hiveRelationName(cursor);
    const property = cursor.seesSymbol('(') ? cursor.group(() => cursor.string())[0] : undefined;
    return { kind: 'show_table_properties', table, ...optional('property', property) };
  }
  if (!cursor.take('columns')) return fail(cursor);
  if (cursor.takeOne('in', 'from') === undefined) return fail(cursor);
  const refusal = quotedName(cursor, 'show columns');
  const table = hiveRelationName(cursor);
  const database = inDatabase(cursor);
  return {
    kind: 'show_columns',
    table: database === undefined ? table : { ...table, database },
    ...optional('refusal', refusal),
  };
}

function describe(cursor: Cursor): Statement | undefined {
  if (cursor.takeOne('describe', 'desc') === undefined) return undefined;
  if (cursor.sees('database') && cursor.ahead(1).kind === 'word') throw new Malformed(UNSUPPORTED);
  if (cursor.sees('extended') || cursor.sees('formatted')) refuse(cursor, 'DESCRIBE EXTENDED and FORMATTED');
  cursor.take('view');
  const refusal = quotedName(cursor, 'describe');
  const table = hiveRelationName(cursor);
  if (cursor.sees('partition') || ['word', 'backquoted'].includes(cursor.token.kind))
    refuse(cursor, 'DESCRIBE of a partition or a column');
  return { kind: 'describe', table, ...optional('refusal', refusal) };
}

function create(cursor: Cursor): Statement | undefined {
  if (cursor.take('create', 'database') || cursor.take('create', 'schema')) return createDatabase(cursor);
  return readCreateTable(cursor);
}

function createDatabase(cursor: Cursor): Statement {
  const absent = ifNotExists(cursor);
  const database = hiveName(cursor);
  const comment = cursor.take('comment') ? cursor.string() : undefined;
  const location = cursor.take('location') ? cursor.string() : undefined;
  const properties = cursor.take('with', 'dbproperties') ? hiveProperties(cursor) : {};
  return {
    kind: 'create_database',
    database,
    ifNotExists: absent,
    properties,
    ...optional('comment', comment),
    ...optional('location', location),
  };
}

function drop(cursor: Cursor): Statement | undefined {
  if (cursor.take('drop', 'table')) {
    const present = ifExists(cursor);
    refuseQuoted(cursor, 'drop table');
    return { kind: 'drop_table', ifExists: present, table: hiveRelationName(cursor) };
  }
  if (cursor.take('drop', 'view')) return { kind: 'drop_view', ifExists: ifExists(cursor), view: hiveRelationName(cursor) };
  if (!cursor.take('drop', 'database') && !cursor.take('drop', 'schema')) return undefined;
  const present = ifExists(cursor);
  const database = hiveName(cursor);
  const cascade = cursor.takeOne('cascade', 'restrict') === 'cascade';
  return { kind: 'drop_database', database, ifExists: present, cascade };
}

function repair(cursor: Cursor): Statement | undefined {
  return cursor.take('msck', 'repair', 'table') ? { kind: 'repair_table', table: hiveRelationName(cursor) } : undefined;
}
