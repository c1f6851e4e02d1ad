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
    ["coalesce(1, 'a')", 'FUNCTION_NOT_FOUND'],
    ['map(array[1], array[2]) = map(array[1], array[2])', 'NOT_SUPPORTED'],
    ['(select n from (values 1, 2) t(n))', 'SUBQUERY_MULTIPLE_ROWS: Scalar sub-query has returned multiple rows'],
  ]),
];
