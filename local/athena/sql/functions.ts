import { fromJoda, fromMysql } from './date-pattern.ts';
import { callNode, isObject, textIn, textNode, type Json, type JsonObject } from './node.ts';
import { QueryError } from './query-error.ts';

/**
 * The functions a query may use, each with how Trino's meaning is kept in DuckDB: `as-is` where translator and engine agree with Trino by
 * test, else a rewriting, mostly into a macro of `macros.ts`. The translator passes on what it does not know, and the engine has functions
 * of the same name and other meaning: what is not here is refused.
 */
type Rewriting = 'as-is' | ((call: Call) => Json);

export interface Call {
  readonly name: string;
  readonly args: readonly Json[];
  /** The node as it stands, for a rewriting that keeps most of it. */
  readonly kind: string;
  readonly data: JsonObject;
}

const macro =
  (name: string, ...arities: number[]) =>
  (call: Call): Json =>
    callNode(name, ...arity(call, ...arities));

/** Functions that the translator gives as plain calls, by name in lower case. */
export const PLAIN: Readonly<Record<string, Rewriting>> = {
  round: (call) => (arity(call, 1, 2).length === 1 ? callNode('round', ...call.args) : callNode('hw_round', ...call.args)),
  date_trunc: (call) => callNode('hw_date_trunc', unit(call), ...arity(call, 2).slice(1)),
  date_diff: (call) => callNode('hw_date_diff', unit(call), ...arity(call, 3).slice(1)),
  date_add: (call) => callNode(`hw_add_${String(textIn(unit(call)))}`, ...arity(call, 3).slice(1)),
  date_format: (call) => callNode('hw_format', ...first(call), pattern(call, fromMysql)),
  date_parse: (call) => callNode('hw_parse', ...first(call), pattern(call, fromMysql)),
  format_datetime: (call) => callNode('hw_format', ...first(call), pattern(call, fromJoda)),
  from_iso8601_timestamp: macro('hw_iso_timestamp', 1),
  from_iso8601_date: macro('hw_date', 1),
  date: macro('hw_date', 1),
  to_unixtime: macro('hw_to_unixtime', 1),
  from_unixtime: macro('hw_from_unixtime', 1),
  current_date: macro('hw_current_date', 0),
  current_timestamp: macro('hw_now', 0),
  now: macro('hw_now', 0),
  localtimestamp: macro('hw_localtimestamp', 0),
  dow: macro('hw_day_of_week', 1),
  week: 'as-is',
  // Trino's concat of a null is null, the engine's skips it
  concat: ({ args }) => args.reduce((left, right) => callNode('hw_concat', left, right)),
  nullif: 'as-is',
  greatest: macro('hw_greatest', 2, 3, 4, 5),
  least: macro('hw_least', 2, 3, 4, 5),
  split: (call) => keep(call, 2),
  split_part: macro('hw_split_part', 3),
  regexp_like: (call) => keep(call, 2),
  regexp_extract: macro('hw_regexp_extract', 2, 3),
  regexp_replace: (call) => callNode('hw_regexp_replace', ...arity(call, 2, 3).slice(0, 2), ...replacement(call)),
  replace: macro('hw_replace', 2, 3),
  ltrim: (call) => keep(call, 1),
  rtrim: (call) => keep(call, 1),
  reverse: (call) => keep(call, 1),
  lpad: (call) => keep(call, 3),
  rpad: (call) => keep(call, 3),
  power: (call) => keep(call, 2),
  log10: (call) => keep(call, 1),
  sign: (call) => keep(call, 1),
  approx_percentile: (call) => aggregate(call, 'quantile_disc', 2),
  arbitrary: (call) => keep(call, 1),
  max_by: (call) => keep(call, 2),
  min_by: (call) => keep(call, 2),
  corr: (call) => keep(call, 2),
  rollup: 'as-is',
  cube: 'as-is',
  row: 'as-is',
};

