import { BIGINT, BOOLEAN, JSON_TYPE, VARCHAR, type Type } from '../analysis/type.ts';
import { literal } from '../../../parquet/engine.ts';
import { typed } from '../analysis/typed.ts';
import { checkPath } from '../native/json-path.ts';
import { QueryError } from '../query-error.ts';
import { arity, constant, define, form, unexpected, type Call, type ScalarFunction } from './definition.ts';

/** JSON, or a text that holds some. */
function jsonAt(call: Call, index: number): string {
  const { sql, type } = call.value(index);
  if (type.kind === 'unknown') return `cast(${sql} as VARCHAR)`;
  if (type.kind !== 'json' && type.kind !== 'varchar')
    throw unexpected(
      call,
      call.args.map((_, place) => call.value(place)),
    );
  return sql;
}

const byPath =
  (name: string, returns: Type | ((type: Type) => Type)): ScalarFunction =>
  (call) => {
    arity(call, 2);
    const path = constant(call, 1);
    if (!checkPath(path)) throw new QueryError(`INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '${path}'`);
    const type = typeof returns === 'function' ? returns(call.value(0).type) : returns;
    return typed(`${name}(${jsonAt(call, 0)}, ${literal(path)})`, type);
  };

const ofJson =
  (name: string, returns: Type): ScalarFunction =>
  (call) => {
    arity(call, 1);
    return typed(`${name}(${jsonAt(call, 0)})`, returns);
  };

const contains: ScalarFunction = (call) => {
  arity(call, 2);
  const { sql, type } = call.value(1);
  if (!['varchar', 'boolean', 'integer', 'bigint', 'smallint', 'tinyint'].includes(type.kind))
    throw unexpected(call, [call.value(0), call.value(1)]);
  return typed(`hw_json_array_contains(${jsonAt(call, 0)}, cast(to_json(${sql}) as VARCHAR))`, BOOLEAN);
};

export const JSON_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  json_parse: define(form([VARCHAR], JSON_TYPE, (x) => `hw_json_parse(${x})`)),
  json_format: define(form([JSON_TYPE], VARCHAR, (x) => x)),
  json_extract: byPath('hw_json_extract', JSON_TYPE),
  json_extract_scalar: byPath('hw_json_extract_scalar', (type) => (type.kind === 'varchar' ? type : VARCHAR)),
  json_size: byPath('hw_json_size', BIGINT),
  json_array_length: ofJson('hw_json_array_length', BIGINT),
  json_array_get: (call) => {
    arity(call, 2);
    return typed(`hw_json_array_get(${jsonAt(call, 0)}, cast(${call.value(1).sql} as BIGINT))`, JSON_TYPE);
  },
  json_array_contains: contains,
  is_json_scalar: ofJson('hw_is_json_scalar', BOOLEAN),
};
