import { Fixture } from './fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.open();
});
afterAll(() => {
  fixture.close();
});

/** An expression, what Trino documents it to give, and the type where it matters. The clock stands at 2024-02-10T08:30:00Z. */
test.each<readonly [string, string | undefined, string?]>([
  ['1 / 2', '0', 'integer'],
  ['-5 / 3', '-1'],
  ['7 % 3', '1'],
  ['mod(7, 3)', '1'],
  ['7e0 / 2', '3.5', 'double'],
  ['cast(7 as double) / 2', '3.5'],
  ['cast(7 as double) / 100.0', '0.07'],
  ['null / 1', undefined],
  ['round(2.5e0)', '3.0'],
  ['round(-2.5e0)', '-3.0'],
  ['round(2.567, 2)', '2.570', 'decimal'],
  ['floor(7e0 / 2)', '3.0'],
  ['floor(7 / 2)', '3', 'integer'],
  ['ceil(7e0 / 2)', '4.0'],
  ['abs(-3)', '3'],
  ['sqrt(16e0)', '4.0'],
  ['power(2e0, 3e0)', '8.0'],
  ['1e7', '1.0E7'],
  ['1.5e-5', '1.5E-5'],
  ['true', 'true', 'boolean'],
  ['null', undefined],
  ["'it''s count(*)'", "it's count(*)", 'varchar'],
  ["'a' || 'b'", 'ab'],
  ["concat('a', 'b', 'c')", 'abc'],
  ["concat('a', cast(null as varchar))", undefined],
  ["substr('hello', 2, 3)", 'ell'],
  ["substr('hello', -3)", 'llo'],
  ["lower('ABC')", 'abc'],
  ["upper('abc')", 'ABC'],
  ["length('héllo')", '5', 'bigint'],
  ["trim('  a ')", 'a'],
  ["replace('aXb', 'X')", 'ab'],
  ["replace('aXb', 'X', '-')", 'a-b'],
  ["strpos('hello', 'l')", '3'],
  ["starts_with('hello', 'he')", 'true'],
  ["split('a,b,c', ',')", '[a, b, c]', 'array'],
  ["split('a,b,c', ',')[2]", 'b'],
  ["split_part('a,b', ',', 2)", 'b'],
  ["split_part('a,b', ',', 3)", undefined],
  ["cardinality(split('a,b,c', ','))", '3'],
  ['element_at(array[1, 2], 3)', undefined],
  ['element_at(array[1, 2], -1)', '2'],
  ['contains(array[1, 2], 2)', 'true'],
  ["regexp_like('abc123', '[0-9]+')", 'true'],
  ["regexp_extract('abc123', '[0-9]+')", '123'],
  ["regexp_extract('abc', '[0-9]+')", undefined],
  ["regexp_extract('k=v', '(.)=(.)', 2)", 'v'],
  ["regexp_replace('a1b2', '[0-9]')", 'ab'],
  ["regexp_replace('a1b2', '[0-9]', '-')", 'a-b-'],
  ["lpad('7', 3, '0')", '007'],
  ["reverse('abc')", 'cba'],
  ["'abc' like 'a%'", 'true'],
  ['coalesce(null, 2)', '2'],
  ['nullif(1, 1)', undefined],
  ["if(1 > 2, 'a', 'b')", 'b'],
  ['if(1 > 2, 1)', undefined],
  ['greatest(1, 3, 2)', '3'],
  ['greatest(1, null)', undefined],
  ['least(3, 1, 2)', '1'],
  ['case when 1 = 1 then 2 end', '2'],
  ['1 in (1, 2)', 'true'],
  ['1 between 0 and 2', 'true'],
  ['1 is distinct from null', 'true'],
  ["cast('12' as bigint)", '12', 'bigint'],
  ["try_cast('1.5' as bigint)", undefined],
  ["try_cast('x' as double)", undefined],
  ['cast(2.5e0 as bigint)', '3'],
  ['cast(12 as varchar)', '12', 'varchar'],
  ["cast(timestamp '2024-01-01 01:02:03' as varchar)", '2024-01-01 01:02:03.000'],
  ["cast('1.5' as decimal(10,2))", '1.50', 'decimal'],
  ["cast('2024-01-02' as date)", '2024-01-02', 'date'],
  ["cast('2024-01-02 03:04:05' as timestamp)", '2024-01-02 03:04:05.000', 'timestamp'],
  ["date '2024-01-31' + interval '1' month", '2024-02-29', 'date'],
  ["timestamp '2024-01-01 00:00:00' - interval '1' hour", '2023-12-31 23:00:00.000'],
  ['current_date', '2024-02-10', 'date'],
  ["current_date - interval '30' day", '2024-01-11', 'date'],
  ["date_format(current_date - interval '30' day, '%Y-%m-%d')", '2024-01-11'],
  ['current_timestamp', '2024-02-10 08:30:00.000 UTC', 'timestamp with time zone'],
  ["date_format(now(), '%Y-%m-%d %H:%i:%s')", '2024-02-10 08:30:00'],
  ["date_parse('2024-01-02 03:04', '%Y-%m-%d %H:%i')", '2024-01-02 03:04:00.000', 'timestamp'],
  ["format_datetime(timestamp '2024-01-02 03:04:05', 'yyyy-MM-dd''T''HH:mm:ss')", '2024-01-02T03:04:05'],
  ["from_iso8601_timestamp('2024-01-02T03:04:05Z')", '2024-01-02 03:04:05.000 UTC'],
  ["date_trunc('month', date '2024-01-15')", '2024-01-01', 'date'],
  ["date_trunc('hour', timestamp '2024-01-15 10:11:12')", '2024-01-15 10:00:00.000'],
  ["date_diff('day', timestamp '2024-01-01 23:00:00', timestamp '2024-01-02 01:00:00')", '0', 'bigint'],
  ["date_diff('hour', timestamp '2024-01-01 23:00:00', timestamp '2024-01-02 01:00:00')", '2'],
  ["date_add('day', -7, date '2024-01-03')", '2023-12-27', 'date'],
  ["date_add('month', 1, timestamp '2024-01-31 00:00:00')", '2024-02-29 00:00:00.000'],
  ["year(date '2024-01-02')", '2024', 'bigint'],
  ["month(date '2024-01-02')", '1'],
  ["day(date '2024-01-02')", '2'],
  ["hour(timestamp '2024-01-02 03:04:05')", '3'],
  ["day_of_week(date '2024-01-07')", '7'],
  ["dow(date '2024-01-07')", '7'],
  ["extract(year from date '2024-01-07')", '2024'],
  ["to_unixtime(timestamp '1970-01-02 00:00:00')", '86400.0'],
  ['json_extract_scalar(\'{"a":{"b":1}}\', \'$.a.b\')', '1'],
  ['json_extract_scalar(\'{"a":{"b":1}}\', \'$.a\')', undefined],
  ["json_extract_scalar('not json', '$.a')", undefined],
  ["row(1, 'a')", undefined, 'row'],
])('%s is %s', async (...[expression, expected, type]) => {
  const { reason, rows, types } = await fixture.query(`select ${expression}`);
  expect(reason).toBeUndefined();
  if (type !== 'row') expect(rows).toEqual([[expected]]);
  if (type !== undefined) expect(types).toEqual([type]);
});

