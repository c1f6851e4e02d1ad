import { failing, from } from './case.ts';

const T = '(values (1), (3), (null), (2)) as t(n)';

export const COMPARISON = [
  ...from('functions/comparison.html#comparison-operators', [
    ['1 = 1', 'true', 'boolean'], ['1 <> 2', 'true', 'boolean'], ['1 != 1', 'false', 'boolean'], ["'a' < 'b'", 'true', 'boolean'], ['2 >= 1.5', 'true', 'boolean'],
    ['1 = null', null, 'boolean'], ['1 = 1.0', 'true', 'boolean'], ["date '2020-01-01' < timestamp '2020-01-01 00:00:01'", 'true', 'boolean'],
    ["timestamp '2020-01-01 00:00 UTC' = timestamp '2020-01-01 01:00 +01:00'", 'true', 'boolean'],
    ['true and null', null, 'boolean'], ['false and null', 'false', 'boolean'], ['true or null', 'true', 'boolean'], ['not null', null, 'boolean'],
    ['row(1, 2) = row(1, 2)', 'true', 'boolean'], ['array[1, 2] < array[1, 3]', 'true', 'boolean'],
  ]),
  ...from('language/types.html#row', [
    ['row(1, null) = row(1, null)', null, 'boolean'], ['row(1, null) = row(2, null)', 'false', 'boolean'], ['row(1, null) <> row(2, null)', 'true', 'boolean'], ['row(1, null) <> row(1, null)', null, 'boolean'], ['cast(null as row(a integer)) = row(1)', null, 'boolean'],
    ['array[1, null] = array[1, null]', null, 'boolean'], ['array[1, null] = array[2, null]', 'false', 'boolean'], ['array[1, null] = array[1]', 'false', 'boolean'], ['array[array[1, null]] = array[array[1, 2]]', null, 'boolean'], ['array[row(1, null)] = array[row(1, 2)]', null, 'boolean'],
    ['cast(array[] as array(integer)) = cast(null as array(integer))', null, 'boolean'], ['array[] = array[]', 'true', 'boolean'], ['array[array[1, 3]] <> array[array[1, 2]]', 'true', 'boolean'],
    ['row(1, null) in (row(1, null), row(2, 3))', null, 'boolean'], ['row(1, 2) in (row(1, null), row(1, 2))', 'true', 'boolean'], ['row(1, 2) not in (row(1, null))', null, 'boolean'], ['row(1, 2) not in (row(2, null))', 'true', 'boolean'],
    ['select count(*) from (values (1, array[1, null])) as t(a, r) join (values (2, array[1, null])) as u(a, r) on t.r = u.r', '0', 'bigint'], ['select count(*) from (values array[1, 2]) as t(r) left join (values (2, array[1, 2])) as u(a, r) on t.r = u.r where u.a = 2', '1', 'bigint'],
    ['nullif(row(1, null), row(1, null))', '{field0=1, field1=null}', 'row(integer, unknown)'], ['contains(array[row(1, 2)], row(1, 2))', 'true', 'boolean'], ['contains(array[row(1, 3), null], row(1, 2))', null, 'boolean'], ['contains(array[row(1, null)], row(2, 2))', 'false', 'boolean'], ['contains(array[array[1]], null)', null, 'boolean'],
    ['row(1, 2) < row(1, 3)', 'true', 'boolean'], ['array[1, 2] in (array[1], array[1, 2])', 'true', 'boolean'], ['row(1, null) is distinct from row(1, null)', 'false', 'boolean'], ['select count(*) from (select distinct r from (values row(row(1, null)), row(row(1, null))) as t(r))', '1', 'bigint'],
  ]),
  ...from('functions/math.html#floating-point-functions', [
    ['nan() = nan()', 'false', 'boolean'], ['nan() <> nan()', 'true', 'boolean'], ['nan() > 5e0', 'false', 'boolean'], ['nan() >= 5e0', 'false', 'boolean'], ['5e0 < nan()', 'false', 'boolean'], ['5e0 <= nan()', 'false', 'boolean'], ['not (nan() > 5e0)', 'true', 'boolean'], ["cast('NaN' as real) > real '1'", 'false', 'boolean'],
    ['1e0 between 0e0 and nan()', 'false', 'boolean'], ['nan() = cast(null as double)', null, 'boolean'], ['cast(null as double) < nan()', null, 'boolean'], ['nan() is distinct from nan()', 'false', 'boolean'],
    ['nan() in (nan(), 1e0)', 'false', 'boolean'], ['1e0 in (nan(), null)', null, 'boolean'], ['1e0 in (select 1e0)', 'true', 'boolean'], ['case nan() when nan() then 1 else 2 end', '2', 'integer'], ['nullif(nan(), nan())', 'NaN', 'double'], ['row(nan()) = row(nan())', 'false', 'boolean'], ['array[nan()] = array[nan()]', 'false', 'boolean'],
    ['contains(array[nan()], nan())', 'false', 'boolean'], ['contains(array[nan(), 1e0], 1e0)', 'true', 'boolean'], ['array_position(array[nan(), 1e0], nan())', '0', 'bigint'], ['array_position(array[nan(), 1e0], 1e0)', '2', 'bigint'], ['array_remove(array[nan(), 1e0, null], 1e0)', '[NaN, null]', 'array(double)'], ['arrays_overlap(array[1e0], array[1e0])', 'true', 'boolean'],
    ['select count(*) from (values nan(), 6e0, 4e0, null) as t(x) where x > 5e0', '1', 'bigint'], ['select count(*) from (values nan(), 6e0) as t(x) join (values nan(), 6e0) as u(y) on x = y', '1', 'bigint'], ['select x from (values nan(), 6e0, null) as t(x) order by x', [['6.0'], ['NaN'], [null]], 'double'],
  ]),
  ...from('functions/conditional.html#try', [
    ["try(replace('hello', 'l', 'x'))", 'hexxo', 'varchar(11)'], ["try(format('%d', 'a'))", null, 'varchar'], [String.raw`select try(cast(regexp_extract(x, '\d+') as integer)) from (values 'ab7') as t(x)`, '7', 'integer'],
    ["try_cast('2020-01-01 10:00:00 UTC' as timestamp with time zone)", '2020-01-01 10:00:00.000 UTC', 'timestamp(3) with time zone'], ["try_cast('x' as timestamp with time zone)", null, 'timestamp(3) with time zone'],
  ]),
  ...from('functions/comparison.html#range-operator-between', [
    ['3 between 2 and 6', 'true', 'boolean'], ['3 not between 2 and 6', 'false', 'boolean'], ['null between 2 and 4', null, 'boolean'], ['2 between null and 6', null, 'boolean'],
    ['2 between 3 and null', 'false', 'boolean'], ['8 between null and 6', 'false', 'boolean'], ["'Paul' between 'John' and 'Ringo'", 'true', 'boolean'],
  ]),
  ...from('functions/comparison.html#is-null-and-is-not-null', [
    ['null is null', 'true', 'boolean'], ['3.0 is null', 'false', 'boolean'], ['1 is not null', 'true', 'boolean'],
    ['null is distinct from null', 'false', 'boolean'], ['null is not distinct from null', 'true', 'boolean'], ['1 is distinct from null', 'true', 'boolean'],
  ]),
  ...from('functions/comparison.html#quantified-comparison-predicates-all-any-and-some', [
    ["'hello' = any (values 'hello', 'world')", 'true', 'boolean'], ['21 < all (values 19, 20, 21)', 'false', 'boolean'],
    ['42 >= some (select 41 union all select 42 union all select 43)', 'true', 'boolean'],
  ]),
  ...from('functions/comparison.html#pattern-comparison-like', [
    ["select * from (values 'America', 'Asia', 'Africa', 'Europe', 'Australia', 'Antarctica') as t (continent) where continent like 'E%'", [['Europe']], 'varchar(10)'],
    ["'Asia' like 'A__a'", 'true', 'boolean'], [String.raw`'South_America' like 'South\_America' escape '\'`, 'true', 'boolean'], ["'abc' not like 'a%'", 'false', 'boolean'], ["'ABC' like 'a%'", 'false', 'boolean'],
  ]),
  ...from('functions/comparison.html#row-comparison-in', [
    ['1 in (1, 2)', 'true', 'boolean'], ['3 in (1, null)', null, 'boolean'], ['3 not in (1, 2)', 'true', 'boolean'], ["'b' in (values 'a', 'b')", 'true', 'boolean'], ['2 in (1, 2.0)', 'true', 'boolean'],
  ]),
  ...from('sql/select.html#order-by-clause', [
    [`select n from ${T} order by n`, [['1'], ['2'], ['3'], [null]], 'integer'],
    [`select n from ${T} order by n desc`, [['3'], ['2'], ['1'], [null]], 'integer'],
    [`select n from ${T} order by n nulls first`, [[null], ['1'], ['2'], ['3']], 'integer'],
    [`select n + 1 as m from ${T} order by m desc nulls first limit 2`, [[null], ['4']], 'integer'],
  ]),
  ...from('functions/conditional.html', [
    ["case 2 when 1 then 'one' when 2 then 'two' else 'many' end", 'two', 'varchar(4)'], ["case when 1 = 2 then 'aaa' else 'ccc' end", 'ccc', 'varchar(3)'], ['case when false then 1 end', null, 'integer'],
    ["if(1 > 2, 'a', 'b')", 'b', 'varchar(1)'], ['if(1 > 2, 1)', null, 'integer'], ['if(null, 1, 2)', '2', 'integer'], ['coalesce(null, 1, 2)', '1', 'integer'], ["coalesce(null, 'x')", 'x', 'varchar(1)'],
    ['coalesce(1, 2.5)', '1.0', 'decimal(11,1)'], ['nullif(1, 1)', null, 'integer'], ['nullif(1, 2)', '1', 'integer'],
    ['try(1 / 0)', null, 'integer'], ["try(cast('P332a' as bigint))", null, 'bigint'], ['coalesce(try(100 / 0), 0)', '0', 'integer'], ['try(2147483647 + 1)', null, 'integer'],
    ["select try_cast(s as integer), count(*) from (values 'x', '1') as t(s) group by s order by 1", [['1', '1'], [null, '1']], 'integer'], ['select max(try(1 / n)) from (values 0, 1) as t(n) group by n order by 1', [['1'], [null]], 'integer'], ['select try(a / b) from (values (1, 0), (4, 2)) as t(a, b)', [[null], ['2']], 'integer'], ['case when 1 = 2 then 1 / 0 else 5 end', '5', 'integer'],
  ]),
]; // prettier-ignore

