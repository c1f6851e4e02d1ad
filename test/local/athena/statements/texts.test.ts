import { Fixture } from '../fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

const run: Fixture['runAll'] = (...statements) => fixture.runAll(...statements);

const narrowly = async (...statements: readonly string[]): ReturnType<typeof run> =>
  run(
    "create table wide with (external_location = 's3://lake/wide/') as select 'abcd' as name, array['abcd'] as names",
    "create external table narrow (name varchar(2), names array<varchar(3)>) stored as parquet location 's3://lake/wide/'",
    ...statements,
  );

test('texts of a varchar(n) column are cut to its length, and have its type', async () => {
  const read = await narrowly('select name, names, length(name), typeof(name), typeof(names) from narrow');
  expect([read.reason, read.rows[1]]).toEqual([undefined, ['ab', '[abc]', '2', 'varchar(2)', 'array(varchar(3))']]);
  expect((await run("select count(*) from narrow where name = 'ab'")).rows[1]).toEqual(['1']);
});

test('fails on a char(n) column, which is padded as nothing here is', async () => {
  const read = await narrowly(
    "create external table fixed (name char(2)) stored as parquet location 's3://lake/wide/'",
    'select 1 from fixed',
  );
  expect(read.reason).toContain("NOT_SUPPORTED: a column of the type 'char' is not on the tested list");
});

test('INSERT cuts blanks from a text that is longer than its column, and fails on anything else', async () => {
  const inserted = await narrowly(
    "insert into narrow (name) values ('x   '), ('yz')",
    'select name from narrow where names is null order by name',
  );
  expect([inserted.reason, ...inserted.rows.slice(1)]).toEqual([undefined, ['x '], ['yz']]);
  expect((await run("insert into narrow (name) values ('abc')")).reason).toContain(
    'INVALID_CAST_ARGUMENT: Cannot truncate non-space characters when casting from varchar(3) to varchar(2) on INSERT',
  );
});

test('reads delimited text: bare values by LazySimpleSerDe, quoted ones by OpenCSVSerDe', async () => {
  fixture.store.seed('lake', 'csv/a.csv', Buffer.from('id,name\n1,ann\nx,\\N\n3\n'));
  fixture.store.seed('lake', 'quoted/a.csv', Buffer.from('"1","say \\"hi\\", ann"\n'));
  const bare = await run(
    "create external table csv (id int, name string) row format delimited fields terminated by ',' location 's3://lake/csv/' tblproperties ('skip.header.line.count'='1')",
    'select * from csv',
  );
  expect([bare.reason, bare.rows.slice(1)]).toEqual([
    undefined,
    [
      ['1', 'ann'],
      [undefined, undefined],
      ['3', undefined],
    ],
  ]);
  const quoted = await run(
    "create external table quoted (id string, name string) row format serde 'org.apache.hadoop.hive.serde2.OpenCSVSerde' with serdeproperties ('separatorChar'=',', 'quoteChar'='\"', 'escapeChar'='\\\\') location 's3://lake/quoted/'",
    'select * from quoted',
  );
  expect([quoted.reason, quoted.rows.slice(1)]).toEqual([undefined, [['1', 'say "hi", ann']]]);
});
