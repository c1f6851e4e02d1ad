import { cast, coerce } from '../analysis/cast.ts';
import { commonType, isCoercible } from '../analysis/coercion.ts';
import { divideDecimals } from '../analysis/decimal.ts';
import { orderable } from '../analysis/equality.ts';
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  isFloat,
  isInteger,
  isNumber,
  MOST_DIGITS,
  REAL,
  VARCHAR,
  type Type,
} from '../analysis/type.ts';
import { engineCast, typed, type Typed } from '../analysis/typed.ts';
import { failAt } from '../syntax/token.ts';
import { arity, constant, unexpected, type Call } from './definition.ts';
import { arrayOf, mapOf } from './parameters.ts';

/** Writes an aggregate of the engine with what the call says beside its arguments: DISTINCT, ORDER BY, FILTER, OVER. */
export type Build = (name: string, ...args: readonly string[]) => string;

export type AggregateFunction = (call: Call, build: Build) => Typed;

const all = (call: Call): readonly Typed[] => call.args.map((_, index) => call.value(index));

const same =
  (name: string): AggregateFunction =>
  (call, build) => {
    arity(call, 1);
    const { sql, type } = call.value(0);
    return typed(build(name, sql), type);
  };

/** Arguments coerced to a type, and the type of the result. */
const fixed =
  (name: string, parameters: readonly Type[], returns: Type): AggregateFunction =>
  (call, build) => {
    arity(call, parameters.length);
    const args = parameters.map((type, index) => coerce(call.value(index), type));
    return typed(engineCast(build(name, ...args), returns), returns);
  };

const doubles = (name: string, count = 1): AggregateFunction =>
  fixed(
    name,
    Array.from({ length: count }, () => DOUBLE),
    DOUBLE,
  );

/** Of two numbers: of doubles a double, of anything less a real. */
const paired =
  (name: string): AggregateFunction =>
  (call, build) => {
    const { sql } = doubles(name, 2)(call, build);
    const real = [0, 1].every((index) => isCoercible(call.value(index).type, REAL));
    return real ? typed(engineCast(sql, REAL), REAL) : typed(sql, DOUBLE);
  };

/** Null where the answer is no number. */
const finite =
  (name: string): AggregateFunction =>
  (call, build) => {
    const { sql, type } = paired(name)(call, build);
    return typed(`hw_finite(${sql})`, type);
  };

const sum: AggregateFunction = (call, build) => {
  arity(call, 1);
  const { sql, type } = call.value(0);
  const whole = build('sum', sql);
  if (isInteger(type) || type.kind === 'interval_day' || type.kind === 'interval_year') {
    return typed(`cast(${whole} as BIGINT)`, isInteger(type) ? BIGINT : type);
  }
  if (type.kind === 'decimal') return typed(whole, { ...type, precision: MOST_DIGITS });
  if (isNumber(type)) return typed(engineCast(whole, type), type);
  throw unexpected(call, all(call));
};

const avg: AggregateFunction = (call, build) => {
  arity(call, 1);
  const value = call.value(0);
  if (value.type.kind === 'decimal') {
    const total: Typed = typed(build('sum', value.sql), { ...value.type, precision: MOST_DIGITS });
    const count = typed(`nullif(${build('count', value.sql)}, 0)`, BIGINT);
    return typed(engineCast(divideDecimals(total, count).sql, value.type), value.type);
  }
  if (value.type.kind === 'interval_day' || value.type.kind === 'interval_year')
    return typed(`cast(round(${build('avg', value.sql)}) as BIGINT)`, value.type);
  if (value.type.kind === 'real') return typed(`cast(${build('avg', value.sql)} as FLOAT)`, value.type);
  if (!isNumber(value.type)) throw unexpected(call, [value]);
  return typed(build('avg', value.sql), DOUBLE);
};

/** Trino has NaN below all numbers where it looks for the largest, and above them where for the smallest; the engine has it above them. */
const extreme =
  (name: 'min' | 'max'): AggregateFunction =>
  (call, build) => {
    arity(call, 1, 2);
    const { sql: value, type } = call.value(0);
    const sql = orderable(value, type);
    const apart = name === 'max' && isFloat(type);
    if (call.args.length === 2) return typed(build(name, apart ? `hw_no_nan(${sql})` : sql, countOf(call, 1)), arrayOf(type));
    const found = build(name, sql);
    return typed(apart ? `coalesce(${build(name, `hw_not_nan(${sql})`)}, ${found})` : found, type);
  };

