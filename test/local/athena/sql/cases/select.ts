import { failing, from } from './case.ts';

const T = "(values (1, 'a'), (2, 'b'), (3, 'b')) as t(n, s)";
const U = "(values (1, 'x'), (2, 'y'), (9, 'z')) as u(n, v)";
/** Athena's own page, where Trino's has a column for each field. */
const UNNEST_ROWS = 'https://docs.aws.amazon.com/athena/latest/ug/filtering-with-unnest.html';
const column = (...values: readonly (string | null)[]): readonly (readonly (string | null)[])[] => values.map((value) => [value]);

export const SELECT = [
  ...from('sql/select.html#order-by-clause', [
    ['select distinct a + b as c from (values (1, 2)) as t(a, b) order by a + b', '3', 'integer'], ['select distinct a as c from (values (1, 2)) as t(a, b) order by c, 1, t.a', '1', 'integer'], ['select distinct * from (values (1, 2)) as t(a, b) order by b', [['1', '2']], 'integer'],
  ]),
  ...from('sql/select.html#with-clause', [
    [`with x as (select n from ${T}) select count(*) from x`, '3', 'bigint'], ['with x as (select 1 as a), y as (select a + 1 as b from x) select b from y', '2', 'integer'], ['with x(a, b) as (values (1, 2)) select b from x', '2', 'integer'], ['with x as (select 1 as a) select (with x as (select 2 as a) select a from x)', '2', 'integer'],
  ]),
  ...from('sql/select.html#select-clause', [
    [`select distinct s from ${T} order by s`, column('a', 'b'), 'varchar(1)'], [`select t.* from ${T} order by n limit 1`, [['1', 'a']], 'integer'], ['select (cast(row(1, true) as row(field1 bigint, field2 boolean))).*', [['1', 'true']], 'bigint'], ['select (row(1, true)).*', [['1', 'true']], 'integer'], ['select (cast(row(1, true) as row(field1 bigint, field2 boolean))).* as (alias1, alias2)', [['1', 'true']], 'bigint'],
    ['select "N" from (values 1) as t(n)', '1', 'integer'], ['SELECT 1 -- a remark\n/* and more */;', '1', 'integer'],
  ]),
  ...from('sql/select.html#union-clause', [
    ['select 13 union select 13 union all select 13', column('13', '13'), 'integer'], ['select 1 union all select 2.5 order by 1', column('1.0', '2.5'), 'decimal(11,1)'], ['select n from (values 1, 2) as t(n) intersect select 2', '2', 'integer'], ['values 1, 1, 2 except all select 1 order by 1', column('1', '2'), 'integer'], ['values 1 union values 2 intersect values 2 order by 1', column('1', '2'), 'integer'], ['(select 1) union all (select 2) order by 1 desc', column('2', '1'), 'integer'],
  ]),
  ...from('sql/select.html#limit-clause', [
    [`select n from ${T} order by n offset 1`, column('2', '3'), 'integer'], [`select n from ${T} order by n offset 1 rows limit 1`, column('2'), 'integer'], [`select n from ${T} order by n fetch first 2 rows only`, column('1', '2'), 'integer'], [`select n from ${T} order by n limit all`, column('1', '2', '3'), 'integer'],
  ]),
  ...from('sql/select.html#joins', [
    [`select t.n, v from ${T} join ${U} on t.n = u.n order by 1`, [['1', 'x'], ['2', 'y']], 'integer'], [`select t.n, u.v from ${T} left join ${U} on t.n = u.n order by t.n`, [['1', 'x'], ['2', 'y'], ['3', null]], 'integer'], [`select * from ${T} full join ${U} using (n) order by n`, [['1', 'a', 'x'], ['2', 'b', 'y'], ['3', 'b', null], ['9', null, 'z']], 'integer'],
    [`select count(*) from ${T} cross join ${U}`, '9', 'bigint'], [`select count(*) from ${T}, ${U} where t.n < u.n`, '4', 'bigint'], [`select u.v from ${T} right outer join ${U} on t.n = u.n and t.s = 'a' where t.n is null order by 1`, column('y', 'z'), 'varchar(1)'],
    [`select m from ${T} cross join lateral (select t.n * 10 as m) order by 1`, column('10', '20', '30'), 'integer'], ['select count(*) from (values 1) as a(x) join ((values 1) as b(y) join (values 1) as c(z) on y = z) on x = y', '1', 'bigint'],
  ]),
  ...from('sql/select.html#unnest', [
    ["select * from unnest(array[1, 2], array['x', 'y', 'z']) as t(a, b)", [['1', 'x'], ['2', 'y'], [null, 'z']], 'integer'], ["select * from unnest(map(array['x', 'y'], array[1, 2])) as t(k, v)", [['x', '1'], ['y', '2']], 'varchar(1)'],
    ['select a, o from unnest(array[10, 20]) with ordinality as t(a, o) order by o', [['10', '1'], ['20', '2']], 'integer'], ['select id, x from (values (1, array[5, 6]), (2, array[])) as t(id, xs) left join unnest(xs) as u(x) on true order by 1, 2', [['1', '5'], ['1', '6'], ['2', null]], 'integer'], ['select id, x from (values (1, array[5, 6])) as t(id, xs) cross join unnest(xs) as u(x) order by x', [['1', '5'], ['1', '6']], 'integer'],
  ]),
  ...from(UNNEST_ROWS, [
    ["select sites.hostname, sites.flaggedActivity.isNew from (select array[cast(row('aws.amazon.com', row(true)) as row(hostname varchar, flaggedActivity row(isNew boolean))), cast(row('news.cnn.com', row(false)) as row(hostname varchar, flaggedActivity row(isNew boolean)))] as items) as dataset, unnest(items) t(sites) where sites.flaggedActivity.isNew = true", [['aws.amazon.com', 'true']], 'varchar'],
    ["select * from unnest(array[(1, 'x'), null]) as t(a)", column('{field0=1, field1=x}', null), 'row(integer, varchar(1))'], ["select r, o from unnest(array[row(5)], array['x', 'y']) with ordinality as t(r, s, o) order by o", [['{field0=5}', '1'], [null, '2']], 'row(integer)'],
  ]),
  ...from('sql/select.html#subqueries', [
    [`select n from ${T} where exists (select 1 from ${U} where u.n = t.n) order by n`, column('1', '2'), 'integer'], [`select n from ${T} where n in (select n from ${U}) order by n`, column('1', '2'), 'integer'], [`select (select max(v) from ${U})`, 'z', 'varchar(1)'], [`select n, (select v from ${U} where u.n = t.n) from ${T} order by n`, [['1', 'x'], ['2', 'y'], ['3', null]], 'integer'],
  ]),
  ...from('sql/values.html', [["values 1, 2", column('1', '2'), 'integer'], ["values (1, 'a'), (2, 'b')", [['1', 'a'], ['2', 'b']], 'integer'], ["select * from (values (1, 'a')) as t (id, name)", [['1', 'a']], 'integer']]),
]; // prettier-ignore

