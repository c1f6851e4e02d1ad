import { cast, coerce } from '../analysis/cast.ts';
import { commonType } from '../analysis/coercion.ts';
import { BIGINT, BOOLEAN, UNKNOWN, VARCHAR, type MapType, type Type } from '../analysis/type.ts';
import { engineCast, once, typed, type Typed } from '../analysis/typed.ts';
import { arity, define, form, unexpected, type Call, type ScalarFunction } from './definition.ts';
import { arrayOf, elementOf, map, mapOf } from './parameters.ts';

const keyOf = (type: Type | undefined): Type => (type?.kind === 'map' ? type.key : UNKNOWN);
const valueOf = (type: Type | undefined): Type => (type?.kind === 'map' ? type.value : UNKNOWN);

/** A map and a key of it, as the type that both keys become. */
export function keyed(base: Typed, type: MapType, at: Typed): { readonly map: string; readonly key: string } {
  // the engine's texts have no lengths
  if (type.key.kind === 'varchar') return { map: base.sql, key: coerce(at, VARCHAR) };
  const key = commonType(type.key, at.type) ?? type.key;
  return { map: cast(base, { ...type, key }), key: coerce(at, key) };
}

function mapAt(call: Call, index: number): Typed & { readonly type: MapType } {
  const { sql, type } = call.value(index);
  if (type.kind !== 'map') throw unexpected(call, [{ sql, type }]);
  return { sql, type };
}

/** A row of two fields, as `map_from_entries` wants it. */
const pair = (type: Type): readonly [Type, Type] | undefined => {
  const fields = type.kind === 'array' && type.element.kind === 'row' ? type.element.fields : [];
  return fields.length === 2 && fields[0] && fields[1] ? [fields[0].type, fields[1].type] : undefined;
};

/** The engine's entries of rows, whatever their fields are called. */
function entries(call: Call): { readonly sql: string; readonly key: Type; readonly value: Type } {
  arity(call, 1);
  const list = call.value(0);
  const [key, value] = pair(list.type) ?? [];
  if (key === undefined || value === undefined) throw unexpected(call, [list]);
  const plain: Type = arrayOf({
    kind: 'row',
    fields: [
      { name: 'key', type: key },
      { name: 'value', type: value },
    ],
  });
  return { sql: cast(list, plain), key, value };
}

/** A map by the name it is computed once for, and a lambda over each entry. */
function overEntries(call: Call): {
  readonly source: Typed & { type: MapType };
  readonly name: string;
  readonly item: string;
  readonly body: Typed;
} {
  arity(call, 2);
  const source = mapAt(call, 0);
  const [item, name] = [call.variable(0), call.variable(1)];
  return {
    source,
    name,
    item,
    body: call.lambda(1, [typed(`${item}.key`, source.type.key), typed(`${item}.value`, source.type.value)]),
  };
}

const make: ScalarFunction = (call) => {
  arity(call, 0, 2);
  if (call.args.length === 0) return typed(engineCast('map([], [])', mapOf(UNKNOWN, UNKNOWN)), mapOf(UNKNOWN, UNKNOWN));
  const [keys, values] = [call.value(0), call.value(1)];
  if (keys.type.kind !== 'array' || values.type.kind !== 'array') throw unexpected(call, [keys, values]);
  return typed(`hw_map(${keys.sql}, ${values.sql})`, mapOf(elementOf(keys.type), elementOf(values.type)));
};

const filter: ScalarFunction = (call) => {
  const { source, item, body } = overEntries(call);
  return typed(
    `map_from_entries(list_filter(map_entries(${source.sql}), lambda ${item}: ${coerce(body, BOOLEAN)}))`,
    source.type,
  );
};

const transformKeys: ScalarFunction = (call) => {
  const { source, name, item, body } = overEntries(call);
  const made = `hw_map(list_transform(map_entries(${name}.m), lambda ${item}: ${body.sql}), map_values(${name}.m))`;
  return typed(once({ m: source.sql }, name, made), mapOf(body.type, source.type.value));
};

const transformValues: ScalarFunction = (call) => {
  const { source, name, item, body } = overEntries(call);
  const made = `hw_map(map_keys(${name}.m), list_transform(map_entries(${name}.m), lambda ${item}: ${body.sql}))`;
  return typed(once({ m: source.sql }, name, made), mapOf(source.type.key, body.type));
};

const zipWith: ScalarFunction = (call) => {
  arity(call, 3);
  const [a, b] = [mapAt(call, 0), mapAt(call, 1)];
  const key = commonType(a.type.key, b.type.key);
  if (key === undefined) throw unexpected(call, [a, b]);
  const [item, both, all] = [0, 1, 2].map((at) => call.variable(at)) as [string, string, string];
  const body = call.lambda(2, [
    typed(item, key),
    typed(`${both}.a[${item}]`, a.type.value),
    typed(`${both}.b[${item}]`, b.type.value),
  ]);
  const made = `hw_map(${all}.keys, list_transform(${all}.keys, lambda ${item}: ${body.sql}))`;
  const keys = `hw_distinct(hw_append(map_keys(${both}.a), map_keys(${both}.b)))`;
  return typed(once({ a: a.sql, b: b.sql }, both, once({ keys }, all, made)), mapOf(key, body.type));
};

const concat: ScalarFunction = (call) => {
  const maps = call.args.map((_, index) => mapAt(call, index));
  const type = maps
    .map(({ type: one }): Type => one)
    .reduce<Type | undefined>((all, one) => all && commonType(all, one), UNKNOWN);
  if (type === undefined || maps.length < 2) throw unexpected(call, maps);
  return typed(
    maps.map((one) => cast(one, type)).reduceRight((rest, one) => `hw_map_concat(${one}, ${rest})`),
    type,
  );
};

export const MAPS: Readonly<Record<string, ScalarFunction>> = {
  map: make,
  map_keys: define(
    form(
      [map],
      ([type]) => arrayOf(keyOf(type)),
      (x) => `map_keys(${x})`,
    ),
  ),
  map_values: define(
    form(
      [map],
      ([type]) => arrayOf(valueOf(type)),
      (x) => `map_values(${x})`,
    ),
  ),
  map_entries: define(
    form(
      [map],
      ([type]) => arrayOf({ kind: 'row', fields: [{ type: keyOf(type) }, { type: valueOf(type) }] }),
      (x) => `list_transform(map_entries(${x}), lambda m: struct_pack(field0 := m.key, field1 := m.value))`,
    ),
  ),
  map_from_entries: (call) => {
    const { sql, key, value } = entries(call);
    return typed(`hw_map(list_transform(${sql}, lambda m: m.key), list_transform(${sql}, lambda m: m.value))`, mapOf(key, value));
  },
  multimap_from_entries: (call) => {
    const { sql, key, value } = entries(call);
    return typed(`hw_multimap(${sql})`, mapOf(key, arrayOf(value)));
  },
  map_concat: concat,
  map_filter: filter,
  transform_keys: transformKeys,
  transform_values: transformValues,
  map_zip_with: zipWith,
  element_at: (call) => {
    arity(call, 2);
    const [base, at] = [call.value(0), call.value(1)];
    if (base.type.kind === 'array') return typed(`hw_element_at(${base.sql}, ${coerce(at, BIGINT)})`, base.type.element);
    if (base.type.kind !== 'map') throw unexpected(call, [base, at]);
    const { map: of, key } = keyed(base, base.type, at);
    return typed(`${of}[${key}]`, base.type.value);
  },
};
