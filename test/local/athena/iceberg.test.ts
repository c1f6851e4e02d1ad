import { inputOf } from '../../../local/glue/table.ts';
import { currentSchema, readMetadata, writeMetadata } from '../../../local/iceberg/metadata.ts';
import { withFields } from '../../../local/iceberg/table.ts';
import { Fixture, READER, type Ran } from './fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

const run = async (sql: string): Promise<Ran> => {
  const ran = await fixture.run(sql);
  expect({ sql, state: ran.state, reason: ran.reason }).toEqual({ sql, state: 'SUCCEEDED', reason: undefined });
  return ran;
};
const rowsOf = async (sql: string) => (await run(sql)).rows.slice(1);

const EVENTS = `create table events (id bigint, at timestamp, name string, tags array<string>) partitioned by (day(at), bucket(4, id))
  location 's3://lake/events/' tblproperties ('table_type'='ICEBERG')`;
const THREE = `insert into events values (1, timestamp '2024-01-01 10:00:00.123456', 'a', array['x', 'y']),
  (2, timestamp '1969-12-31 23:00:00', 'b', null), (3, null, null, array[])`;

test('a table is made, filled, and read again', async () => {
  await run(EVENTS);
  expect(await rowsOf('select * from events')).toEqual([]);
  expect((await run(THREE)).updated).toBe(3);
  expect(await rowsOf('select * from events order by id')).toEqual([
    ['1', '2024-01-01 10:00:00.123456', 'a', '[x, y]'],
    ['2', '1969-12-31 23:00:00.000000', 'b', undefined],
    ['3', undefined, undefined, '[]'],
  ]);
});

test('rows are changed, deleted and merged, each statement at once', async () => {
  await run(EVENTS);
  await run(THREE);
  expect((await run("update events set name = name || '!' where id <= 2")).updated).toBe(2);
  expect((await run('delete from events where id = 3')).updated).toBe(1);
  const merge = `merge into events e using (values (1, 'z'), (9, 'new')) s (id, name) on e.id = s.id
    when matched then update set name = s.name
    when not matched then insert (id, name) values (s.id, s.name)`;
  expect((await run(merge)).updated).toBe(2);
  expect(await rowsOf('select id, name from events order by id')).toEqual([
    ['1', 'z'],
    ['2', 'b!'],
    ['9', 'new'],
  ]);
});

test('a file of which rows are left keeps them: a file of deletes tells which are gone', async () => {
  await run("create table t (id int) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')");
  await run('insert into t values 1, 2, 3');
  await run('delete from t where id = 2');
  const data = fixture.keys('lake', 't/data/');
  expect(data.filter((key) => key.includes('/delete_file_'))).toHaveLength(1);
  expect(data).toHaveLength(2);
  expect(await rowsOf('select id from t order by id')).toEqual([['1'], ['3']]);
});

test('files whose bounds leave no room for what a query wants are not read', async () => {
  await run(EVENTS);
  await run(THREE);
  fixture.access.deny((action, resource) => action === 's3:GetObject' && resource.includes('1969-12-31'));
  expect(await rowsOf("select id from events where at >= timestamp '2024-01-01 00:00:00'")).toEqual([['1']]);
  expect(await rowsOf("select name from events where name = 'a'")).toEqual([['a']]);
  expect((await fixture.run('select id from events')).reason).toMatch(/^Access denied: .*s3:GetObject/);
});

test('each column is scanned by itself, and deletes are scanned whole', async () => {
  await run("create table t (id int, text string) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')");
  await run('insert into t select id, cast(uuid() as varchar) from unnest(sequence(1, 1000)) as u(id)');
  const narrow = (await run('select count(id) from t')).scanned;
  const wide = (await run('select count(id), count(text) from t')).scanned;
  expect(wide).toBeGreaterThan(4 * narrow);
  await run('delete from t where id % 2 = 0');
  expect((await run('select count(id) from t')).scanned).toBeGreaterThan(narrow);
});

test('who was slower does not overwrite what another has committed', async () => {
  await run("create table t (id int) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')");
  const caller = { arn: 'arn:aws:iam::111122223333:role/other', accountId: '111122223333' };
  const put = fixture.store.putObject.bind(fixture.store);
  fixture.store.putObject = async (...args) => {
    if (args[2].endsWith('.metadata.json')) {
      fixture.catalog.tables.update(caller, 'db', inputOf(fixture.catalog.tableFor(caller, 'db', 't')), { skipArchive: true });
    }
    return put(...args);
  };
  expect((await fixture.run('insert into t values 1')).reason).toContain(
    'ICEBERG_COMMIT_ERROR: Failed to commit Iceberg update to table: db.t',
  );
  expect(await rowsOf('select * from t')).toEqual([]);
});

