import { Fixture } from '../fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

const run: Fixture['runAll'] = (...statements) => fixture.runAll(...statements);

test('information_schema tells databases, tables and columns as the caller may see them', async () => {
  await run('create table t as select 1 as id, 2.5 as amount', 'create view v as select id from t');
  expect((await run('select table_name, table_type from information_schema.tables order by 1')).rows.slice(1)).toEqual([
    ['t', 'BASE TABLE'],
    ['v', 'VIEW'],
  ]);
  const columns = await run(
    "select column_name, ordinal_position, data_type from information_schema.columns where table_name = 't'",
  );
  expect(columns.rows.slice(1)).toEqual([
    ['id', '1', 'integer'],
    ['amount', '2', 'decimal(2,1)'],
  ]);
  expect((await run('select schema_name from information_schema.schemata')).rows.slice(1)).toEqual([
    ['db'],
    ['information_schema'],
  ]);
  fixture.access.deny((action) => action === 'glue:GetTables');
  expect((await run('select * from information_schema.tables')).reason).toContain('not authorized to perform: glue:GetTables');
});

test('"$path" and its kin tell of the file that a row lies in, and are no part of *', async () => {
  fixture.store.seed('lake', 'lines/a.json', Buffer.from('{"n":1}\n'));
  fixture.store.seed('lake', 'lines/b.json', Buffer.from('{"n":2}\n'));
  const found = await run(
    "create external table lines (n int) row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://lake/lines/'",
    'select n, "$path", "$file_size" from lines where "$path" like \'%b.json\'',
  );
  expect([found.reason, found.rows.slice(1)]).toEqual([undefined, [['2', 's3://lake/lines/b.json', '8']]]);
  expect((await run('select * from lines order by n')).rows).toEqual([['n'], ['1'], ['2']]);
});

test('EXPLAIN checks a query and reads no object', async () => {
  fixture.store.seed('lake', 'lines/a.json', Buffer.from('{"n":1}\n'));
  await run(
    "create external table lines (n int) row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://lake/lines/'",
  );
  fixture.access.asked.length = 0;
  const plan = await run('explain select n from lines');
  expect([plan.columns, plan.rows.length > 1]).toEqual([['Query Plan varchar'], true]);
  expect(fixture.access.asked.filter((line) => line.startsWith('s3:GetObject arn:aws:s3:::lake'))).toEqual([]);
  expect((await run('explain (type validate) select n from lines')).rows).toEqual([['Valid'], ['true'], ['']]);
  expect((await run('explain select none from lines')).reason).toContain('COLUMN_NOT_FOUND');
});
