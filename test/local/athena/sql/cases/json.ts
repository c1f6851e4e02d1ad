import { failing, from } from './case.ts';

/** Which types can be cast to JSON, and how each is written: the documentation names some of them. */
const JSON_UTIL = 'https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/util/JsonUtil.java';

const FUNCTIONS =
  'https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/operator/scalar/JsonFunctions.java';
const EXTRACT =
  'https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/operator/scalar/JsonExtract.java';
const OPERATORS = 'https://github.com/trinodb/trino/blob/405/core/trino-main/src/test/java/io/trino/type/TestJsonOperators.java';

export const JSON_CASES = [
  ...from(EXTRACT, [
    ['json_extract(\'{"b":1,"a":{"z":1.10,"y":2,"y":3}}\', \'$\')', '{"b":1,"a":{"z":1.1,"y":2,"y":3}}', 'json'], ['json_extract(json \'{"c":{"b":1,"a":2}}\', \'$.c\')', '{"a":2,"b":1}', 'json'], ["json_extract(cast(cast(row(1, 2) as row(b integer, a integer)) as json), '$')", '{"b":1,"a":2}', 'json'], ['json_extract_scalar(\'{"b":1} x\', \'$.b\')', '1', 'varchar(9)'], ['json_extract_scalar(\'{"a" 1, "b":1}\', \'$.b\')', null, 'varchar(14)'],
    ['json_extract(\'{"0":"x"}\', \'$[0]\')', '"x"', 'json'], ['json_extract(\'[4, 5]\', \'$["1"]\')', '5', 'json'], ['json_size(\'{"a":{"x":1,"x":2}}\', \'$.a\')', '2', 'bigint'],
  ]),
  ...from(FUNCTIONS, [
    ['json_array_get(\'[{"b":1,"a":1e7,"b":2}]\', 0)', '{"b":2,"a":1.0E7}', 'json'], ["json_array_get('[1.50]', 0)", '1.50', 'json'], ["json_array_get('[1, 2', 0)", '1', 'json'], ["json_array_get('[1, 2', -1)", null, 'json'], ["json_array_length('[1] x')", '1', 'bigint'], ["json_array_length('[1')", null, 'bigint'], ["json_array_contains('[1, 2', 2)", 'true', 'boolean'], ["json_array_contains('[1, 2', 3)", null, 'boolean'],
  ]),
  ...from(OPERATORS, [
    ['json_format(cast(nan() as json))', '"NaN"', 'varchar'], ['json_format(cast(array[infinity(), -infinity(), nan()] as json))', '["Infinity","-Infinity","NaN"]', 'varchar'],
  ]),
  ...from('https://github.com/FasterXML/jackson-core/blob/jackson-core-2.13.4/src/main/java/com/fasterxml/jackson/core/io/CharTypes.java', [
    ["json_format(json_parse('\"\\u001f\\n\"'))", '"\\u001F\\n"', 'varchar'], ["json_format(cast(chr(31) as json))", '"\\u001F"', 'varchar'], ["json_parse('-0')", '0', 'json'],
  ]),
  ...from('functions/json.html#cast-to-json', [
    ['cast(null as json)', null, 'json'], ['cast(1 as json)', '1', 'json'], ['cast(9223372036854775807 as json)', '9223372036854775807', 'json'], ["cast('abc' as json)", '"abc"', 'json'], ['cast(true as json)', 'true', 'json'], ['cast(1.234 as json)', '1.234', 'json'],
    ['cast(array[1, 23, 456] as json)', '[1,23,456]', 'json'], ['cast(array[1, null, 456] as json)', '[1,null,456]', 'json'], ['cast(array[array[1, 23], array[456]] as json)', '[[1,23],[456]]', 'json'],
    ["cast(map(array['k1', 'k2', 'k3'], array[1, 23, 456]) as json)", '{"k1":1,"k2":23,"k3":456}', 'json'], ["cast(cast(row(123, 'abc', true) as row(v1 bigint, v2 varchar, v3 boolean)) as json)", '{"v1":123,"v2":"abc","v3":true}', 'json'], ['cast(1.5e0 as json)', '1.5', 'json'], ['cast(array[1e7] as json)', '[1.0E7]', 'json'], ["cast(map(array['b', 'a'], array[1, 2]) as json)", '{"a":2,"b":1}', 'json'], ["cast(array[date '2024-01-02', null] as json)", '["2024-01-02",null]', 'json'],
  ]),
  ...from(JSON_UTIL, [
    ["json_format(cast(array[timestamp '2024-01-02 03:04:05.678', null] as json))", '["2024-01-02 03:04:05.678",null]', 'varchar'], ['json_format(cast(array[1.10, null] as json))', '[1.10,null]', 'varchar'], ['json_format(cast(array[-0e0, 0e0, 1e-7] as json))', '[-0.0,0.0,1.0E-7]', 'varchar'], ['json_format(cast(cast(null as array(bigint)) as json))', null, 'varchar'], ['json_format(cast(array[] as json))', '[]', 'varchar'], ['json_format(cast(array[null] as json))', '[null]', 'varchar'],
    ["json_format(cast(map(array[10, 9], array['x', null]) as json))", '{"10":"x","9":null}', 'varchar'], ['json_format(cast(map(array[1.50], array[map(array[true], array[2e0])]) as json))', '{"1.50":{"true":2.0}}', 'varchar'], ["json_format(cast(array[map(array['b', 'a'], array[array[1], null])] as json))", '[{"a":null,"b":[1]}]', 'varchar'],
    ["json_format(cast(cast(row(null, row(array[1, null], map(array['k'], array[row('v')]))) as row(\"A\" varchar, b row(c array(bigint), d map(varchar, row(e varchar))))) as json))", '{"a":null,"b":{"c":[1,null],"d":{"k":{"e":"v"}}}}', 'varchar'], ["json_format(cast(cast(null as row(a bigint)) as json))", null, 'varchar'],
    ["json_format(cast(cast(row(array['x\"', null], date '2024-01-02', true, json '{\"b\":[1]}', 1e0) as row(a array(varchar), b date, c boolean, d json, e real)) as json))", '{"a":["x\\"",null],"b":"2024-01-02","c":true,"d":{"b":[1]},"e":1.0}', 'varchar'], ["json_format(cast(array[timestamp '2024-01-02 03:04:05', timestamp '2024-01-02 03:04:05.120'] as json))", '["2024-01-02 03:04:05.000","2024-01-02 03:04:05.120"]', 'varchar'],
    ["array_join(array_agg(n order by json_format(cast(l as json)) desc), ',') from (values (1, array[9]), (2, array[10]), (3, null), (4, array[])) as t(n, l)", '4,1,2,3', 'varchar'],
  ]),
  ...from('functions/json.html#cast-from-json', [
    ["cast(json 'null' as varchar)", null, 'varchar'], ["cast(json '1' as integer)", '1', 'integer'], ["cast(json '9223372036854775807' as bigint)", '9223372036854775807', 'bigint'], ["cast(json '\"abc\"' as varchar)", 'abc', 'varchar'], ["cast(json 'true' as boolean)", 'true', 'boolean'], ["cast(json '1.234' as double)", '1.234', 'double'],
    ["cast(json '[1,23,456]' as array(integer))", '[1, 23, 456]', 'array(integer)'], ["cast(json '[1,null,456]' as array(integer))", '[1, null, 456]', 'array(integer)'], ["cast(json '[[1,23],[456]]' as array(array(integer)))", '[[1, 23], [456]]', 'array(array(integer))'],
    ["cast(json '{\"k1\":1,\"k2\":23,\"k3\":456}' as map(varchar, integer))", '{k1=1, k2=23, k3=456}', 'map(varchar, integer)'], ["cast(json '{\"v1\":123,\"v2\":\"abc\",\"v3\":true}' as row(v1 bigint, v2 varchar, v3 boolean))", '{v1=123, v2=abc, v3=true}', 'row(v1 bigint, v2 varchar, v3 boolean)'],
    ["cast(json '[123,\"abc\",true]' as row(v1 bigint, v2 varchar, v3 boolean))", '{v1=123, v2=abc, v3=true}', 'row(v1 bigint, v2 varchar, v3 boolean)'], ["cast(json '[[1, 23], 456]' as array(json))", '[[1,23], 456]', 'array(json)'], ["cast(json '{\"k1\": [1, 23], \"k2\": 456}' as map(varchar, json))", '{k1=[1,23], k2=456}', 'map(varchar, json)'], ["cast(json '[null]' as array(json))", '[null]', 'array(json)'],
  ]),
  ...from(JSON_UTIL, [
    ['cast(json_extract(\'{"b":{"z":1,"y":2}}\', \'$\') as map(varchar, json))', '{b={"z":1,"y":2}}', 'map(varchar, json)'], ["cast(json '0.1' as decimal(38,30))", '0.100000000000000000000000000000', 'decimal(38,30)'], ["cast(json '1.255' as decimal(5,2))", '1.26', 'decimal(5,2)'], ["cast(json '-1.255' as decimal(5,2))", '-1.26', 'decimal(5,2)'], ["cast(json '1.5e2' as decimal(5,2))", '150.00', 'decimal(5,2)'],
    ["cast(json '[1.255, \"1.5\", true, null]' as array(decimal(5,2)))", '[1.26, 1.50, 1.00, null]', 'array(decimal(5,2))'], ["cast(json '12345678901234567890123456789' as decimal(38,0))", '12345678901234567890123456789', 'decimal(38,0)'],
  ]),
  ...from('functions/json.html#other-json-functions', [
    ['json_extract_scalar(\'{"a":1,"a":2}\', \'$.a\')', '1', 'varchar(13)'], ['json_extract_scalar(\'{"a":{"b":1},"a":{"b":2}}\', \'$.a.b\')', '1', 'varchar(25)'], ['json_parse(\'{"a":1,"a":2}\')', '{"a":2}', 'json'],
    ["is_json_scalar('1')", 'true', 'boolean'], ["is_json_scalar('[1, 2, 3]')", 'false', 'boolean'], ["json_array_contains('[1, 2, 3]', 2)", 'true', 'boolean'], ["json_array_get('[\"a\", [3, 9], \"c\"]', 0)", 'a', 'json'], ["json_array_get('[\"a\", [3, 9], \"c\"]', 1)", '[3,9]', 'json'], ["json_array_get('[\"c\", [3, 9], \"a\"]', -1)", 'a', 'json'], ["json_array_get('[]', 0)", null, 'json'],
    ["json_array_length('[1, 2, 3]')", '3', 'bigint'], ['json_extract(\'{"a":{"b":[1,2]}}\', \'$.a.b\')', '[1,2]', 'json'], ['json_extract(\'{"a":"x"}\', \'$.a\')', '"x"', 'json'], ['json_extract(\'{"a":1}\', \'$["a"]\')', '1', 'json'], ['json_extract_scalar(\'[1, 2, 3]\', \'$[2]\')', '3', 'varchar(9)'],
    ['json_extract_scalar(\'{"a":{"b":1}}\', \'$.a\')', null, 'varchar(13)'], ["json_extract_scalar('not json', '$.a')", null, 'varchar(8)'], ["json_format(json '[1, 2, 3]')", '[1,2,3]', 'varchar'], ["json_format(json '\"a\"')", '"a"', 'varchar'], ["json_parse('[1, 2, 3]')", '[1,2,3]', 'json'], ['json_parse(\'{"b":1, "a":2}\')', '{"a":2,"b":1}', 'json'],
    ['json_size(\'{"x": {"a": 1, "b": 2}}\', \'$.x\')', '2', 'bigint'], ['json_size(\'{"x": [1, 2, 3]}\', \'$.x\')', '3', 'bigint'], ['json_size(\'{"x": {"a": 1, "b": 2}}\', \'$.x.a\')', '0', 'bigint'], ["json '1' = json '1'", 'true', 'boolean'],
  ]),
]; // prettier-ignore

