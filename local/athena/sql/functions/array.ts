import { cast, coerce } from '../analysis/cast.ts';
import { commonType } from '../analysis/coercion.ts';
import { equal, isNested, isPlain, orderable } from '../analysis/equality.ts';
import { BIGINT, BOOLEAN, INTEGER, isFloat, isInteger, UNKNOWN, VARCHAR, type ArrayType, type Type } from '../analysis/type.ts';
import { engineCast, once, typed, type Typed } from '../analysis/typed.ts';
import { failAt } from '../syntax/token.ts';
import { arity, define, form, unexpected, type Call, type Overload, type ScalarFunction } from './definition.ts';
import { array, arrayOf, elementOf, first, map } from './parameters.ts';

const element = ([type]: readonly Type[]): Type => elementOf(type);

/** @throws QueryError for anything but an array; an array of nothing gets the engine's type for that */
function listAt(call: Call, index: number): Typed & { readonly type: ArrayType } {
  const value = call.value(index);
  const type = array(value.type);
  if (type?.kind !== 'array')
    throw unexpected(
      call,
      call.args.map((_, place) => (call.args[place]?.kind === 'lambda' ? typed('', UNKNOWN) : call.value(place))),
    );
  return { sql: coerce(value, type), type };
}

/** Two arrays with one type of element. */
const two =
  (returns: 'array' | Type, sql: (a: string, b: string) => string): ScalarFunction =>
  (call) => {
    arity(call, 2);
    const [a, b] = [listAt(call, 0), listAt(call, 1)];
    const type = commonType(a.type, b.type);
    if (type === undefined) throw unexpected(call, [a, b]);
    return typed(sql(cast(a, type), cast(b, type)), returns === 'array' ? type : returns);
  };

/** An array and a value of its elements' type. */
const withItem =
  (returns: 'array' | Type, sql: (list: string, item: string, type: Type) => string): ScalarFunction =>
  (call) => {
    arity(call, 2);
    const [list, item] = [listAt(call, 0), call.value(1)];
    const type = commonType(list.type.element, item.type);
    if (type === undefined) throw unexpected(call, [list, item]);
    return typed(sql(cast(list, arrayOf(type)), cast(item, type), type), returns === 'array' ? arrayOf(type) : returns);
  };

/**
 * The same for elements that the engine compares otherwise than Trino: which of them equal the value goes along as a list of truths.
 *
 * @param plain For elements that both compare alike.
 */
const withMatches =
  (returns: 'array' | Type, plain: string, name: string): ScalarFunction =>
  (call) => {
    const element = call.variable();
    return withItem(returns, (list, item, type) => {
      if (isPlain(type)) return `${plain}(${list}, ${item})`;
      const truths = `list_transform(${list}, lambda ${element}: ${element} is not null and ${equal(element, item, type)})`;
      return `${name}(${list}, ${item}, hw_told(${truths}))`;
    })(call);
  };

const ofList = (returns: Overload['returns'], sql: (list: string) => string): ScalarFunction =>
  define(form([array], returns, (list = '') => sql(list)));

/** What a predicate answers for each element, as a list of truths. */
const truths =
  (sql: (list: string) => string): ScalarFunction =>
  (call) => {
    arity(call, 2);
    const list = listAt(call, 0);
    const item = call.variable();
    const body = call.lambda(1, [typed(item, list.type.element)]);
    return typed(sql(`list_transform(${list.sql}, lambda ${item}: ${coerce(body, BOOLEAN)})`), BOOLEAN);
  };

/** Of arrays or rows among the elements, and of NaN, nobody has tested what Trino says. */
const overlap: ScalarFunction = (call) => {
  arity(call, 2);
  const element = elementOf(commonType(listAt(call, 0).type, listAt(call, 1).type) ?? UNKNOWN);
  if (isNested(element))
    throw failAt(
      call.place,
      'NOT_SUPPORTED',
      "'arrays_overlap' of arrays of arrays, rows or maps is not on the tested list of headwaters local",
    );
  const checked = (list: string): string =>
    isFloat(element) ? `list_transform(${list}, lambda ${call.variable()}: hw_no_nan(${call.variable()}))` : list;
  return two(BOOLEAN, (a, b) => `hw_overlap(${checked(a)}, ${checked(b)})`)(call);
};

const transform: ScalarFunction = (call) => {
  arity(call, 2);
  const list = listAt(call, 0);
  const item = call.variable();
  const body = call.lambda(1, [typed(item, list.type.element)]);
  return typed(`list_transform(${list.sql}, lambda ${item}: ${body.sql})`, arrayOf(body.type));
};

const filter: ScalarFunction = (call) => {
  arity(call, 2);
  const list = listAt(call, 0);
  const item = call.variable();
  return typed(
    `list_filter(${list.sql}, lambda ${item}: ${coerce(call.lambda(1, [typed(item, list.type.element)]), BOOLEAN)})`,
    list.type,
  );
};

