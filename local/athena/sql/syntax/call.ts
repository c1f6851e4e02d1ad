import type { Expression, FrameBound, SortItem, Window } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { ExpressionReader } from './expression.ts';
import type { Place } from './token.ts';
import { readTypeName } from './type-name.ts';

/** Functions that are written without parentheses. */
const BARE = new Set([
  'current_date',
  'current_time',
  'current_timestamp',
  'localtime',
  'localtimestamp',
  'current_user',
  'current_catalog',
  'current_schema',
]);
/** Functions whose arguments have a syntax of their own that is not read here. */
const UNREAD = ['json_query', 'json_value', 'json_exists', 'json_object', 'json_array', 'json_table'] as const;
const NORMAL_FORMS = ['nfd', 'nfc', 'nfkd', 'nfkc'] as const;
const NO_OPTIONS = { star: false, distinct: false, orderBy: [], ignoreNulls: false } as const;

const call = (name: string, args: readonly Expression[], place: Place): Expression => ({
  kind: 'call',
  name,
  args,
  ...NO_OPTIONS,
  ...place,
});

/** Reads what looks like a call and has a grammar of its own; undefined if none comes next. */
export function readSpecialCall(reader: ExpressionReader, place: Place): Expression | undefined {
  const { cursor } = reader;
  const { kind, value } = cursor.token;
  if (kind !== 'word') return undefined;
  const open = cursor.ahead(1).kind === 'symbol' && cursor.ahead(1).text === '(';
  if (BARE.has(value) && (!open || value === 'current_timestamp' || value === 'localtimestamp')) {
    if (!isReserved(value) && !open) return undefined;
    cursor.next();
    return call(value, open ? cursor.group(reader.read) : [], place);
  }
  if (value === 'exists' && open) {
    cursor.next();
    return { kind: 'exists', query: reader.nestedQuery(), ...place };
  }
  if (!open) return value === 'array' ? array(reader, place) : undefined;
  const unread = UNREAD.find((name) => name === value);
  if (unread !== undefined) return reader.refuse(`the function '${unread}'`, place);
  switch (value) {
    case 'cast':
    case 'try_cast':
      return cast(reader, value === 'try_cast', place);
    case 'row':
      cursor.next();
      return { kind: 'row', items: cursor.group(reader.read), ...place };
    case 'extract':
      return extract(reader, place);
    case 'trim':
      return trim(reader, place);
    case 'position':
    case 'substring':
      return infix(reader, value, place);
    case 'normalize':
      return normalize(reader, place);
    case 'grouping':
    case 'listagg':
      cursor.next();
      return readCall(reader, value, place);
    default:
      return undefined;
  }
}

const isReserved = (word: string): boolean => word !== 'current_catalog' && word !== 'current_schema';

/** Reads a call from its parenthesis on. */
export function readCall(reader: ExpressionReader, name: string, place: Place): Expression {
  const { cursor } = reader;
  cursor.expectSymbol('(');
  const star = cursor.takeSymbol('*');
  const distinct = !star && cursor.take('distinct');
  if (!distinct) cursor.take('all');
  const args = star || cursor.seesSymbol(')') ? [] : cursor.list(reader.read);
  if (name === 'listagg' && cursor.sees('on', 'overflow')) reader.refuse('ON OVERFLOW', cursor.place);
  let orderBy: readonly SortItem[] = cursor.take('order', 'by') ? cursor.list(reader.sortItem) : [];
  cursor.expectSymbol(')');
  if (cursor.take('within', 'group')) {
    cursor.expectSymbol('(');
    cursor.expect('order', 'by');
    orderBy = cursor.list(reader.sortItem);
    cursor.expectSymbol(')');
  }
  const filter = readFilter(reader);
  const nulls = cursor.takeOne('ignore', 'respect');
  if (nulls !== undefined) cursor.expect('nulls');
  const over = cursor.take('over') ? readOver(reader) : undefined;
  return {
    kind: 'call',
    name,
    args,
    star,
    distinct,
    orderBy,
    ignoreNulls: nulls === 'ignore',
    ...(filter && { filter }),
    ...(over && { over }),
    ...place,
  };
}

function readFilter(reader: ExpressionReader): Expression | undefined {
  const { cursor } = reader;
  if (!cursor.sees('filter') || cursor.ahead(1).text !== '(') return undefined;
  cursor.next();
  cursor.next();
  cursor.expect('where');
  const condition = reader.read();
  cursor.expectSymbol(')');
  return condition;
}

const readOver = (reader: ExpressionReader): Window =>
  reader.cursor.seesName() ? { name: reader.cursor.name(), partitionBy: [], orderBy: [] } : readWindow(reader);

