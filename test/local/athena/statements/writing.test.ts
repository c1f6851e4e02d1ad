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

const NUMBERS =
  "(values (1, 'a', date '2024-01-01'), (2, 'b', date '2024-01-02'), (3, null, date '2024-01-02')) as t(id, name, day)";

test('CTAS writes Parquet where it is told, makes the table, and lists its files in a manifest', async () => {
  const made = await run(`create table copy with (external_location = 's3://lake/copy/') as select * from ${NUMBERS}`);
  expect([made.reason, made.updated, made.rows]).toEqual([undefined, 3, []]);
  expect(made.output).toBe(`s3://results/free/tables/${made.id}`);
  expect(made.manifest).toBe(`s3://results/free/tables/${made.id}-manifest.csv`);
  const files = fixture
    .text(made.manifest ?? '')
    .trim()
    .split('\n');
  expect(files).toEqual(fixture.keys('lake', 'copy/').map((key) => `s3://lake/${key}`));
  expect(table('copy')).toMatchObject({
    TableType: 'EXTERNAL_TABLE',
    StorageDescriptor: {
      Location: 's3://lake/copy/',
      Columns: [
        { Name: 'id', Type: 'int' },
        { Name: 'name', Type: 'varchar(1)' },
        { Name: 'day', Type: 'date' },
      ],
    },
  });
  const read = await run('select * from copy order by id');
  expect(read.rows.slice(1)).toEqual([
    ['1', 'a', '2024-01-01'],
    ['2', 'b', '2024-01-02'],
    ['3', undefined, '2024-01-02'],
  ]);
});

test.each([
  ['PARQUET', ''],
  ['JSON', '.gz'],
  ['TEXTFILE', '.gz'],
])('CTAS partitions and reads back %s', async (format, suffix) => {
  const read = await run(
    `create table parted with (format = '${format}', external_location = 's3://lake/parted/', partitioned_by = array['day']) as select * from ${NUMBERS}`,
    "select id, name, day from parted where day = date '2024-01-02' order by id",
  );
  expect(read.reason).toBeUndefined();
  expect(read.rows.slice(1)).toEqual([
    ['2', 'b', '2024-01-02'],
    ['3', undefined, '2024-01-02'],
  ]);
  const keys = fixture.keys('lake', 'parted/');
  expect(keys.map((key) => key.split('/')[1])).toEqual(['day=2024-01-01', 'day=2024-01-02']);
  expect(keys.every((key) => key.endsWith(suffix))).toBe(true);
  expect((await run('show partitions parted')).rows).toEqual([['day=2024-01-01'], ['day=2024-01-02']]);
  expect((await run('select * from "parted$partitions" order by day desc')).rows).toEqual([
    ['day'],
    ['2024-01-02'],
    ['2024-01-01'],
  ]);
});

test('CTAS writes a decimal without digits before its point with a zero, as the key of a folder and in text', async () => {
  const made = await run(
    "create table rates with (format = 'TEXTFILE', write_compression = 'NONE', external_location = 's3://lake/rates/', partitioned_by = array['rate']) as select -0.25 as part, 0.05 as rate",
    'select part, rate from rates',
  );
  expect(made.rows.slice(1)).toEqual([['-0.25', '0.05']]);
  const [key = ''] = fixture.keys('lake', 'rates/');
  expect(key.split('/')[1]).toBe('rate=0.05');
  expect(fixture.text(`s3://lake/${key}`)).toBe('-0.25\n');
});

/** @see https://github.com/trinodb/trino/blob/479/lib/trino-hive-formats/src/main/java/io/trino/hive/formats/encodings/text/DoubleEncoding.java */
test('CTAS writes doubles and floats as Java does, as keys of folders and in text, and bytes in base 64', async () => {
  const made = await run(
    "create table rates with (format = 'TEXTFILE', write_compression = 'NONE', external_location = 's3://lake/rates/', partitioned_by = array['k']) as " +
      "select 1e10 as a, real '0.1' as b, nan() as c, -infinity() as d, 2e0 as e, X'00ff' as f, 1e20 as k",
    'create external table read (a double, b float, c double, d double, e double) partitioned by (k double) ' +
      "row format delimited fields terminated by '\\001' location 's3://lake/rates/'",
    "alter table read add partition (k = '1.0E20')",
    'select a, b, c, d, e, k from read',
  );
  const [key = ''] = fixture.keys('lake', 'rates/');
  expect(key.split('/')[1]).toBe('k=1.0E20');
  expect(fixture.text(`s3://lake/${key}`).trim().split('\u0001')).toEqual(['1.0E10', '0.1', 'NaN', '-Infinity', '2.0', 'AP8=']);
  expect([made.reason, made.rows.slice(1)]).toEqual([undefined, [['1.0E10', '0.1', 'NaN', '-Infinity', '2.0', '1.0E20']]]);
});

