import { QueryError } from '../query-error.ts';
import type { ExplainFormat, ExplainType, Statement, StatementKind } from '../statement.ts';
import type { Query } from './ast.ts';
import { BEGINNINGS, KEYWORDS } from './beginnings.ts';
import { Cursor } from './cursor.ts';
import { readDdl } from './ddl.ts';
import { readDml } from './dml.ts';
import { readMaintenance } from './maintenance.ts';
import { CTAS_PROPERTIES, readProperties, UNLOAD_PROPERTIES } from './properties.ts';
import { readQuery } from './query.ts';
import { readRelationName } from './relation-name.ts';
import { failAt, type Place } from './token.ts';

/** Statements that are known and not run here, by their first words, the longer before the shorter. */
const REFUSED: readonly (readonly string[])[] = [
  ['truncate'], ['analyze'], ['grant'], ['revoke'], ['call'], ['use'], ['set'], ['reset'],
  ['commit'], ['rollback'], ['start', 'transaction'], ['comment'], ['deny'], ['refresh'], ['export'], ['import'], ['load'], ['lock'], ['unlock'],
  ['show', 'functions'], ['show', 'session'], ['show', 'catalogs'], ['show', 'stats'], ['show', 'roles'], ['show', 'grants'], ['show', 'current', 'roles'],
  ['show', 'indexes'], ['show', 'locks'], ['show', 'transactions'], ['show', 'compactions'], ['describe', 'input'], ['describe', 'output'],
  ['explain', 'analyze'],
  ['alter', 'database'], ['alter', 'schema'], ['alter', 'view'], ['create', 'protected'], ['create', 'role'], ['create', 'function'], ['create', 'materialized', 'view'],
  ['create', 'macro'], ['create', 'temporary'], ['create', 'index'], ['drop', 'role'], ['drop', 'function'], ['drop', 'materialized', 'view'], ['drop', 'macro'], ['drop', 'index'],
]; // prettier-ignore

/**
 * Reads one statement; a semicolon may end it.
 *
 * @param parameters What the `?` of a prepared statement stand for, as `EXECUTE … USING` wrote them.
 * @throws QueryError SYNTAX_ERROR with the place; NOT_SUPPORTED naming a statement that is known and not run here
 */
export function parseStatement(text: string, parameters: readonly string[] = []): Statement {
  const cursor = new Cursor(text, parameters);
  const statement = readStatement(cursor);
  cursor.end();
  return statement;
}

/** Reads a query and nothing else: a view's text. @throws QueryError as above */
export function parseQuery(text: string): Query {
  const statement = parseStatement(text);
  if (statement.kind !== 'query') throw new QueryError('SYNTAX_ERROR: line 1:1: the text must be a query');
  return statement.query;
}

function readStatement(cursor: Cursor): Statement {
  const { place } = cursor;
  const refused = REFUSED.find((words) =>
    words.every((word, index) => cursor.ahead(index).kind === 'word' && cursor.ahead(index).value === word),
  );
  if (refused !== undefined)
    throw failAt(place, 'NOT_SUPPORTED', `${refused.join(' ').toUpperCase()} is not on the tested list of headwaters local`);
  if (cursor.token.kind === 'end' || !KEYWORDS.test(cursor.token.text))
    throw failAt(place, 'SYNTAX_ERROR', `mismatched input '${cursor.token.text}'. Expecting: ${BEGINNINGS}`);
  if (startsQuery(cursor)) {
    const { query, text } = queryWithText(cursor);
    return { kind: 'query', query, text };
  }
  if (cursor.take('explain')) return explain(cursor, place);
  if (cursor.take('create', 'or', 'replace', 'view')) return createView(cursor, true);
  if (cursor.take('create', 'or', 'replace'))
    throw failAt(
      cursor.place,
      'SYNTAX_ERROR',
      `mismatched input '${cursor.token.text}'. Expecting: 'MATERIALIZED', 'MULTI', 'PROTECTED', 'VIEW'`,
    );
  if (cursor.take('create', 'view')) return createView(cursor, false);
  if (cursor.take('insert', 'into')) return insert(cursor);
  if (cursor.take('unload')) return unload(cursor);
  if (cursor.take('prepare')) return prepare(cursor);
  if (cursor.take('execute')) return execute(cursor);
  if (cursor.take('deallocate', 'prepare')) return { kind: 'deallocate', name: cursor.name() };
  return readDml(cursor) ?? readMaintenance(cursor) ?? createTableAs(cursor) ?? readDdl(cursor);
}

function startsQuery(cursor: Cursor): boolean {
  const begins = ['select', 'with', 'values', 'table'].some((word) => cursor.sees(word));
  return begins || cursor.seesSymbol('(');
}

function queryWithText(cursor: Cursor): { readonly query: Query; readonly text: string } {
  const { offset } = cursor;
  const query = readQuery(cursor);
  return { query, text: cursor.writtenSince(offset) };
}

/** Statements of Trino's that can be explained, and prepared. */
const PLANNED: ReadonlySet<StatementKind> = new Set([
  'query',
  'create_table_as',
  'insert',
  'unload',
  'delete',
  'update',
  'merge',
]);