/** The engine's reduction keeps one type throughout: state and element go through it as a pair. */
const reduce: ScalarFunction = (call) => {
  arity(call, 4);
  const list = listAt(call, 0);
  const initial = call.value(1);
  const [left, right] = [call.variable(0), call.variable(1)];
  const step = (state: Type): Typed => call.lambda(2, [typed(`${left}.s`, state), typed(`${right}.x`, list.type.element)]);
  const state = commonType(initial.type, step(initial.type).type);
  if (state === undefined) throw unexpected(call, [list, initial]);
  const pair = (s: string, x: string): string => `struct_pack(s := ${s}, x := ${x})`;
  const none = engineCast('null', list.type.element);
  const pairs = `list_transform(${list.sql}, lambda ${left}: ${pair(engineCast('null', state), left)})`;
  const body = pair(engineCast(coerce(step(state), state), state), none);
  const reduced = `list_reduce(${pairs}, lambda ${left}, ${right}: ${body}, ${pair(engineCast(coerce(initial, state), state), none)}).s`;
  return call.lambda(3, [typed(`(${reduced})`, state)]);
};

/** Elements of several arrays side by side, nulls after the end of the shorter. */
function aligned(call: Call, lists: readonly Typed[], body: (items: readonly Typed[]) => Typed): Typed {
  const [place, all] = [call.variable(0), call.variable(1)];
  const named = Object.fromEntries(lists.map((list, index) => [`l${index}`, list.sql]));
  const names = Object.keys(named).map((name) => `${all}.${name}`);
  const result = body(lists.map((list, index) => typed(`list_extract(${names[index]}, ${place})`, elementOf(list.type))));
  const longest = `greatest(${names.map((name) => `len(${name})`).join(', ')})`;
  const whole = `list_transform(range(1, ${longest} + 1), lambda ${place}: ${result.sql})`;
  const absent = names.map((name) => `${name} is null`).join(' or ');
  return typed(once(named, all, `case when ${absent} then null else ${whole} end`), arrayOf(result.type));
}

const zip: ScalarFunction = (call) => {
  arity(call, 2, 3, 4, 5);
  const lists = call.args.map((_, index) => listAt(call, index));
  return aligned(call, lists, (items) =>
    typed(`struct_pack(${items.map(({ sql }, place) => `field${place} := ${sql}`).join(', ')})`, {
      kind: 'row',
      fields: items.map(({ type }) => ({ type })),
    }),
  );
};

const zipWith: ScalarFunction = (call) => {
  arity(call, 3);
  return aligned(call, [listAt(call, 0), listAt(call, 1)], (items) => call.lambda(2, items));
};

const join: ScalarFunction = (call) => {
  arity(call, 2, 3);
  const list = listAt(call, 0);
  const texts = cast(list, arrayOf(VARCHAR));
  const by = coerce(call.value(1), VARCHAR);
  return typed(
    call.args.length === 2 ? `hw_join(${texts}, ${by})` : `hw_join_all(${texts}, ${by}, ${coerce(call.value(2), VARCHAR)})`,
    VARCHAR,
  );
};

const sequence: ScalarFunction = (call) => {
  arity(call, 2, 3);
  const [start, stop] = [call.value(0), call.value(1)];
  const step = call.args.length === 3 ? call.value(2) : undefined;
  if (isInteger(start.type) && isInteger(stop.type) && (step === undefined || isInteger(step.type))) {
    const bounds = [start, stop, ...(step ? [step] : [])].map((value) => cast(value, BIGINT)).join(', ');
    return typed(`hw_sequence(${bounds})`, arrayOf(BIGINT));
  }
  const type = commonType(start.type, stop.type);
  if (type?.kind !== 'date' && (type?.kind !== 'timestamp' || step === undefined)) throw unexpected(call, [start, stop]);
  const months = step?.type.kind === 'interval_year';
  if (step !== undefined && !months && step.type.kind !== 'interval_day') throw unexpected(call, [start, stop, step]);
  const bounds = [start, stop].map((value) => `cast(${cast(value, type)} as TIMESTAMP)`).join(', ');
  const days = step === undefined ? bounds : `${bounds}, ${step.sql}`;
  return typed(engineCast(`${months ? 'hw_month_sequence' : 'hw_moment_sequence'}(${days})`, arrayOf(type)), arrayOf(type));
};

/** A list whose elements are to be put in order. */
const orderables = (call: Call, sql: string, { element: type }: ArrayType): string =>
  isNested(type) ? `list_transform(${sql}, lambda ${call.variable()}: ${orderable(call.variable(), type)})` : sql;

