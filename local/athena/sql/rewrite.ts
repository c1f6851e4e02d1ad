import { argumentsIn, KINDS, PLAIN, plainName, unknownFunction } from './functions.ts';
import { callNode, contentOf, isObject, nodeOf, wordIn, type Json, type JsonObject } from './node.ts';
import { QueryError } from './query-error.ts';

/** Nodes that are the language itself, whose meaning translator and engine share with Trino. */
const STRUCTURE = new Set(
  (
    'select union intersect except subquery table alias column star dot literal boolean null paren add sub mul neg eq neq lt lte gt gte and or not ' +
    'is_null null_safe_eq null_safe_neq like in between exists case interval window_function values tuple unnest array_func concat grouping_sets ' +
    'cube rollup ordered'
  ).split(' '),
);

/** Members that stand alone in their object and so look like nodes. */
const MEMBERS = new Set(['this', 'expressions', 'value', 'ctes', 'Preceding', 'Following']);

/** Members that hold names, types and units, never expressions. */
const OPAQUE = new Set(['to', 'span', 'unit', 'data_type', 'literal', 'column_aliases', 'using', 'hints']);

/** Clauses that Trino lacks or that no test covers. */
const REFUSED_CLAUSES = [
  'qualify',
  'distinct_on',
  'top',
  'sample',
  'table_sample',
  'connect',
  'into',
  'distribute_by',
  'cluster_by',
  'sort_by',
  'hint',
];

const LITERALS = new Set(['number', 'string', 'date', 'timestamp']);
const FIELDS = new Set(['Year', 'Quarter', 'Month', 'Week', 'Day', 'Hour', 'Minute', 'Second']);
const WHOLE_NUMBERS = new Set(['tiny_int', 'small_int', 'int', 'big_int']);
const CASTS = new Set([...WHOLE_NUMBERS, 'var_char', 'double', 'float', 'decimal', 'date', 'timestamp', 'boolean']);

/**
 * Puts Trino's meaning into a syntax tree: every node is either of the language, or a function on the tested list, or refused by name.
 *
 * @throws QueryError FUNCTION_NOT_FOUND, NOT_SUPPORTED
 */
export function rewrite(value: Json): Json {
  if (Array.isArray(value)) return value.map(rewrite);
  if (!isObject(value)) return value;
  const node = nodeOf(value);
  if (node === undefined || MEMBERS.has(node.kind)) return members(value);
  return rewriteNode(node.kind, node.data);
}

function rewriteNode(kind: string, raw: Json): Json {
  if (kind === 'literal') return checkLiteral(raw);
  const data = isObject(raw) ? members(raw) : rewrite(raw);
  const inside = isObject(data) ? data : {};
  switch (kind) {
    case 'function':
    case 'aggregate_function':
      return rewriteCall(kind, inside);
    case 'div':
      return callNode('hw_divide', inside['left'] ?? null, inside['right'] ?? null);
    case 'mod':
      return callNode('hw_mod', inside['left'] ?? null, inside['right'] ?? null);
    case 'add':
    case 'sub':
      return shifted(kind, inside);
    case 'subscript':
      return callNode('hw_subscript', inside['this'] ?? null, inside['index'] ?? null);
    case 'cast':
    case 'try_cast':
      return rewriteCast(kind, inside);
    case 'extract':
      if (!FIELDS.has(wordIn(inside['field']))) unknownFunction(`extract(${wordIn(inside['field']).toLowerCase()})`);
      return { extract: inside };
    default:
  }
  const rewriting = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (rewriting === 'as-is' || STRUCTURE.has(kind)) return { [kind]: data };
  if (rewriting === undefined) return unknownFunction(kind);
  return rewriting({ name: kind, args: [], kind, data: inside });
}

function members(value: JsonObject): JsonObject {
  for (const clause of REFUSED_CLAUSES) {
    const content = value[clause];
    if (content !== undefined && content !== null && content !== false)
      throw new QueryError(`NOT_SUPPORTED: ${clause} in headwaters local`);
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, OPAQUE.has(key) ? member : rewrite(member)]));
}

function rewriteCall(kind: string, data: JsonObject): Json {
  const name = plainName(data);
  const rewriting = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
  if (rewriting === undefined) return unknownFunction(name);
  return rewriting === 'as-is' ? { [kind]: data } : rewriting({ name, args: argumentsIn(data), kind, data });
}

/** A date plus days stays a date in Trino; the engine makes it a timestamp. */
function shifted(kind: 'add' | 'sub', data: JsonObject): Json {
  const { left = null, right = null } = data;
  if (contentOf(right, 'interval') !== undefined) {
    return callNode(
      'hw_shift',
      left,
      kind === 'add' ? right : { neg: { this: { paren: { this: right, trailing_comments: [] } } } },
    );
  }
  return contentOf(left, 'interval') !== undefined && kind === 'add' ? callNode('hw_shift', right, left) : { [kind]: data };
}

function rewriteCast(kind: 'cast' | 'try_cast', data: JsonObject): Json {
  const to = isObject(data['to']) ? data['to'] : {};
  const type = wordIn(to['data_type']);
  if (!CASTS.has(type)) throw new QueryError(`NOT_SUPPORTED: cast to ${type} is not on the tested list of headwaters local`);
  const value = data['this'] ?? null;
  if (WHOLE_NUMBERS.has(type))
    return { [kind]: { ...data, this: callNode(kind === 'cast' ? 'hw_whole' : 'hw_try_whole', value) } };
  if (type === 'var_char') return { [kind]: { ...data, this: callNode('hw_text', value) } };
  return { [kind]: data };
}

function checkLiteral(raw: Json): Json {
  const type = isObject(raw) ? wordIn(raw['literal_type']) : '';
  if (!LITERALS.has(type)) throw new QueryError(`NOT_SUPPORTED: a literal of kind '${type}' in headwaters local`);
  return { literal: raw };
}