test('CTAS puts an empty text where it puts a null, and reads a null', async () => {
  const read = await run(
    "create table blanks with (external_location = 's3://lake/blanks/', partitioned_by = array['k']) as select n, k from (values (1, ''), (2, null), (3, 'x')) as t(n, k)",
    'select n, k from blanks order by n',
  );
  expect(read.rows.slice(1)).toEqual([
    ['1', undefined],
    ['2', undefined],
    ['3', 'x'],
  ]);
  expect(fixture.keys('lake', 'blanks/').map((key) => key.split('/')[1])).toEqual(['k=__HIVE_DEFAULT_PARTITION__', 'k=x']);
});

test('CTAS without a place lies under the results, by the id of the query', async () => {
  const made = await fixture.run('create table own as select 1 as n');
  expect(made.reason).toBeUndefined();
  expect(table('own').StorageDescriptor?.Location).toBe(`s3://results/readers/tables/${made.id}/`);
  expect((await fixture.run('select n from own')).rows).toEqual([['n'], ['1']]);
});

test('INSERT adds files, registers new partitions, and fills what it leaves out with nulls', async () => {
  const inserted = await run(
    "create external table events (id bigint, name string) partitioned by (day string) stored as parquet location 's3://lake/events/'",
    "insert into events values (1, 'a', 'x'), (2, 'b', 'y')",
    "insert into events (id, day) select 3, 'y'",
  );
  expect([inserted.updated, inserted.output]).toEqual([1, `s3://results/free/${inserted.id}`]);
  expect(fixture.text(`s3://results/free/${inserted.id}-manifest.csv`)).toMatch(/^s3:\/\/lake\/events\/day=y\/\S+\n$/);
  expect((await run('select * from events order by id')).rows.slice(1)).toEqual([
    ['1', 'a', 'x'],
    ['2', 'b', 'y'],
    ['3', undefined, 'y'],
  ]);
  expect((await run('insert into events select 1')).reason).toContain(
    'TYPE_MISMATCH: Insert query has mismatched column types: Table: [bigint, varchar, varchar], Query: [integer]',
  );
});

test('INSERT into a projected table follows its template, and registers nothing', async () => {
  fixture.table('sales', { id: 'bigint' });
  const read = await run("insert into sales values (7, '2024-02-01', '03')", "select * from sales where dt = '2024-02-01'");
  expect(read.rows.slice(1)).toEqual([['7', '2024-02-01', '03']]);
  expect(fixture.keys('lake', 'std/sales/dt=2024-02-01/hr=03/')).toHaveLength(1);
  expect((await run('show partitions sales')).rows).toEqual([]);
});

test('a null is a partition of its own, and found as one', async () => {
  await run(
    "create external table events (id int) partitioned by (day string) stored as parquet location 's3://lake/events/'",
    "insert into events values (1, null), (2, 'a=b/c')",
  );
  expect(fixture.keys('lake', 'events/').map((key) => key.split('/')[1])).toEqual([
    'day=__HIVE_DEFAULT_PARTITION__',
    'day=a%3Db%2Fc',
  ]);
  expect((await run('select id, day from events where day is null')).rows.slice(1)).toEqual([['1', undefined]]);
  expect((await run("select id from events where day = 'a=b/c'")).rows.slice(1)).toEqual([['2']]);
});

test('UNLOAD writes text by its delimiter and JSON by lines', async () => {
  const text = await run(
    `unload (select id, name from ${NUMBERS} order by id) to 's3://lake/out/text' with (format = 'TEXTFILE', field_delimiter = ',')`,
  );
  const files = fixture
    .text(text.manifest ?? '')
    .trim()
    .split('\n');
  expect(files).toHaveLength(1);
  expect(fixture.text(files[0] ?? '')).toBe('1,a\n2,b\n3,\\N\n');
  const json = await run(`unload (select id, name from ${NUMBERS} order by id) to 's3://lake/out/json/' with (format = 'JSON')`);
  expect(fixture.text(fixture.text(json.manifest ?? '').trim())).toBe(
    '{"id":1,"name":"a"}\n{"id":2,"name":"b"}\n{"id":3,"name":null}\n',
  );
});