const SAMPLE = "(values (1, 'a', 10e0), (2, 'b', 20e0), (3, null, 60e0), (null, 'b', null)) as t(n, s, d)";

test.each<readonly [string, string | undefined, string?]>([
  ['count(*)', '4', 'bigint'],
  ['count(n)', '3'],
  ['count(distinct s)', '2'],
  ['sum(n)', '6', 'bigint'],
  ['avg(n)', '2.0', 'double'],
  ['avg(d) / 2', '15.0'],
  ['sum(n) / count(*)', '1', 'bigint'],
  ['min(s)', 'a'],
  ['max(d)', '60.0'],
  ['count_if(n > 1)', '2'],
  ['approx_distinct(s)', '2', 'bigint'],
  ['approx_percentile(d, 0.5)', '20.0'],
  ['max_by(s, n)', undefined],
  ['min_by(s, n)', 'a'],
  ['array_agg(n order by n)', '[1, 2, 3, null]'],
  ['arbitrary(1)', '1'],
  ['bool_or(n > 2)', 'true'],
  ['sum(n) filter (where n > 1)', '5'],
  ["date_trunc('day', max(timestamp '2024-01-01 10:00:00'))", '2024-01-01 00:00:00.000', 'timestamp'],
])('aggregates: %s is %s', async (...[expression, expected, type]) => {
  const { reason, rows, types } = await fixture.query(`select ${expression} from ${SAMPLE}`);
  expect(reason).toBeUndefined();
  expect(rows).toEqual([[expected]]);
  if (type !== undefined) expect(types).toEqual([type]);
});

test.each([
  ['select n from T order by n', ['1', '2', '3', undefined]],
  ['select n from T order by n desc', ['3', '2', '1', undefined]],
  ['select n from T order by n desc nulls first limit 1', [undefined]],
  ['select row_number() over (order by n desc) from T order by 1', ['1', '2', '3', '4']],
  ['select rank() over (order by s) from T order by 1', ['1', '2', '2', '4']],
  ['select lag(n) over (order by n) from T order by n', [undefined, '1', '2', '3']],
  ['select n from T union all select n from T order by 1 limit 2', ['1', '1']],
  ['select s from T group by s having count(*) > 1', ['b']],
  ['with w as (select n + 1 as m from T) select m from w where m > 2 order by m', ['3', '4']],
  ['select u.x from T cross join unnest(array[n]) as u(x) where n < 3 order by 1', ['1', '2']],
  ['select (select max(n) from T)', ['3']],
  ['select 1 where exists (select 1 from T where n = 2)', ['1']],
  ['select n from T where s in (select s from T where n = 1)', ['1']],
])('%s', async (sql, expected) => {
  const { reason, rows } = await fixture.query(sql.replaceAll(/\bT\b/g, SAMPLE));
  expect(reason).toBeUndefined();
  expect(rows).toEqual(expected.map((value) => [value]));
});