test('a query that fails makes no table', async () => {
  const make =
    "create table t with (table_type = 'ICEBERG', is_external = false, location = 's3://lake/t/') as select 1 / n as x from (values 0) v (n)";
  expect((await fixture.run(make, { workGroup: 'free' })).reason).toMatch(/DIVISION_BY_ZERO/);
  expect((await fixture.run('select * from t')).reason).toMatch(/^TABLE_NOT_FOUND/);
  expect(fixture.keys('lake')).toEqual([]);
});

test('what changes rows is not explained', async () => {
  expect((await fixture.run('explain delete from t')).reason).toContain('NOT_SUPPORTED: EXPLAIN of that statement');
});

test('files whose columns have no ids are refused: they would read as nulls', async () => {
  await run("create table t (id int) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')");
  await run('insert into t values 1');
  await fixture.put(fixture.keys('lake', 't/data/')[0] ?? '', { id: 'int' }, [{ id: 1 }]);
  expect((await fixture.run('select * from t')).reason).toBe(
    'NOT_SUPPORTED: the table has files whose columns have no ids, which headwaters local does not read',
  );
});

test('a column is refused within which another engine has renamed a field', async () => {
  await run(
    "create table t (id int, place struct<lat:int,lon:int>) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')",
  );
  await run('insert into t values (1, row(2, 3))');
  const caller = { arn: 'arn:aws:iam::111122223333:role/other', accountId: '111122223333' };
  const address = fixture.catalog.tableFor(caller, 'db', 't').Parameters?.['metadata_location'] ?? '';
  const metadata = readMetadata(fixture.text(address), address);
  const [id, place] = currentSchema(metadata).fields;
  const renamed = JSON.parse(JSON.stringify(place).replace('"lat"', '"latitude"')) as typeof place;
  const changed = withFields(metadata, [id, renamed].filter((field) => field !== undefined), 4, 1); // prettier-ignore
  fixture.store.seed('lake', address.slice('s3://lake/'.length), Buffer.from(writeMetadata(changed)));
  expect((await fixture.run('select id from t')).reason).toMatch(/^NOT_SUPPORTED: a field within column 'place' was renamed/);
});

test('a text with lines in it is one value of a filter, whatever its lines look like', async () => {
  await run("create table t (id int, name string) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')");
  await run("insert into t values (1, 'a')");
  await run("insert into t values (2, 'b')");
  expect(await rowsOf("select count(*) from t where name <> 'x\nhw0_0_>1\ny'")).toEqual([['2']]);
  expect((await run("update t set name = 'z' where name <> 'x\nhw0_0_>1\ny'")).updated).toBe(2);
});

test('a condition that a null passes loses no row of nulls', async () => {
  await run("create table t (id int, s string) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')");
  for (const row of ['(1, null)', "(2, 'zz')", "(3, 'q')"]) await run(`insert into t values ${row}`);
  expect(await rowsOf("select id from t where s < 'b' or s is distinct from 'zz' order by id")).toEqual([['1'], ['3']]);
});

test('a MERGE whose conditions hang on chance is refused: they are asked more than once', async () => {
  await run("create table t (id int) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')");
  const merge = 'merge into t using (values 1) s (id) on t.id = s.id when matched and random() < 0.5 then delete';
  expect((await fixture.run(merge)).reason).toContain('NOT_SUPPORTED: line 1:53: random() in a condition of MERGE');
});

test('an INSERT that is stopped while it writes is not committed', async () => {
  await run("create table t (id int) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')");
  const put = fixture.store.putObject.bind(fixture.store);
  let id = '';
  fixture.store.putObject = async (...args) => {
    if (args[2].includes('/data/')) fixture.athena.stop(READER, id);
    return put(...args);
  };
  id = fixture.athena.start(READER, { sql: 'insert into t values 1', database: 'db', workGroup: 'readers' });
  await fixture.athena.idle();
  expect(await rowsOf('select * from t')).toEqual([]);
});

test('the place of a row in its file is nobody’s to ask for', async () => {
  await run("create table t (id int) location 's3://lake/t' tblproperties ('table_type'='ICEBERG')");
  expect((await fixture.run('select "$hw_position" from t')).reason).toMatch(/^COLUMN_NOT_FOUND/);
});