/** Functions that the translator gives as nodes of their own, by the node's kind. */
export const KINDS: Readonly<Record<string, Rewriting>> = {
  ...Object.fromEntries(
    ['count', 'sum', 'min', 'max', 'count_if', 'any_value', 'array_agg', 'coalesce', 'substring', 'lower', 'upper', 'length', 'trim', 'year',
      'month', 'day', 'hour', 'minute', 'second', 'quarter', 'day_of_month', 'day_of_week', 'if_func', 'abs', 'cardinality', 'str_position',
      'starts_with', 'sqrt', 'exp', 'ln', 'power', 'stddev', 'stddev_samp', 'stddev_pop', 'variance', 'var_pop', 'logical_and', 'logical_or',
      'contains', 'array_distinct', 'row_number', 'rank', 'dense_rank', 'percent_rank', 'n_tile', 'lag', 'lead', 'first_value', 'last_value',
    ].map((kind) => [kind, 'as-is'] as const), // prettier-ignore
  ),
  avg: ({ data }) => ({ avg: { ...data, this: callNode('hw_not_decimal', data['this'] ?? null) } }),
  // exact lies within the error that Trino allows itself, and is the same on every run
  approx_distinct: ({ data }) => ({
    count: { this: data['this'] ?? null, star: false, distinct: true, filter: data['filter'] ?? null, original_name: 'count' },
  }),
  element_at: ({ data }) => callNode('hw_element_at', data['this'] ?? null, data['expression'] ?? null),
  json_extract_scalar: ({ data }) => callNode('hw_json_extract_scalar', data['this'] ?? null, data['path'] ?? null),
  floor: ({ data }) => callNode('hw_floor', data['this'] ?? null),
  ceil: ({ data }) => callNode('hw_ceil', data['this'] ?? null),
  mod_func: ({ data }) => callNode('hw_mod', data['this'] ?? null, data['expression'] ?? null),
};

/** Refuses a function by name. */
export function unknownFunction(name: string): never {
  throw new QueryError(`FUNCTION_NOT_FOUND: function '${name}' is not on the tested list of headwaters local`);
}

function arity({ name, args }: Call, ...lawful: number[]): readonly Json[] {
  if (lawful.includes(args.length)) return args;
  throw new QueryError(
    `FUNCTION_NOT_FOUND: '${name}' with ${args.length} arguments is not on the tested list of headwaters local`,
  );
}

const keep = (call: Call, ...lawful: number[]): Json => (arity(call, ...lawful), { [call.kind]: call.data });

const aggregate = (call: Call, name: string, ...lawful: number[]): Json => (
  arity(call, ...lawful),
  { [call.kind]: { ...call.data, name } }
);

/** The first argument of a call whose last one is rewritten. */
const first = (call: Call): readonly Json[] => arity(call, 2).slice(0, 1);

const UNITS = new Set(['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']);

function unit({ name, args }: Call): Json {
  const text = textIn(args[0])?.toLowerCase();
  if (text !== undefined && UNITS.has(text)) return textNode(text);
  throw new QueryError(`NOT_SUPPORTED: the unit of '${name}' must be a literal, one of ${[...UNITS].join(', ')}`);
}

function pattern({ name, args }: Call, translate: (text: string) => string): Json {
  const text = textIn(args[1]);
  if (text === undefined) throw new QueryError(`NOT_SUPPORTED: the pattern of '${name}' must be a literal in headwaters local`);
  return textNode(translate(text));
}

function replacement({ args }: Call): Json[] {
  if (args.length === 2) return [textNode('')];
  const text = textIn(args[2]);
  if (text === undefined || /[$\\]/.test(text)) {
    throw new QueryError(
      "NOT_SUPPORTED: the replacement of 'regexp_replace' must be a literal without groups in headwaters local",
    );
  }
  return [textNode(text)];
}

/** Arguments of a plain call. */
export const argumentsIn = (data: JsonObject): readonly Json[] => (Array.isArray(data['args']) ? data['args'] : []);

/** The name of a plain call, in lower case. */
export const plainName = (data: Json): string =>
  isObject(data) && typeof data['name'] === 'string' ? data['name'].toLowerCase() : '';