export const COMPARISON_FAILURES = [
  ...failing('language/types.html#row', [
    ['array[1, null] < array[1, 3]', 'NOT_SUPPORTED: the order of arrays or rows that hold nulls or NaN'],
    ['row(1, null) < row(1, 3)', 'NOT_SUPPORTED: the order of arrays or rows that hold nulls or NaN'],
    ['try(row(1, null) < row(1, 3))', 'NOT_SUPPORTED: the order of arrays or rows that hold nulls or NaN'],
    ['array[nan()] < array[1e0]', 'NOT_SUPPORTED: the order of arrays or rows that hold nulls or NaN'],
    ['contains(array[row(1, null)], row(1, 2))', 'NOT_SUPPORTED: the search for or among arrays or rows that hold nulls'],
    ['row(1, 2) in (select row(1, 2))', 'NOT_SUPPORTED: line 1:18: IN and quantifiers over a query of arrays or rows'],
    ['arrays_overlap(array[row(1)], array[row(1)])', "NOT_SUPPORTED: line 1:8: 'arrays_overlap' of arrays of arrays, rows"],
    ['arrays_overlap(array[1e0], array[nan()])', 'NOT_SUPPORTED: NaN is not on the tested list'],
    ['nan() in (select nan())', 'NOT_SUPPORTED: NaN is not on the tested list'],
  ]),
  ...failing('functions/conditional.html', [
    ['if(1, 2, 3)', 'TYPE_MISMATCH: line 1:11: must evaluate to a boolean (actual: integer)'],
    ["try(format('%h', 1))", "NOT_SUPPORTED: '%h' in a format is not on the tested list"],
    ["select try(from_iso8601_timestamp(x)) from (values '2020-01-01T10:00:00+02:00') as t(x)", 'NOT_SUPPORTED: an ISO 8601'],
    ["select try(regexp_like(x, '(?<=a)b')) from (values 'ab') as t(x)", 'NOT_SUPPORTED'],
    [
      "select try(regexp_like(x, y)) from (values ('ab', '(?<=a)b')) as t(x, y)",
      "NOT_SUPPORTED: line 1:12: TRY around 'regexp_like'",
    ],
    [
      "try_cast('2020-01-01 10:00:00 Europe/Berlin' as timestamp with time zone)",
      'NOT_SUPPORTED: the cast of a text with a zone',
    ],
    ["cast('2020-01-01 10:00:00 +02:00' as timestamp with time zone)", 'NOT_SUPPORTED: the cast of a text with a zone'],
  ]),
  ...failing('functions/conditional.html#try', [
    [
      'select try(1 / n) from (values 0) as t(n) group by n',
      'NOT_SUPPORTED: line 1:8: TRY outside of an aggregate in a query with GROUP BY',
    ],
  ]),
  ...failing('functions/comparison.html', [
    ["1 = '1'", 'TYPE_MISMATCH: line 1:10: Cannot apply operator: integer = varchar(1)'],
    ["1 in ('1')", 'TYPE_MISMATCH: line 1:10: IN value and list items must be the same type'],
    ["case when 1 then 'a' end", 'TYPE_MISMATCH: line 1:18: must evaluate to a boolean (actual: integer)'],
    ["coalesce(1, 'a')", 'TYPE_MISMATCH: line 1:8: All COALESCE operands'],
    ['map(array[1], array[2]) is distinct from map(array[1], array[2])', 'NOT_SUPPORTED'],
    ['(select n from (values 1, 2) t(n))', 'SUBQUERY_MULTIPLE_ROWS: Scalar sub-query has returned multiple rows'],
  ]),
];
