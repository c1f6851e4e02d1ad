import { Fixture, READER, type Ran } from './fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

/** Runs statements in a workgroup that lets clients say where data goes; all but the last must succeed. */
async function run(...statements: readonly string[]): Promise<Ran> {
  let last: Ran | undefined;
  for (const [place, sql] of statements.entries()) {
    last = await fixture.run(sql, { workGroup: 'free' });
    if (place < statements.length - 1) expect([sql, last.reason]).toEqual([sql, undefined]);
  }
  if (last === undefined) throw new Error('no statement');
  return last;
}

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

test.each([
  [
    "create table x with (external_location = 's3://lake/full/') as select 1 as n",
    "HIVE_PATH_ALREADY_EXISTS: Target directory for table 'db.x' already exists: s3://lake/full/",
  ],
  ['create table x as select 1', 'MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 1'],
  ['create table x as select 1 as n, 2 as N', "DUPLICATE_COLUMN_NAME: Column name 'n' specified more than once"],
  [
    "create table x as select timestamp '2024-01-01 00:00:00.123456' as at",
    'NOT_SUPPORTED: Incorrect timestamp precision for timestamp(6); the configured precision is MILLISECONDS',
  ],
  [
    "create table x as select array[timestamp '2024-01-01 00:00:00'] as at",
    'NOT_SUPPORTED: Incorrect timestamp precision for timestamp(0); the configured precision is MILLISECONDS',
  ],
  [
    "unload (select timestamp '2024-01-01 00:00:00' as at) to 's3://lake/out/at/' with (format = 'PARQUET')",
    'NOT_SUPPORTED: Incorrect timestamp precision for timestamp(0); the configured precision is MILLISECONDS',
  ],
  ['create table x as select now() as n', 'NOT_SUPPORTED: Unsupported Hive type: timestamp(3) with time zone'],
  ["create table x as select time '01:02:03' as n", 'NOT_SUPPORTED: Unsupported Hive type: time(0)'],
  ["create table x as select json '1' as n", 'NOT_SUPPORTED: Unsupported Hive type: json'],
  ['create table x as select uuid() as n', 'NOT_SUPPORTED: Unsupported Hive type: uuid'],
  ["create table x as select interval '1' day as n", 'NOT_SUPPORTED: Unsupported Hive type: interval day to second'],
  [
    'create table x as select array[row(1, 2)] as n',
    'NOT_SUPPORTED: Anonymous row type is not supported in Hive. Please give each field a name: row(integer, integer)',
  ],
  [
    "create table x as select cast('a' as varchar(65536)) as n",
    'NOT_SUPPORTED: Unsupported Hive type: varchar(65536). Supported VARCHAR types: VARCHAR(<=65535), VARCHAR.',
  ],
  [
    "create table x with (format = 'TEXTFILE') as select array[1] as n",
    'NOT_SUPPORTED: a column of the type array<int> in a file of text is not one that headwaters local writes',
  ],
  ['create table x as select null as n', 'COLUMN_TYPE_UNKNOWN: Column type is unknown: n'],
  [
    "create table x with (format = 'ORC') as select 1 as n",
    'NOT_SUPPORTED: the format ORC is not one that headwaters local writes: PARQUET, JSON, TEXTFILE',
  ],
  [
    "create table x with (partitioned_by = array['a']) as select 1 as a, 2 as b",
    'HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns in the table and in the same order as the table properties: [a]',
  ],
  [
    "create table x with (partitioned_by = array['p']) as select 1 as n, p from unnest(sequence(1, 101)) as t(p)",
    'HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers for partitions/buckets',
  ],
  [
    "unload (select 1 as n) to 's3://lake/full/' with (format = 'JSON')",
    'HIVE_PATH_ALREADY_EXISTS: Target directory for UNLOAD already exists: s3://lake/full/',
  ],
  [
    "unload (select 1 as n) to 's3://lake/out/' with (compression = 'GZIP')",
    "INVALID_TABLE_PROPERTY: UNLOAD requires the property 'format'",
  ],
  ['create view x as select 1', 'MISSING_COLUMN_NAME: Column name not specified at position 1'],
  ['create view x as select 1 as n, 2 as N', "DUPLICATE_COLUMN_NAME: Column name 'n' specified more than once"],
  ['insert into none select 1', 'Table none not found in database db'],
  ['drop table none', 'FAILED: SemanticException [Error 10001]: Table not found db.none'],
  ['drop view none', "TABLE_NOT_FOUND: View 'awsdatacatalog.db.none' does not exist"],
  [
    'create database db',
    'FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. Database db already exists',
  ],
  ['drop database none', 'FAILED: SemanticException [Error 10072]: Database does not exist: none'],
  [
    'explain (type io) select 1',
    'NOT_SUPPORTED: EXPLAIN gives text of type LOGICAL, DISTRIBUTED or VALIDATE in headwaters local',
  ],
  ['execute none', 'INVALID_PREPARED_STATEMENT: PreparedStatement none was not found in workGroup free'],
])('fails %s', async (sql, reason) => {
  fixture.store.seed('lake', 'full/a', Buffer.from('x'));
  expect((await run(sql)).reason?.slice(0, reason.length)).toBe(reason);
});

test('fails to start a CTAS with an external_location in an enforced workgroup', async () => {
  const refused = fixture.run("create table x with (external_location = 's3://lake/x/') as select 1 as n");
  await expect(refused).rejects.toMatchObject({ code: 'InvalidRequestException' });
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

test.each([
  [
    's3:PutObject',
    /^arn:aws:s3:::lake\/copy\//,
    "create table copy with (external_location = 's3://lake/copy/') as select 1 as n",
  ],
  ['glue:CreateTable', /table\/db\/copy$/, 'create table copy as select 1 as n'],
  ['glue:BatchCreatePartition', /catalog$/, "create table copy with (partitioned_by = array['p']) as select 1 as n, 2 as p"],
  ['glue:DeleteTable', /database\/db$/, 'drop table base'],
  ['glue:CreateDatabase', /catalog$/, 'create database x'],
  ['glue:GetDatabases', /catalog$/, 'show databases'],
  ['athena:CreatePreparedStatement', /workgroup\/free$/, 'prepare p from select 1'],
])('fails without %s on %s: %s', async (denied, resource, sql) => {
  await run('create table base as select 1 as n');
  fixture.access.deny((action, on) => action === denied && resource.test(on));
  expect((await run(sql)).reason).toMatch(new RegExp(`^Access denied: .* is not authorized to perform: ${denied}`));
});
