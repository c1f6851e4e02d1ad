import type { ColumnPosition } from '../iceberg-statement.ts';
import type { PartitionSpec, RelationName, Statement } from '../statement.ts';
import { Malformed } from '../query-error.ts';
import type { Cursor } from './cursor.ts';
import { quotedName } from './quoted-names.ts';
import { hiveColumn, hiveName, hiveProperties, hiveRelationName, ifExists, ifNotExists, optional, refuse } from './hive.ts';

/** Reads `ALTER TABLE`; undefined, with nothing read, where it is another statement. */
export function readAlterTable(cursor: Cursor): Statement | undefined {
  if (!cursor.take('alter', 'table')) return undefined;
  const refusal = quotedName(cursor, 'alter table');
  const table = hiveRelationName(cursor);
  if (refusal !== undefined) refuseName(cursor, refusal);
  if (cursor.take('add')) return add(cursor, table);
  if (cursor.take('drop')) return drop(cursor, table);
  if (cursor.take('change')) return change(cursor, table);
  if (cursor.take('rename')) return rename(cursor, table);
  if (cursor.take('set', 'tblproperties')) return { kind: 'set_table_properties', table, properties: hiveProperties(cursor) };
  if (cursor.take('unset', 'tblproperties'))
    return { kind: 'unset_table_properties', table, names: cursor.group(() => cursor.string()) };
  return refuse(cursor, `ALTER TABLE ${cursor.token.text.toUpperCase()}`);
}

/** Of columns that are added Trino's grammar speaks, whose word is another, and Hive's of the rest. */
function refuseName(cursor: Cursor, refusal: string): never {
  const { line, column, text } = cursor.ahead(1);
  throw new Malformed(
    cursor.sees('add', 'columns') ? `line ${line}:${column}: mismatched input '${text}'. Expecting: '.', 'ADD'` : refusal,
  );
}

function add(cursor: Cursor, table: RelationName): Statement {
  if (cursor.take('columns')) return { kind: 'add_columns', table, columns: cursor.group(() => hiveColumn(cursor)) };
  const absent = ifNotExists(cursor);
  const partitions = [partition(cursor)];
  while (cursor.sees('partition')) partitions.push(partition(cursor));
  return { kind: 'add_partitions', table, ifNotExists: absent, partitions };
}

function drop(cursor: Cursor, table: RelationName): Statement {
  const { place, token } = cursor;
  if (cursor.take('column')) return { kind: 'drop_column', table, column: hiveName(cursor), word: token.text, place };
  const present = ifExists(cursor);
  const partitions = cursor.list(() => partition(cursor));
  return { kind: 'drop_partitions', table, ifExists: present, partitions };
}

function rename(cursor: Cursor, table: RelationName): Statement {
  const { place, token } = cursor;
  if (token.kind === 'word' && token.value === 'column')
    throw new Malformed(`line ${place.line}:${place.column}: missing 'TO' at '${token.text}'`);
  cursor.expect('to');
  return { kind: 'rename_table', table, to: hiveRelationName(cursor) };
}

function change(cursor: Cursor, table: RelationName): Statement {
  cursor.take('column');
  const from = hiveName(cursor);
  const to = hiveColumn(cursor);
  return { kind: 'change_column', table, from, to, ...optional('position', position(cursor)) };
}

function position(cursor: Cursor): ColumnPosition | undefined {
  if (cursor.take('first')) return { kind: 'first' };
  return cursor.take('after') ? { kind: 'after', column: hiveName(cursor) } : undefined;
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
