import type { Assignment, MergeCase } from '../iceberg-statement.ts';
import type { Statement } from '../statement.ts';
import type { Expression } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { readExpression, readRelation } from './query.ts';
import { readRelationName } from './relation-name.ts';

/** Reads DELETE, UPDATE and MERGE; undefined, with nothing read, where it is another statement. @throws QueryError SYNTAX_ERROR */
export function readDml(cursor: Cursor): Statement | undefined {
  const { place } = cursor;
  if (cursor.take('delete')) {
    cursor.expect('from');
    return { kind: 'delete', table: readRelationName(cursor), ...where(cursor), place };
  }
  if (cursor.take('update'))
    return { kind: 'update', table: readRelationName(cursor), set: assignments(cursor), ...where(cursor), place };
  if (!cursor.take('merge')) return undefined;
  cursor.expect('into');
  const table = readRelationName(cursor);
  const alias = cursor.take('as') || cursor.seesName() ? cursor.name() : undefined;
  cursor.expect('using');
  const source = readRelation(cursor);
  cursor.expect('on');
  const on = readExpression(cursor);
  const cases = [mergeCase(cursor)];
  while (cursor.sees('when')) cases.push(mergeCase(cursor));
  return { kind: 'merge', table, ...(alias !== undefined && { alias }), source, on, cases, place };
}

function where(cursor: Cursor): { readonly where?: Expression } {
  return cursor.take('where') ? { where: readExpression(cursor) } : {};
}

function assignments(cursor: Cursor): readonly Assignment[] {
  cursor.expect('set');
  return cursor.list(() => {
    const { place } = cursor;
    const column = cursor.name();
    cursor.expectSymbol('=');
    return { column, value: readExpression(cursor), place };
  });
}

function mergeCase(cursor: Cursor): MergeCase {
  const { place } = cursor;
  cursor.expect('when');
  const matched = !cursor.take('not');
  cursor.expect('matched');
  const condition = cursor.take('and') ? { condition: readExpression(cursor) } : {};
  cursor.expect('then');
  if (!matched) return { kind: 'insert', ...insertion(cursor), ...condition, place };
  if (cursor.take('delete')) return { kind: 'delete', ...condition, place };
  cursor.expect('update');
  return { kind: 'update', set: assignments(cursor), ...condition, place };
}

function insertion(cursor: Cursor): { readonly columns?: readonly string[]; readonly values: readonly Expression[] } {
  cursor.expect('insert');
  const columns = cursor.seesSymbol('(') ? { columns: cursor.group(() => cursor.name()) } : {};
  cursor.expect('values');
  return { ...columns, values: cursor.group(() => readExpression(cursor)) };
}