/** By what a lambda says of two elements: each goes where as many stand before it as are less, or as much and before it already. */
const sortBy = (call: Call, { sql, type }: Typed & { readonly type: ArrayType }): Typed => {
  const [list, one, other] = [0, 1, 2].map((at) => call.variable(at)) as [string, string, string];
  const element = (place: string): Typed => typed(`${list}[${place}]`, type.element);
  const said = call.lambda(1, [element(other), element(one)]);
  if (said.type.kind !== 'integer') throw unexpected(call, [{ sql, type }, typed('', UNKNOWN)]);
  const before = `list_filter(range(1, len(${list}) + 1), lambda ${other}: hw_goes_before(${said.sql}, ${other} < ${one}))`;
  const places = `list_transform(range(1, len(${list}) + 1), lambda ${one}: len(${before}) + 1)`;
  return typed(
    `case when ${sql} is not null then list_transform([${sql}], lambda ${list}: hw_placed(${list}, ${places}))[1] end`,
    type,
  );
};

/** Arrays of so many elements each, in the order of their places. */
const combinations: ScalarFunction = (call) => {
  arity(call, 2);
  const { sql, type } = listAt(call, 0);
  return typed(`hw_combinations(${sql}, ${coerce(call.value(1), INTEGER)})`, arrayOf(type));
};

const containsSequence: ScalarFunction = (call) => {
  const [place, both] = [call.variable(0), call.variable(1)];
  const part = `list_slice(${both}.a, ${place}, ${place} + len(${both}.b) - 1)`;
  const places = `range(1, len(${both}.a) - len(${both}.b) + 2)`;
  const found = `len(list_filter(${places}, lambda ${place}: ${part} is not distinct from ${both}.b)) > 0`;
  const told = `case when ${both}.a is not null and ${both}.b is not null then len(${both}.b) = 0 or ${found} end`;
  return two(BOOLEAN, (a, b) => once({ a, b }, both, told))(call);
};

const sort: ScalarFunction = (call) => {
  arity(call, 1, 2);
  const { sql, type } = listAt(call, 0);
  if (call.args.length === 2) return sortBy(call, { sql, type });
  return typed(`list_sort(${orderables(call, sql, type)}, 'ASC', 'NULLS LAST')`, type);
};

const furthest =
  (end: 'max' | 'min'): ScalarFunction =>
  (call) => {
    arity(call, 1);
    const { sql, type } = listAt(call, 0);
    return typed(
      `${end === 'max' && isFloat(type.element) ? 'hw_float_array_max' : `hw_array_${end}`}(${orderables(call, sql, type)})`,
      type.element,
    );
  };

/** Arrays one after the other; undefined where their elements have no common type. */
export function appendLists(lists: readonly Typed[]): Typed | undefined {
  const type = lists.map((list) => list.type).reduce<Type | undefined>((all, one) => all && commonType(all, one), UNKNOWN);
  return (
    type &&
    typed(
      lists.map((list) => cast(list, type)).reduce((a, b) => `hw_append(${a}, ${b})`),
      type,
    )
  );
}

export const ARRAYS: Readonly<Record<string, ScalarFunction>> = {
  cardinality: define(
    form([array], BIGINT, (list) => `cast(len(${list}) as BIGINT)`),
    form([map], BIGINT, (x) => `cast(cardinality(${x}) as BIGINT)`),
  ),
  combinations,
  contains_sequence: containsSequence,
  contains: withMatches(BOOLEAN, 'hw_contains', 'hw_contains_match'),
  array_distinct: ofList(first, (list) => `hw_distinct(${list})`),
  array_intersect: two('array', (a, b) => `hw_intersect(${a}, ${b})`),
  array_union: two('array', (a, b) => `hw_distinct(hw_append(${a}, ${b}))`),
  array_except: two('array', (a, b) => `hw_except(${a}, ${b})`),
  arrays_overlap: overlap,
  array_join: join,
  array_max: furthest('max'),
  array_min: furthest('min'),
  array_position: withMatches(BIGINT, 'hw_array_position', 'hw_match_position'),
  array_remove: withMatches('array', 'hw_array_remove', 'hw_remove_matches'),
  array_sort: sort,
  flatten: define({
    parameters: [(type) => (type.kind === 'array' && type.element.kind === 'array' ? type : undefined)],
    returns: element,
    sql: ([list]) => `flatten(${list})`,
  }),
  repeat: define({
    parameters: [(type) => type, BIGINT],
    returns: ([type = UNKNOWN]) => arrayOf(type),
    sql: ([x = '', n], [type = UNKNOWN]) => `hw_repeat(${type.kind === 'unknown' ? engineCast(x, type) : x}, ${n})`,
  }),
  sequence,
  slice: define(form([array, BIGINT, BIGINT], first, (list, start, length) => `hw_slice(${list}, ${start}, ${length})`)),
  trim_array: define(form([array, BIGINT], first, (list, n) => `hw_trim_array(${list}, ${n})`)),
  ngrams: define({
    parameters: [array, BIGINT],
    returns: ([type = UNKNOWN]) => arrayOf(type),
    sql: ([list, n]) => `hw_ngrams(${list}, ${n})`,
  }),
  transform,
  filter,
  reduce,
  any_match: truths((list) => `hw_any(${list})`),
  all_match: truths((list) => `hw_all(${list})`),
  none_match: truths((list) => `(not hw_any(${list}))`),
  zip,
  zip_with: zipWith,
};
