import { NOT_RUN } from '../../../local/athena/sql/statement.ts';
import { parseStatement } from '../../../local/athena/sql/syntax/statement.ts';
import { Fixture } from './fixture.ts';

const STATEMENTS = [
  'alter table t add columns (name string)',
  'alter table t drop column name',
  'alter table t change id number bigint',
  "alter table t set tblproperties ('format'='parquet')",
  "alter table t unset tblproperties ('format')",
  'optimize t rewrite data using bin_pack',
  'vacuum t',
] as const;

let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.open();
});
afterAll(() => {
  fixture.close();
});

const reasonOf = async (sql: string): Promise<string | undefined> => (await fixture.run(sql, { workGroup: 'free' })).reason;

test('every kind that is not run has a statement here', () => {
  expect(new Set(STATEMENTS.map((sql) => parseStatement(sql).kind))).toEqual(NOT_RUN);
});

test.each(STATEMENTS)('fails by name to run %s', async (sql) => {
  const name = parseStatement(sql).kind.replaceAll('_', ' ').toUpperCase();
  expect(await reasonOf(sql)).toBe(`NOT_SUPPORTED: ${name} is not on the tested list of headwaters local`);
});

test('fails to explain what changes rows', async () => {
  expect(await reasonOf('explain delete from t')).toContain('NOT_SUPPORTED: EXPLAIN of that statement');
});

test.each([
  ['partitioning', "array['day(ts)']"],
  ['vacuum_min_snapshots_to_keep', '1'],
])('fails to make a table of a query with the property %s', async (name, value) => {
  expect(await reasonOf(`create table t with (${name} = ${value}) as select 1 as id`)).toBe(
    `NOT_SUPPORTED: the table property '${name}' is not one that headwaters local acts on`,
  );
});
