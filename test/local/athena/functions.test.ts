import { Fixture } from './fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.open();
});
afterAll(() => {
  fixture.close();
});

// what each function answers is told in sql/cases; here, how an answer and a failure reach a client
test.each<readonly [sql: string, value: string | undefined, type: string]>([
  ['1 / 2', '0', 'integer'],
  ['1.0 / 3', '0.3', 'decimal'],
  ['1e0 / 0', 'Infinity', 'double'],
  ['sum(n)', '6', 'bigint'],
  ['avg(d)', '30.0', 'double'],
  ["cast('1.1' as real)", '1.1', 'float'],
  ['current_date', '2024-02-10', 'date'],
  ['current_timestamp', '2024-02-10 08:30:00.000 UTC', 'timestamp with time zone'],
  ["at_timezone(now(), 'Asia/Tokyo')", '2024-02-10 17:30:00.000 Asia/Tokyo', 'timestamp with time zone'],
  ["timestamp '2024-01-01 00:00:00'", '2024-01-01 00:00:00.000', 'timestamp'],
  ["interval '2' day", '2 00:00:00.000', 'interval day to second'],
  ["time '01:02'", '01:02:00.000', 'time'],
  ["json_parse('[1, 2]')", '[1,2]', 'json'],
  ["array['a', null]", '[a, null]', 'array'],
  ["map(array['a'], array[1])", '{a=1}', 'map'],
  ["row(1, 'a')", '{field0=1, field1=a}', 'row'],
  ["x'00ff'", '00 ff', 'varbinary'],
  ['null', undefined, 'unknown'],
])('answers %s', async (...[expression, value, type]) => {
  const { reason, rows, types } = await fixture.query(
    `select ${expression} from (values (1, 10e0), (2, 20e0), (3, 60e0)) as t(n, d) limit 1`,
  );
  expect(reason).toBeUndefined();
  expect(rows).toEqual([[value]]);
  expect(types).toEqual([type]);
});

test('names columns as Trino does', async () => {
  const { header } = await fixture.query(
    'select 1, N, count(*) as "Many", t.* , sum(n) + 1 from (values (1, \'a\')) as t(n, s) group by n, s limit 1',
  );
  expect(header).toEqual(['_col0', 'N', 'Many', 'n', 's', '_col5']);
});

test.each([
  ['select 1 / 0', 'DIVISION_BY_ZERO: Division by zero'],
  ["select cast('secret' as double)", 'INVALID_CAST_ARGUMENT: Cannot cast the text to a floating-point number'],
  ["select date_parse('secret', '%Y')", 'INVALID_FUNCTION_ARGUMENT: Invalid format: the text is not as the date pattern says'],
  ['select array[1][2]', 'INVALID_FUNCTION_ARGUMENT: Array subscript is out of bounds'],
  ['select 9223372036854775807 + 1', 'NUMERIC_VALUE_OUT_OF_RANGE: bigint addition overflow'],
  ['select xxhash64(x)', "FUNCTION_NOT_FOUND: line 1:8: Function 'xxhash64' is not on the tested list of headwaters local"],
  ['select hw_fail(1)', "FUNCTION_NOT_FOUND: line 1:8: Function 'hw_fail' is not on the tested list of headwaters local"],
  ['select * from missing', "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.db.missing' does not exist"],
  ['select * from other.db.t', "CATALOG_NOT_FOUND: line 1:15: Catalog 'other' does not exist"],
  [
    'select nope from (values (1)) as t(n)',
    "COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved or requester is not authorized to access requested resources",
  ],
])('fails %s', async (sql, reason) => {
  const answer = await fixture.query(sql);
  expect(answer.state).toBe('FAILED');
  expect(answer.reason?.slice(0, reason.length)).toBe(reason);
});

test.each([
  ["select * from read_csv('x')", "line 1:23: mismatched input '('. Expecting: "],
  ['select 1; select 2', 'Only one sql statement is allowed. Got: select 1; select 2'],
  ['selec 1', "line 1:1: mismatched input 'selec'. Expecting: 'ALTER', "],
])('fails to start %s', async (sql, message) => {
  await expect(fixture.query(sql)).rejects.toThrow(message);
});