export const SELECT_FAILURES = [
  ...failing('sql/select.html', [
    ['with recursive t(n) as (values (1) union all select n + 1 from t where n < 4) select sum(n) from t', 'NOT_SUPPORTED: line 1:6: WITH RECURSIVE is not on the tested list'], ['select 1 from (values 1) as t(a) tablesample bernoulli (10)', 'NOT_SUPPORTED: line 1:34: TABLESAMPLE is not on the tested list'], ['select * from (values 1) natural join (values 1)', 'NOT_SUPPORTED: line 1:26: Natural join not supported'],
    ['select distinct a from (values (1, 2)) as t(a, b) order by b', 'EXPRESSION_NOT_IN_DISTINCT: line 1:60: For SELECT DISTINCT, ORDER BY expressions must appear in select list'], ['select distinct a, b from (values (1, 2)) as t(a, b) order by a + b', 'EXPRESSION_NOT_IN_DISTINCT: line 1:65'],
    ['select 1 fetch first 1 row with ties', 'NOT_SUPPORTED: line 1:28: FETCH FIRST WITH TIES is not on the tested list'], ['select *', 'COLUMN_NOT_FOUND: line 1:8: SELECT * not allowed in queries without FROM clause'], ['select nope from (values 1) as t(n)', "COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved"], ['select n from (values 1) as t(n), (values 1) as u(n)', "AMBIGUOUS_NAME: line 1:8: Column 'n' is ambiguous"],
    ['select 1 order by 2', 'INVALID_COLUMN_REFERENCE: line 1:19: ORDER BY position 2 is not in select list'], ['values 1, (1, 2)', 'TYPE_MISMATCH: line 1:11: Values rows have mismatched sizes'], ['select 1 union select 1, 2', 'TYPE_MISMATCH: line 1:1: UNION query has different number of fields: 1, 2'], ["select 1 union select 'a'", 'TYPE_MISMATCH: line 1:1: column 1 in UNION query has incompatible types: integer, varchar(1)'],
    ['select 1 from (values 1) as t(a, b)', "MISMATCHED_COLUMN_ALIASES: line 1:15: Column alias list has 2 entries but 't' has 1 columns available"], ['select 1 where 1', 'TYPE_MISMATCH: line 1:16: WHERE clause must evaluate to a boolean: actual type integer'], ['select * from unnest(1)', 'INVALID_FUNCTION_ARGUMENT: line 1:15: Cannot unnest type: integer'],
    ['selec 1', "SYNTAX_ERROR: line 1:1: mismatched input 'selec'. Expecting: "], ['select 1 +', "SYNTAX_ERROR: line 1:11: mismatched input '<EOF>'. Expecting: "], ['select 1; select 2', 'SYNTAX_ERROR: line 1:11: Only one sql statement is allowed'], ['select `a` from t', 'SYNTAX_ERROR: line 1:8: backquoted identifiers are not supported; use double quotes to quote identifiers'], ['select 1 limit 1, 2', "SYNTAX_ERROR: line 1:17: mismatched input ','"],
    ['select 1::bigint', "SYNTAX_ERROR: line 1:9: mismatched input ':'"], ["select 'a' ilike 'A'", "SYNTAX_ERROR: line 1:18: mismatched input ''A''"], ["select * from read_csv('x')", "SYNTAX_ERROR: line 1:23: mismatched input '('"], ['select 1 from (values 1) t(a) qualify true', 'SYNTAX_ERROR: line 1:31'], ['select * from missing', "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.db.missing' does not exist"], ['select * from other.db.t', "CATALOG_NOT_FOUND: line 1:15: Catalog 'other' does not exist"],
    ['select hw_fail(1)', "FUNCTION_NOT_FOUND: line 1:8: Function 'hw_fail' is not on the tested list of headwaters local"], ['select strftime(current_date, 1)', "FUNCTION_NOT_FOUND: line 1:8: Function 'strftime' is not on the tested list of headwaters local"],
  ]),
  ...failing(UNNEST_ROWS, [
    ["select 1 from unnest(array[(1, 'x'), (2, 'y')]) as t(a, b)", "MISMATCHED_COLUMN_ALIASES: line 1:15: Column alias list has 2 entries but 't' has 1 columns available"],
  ]),
]; // prettier-ignore