test('names columns as Trino does', async () => {
  const { header } = await fixture.query(
    `select 1, N, count(*) as "Many", t.* , sum(n) + 1 from ${SAMPLE} group by n, s, d limit 1`,
  );
  expect(header).toEqual(['_col0', 'n', 'many', 'n', 's', 'd', '_col6']);
});

test.each([
  ['select 1 / 0', 'DIVISION_BY_ZERO: Division by zero'],
  ['select sum(n) / count(s) from (values (1, null)) as t(n, s)', 'DIVISION_BY_ZERO: Division by zero'],
  ['select 1 % 0', 'DIVISION_BY_ZERO: Division by zero'],
  ['select 1.0 / 3', 'NOT_SUPPORTED: division of decimals; cast one side to double in headwaters local'],
  ['select 1e0 / 0', 'NOT_SUPPORTED: a double divided by zero in headwaters local'],
  ['select avg(1.5)', 'NOT_SUPPORTED: the average of decimals; cast to double in headwaters local'],
  ["select cast('1.5' as bigint)", 'INVALID_CAST_ARGUMENT: Cannot cast the text to a whole number'],
  ["select cast('secret' as double)", 'INVALID_CAST_ARGUMENT: a value cannot be converted to the type that the query asks for'],
  ['select cast(1e0 as varchar)', 'NOT_SUPPORTED: a double as varchar in headwaters local'],
  ['select array[1][2]', 'INVALID_FUNCTION_ARGUMENT: Array subscript is out of bounds'],
  ['select 9223372036854775807 + 1', 'NUMERIC_VALUE_OUT_OF_RANGE: a value does not fit its type'],
  [
    'select url_extract_host(x) from t',
    "FUNCTION_NOT_FOUND: function 'url_extract_host' is not on the tested list of headwaters local",
  ],
  ['select typeof(1)', "FUNCTION_NOT_FOUND: function 'typeof' is not on the tested list of headwaters local"],
  ['select rand()', "FUNCTION_NOT_FOUND: function 'rand' is not on the tested list of headwaters local"],
  ['select random()', "FUNCTION_NOT_FOUND: function 'random' is not on the tested list of headwaters local"],
  ['select strftime(current_date, 1)', "FUNCTION_NOT_FOUND: function 'strftime' is not on the tested list of headwaters local"],
  ["select * from read_csv('x')", "FUNCTION_NOT_FOUND: function 'read_csv' is not on the tested list of headwaters local"],
  ['select hw_now()', "FUNCTION_NOT_FOUND: function 'hw_now' is not on the tested list of headwaters local"],
  ['select max_by(1, 2, 3)', "FUNCTION_NOT_FOUND: 'max_by' with 3 arguments is not on the tested list of headwaters local"],
  ["select date_format(now(), '%U')", "NOT_SUPPORTED: date pattern '%U' is not on the tested list of headwaters local"],
  [
    "select date_trunc('century', now())",
    "NOT_SUPPORTED: the unit of 'date_trunc' must be a literal, one of millisecond, second, minute, hour, day, week, month, quarter, year",
  ],
  ['insert into t select 1', 'NOT_SUPPORTED: headwaters local runs SELECT and WITH queries, not INSERT'],
  ['create table t as select 1', 'NOT_SUPPORTED: headwaters local runs SELECT and WITH queries, not CREATE TABLE'],
  ['drop table t', 'NOT_SUPPORTED: headwaters local runs SELECT and WITH queries, not DROP TABLE'],
  ['show tables', 'NOT_SUPPORTED: headwaters local runs SELECT and WITH queries, not SHOW'],
  ['select 1; select 2', 'SYNTAX_ERROR: Only one sql statement is allowed'],
  ['selec 1', 'SYNTAX_ERROR: line 1:8: the statement cannot be parsed'],
  ['select * from missing', "TABLE_NOT_FOUND: Table 'awsdatacatalog.db.missing' does not exist"],
  ['select * from other.db.t', "CATALOG_NOT_FOUND: Catalog 'other' not found"],
  ['select nope from (values (1)) as t(n)', "COLUMN_NOT_FOUND: Column 'nope' cannot be resolved"],
  ['select 1 from (values 1) as t(a) tablesample bernoulli (10)', undefined],
])('fails %s', async (sql, reason) => {
  const answer = await fixture.query(sql);
  expect(answer.state).toBe('FAILED');
  if (reason !== undefined) expect(answer.reason).toBe(reason);
});