const TYPES = ['logical', 'distributed', 'io', 'validate'] as const satisfies readonly ExplainType[];
const FORMATS = ['text', 'json', 'graphviz'] as const satisfies readonly ExplainFormat[];

function explain(cursor: Cursor, place: Place): Statement {
  let type: ExplainType = 'distributed';
  let format: ExplainFormat = 'text';
  if (cursor.seesSymbol('(') && ['type', 'format'].includes(cursor.ahead(1).value)) {
    cursor.group(() => {
      if (cursor.take('type')) type = cursor.takeOne(...TYPES) ?? fail(cursor);
      else if (cursor.take('format')) format = cursor.takeOne(...FORMATS) ?? fail(cursor);
      else fail(cursor);
    });
  }
  const statement = readStatement(cursor);
  if (!PLANNED.has(statement.kind))
    throw failAt(place, 'NOT_SUPPORTED', 'EXPLAIN of that statement is not on the tested list of headwaters local');
  return { kind: 'explain', statement, type, format };
}

function fail(cursor: Cursor): never {
  throw cursor.mismatch();
}

function createView(cursor: Cursor, orReplace: boolean): Statement {
  const view = readRelationName(cursor);
  if (cursor.sees('security') || cursor.sees('comment'))
    throw failAt(cursor.place, 'NOT_SUPPORTED', 'SECURITY and COMMENT of a view are not on the tested list of headwaters local');
  cursor.expect('as');
  return { kind: 'create_view', view, orReplace, ...queryWithText(cursor) };
}

/** `CREATE TABLE … AS`; undefined, with nothing read, where it is the Hive statement. */
function createTableAs(cursor: Cursor): Statement | undefined {
  if (!cursor.sees('create', 'table')) return undefined;
  const head = cursor.attempt(() => {
    cursor.expect('create', 'table');
    const ifNotExists = cursor.take('if', 'not', 'exists');
    const table = readRelationName(cursor);
    const named = cursor.seesSymbol('(') && cursor.group(() => cursor.name()).length > 0;
    if (!cursor.sees('with') && !cursor.sees('as')) throw cursor.mismatch();
    return { table, ifNotExists, named };
  });
  if (head === undefined) return undefined;
  const properties = cursor.take('with') ? readProperties(cursor, CTAS_PROPERTIES) : {};
  cursor.expect('as');
  const { query, text } = queryWithText(cursor);
  const withData = !cursor.take('with', 'no', 'data');
  if (withData) cursor.take('with', 'data');
  return { kind: 'create_table_as', ...head, properties, query, text, withData };
}

function insert(cursor: Cursor): Statement {
  const table = readRelationName(cursor);
  // a name in parentheses begins a list of columns; SELECT, VALUES and WITH are no names
  const columns = cursor.seesSymbol('(') && cursor.seesName(1) ? cursor.group(() => cursor.name()) : undefined;
  return { kind: 'insert', table, ...(columns && { columns }), ...queryWithText(cursor) };
}

function unload(cursor: Cursor): Statement {
  cursor.expectSymbol('(');
  const { query, text } = queryWithText(cursor);
  cursor.expectSymbol(')');
  cursor.expect('to');
  const location = cursor.string();
  cursor.expect('with');
  return { kind: 'unload', query, text, location, properties: readProperties(cursor, UNLOAD_PROPERTIES) };
}

function prepare(cursor: Cursor): Statement {
  const name = cursor.name();
  cursor.expect('from');
  const text = cursor.text.slice(cursor.offset).replace(/;\s*$/, '');
  const inner = countParameters(text);
  while (cursor.token.kind !== 'end' && !cursor.seesSymbol(';')) cursor.next();
  const { kind } = parseStatement(
    text,
    Array.from({ length: inner }, () => 'null'),
  );
  if (!PLANNED.has(kind))
    throw failAt(cursor.place, 'NOT_SUPPORTED', 'PREPARE of that statement is not on the tested list of headwaters local');
  return { kind: 'prepare', name, text };
}

/** How many `?` a statement has. @throws QueryError SYNTAX_ERROR for what is no text of SQL */
export function countParameters(text: string): number {
  const cursor = new Cursor(text);
  let count = 0;
  for (; cursor.token.kind !== 'end'; cursor.next()) if (cursor.token.kind === 'symbol' && cursor.token.text === '?') count += 1;
  return count;
}

function execute(cursor: Cursor): Statement {
  const name = cursor.name();
  const parameters = cursor.take('using')
    ? cursor.list(() => {
        const { offset } = cursor;
        readQuerylessExpression(cursor);
        return cursor.writtenSince(offset);
      })
    : [];
  return { kind: 'execute', name, parameters };
}

/** Reads past an expression; what it is will be read where it is used. */
function readQuerylessExpression(cursor: Cursor): void {
  let depth = 0;
  const { token } = cursor;
  while (cursor.token.kind !== 'end') {
    const { kind, text } = cursor.token;
    if (kind === 'symbol' && (text === '(' || text === '[')) depth += 1;
    if (kind === 'symbol' && (text === ')' || text === ']')) depth -= 1;
    if (kind === 'symbol' && depth === 0 && (text === ',' || text === ';')) break;
    cursor.next();
  }
  if (cursor.token === token || depth !== 0) throw cursor.mismatch('<expression>');
}
