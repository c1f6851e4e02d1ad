import { Fixture } from '../fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

const run: Fixture['runAll'] = (...statements) => fixture.runAll(...statements);

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
  [
    "create table x with (table_type = 'ICEBERG', is_external = false, location = 's3://lake/x/') as select time '01:02:03' as n",
    'NOT_SUPPORTED: headwaters local makes no column of the type time(0) in an Iceberg table',
  ],
  [
    'create table x (m) as select 1 as n',
    'NOT_SUPPORTED: CREATE TABLE AS that names its columns is not on the tested list of headwaters local',
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
