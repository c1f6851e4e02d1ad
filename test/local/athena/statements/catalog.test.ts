import { Fixture, READER } from '../fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

const run: Fixture['runAll'] = (...statements) => fixture.runAll(...statements);
const table = (name: string) => fixture.catalog.tableFor(READER, 'db', name);

test('partitions are added, found by their folders, and dropped; objects stay', async () => {
  await run(
    "create external table logs (id int) partitioned by (day string, hour int) stored as parquet location 's3://lake/logs'",
  );
  for (const place of ['logs/day=1/hour=0', 'logs/day=2/hour=5', 'elsewhere'])
    await fixture.put(`${place}/a.parquet`, { id: 'int' }, [{ id: place.length }]);
  const found = await run('msck repair table logs');
  expect(found.rows).toEqual([
    ['Partitions not in metastore:\tlogs:day=1/hour=0\tlogs:day=2/hour=5'],
    ['Repair: Added partition to metastore logs:day=1/hour=0'],
    ['Repair: Added partition to metastore logs:day=2/hour=5'],
  ]);
  await run(
    "alter table logs add partition (day = '3', hour = 1) location 's3://lake/elsewhere/'",
    "alter table logs add if not exists partition (day = '3', hour = 1)",
  );
  expect((await run('select day, hour, id from logs order by day')).rows.slice(1)).toEqual([
    ['1', '0', '17'],
    ['2', '5', '17'],
    ['3', '1', '9'],
  ]);
  await run("alter table logs drop partition (day = '1', hour = 0)");
  expect((await run('show partitions logs')).rows).toEqual([['day=2/hour=5'], ['day=3/hour=1']]);
  expect(fixture.keys('lake', 'logs/day=1/')).toHaveLength(1);
  expect((await run("alter table logs drop partition (day = '1', hour = 0)")).reason).toBe(
    'FAILED: SemanticException [Error 10006]: Partition not found day=1/hour=0',
  );
  expect((await run("alter table logs add partition (day = '2', hour = 5)")).reason).toContain(
    'AlreadyExistsException(message:Partition already exists: day=2/hour=5)',
  );
});

test('a view is kept as Presto keeps it, and read with the rights of its reader', async () => {
  await run('create table base as select 1 as id', 'create view v as select id, id + 1 as next from base');
  const { ViewOriginalText = '', Parameters, TableType } = table('v');
  expect([TableType, Parameters]).toEqual(['VIRTUAL_VIEW', { presto_view: 'true', comment: 'Presto View' }]);
  const [, encoded = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(ViewOriginalText) ?? [];
  expect(JSON.parse(Buffer.from(encoded, 'base64').toString())).toEqual({
    originalSql: 'select id, id + 1 as next from base',
    catalog: 'awsdatacatalog',
    schema: 'db',
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'next', type: 'integer' },
    ],
  });
  expect((await run('select * from v')).rows).toEqual([
    ['id', 'next'],
    ['1', '2'],
  ]);
  expect((await run('create view v as select 1 as n')).reason).toBe(
    "TABLE_ALREADY_EXISTS: View already exists: 'awsdatacatalog.db.v'",
  );
  await run('create or replace view v as select 5 as n');
  expect((await run('show create view v')).rows).toEqual([['CREATE VIEW db.v AS'], ['select 5 as n']]);
  expect((await run('drop table v')).reason).toContain('Cannot drop a view');
  expect((await run('drop view v', 'show views')).rows).toEqual([]);
});

test('prepared statements run with their parameters, in their workgroup', async () => {
  const answer = await run('prepare p from select ? + n as sum from (values 1, 2) as t(n) where n > ?', 'execute p using 10, 1');
  expect([answer.rows, answer.output.endsWith('.csv')]).toEqual([[['sum'], ['12']], true]);
  expect((await fixture.run('execute p using 10, 1')).reason).toContain('not found in workGroup readers');
  expect((await run('execute p using 1')).reason).toContain('INVALID_PARAMETER_USAGE');
  expect((await run('deallocate prepare p', 'execute p using 1, 2')).reason).toContain('was not found');
  const direct = await fixture.run('select n from (values 1, 2) as t(n) where n = ?', { parameters: ['2'] });
  expect(direct.rows).toEqual([['n'], ['2']]);
});

test('shows what the catalog has, each line one value', async () => {
  await run(
    "create external table wide (id bigint comment 'the id', tags array<string>) partitioned by (day date) row format delimited fields terminated by ',' location 's3://lake/wide/' tblproperties ('skip.header.line.count'='1')",
    'create view one as select 1 as n',
    'create database other',
  );
  const rows = async (sql: string) => (await run(sql)).rows.map(([line]) => line);
  expect(await rows('show databases')).toEqual(['db', 'other']);
  expect(await rows("show databases like 'o*'")).toEqual(['other']);
  expect(await rows('show tables')).toEqual(['one', 'wide']);
  expect(await rows("show tables 'w*|x'")).toEqual(['wide']);
  expect(await rows('show views')).toEqual(['one']);
  expect(await rows('show columns in wide')).toEqual(['id', 'tags', 'day'].map((name) => name.padEnd(20)));
  expect(await rows("show tblproperties wide('skip.header.line.count')")).toEqual(['skip.header.line.count\t1']);
  const described = await run('describe wide');
  expect(described.columns).toEqual(['col_name string', 'data_type string', 'comment string']);
  expect(described.rows[0]).toEqual(['id                  \tbigint              \tthe id              ']);
  expect(described.rows.map(([line]) => line)).toContain('# Partition Information\t \t ');
  expect(await rows('show create table wide')).toEqual(
    expect.arrayContaining([
      'CREATE EXTERNAL TABLE `db.wide`(',
      "  `id` bigint COMMENT 'the id', ",
      '  `tags` array<string>)',
      'PARTITIONED BY ( ',
      '  `day` date)',
    ]),
  );
  expect(fixture.text(described.output).split('\n')[0]).toBe(described.rows[0]?.[0]);
  expect((await run('drop database db')).reason).toContain('Database db is not empty. One or more tables exist.');
  expect((await run('drop database db cascade', 'show databases')).rows).toEqual([['other']]);
});