const by =
  (name: 'arg_min' | 'arg_max'): AggregateFunction =>
  (call, build) => {
    arity(call, 2, 3);
    const [x, { sql, type }] = [call.value(0), call.value(1)];
    const y = name === 'arg_max' && isFloat(type) ? `hw_no_nan(${sql})` : orderable(sql, type);
    return call.args.length === 2
      ? typed(build(`${name}_null`, x.sql, y), x.type)
      : // the engine leaves out what is null, and a row is not
        typed(
          `list_transform(${build(name, `struct_pack(x := ${x.sql})`, y, countOf(call, 2))}, lambda e: e.x)`,
          arrayOf(x.type),
        );
  };

const countOf = (call: Call, index: number): string => String(Number(constant(call, index)));

/** As Trino's digest answers as long as it keeps every value by itself; over many it interpolates. */
const percentile: AggregateFunction = (call, build) => {
  arity(call, 2, 3);
  const [value, wanted] = [call.value(0), call.value(1)];
  if (!isNumber(value.type)) throw unexpected(call, all(call));
  if (call.args.length === 3)
    throw failAt(call.place, 'NOT_SUPPORTED', "'approx_percentile' with weights is not on the tested list of headwaters local");
  const [several, list, one] = [wanted.type.kind === 'array', call.variable(0), call.variable(1)];
  const at = (percentage: string): string => `hw_percentile(${list}, ${percentage})`;
  const found = several
    ? `case when len(${list}) > 0 then list_transform(${coerce(wanted, arrayOf(DOUBLE))}, lambda ${one}: ${at(one)}) end`
    : at(coerce(wanted, DOUBLE));
  // a lambda may not hold an aggregate, so that the values come as one of its own
  const type = isInteger(value.type) ? BIGINT : value.type.kind === 'decimal' ? REAL : value.type;
  const values = `list_sort(list_filter(${build('list', cast(value, type))}, lambda ${one}: ${one} is not null))`;
  return typed(`list_transform([${values}], lambda ${list}: ${found})[1]`, several ? arrayOf(type) : type);
};

const listagg: AggregateFunction = (call, build) => {
  arity(call, 1, 2);
  return typed(
    build('string_agg', coerce(call.value(0), VARCHAR), call.args.length === 2 ? coerce(call.value(1), VARCHAR) : "''"),
    VARCHAR,
  );
};

/** Keys and values of a group as the engine's list of pairs, without those that have no key; null where none is left. */
const pairs = (call: Call, build: Build): string => {
  arity(call, 2);
  return `hw_keyed(${build('list', `struct_pack(key := ${call.value(0).sql}, value := ${call.value(1).sql})`)})`;
};

/** Of the whole, where the engine's is an estimate from a sample. */
const skewness: AggregateFunction = (call, build) => {
  arity(call, 1);
  const x = coerce(call.value(0), DOUBLE);
  const list = call.variable();
  const values = `list_filter(${build('list', x)}, lambda ${list}: ${list} is not null)`;
  return typed(`list_transform([${values}], lambda ${list}: hw_skewness(${list}, list_avg(${list})))[1]`, DOUBLE);
};

const bitwise = (name: string): AggregateFunction => fixed(name, [BIGINT], BIGINT);

