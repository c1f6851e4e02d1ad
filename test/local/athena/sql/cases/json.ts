import { failing, from } from './case.ts';

export const JSON_CASES = [
  ...from('functions/json.html#cast-to-json', [
    ['cast(null as json)', null, 'json'], ['cast(1 as json)', '1', 'json'], ['cast(9223372036854775807 as json)', '9223372036854775807', 'json'], ["cast('abc' as json)", '"abc"', 'json'], ['cast(true as json)', 'true', 'json'], ['cast(1.234 as json)', '1.234', 'json'],
    ['cast(array[1, 23, 456] as json)', '[1,23,456]', 'json'], ['cast(array[1, null, 456] as json)', '[1,null,456]', 'json'], ['cast(array[array[1, 23], array[456]] as json)', '[[1,23],[456]]', 'json'],
    ["cast(map(array['k1', 'k2', 'k3'], array[1, 23, 456]) as json)", '{"k1":1,"k2":23,"k3":456}', 'json'], ["cast(cast(row(123, 'abc', true) as row(v1 bigint, v2 varchar, v3 boolean)) as json)", '{"v1":123,"v2":"abc","v3":true}', 'json'], ['cast(1.5e0 as json)', '1.5', 'json'], ['cast(array[1e7] as json)', '[1.0E7]', 'json'], ["cast(map(array['b', 'a'], array[1, 2]) as json)", '{"a":2,"b":1}', 'json'], ["cast(array[date '2024-01-02', null] as json)", '["2024-01-02",null]', 'json'],
  ]),
  ...from('functions/json.html#cast-from-json', [
    ["cast(json 'null' as varchar)", null, 'varchar'], ["cast(json '1' as integer)", '1', 'integer'], ["cast(json '9223372036854775807' as bigint)", '9223372036854775807', 'bigint'], ["cast(json '\"abc\"' as varchar)", 'abc', 'varchar'], ["cast(json 'true' as boolean)", 'true', 'boolean'], ["cast(json '1.234' as double)", '1.234', 'double'],
    ["cast(json '[1,23,456]' as array(integer))", '[1, 23, 456]', 'array(integer)'], ["cast(json '[1,null,456]' as array(integer))", '[1, null, 456]', 'array(integer)'], ["cast(json '[[1,23],[456]]' as array(array(integer)))", '[[1, 23], [456]]', 'array(array(integer))'],
    ["cast(json '{\"k1\":1,\"k2\":23,\"k3\":456}' as map(varchar, integer))", '{k1=1, k2=23, k3=456}', 'map(varchar, integer)'], ["cast(json '{\"v1\":123,\"v2\":\"abc\",\"v3\":true}' as row(v1 bigint, v2 varchar, v3 boolean))", '{v1=123, v2=abc, v3=true}', 'row(v1 bigint, v2 varchar, v3 boolean)'],
    ["cast(json '[123,\"abc\",true]' as row(v1 bigint, v2 varchar, v3 boolean))", '{v1=123, v2=abc, v3=true}', 'row(v1 bigint, v2 varchar, v3 boolean)'], ["cast(json '[[1, 23], 456]' as array(json))", '[[1,23], 456]', 'array(json)'], ["cast(json '{\"k1\": [1, 23], \"k2\": 456}' as map(varchar, json))", '{k1=[1,23], k2=456}', 'map(varchar, json)'], ["cast(json '[null]' as array(json))", '[null]', 'array(json)'],
  ]),
  ...from('functions/json.html#other-json-functions', [
    ["is_json_scalar('1')", 'true', 'boolean'], ["is_json_scalar('[1, 2, 3]')", 'false', 'boolean'], ["json_array_contains('[1, 2, 3]', 2)", 'true', 'boolean'], ["json_array_get('[\"a\", [3, 9], \"c\"]', 0)", 'a', 'json'], ["json_array_get('[\"a\", [3, 9], \"c\"]', 1)", '[3,9]', 'json'], ["json_array_get('[\"c\", [3, 9], \"a\"]', -1)", 'a', 'json'], ["json_array_get('[]', 0)", null, 'json'],
    ["json_array_length('[1, 2, 3]')", '3', 'bigint'], ['json_extract(\'{"a":{"b":[1,2]}}\', \'$.a.b\')', '[1,2]', 'json'], ['json_extract(\'{"a":"x"}\', \'$.a\')', '"x"', 'json'], ['json_extract(\'{"a":1}\', \'$["a"]\')', '1', 'json'], ['json_extract_scalar(\'[1, 2, 3]\', \'$[2]\')', '3', 'varchar'],
    ['json_extract_scalar(\'{"a":{"b":1}}\', \'$.a\')', null, 'varchar'], ["json_extract_scalar('not json', '$.a')", null, 'varchar'], ["json_format(json '[1, 2, 3]')", '[1,2,3]', 'varchar'], ["json_format(json '\"a\"')", '"a"', 'varchar'], ["json_parse('[1, 2, 3]')", '[1,2,3]', 'json'], ['json_parse(\'{"b":1, "a":2}\')', '{"a":2,"b":1}', 'json'],
    ['json_size(\'{"x": {"a": 1, "b": 2}}\', \'$.x\')', '2', 'bigint'], ['json_size(\'{"x": [1, 2, 3]}\', \'$.x\')', '3', 'bigint'], ['json_size(\'{"x": {"a": 1, "b": 2}}\', \'$.x.a\')', '0', 'bigint'], ["json '1' = json '1'", 'true', 'boolean'],
  ]),
]; // prettier-ignore

export const JSON_FAILURES = failing('functions/json.html', [
  ["json_parse('not json')", 'INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON'], ["cast(json '[1]' as varchar)", 'INVALID_CAST_ARGUMENT: Cannot cast the JSON to varchar'], ["cast(json '\"x\"' as integer)", 'INVALID_CAST_ARGUMENT: Cannot cast the JSON to a whole number'], ["json_extract('{}', '$..a')", 'NOT_SUPPORTED: line 1:8: this JSON path is not on the tested list'],
  ["json_query('{}', 'lax $.a')", "NOT_SUPPORTED: line 1:8: the function 'json_query' is not on the tested list"], ["json_value('{}', 'lax $.a')", "NOT_SUPPORTED: line 1:8: the function 'json_value' is not on the tested list"], ["json '1' < json '2'", 'TYPE_MISMATCH: line 1:17: Cannot apply operator: json < json'],
]); // prettier-ignore
