import type { PartitionSpec, Statement } from '../statement.ts';
import type { Cursor } from './cursor.ts';
import { hiveName, hiveRelationName, ifExists, ifNotExists, optional, refuse } from './hive.ts';

/** Reads `ALTER TABLE`; undefined, with nothing read, where it is another statement. */
export function readAlterTable(cursor: Cursor): Statement | undefined {
  if (!cursor.take('alter', 'table')) return undefined;
  const table = hiveRelationName(cursor);
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
