import { identifierNode, isObject, nodeOf, type Json } from './node.ts';
import { QueryError } from './query-error.ts';
import { Dialect, generate, parse, transpile } from './translator.ts';

const TRINO = Dialect.Trino;
const DUCKDB = Dialect.DuckDB;
const QUERIES = new Set(['select', 'union', 'intersect', 'except', 'subquery', 'values']);

/**
 * Parses one query.
 *
 * @throws QueryError SYNTAX_ERROR; NOT_SUPPORTED, naming the kind of a statement that is no query
 */
export function parseQuery(sql: string): Json {
  const { success, ast, errorLine, errorColumn } = parse(sql, TRINO);
  if (!success) throw new QueryError(`SYNTAX_ERROR: line ${errorLine ?? 1}:${errorColumn ?? 1}: the statement cannot be parsed`);
  const statements = (Array.isArray(ast) ? ast : [ast]) as Json[];
  const [statement] = statements;
  if (statement === undefined || statements.length !== 1) throw new QueryError('SYNTAX_ERROR: Only one sql statement is allowed');
  const kind = nodeOf(statement)?.kind ?? 'unknown';
  if (!QUERIES.has(kind)) {
    throw new QueryError(
      `NOT_SUPPORTED: headwaters local runs SELECT and WITH queries, not ${kind.replaceAll('_', ' ').toUpperCase()}`,
    );
  }
  return statement;
}

/** Writes a rewritten tree as DuckDB's SQL. @throws QueryError for what DuckDB cannot say */
export function toDuckdb(tree: Json): string {
  const written = generate([tree], TRINO);
  const [text, ...more] = written.success ? (written.sql ?? []) : [];
  if (text === undefined || more.length > 0)
    throw new QueryError('NOT_SUPPORTED: the statement has no counterpart in headwaters local');
  const translated = transpile(text, TRINO, DUCKDB, { unsupportedLevel: 'raise' });
  const [sql] = translated.success ? (translated.sql ?? []) : [];
  if (sql === undefined) throw new QueryError('NOT_SUPPORTED: the statement has no counterpart in headwaters local');
  return sql;
}

/** The name that stands for a column without one until its place is known. */
export const UNNAMED = 'hw unnamed';

/** Gives the nameless columns of a query's outermost select a name to be known by: Trino calls them `_col<place>`. */
export function nameColumns(tree: Json): Json {
  const node = nodeOf(tree);
  if (node === undefined || !isObject(node.data)) return tree;
  const data = node.data;
  if (node.kind === 'select' && Array.isArray(data['expressions'])) {
    return { select: { ...data, expressions: data['expressions'].map(named) } };
  }
  if (node.kind === 'subquery' && data['this'] !== undefined) return { subquery: { ...data, this: nameColumns(data['this']) } };
  return data['left'] === undefined ? tree : { [node.kind]: { ...data, left: nameColumns(data['left']) } };
}

const NAMED = new Set(['alias', 'column', 'star', 'dot']);

function named(expression: Json): Json {
  const kind = nodeOf(expression)?.kind ?? '';
  if (NAMED.has(kind)) return expression;
  const alias = identifierNode(UNNAMED);
  return {
    alias: {
      this: expression,
      alias,
      column_aliases: [],
      alias_explicit_as: true,
      alias_keyword: 'as',
      pre_alias_comments: [],
      trailing_comments: [],
    },
  };
}
