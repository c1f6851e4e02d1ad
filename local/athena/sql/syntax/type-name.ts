import type { TypeName } from './ast.ts';
import type { Cursor } from './cursor.ts';

/** Reads a type. @throws QueryError SYNTAX_ERROR */
export function readTypeName(cursor: Cursor): TypeName {
  const { place } = cursor;
  const plain = { ...place, numbers: [], types: [], fields: [] };
  if (cursor.take('row')) return { ...plain, name: 'row', ...readFields(cursor) };
  if (cursor.take('double', 'precision')) return { ...plain, name: 'double' };
  if (cursor.take('interval')) return { ...plain, name: readInterval(cursor) };
  const name = cursor.name();
  if (name === 'timestamp' || name === 'time') return { ...plain, ...readTime(cursor, name) };
  if (cursor.takeSymbol('<')) {
    const types = cursor.list(() => readTypeName(cursor));
    cursor.expectSymbol('>');
    return { ...plain, name, types };
  }
  return cursor.seesSymbol('(') ? { ...plain, name, ...readArguments(cursor) } : { ...plain, name };
}

function readArguments(cursor: Cursor): Pick<TypeName, 'numbers' | 'types'> {
  const numbers: number[] = [];
  const types: TypeName[] = [];
  cursor.group(() => {
    if (cursor.token.kind === 'integer') numbers.push(Number(cursor.next().value));
    else types.push(readTypeName(cursor));
  });
  return { numbers, types };
}

function readTime(cursor: Cursor, name: string): Pick<TypeName, 'name' | 'numbers'> {
  const numbers = cursor.seesSymbol('(') ? readArguments(cursor).numbers : [];
  if (cursor.take('with', 'time', 'zone')) return { name: `${name} with time zone`, numbers };
  cursor.take('without', 'time', 'zone');
  return { name, numbers };
}

function readInterval(cursor: Cursor): string {
  const from = cursor.takeOne('year', 'day');
  if (from === undefined) throw cursor.mismatch();
  const to = from === 'year' ? 'month' : 'second';
  cursor.expect('to', to);
  return `interval ${from} to ${to}`;
}

function readFields(cursor: Cursor): Pick<TypeName, 'types' | 'fields'> {
  const types: TypeName[] = [];
  const fields: string[] = [];
  cursor.group(() => {
    // a field may have a name before its type, and nothing but the next token tells
    const named = cursor.seesName() && !isTypeEnd(cursor);
    fields.push(named ? cursor.name() : '');
    types.push(readTypeName(cursor));
  });
  return { types, fields };
}

function isTypeEnd(cursor: Cursor): boolean {
  const { kind, text, value } = cursor.ahead(1);
  if (kind === 'symbol') return [',', ')', '(', '<'].includes(text);
  const first = cursor.token.value;
  return (
    (first === 'double' && value === 'precision') ||
    (first === 'timestamp' && value === 'with') ||
    (first === 'time' && value === 'with')
  );
}