export const JSON_FAILURES = [
  ...failing('functions/json.html', [
  ["json_parse('not json')", 'INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON'], ["cast(json '[1]' as varchar)", 'INVALID_CAST_ARGUMENT: Cannot cast the JSON to varchar'], ["cast(json '\"x\"' as integer)", 'INVALID_CAST_ARGUMENT: Cannot cast the JSON to a whole number'], ["json_extract('{}', '$..a')", "INVALID_FUNCTION_ARGUMENT: line 1:8: Invalid JSON path: '$..a'"], ["json_extract('{}', '$.a-b')", 'INVALID_FUNCTION_ARGUMENT'],
  ["json_query('{}', 'lax $.a')", "NOT_SUPPORTED: line 1:8: the function 'json_query' is not on the tested list"], ["json_value('{}', 'lax $.a')", "NOT_SUPPORTED: line 1:8: the function 'json_value' is not on the tested list"], ["json '1' < json '2'", 'TYPE_MISMATCH: line 1:17: Cannot apply operator: json < json'],
  ]),
  ...failing(JSON_UTIL, [
  ["cast(json '\"2020-01-01\"' as date)", 'TYPE_MISMATCH: line 1:8: Cannot cast json to date'], ["cast(json '[\"2020-01-01\"]' as array(date))", 'TYPE_MISMATCH: line 1:8: Cannot cast json to array(date)'],
  ['cast(json_extract(\'{"a":1,"A":2}\', \'$\') as row(a bigint))', 'INVALID_CAST_ARGUMENT: Cannot cast the JSON to a map or a row: a name comes twice'], ['cast(json_extract(\'{"a":1,"a":2}\', \'$\') as map(varchar, bigint))', 'INVALID_CAST_ARGUMENT: Cannot cast the JSON to a map or a row: a name comes twice'],
  ["cast(uuid() as json)", 'TYPE_MISMATCH: line 1:8: Cannot cast uuid to json'], ["cast(array[X'00'] as json)", 'TYPE_MISMATCH: line 1:8: Cannot cast array(varbinary) to json'], ["cast(map(array[date '2024-01-02'], array[1]) as json)", 'TYPE_MISMATCH: line 1:8: Cannot cast map(date, integer) to json'], ["cast(time '01:02:03' as json)", 'TYPE_MISMATCH: line 1:8: Cannot cast time(0) to json'],
  ["cast(now() as json)", 'TYPE_MISMATCH: line 1:8: Cannot cast timestamp(3) with time zone to json'],
  ]),
]; // prettier-ignore