/** Reads a window in parentheses. */
export function readWindow(reader: ExpressionReader): Window {
  const { cursor } = reader;
  cursor.expectSymbol('(');
  const named = cursor.seesName() && !['partition', 'order', 'rows', 'range', 'groups', 'measures'].includes(cursor.token.value);
  const name = named ? cursor.name() : undefined;
  const partitionBy = cursor.take('partition', 'by') ? cursor.list(reader.read) : [];
  const orderBy = cursor.take('order', 'by') ? cursor.list(reader.sortItem) : [];
  const unit = cursor.takeOne('rows', 'range', 'groups');
  const frame = unit === undefined ? undefined : { unit, ...readFrame(reader, cursor) };
  cursor.expectSymbol(')');
  return { partitionBy, orderBy, ...(name !== undefined && { name }), ...(frame && { frame }) };
}

function readFrame(reader: ExpressionReader, cursor: Cursor): { readonly start: FrameBound; readonly end?: FrameBound } {
  if (!cursor.take('between')) return { start: readBound(reader) };
  const start = readBound(reader);
  cursor.expect('and');
  return { start, end: readBound(reader) };
}

function readBound(reader: ExpressionReader): FrameBound {
  const { cursor } = reader;
  if (cursor.take('unbounded', 'preceding')) return { kind: 'unbounded_preceding' };
  if (cursor.take('unbounded', 'following')) return { kind: 'unbounded_following' };
  if (cursor.take('current', 'row')) return { kind: 'current_row' };
  const value = reader.read();
  const kind = cursor.takeOne('preceding', 'following');
  if (kind === undefined) throw cursor.mismatch();
  return { kind, value };
}

function array(reader: ExpressionReader, place: Place): Expression | undefined {
  const { cursor } = reader;
  if (cursor.ahead(1).text !== '[') return undefined;
  cursor.next();
  cursor.next();
  const items = cursor.seesSymbol(']') ? [] : cursor.list(reader.read);
  cursor.expectSymbol(']');
  return { kind: 'array', items, ...place };
}

function cast(reader: ExpressionReader, safe: boolean, place: Place): Expression {
  const { cursor } = reader;
  cursor.next();
  cursor.expectSymbol('(');
  const value = reader.read();
  cursor.expect('as');
  const type = readTypeName(cursor);
  cursor.expectSymbol(')');
  return { kind: 'cast', value, type, safe, ...place };
}

function extract(reader: ExpressionReader, place: Place): Expression {
  const { cursor } = reader;
  cursor.next();
  cursor.expectSymbol('(');
  const field = cursor.name();
  cursor.expect('from');
  const value = reader.read();
  cursor.expectSymbol(')');
  return { kind: 'extract', field, value, ...place };
}

function trim(reader: ExpressionReader, place: Place): Expression {
  const { cursor } = reader;
  cursor.next();
  cursor.expectSymbol('(');
  const side = cursor.takeOne('both', 'leading', 'trailing');
  const first = cursor.sees('from') ? undefined : reader.read();
  if (first === undefined && side === undefined) throw cursor.mismatch('<expression>');
  if (cursor.take('from')) {
    const value = reader.read();
    cursor.expectSymbol(')');
    return { kind: 'trim', side: side ?? 'both', value, ...(first && { characters: first }), ...place };
  }
  const more = cursor.takeSymbol(',') ? reader.read() : undefined;
  cursor.expectSymbol(')');
  if (first === undefined) throw cursor.mismatch();
  return { kind: 'trim', side: side ?? 'both', value: first, ...(more && { characters: more }), ...place };
}

/** `position(a in b)` and `substring(a from b for c)`; the latter may have commas instead. */
function infix(reader: ExpressionReader, name: 'position' | 'substring', place: Place): Expression {
  const { cursor } = reader;
  cursor.next();
  cursor.expectSymbol('(');
  const args = [reader.operand()];
  if (name === 'position') {
    cursor.expect('in');
    args.push(reader.operand());
  } else if (cursor.take('from')) {
    args.push(reader.read());
    if (cursor.take('for')) args.push(reader.read());
  } else {
    while (cursor.takeSymbol(',')) args.push(reader.read());
  }
  cursor.expectSymbol(')');
  return call(name, args, place);
}

function normalize(reader: ExpressionReader, place: Place): Expression {
  const { cursor } = reader;
  cursor.next();
  cursor.expectSymbol('(');
  const value = reader.read();
  const form = cursor.takeSymbol(',') ? (cursor.takeOne(...NORMAL_FORMS) ?? fail(cursor)) : 'nfc';
  cursor.expectSymbol(')');
  return call('normalize', [value, { kind: 'literal', type: 'string', text: form.toUpperCase(), ...place }], place);
}

function fail(cursor: Cursor): never {
  throw cursor.mismatch();
}