export const AGGREGATES: Readonly<Record<string, AggregateFunction>> = {
  count: (call, build) => {
    arity(call, 0, 1);
    return typed(call.args.length === 0 ? build('count', '*') : build('count', call.value(0).sql), BIGINT);
  },
  sum,
  avg,
  min: extreme('min'),
  max: extreme('max'),
  min_by: by('arg_min'),
  max_by: by('arg_max'),
  array_agg: (call, build) => {
    arity(call, 1);
    const { sql, type } = call.value(0);
    return typed(build('list', sql), arrayOf(type));
  },
  arbitrary: same('any_value'),
  any_value: same('any_value'),
  bool_and: fixed('bool_and', [BOOLEAN], BOOLEAN),
  every: fixed('bool_and', [BOOLEAN], BOOLEAN),
  bool_or: fixed('bool_or', [BOOLEAN], BOOLEAN),
  count_if: (call, build) => typed(`coalesce(${fixed('count_if', [BOOLEAN], BIGINT)(call, build).sql}, 0)`, BIGINT),
  approx_distinct: (call, build) => {
    // exact lies within the error that Trino allows itself, and is the same on every run
    arity(call, 1, 2);
    return typed(build('count distinct', call.value(0).sql), BIGINT);
  },
  approx_percentile: percentile,
  geometric_mean: doubles('geomean'),
  stddev: doubles('stddev_samp'),
  stddev_samp: doubles('stddev_samp'),
  stddev_pop: doubles('stddev_pop'),
  variance: doubles('var_samp'),
  var_samp: doubles('var_samp'),
  var_pop: doubles('var_pop'),
  corr: finite('corr'),
  covar_pop: paired('covar_pop'),
  covar_samp: paired('covar_samp'),
  regr_slope: finite('regr_slope'),
  regr_intercept: finite('regr_intercept'),
  kurtosis: doubles('kurtosis'),
  skewness,
  bitwise_and_agg: bitwise('bit_and'),
  bitwise_or_agg: bitwise('bit_or'),
  histogram: (call, build) => {
    arity(call, 1);
    const { sql, type } = call.value(0);
    return typed(engineCast(build('histogram', sql), mapOf(type, BIGINT)), mapOf(type, BIGINT));
  },
  map_agg: (call, build) => typed(`hw_map_of_pairs(${pairs(call, build)})`, mapOf(call.value(0).type, call.value(1).type)),
  multimap_agg: (call, build) =>
    typed(`hw_multimap(${pairs(call, build)})`, mapOf(call.value(0).type, arrayOf(call.value(1).type))),
  map_union: (call, build) => {
    arity(call, 1);
    const { sql, type } = call.value(0);
    if (type.kind !== 'map') throw unexpected(call, all(call));
    return typed(`hw_map_of_pairs(flatten(${build('list', `map_entries(${sql})`)}))`, type);
  },
  listagg,
};

const ranking =
  (name: string, type: Type): AggregateFunction =>
  (call, build) => {
    arity(call, 0);
    return typed(build(name), type);
  };

const offset =
  (name: string): AggregateFunction =>
  (call, build) => {
    arity(call, 1, 2, 3);
    const value = call.value(0);
    if (call.args.length > 1 && Number(call.value(1).constant ?? '0') < 0)
      throw failAt(call.place, 'INVALID_FUNCTION_ARGUMENT', 'Offset must be at least 0');
    const otherwise = call.args.length > 2 ? call.value(2) : undefined;
    const type = otherwise === undefined ? value.type : commonType(value.type, otherwise.type);
    if (type === undefined) throw unexpected(call, all(call));
    const more = [
      ...(call.args.length > 1 ? [coerce(call.value(1), BIGINT)] : []),
      ...(otherwise === undefined ? [] : [cast(otherwise, type)]),
    ];
    return typed(build(name, cast(value, type), ...more), type);
  };

/** Functions that are windows' alone. */
export const WINDOWS: Readonly<Record<string, AggregateFunction>> = {
  row_number: ranking('row_number', BIGINT),
  rank: ranking('rank', BIGINT),
  dense_rank: ranking('dense_rank', BIGINT),
  percent_rank: ranking('percent_rank', DOUBLE),
  cume_dist: ranking('cume_dist', DOUBLE),
  ntile: (call, build) => {
    arity(call, 1);
    return typed(build('ntile', coerce(call.value(0), BIGINT)), BIGINT);
  },
  first_value: same('first_value'),
  last_value: same('last_value'),
  nth_value: (call, build) => {
    arity(call, 2);
    const value = call.value(0);
    if (Number(call.value(1).constant ?? '1') < 1)
      throw failAt(call.place, 'INVALID_FUNCTION_ARGUMENT', 'Offset must be at least 1');
    return typed(build('nth_value', value.sql, coerce(call.value(1), BIGINT)), value.type);
  },
  lag: offset('lag'),
  lead: offset('lead'),
};
