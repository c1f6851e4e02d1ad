import { Fixture } from './fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

async function rowsOf(sql: string): Promise<readonly (readonly (string | undefined)[])[]> {
  const ran = await fixture.run(sql);
  expect({ sql, state: ran.state, reason: ran.reason }).toEqual({ sql, state: 'SUCCEEDED', reason: undefined });
  return ran.rows.slice(1);
}
const made = (column: string, partition: string) =>
  rowsOf(
    `create table t (id int, v ${column}) partitioned by (${partition}) location 's3://lake/t/' tblproperties ('table_type'='ICEBERG')`,
  );
/** The folders of partitions that the table's files lie in. */
const folders = (): readonly string[] =>
  fixture
    .keys('lake', 't/data/')
    .map((key) => decodeURIComponent(/\/(v[^/]*=[^/]*)\/[^/]*$/.exec(key)?.[1] ?? ''))
    .sort();

test('a moment is a partition by itself, and the files of the table can be read again', async () => {
  await made('timestamp', 'v');
  await rowsOf(
    "insert into t values (1, timestamp '1800-01-01 00:00:00.000001'), (2, timestamp '2400-01-01 00:00:00'), (3, null)",
  );
  await rowsOf('insert into t select id + 3, v from t');
  expect(await rowsOf('select id from t where v is not null order by id')).toEqual([['1'], ['2'], ['4'], ['5']]);
  expect(folders()).toHaveLength(6);
});

test('the least whole numbers are truncated as those who specify Iceberg do it', async () => {
  await made('int', 'truncate(10, v)');
  await rowsOf('insert into t values (1, -2147483648), (2, -1), (3, 19)');
  expect(folders()).toEqual(['v_trunc=-10', 'v_trunc=10', 'v_trunc=2147483646']);
});

test('decimals of many digits are truncated to the last of them', async () => {
  await made('decimal(38,3)', 'truncate(1000, v)');
  await rowsOf("insert into t values (1, decimal '12345678901234567890123456789012345.678'), (2, decimal '-0.001')");
  expect(folders()).toEqual(['v_trunc=-1.000', 'v_trunc=12345678901234567890123456789012345.000']);
});

test('a file is not passed over whose decimals lie above a value by a last digit', async () => {
  await made('decimal(38,0)', 'bucket(2, id)');
  await rowsOf("insert into t values (1, decimal '10000000000000000000000000000000000001')");
  expect(await rowsOf("select id from t where v > decimal '10000000000000000000000000000000000000'")).toEqual([['1']]);
});

test.each([
  ['14.20', 3],
  ['-0.01', 2],
  ['1.28', 2],
  ['327.68', 0],
])("the decimal %s is in the specification's bucket %d of 7", async (value, bucket) => {
  await made('decimal(9,2)', 'bucket(7, v)');
  await rowsOf(`insert into t values (1, decimal '${value}')`);
  expect(folders()).toEqual([`v_bucket=${bucket}`]);
});

test('a column that must have a value takes no null', async () => {
  const fields = [{ id: 1, name: 'id', required: true, type: 'int' }];
  fixture.catalog.createIcebergTable('db', 'r', { location: 's3://lake/r', schema: { fields }, properties: {} });
  await rowsOf('insert into r values 1');
  expect((await fixture.run('insert into r values null')).reason).toMatch(
    /^CONSTRAINT_VIOLATION: NULL value not allowed for NOT NULL column: id\./,
  );
  expect((await fixture.run('update r set id = null')).state).toBe('FAILED');
  expect(await rowsOf('select id from r')).toEqual([['1']]);
});
