import { existsSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Fixture, READER } from './fixture.ts';

const COLUMNS = { id: 'bigint', name: 'string', amount: 'double' };

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

const key = (day: string, hour: string, table = 'sales'): string => `std/${table}/dt=${day}/hr=${hour}/part-1.parquet`;
const objectsRead = (): string[] => fixture.access.asked.filter((line) => line.startsWith('s3:GetObject arn:aws:s3:::lake/')).map((line) => line.replace(/^.*?lake\/std\//, '').replace(/ via.*$/, '')); // prettier-ignore

async function threeDays(): Promise<void> {
  fixture.table('sales', COLUMNS);
  for (const [index, day] of ['2024-02-01', '2024-02-02', '2024-02-03'].entries()) {
    await fixture.put(key(day, '00'), COLUMNS, [{ id: index, name: `n${index}`, amount: index / 2 }]);
    await fixture.put(key(day, '01'), COLUMNS, [{ id: index + 10, name: 'late', amount: 1 }]);
  }
}

test('reads partitions by the table, with the types of the table', async () => {
  await threeDays();
  const answer = await fixture.query("select * from sales where hr = '00' order by id");
  expect(answer.reason).toBeUndefined();
  expect(answer.header).toEqual(['id', 'name', 'amount', 'dt', 'hr']);
  expect(answer.types).toEqual(['bigint', 'varchar', 'double', 'varchar', 'varchar']);
  expect(answer.rows).toEqual([
    ['0', 'n0', '0.0', '2024-02-01', '00'],
    ['1', 'n1', '0.5', '2024-02-02', '00'],
    ['2', 'n2', '1.0', '2024-02-03', '00'],
  ]);
});

test.each([
  ["dt = '2024-02-02'", ['2024-02-02/00', '2024-02-02/01']],
  ["dt >= '2024-02-01' and dt < '2024-02-02'", ['2024-02-01/00', '2024-02-01/01']],
  ["dt <> '2024-02-02' and hr = '01'", ['2024-02-01/01', '2024-02-03/01']],
  ["dt in ('2024-02-01', '2024-02-03') and hr = '00'", ['2024-02-01/00', '2024-02-03/00']],
  ["(dt = '2024-02-01' and hr = '00') or (dt = '2024-02-03' and hr = '01')", ['2024-02-01/00', '2024-02-03/01']],
  ["dt > date_format(current_date - interval '8' day, '%Y-%m-%d')", ['2024-02-03/00', '2024-02-03/01']],
  ["substr(dt, 9) = '03' and hr like '0%' and name = 'late'", ['2024-02-03/00', '2024-02-03/01']],
  ["regexp_like(dt, '0[13]$') and hr = '00'", ['2024-02-01/00', '2024-02-03/00']],
  ["dt = '1999-01-01'", []],
  ['1 = 0', []],
])('prunes where %s', async (condition, expected) => {
  await threeDays();
  const { reason } = await fixture.query(`select id from sales where ${condition}`);
  expect(reason).toBeUndefined();
  expect(objectsRead()).toEqual(expected.map((place) => key(...(place.split('/') as [string, string])).replace('std/', '')));
});

test('prunes each reading of a table by itself, through views and windows', async () => {
  await threeDays();
  fixture.view(
    'recent',
    "select id, name, dt from (select *, row_number() over (partition by dt, id order by amount) as n from sales where dt >= date_format(current_date - interval '8' day, '%Y-%m-%d')) where n = 1",
    { id: 'bigint', name: 'varchar', dt: 'varchar' },
  );
  fixture.view('latest', 'select id from recent', { ID: 'bigint' });
  const answer = await fixture.query('select id from latest where id < 100 order by id');
  expect(answer.reason).toBeUndefined();
  expect(answer.rows).toEqual([['1'], ['2'], ['11'], ['12']]);
  expect(objectsRead()).toEqual(
    ['02', '02', '03', '03'].map((day, index) => key(`2024-02-${day}`, `0${index % 2}`).replace('std/', '')),
  );
});

test.each([
  ['std/sales/dt=2020-01-01/hr=00/a.parquet', 'before the range'],
  ['std/sales/dt=2024-02-11/hr=00/a.parquet', 'after now'],
  ['std/sales/dt=2024-02-01/hr=24/a.parquet', 'an hour that is not projected'],
  ['std/sales/dt=2024-02-01/hr=0/a.parquet', 'too few digits'],
  ['std/sales/dt=2024-2-1/hr=00/a.parquet', 'another format'],
  ['std/sales/2024-02-01/00/a.parquet', 'another template'],
  ['std/sales/dt=2024-02-01/a.parquet', 'a part of the template'],
  ['std/sales/dt=2024-02-01/hr=00/_temporary/a.parquet', 'a hidden folder'],
])('does not see %s: %s', async (stranger) => {
  fixture.table('sales', COLUMNS);
  await fixture.put(stranger, COLUMNS, [{ id: 1 }]);
  expect((await fixture.query('select count(*) from sales')).rows).toEqual([['0']]);
});

test('sees a new day once the clock has come to it', async () => {
  fixture.table('sales', COLUMNS);
  await fixture.put(key('2024-02-11', '00'), COLUMNS, [{ id: 1 }]);
  expect((await fixture.query('select count(*) from sales')).rows).toEqual([['0']]);
  await fixture.clock.advance(86_400_000);
  expect((await fixture.query('select count(*) from sales')).rows).toEqual([['1']]);
});

test('a partitioned table that projects nothing and has nothing registered has no rows', async () => {
  fixture.table('sales', COLUMNS, { Parameters: {} });
  await fixture.put(key('2024-02-01', '00'), COLUMNS, [{ id: 1 }]);
  const answer = await fixture.query('select id, dt from sales');
  expect(answer.rows).toEqual([]);
  expect(answer.types).toEqual(['bigint', 'varchar']);
});

test('passes over archived objects without a word', async () => {
  fixture.table('sales', COLUMNS);
  await fixture.put(key('2024-02-01', '00'), COLUMNS, [{ id: 1 }], 'GLACIER');
  await fixture.put(key('2024-02-02', '00'), COLUMNS, [{ id: 2 }], 'GLACIER_IR');
  expect((await fixture.query('select id from sales')).rows).toEqual([['2']]);
});

test('a column that an old file lacks is null, and a narrower one is widened', async () => {
  fixture.table('sales', { id: 'bigint', name: 'string', added: 'decimal(10,2)' });
  await fixture.put(key('2024-02-01', '00'), { id: 'int', gone: 'string' }, [{ id: 1, gone: 'x' }]);
  const answer = await fixture.query('select * from sales');
  expect(answer.rows).toEqual([['1', undefined, undefined, '2024-02-01', '00']]);
  expect(answer.types).toEqual(['bigint', 'varchar', 'decimal', 'varchar', 'varchar']);
});

test('fails where a file holds another type than the table', async () => {
  fixture.table('sales', COLUMNS);
  await fixture.put(key('2024-02-01', '00'), { id: 'string' }, [{ id: 'secret' }]);
  expect((await fixture.query('select id from sales')).reason).toBe(
    "HIVE_BAD_DATA: Field id's type BYTE_ARRAY in parquet file is incompatible with type bigint defined in table schema",
  );
});

test('reads JSON lines whole, packed or not', async () => {
  fixture.table(
    'rejects',
    { reason: 'string' },
    {
      StorageDescriptor: {
        Columns: [{ Name: 'reason', Type: 'string' }],
        Location: 's3://lake/std/rejects/',
        SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      },
    },
  );
  fixture.store.seed(
    'lake',
    key('2024-02-01', '00', 'rejects').replace('parquet', 'json'),
    Buffer.from('{"reason":"a"}\n{"reason":"b","more":1}\n'),
  );
  const answer = await fixture.query("select reason, dt from rejects where dt = '2024-02-01' order by 1");
  expect(answer.reason).toBeUndefined();
  expect(answer.rows).toEqual([
    ['a', '2024-02-01'],
    ['b', '2024-02-01'],
  ]);
});

test('keeps partition values that a path would have to escape, and reads gzip by the name of the key', async () => {
  fixture.table(
    'kinds',
    {},
    {
      PartitionKeys: [{ Name: 'kind', Type: 'string' }],
      Parameters: {
        'projection.enabled': 'true',
        'projection.kind.type': 'enum',
        'projection.kind.values': 'a b,c%d',
        'storage.location.template': 's3://lake/kinds/${kind}/',
      },
      StorageDescriptor: {
        Columns: [{ Name: 'n', Type: 'int' }],
        Location: 's3://lake/kinds/',
        SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      },
    },
  );
  fixture.store.seed('lake', 'kinds/a b/1.gz', gzipSync('{"n":1}\n'));
  fixture.store.seed('lake', 'kinds/c%d/1.json', Buffer.from('{"n":2}'));
  fixture.store.seed('lake', 'kinds/e/1.json', Buffer.from('{"n":3}'));
  expect((await fixture.query('select n, kind from kinds order by n')).rows).toEqual([
    ['1', 'a b'],
    ['2', 'c%d'],
  ]);
});

test('counts the bytes of the columns it reads, of the objects that are left', async () => {
  await threeDays();
  const [all, one, day] = [
    await fixture.query('select * from sales'),
    await fixture.query('select id from sales'),
    await fixture.query("select id from sales where dt = '2024-02-01'"),
  ];
  expect(one.scanned).toBeLessThan(all.scanned);
  expect(day.scanned * 3).toBe(one.scanned);
  expect((await fixture.query('select 1')).scanned).toBe(0);
});

test('is cancelled above the cutoff of the workgroup, by what is left after pruning', async () => {
  fixture.table('wide', { id: 'bigint', noise: 'string' });
  const noise = (seed: number): string => Array.from({ length: 4_000_00 }, (_, index) => ((index * 7919 * (seed + 3)) ^ (index << (seed % 5))).toString(36)).join(''); // prettier-ignore
  for (const day of ['2024-02-01', '2024-02-02', '2024-02-03', '2024-02-04', '2024-02-05', '2024-02-06']) {
    const rows = Array.from({ length: 2 }, (_, index) => ({ id: index, noise: noise(index + Number(day.slice(-1))) }));
    await fixture.put(key(day, '00', 'wide'), { id: 'bigint', noise: 'string' }, rows);
  }
  fixture.athena.createWorkGroup({
    name: 'small',
    resultLocation: 's3://results/small/',
    enforce: true,
    bytesScannedCutoff: 10_000_000,
  });
  const all = await fixture.query('select max(noise) from wide', 'small');
  expect([all.state, all.reason]).toEqual(['CANCELLED', 'Bytes scanned limit was exceeded']);
  expect(all.scanned).toBeGreaterThan(10_000_000);
  expect((await fixture.query('select max(id) from wide', 'small')).state).toBe('SUCCEEDED');
  const one = await fixture.query("select length(max(noise)) > 0 from wide where dt = '2024-02-01'", 'small');
  expect(one.reason).toBeUndefined();
  expect(one.rows).toEqual([['true']]);
});

test('asks for each right as the caller, by way of Athena', async () => {
  await threeDays();
  fixture.access.asked.length = 0;
  const { id } = await fixture.query("select id from sales where dt = '2024-02-01' and hr = '00'");
  const via = ' via athena.amazonaws.com';
  const glue = 'arn:aws:glue:us-east-1:111122223333:';
  expect(fixture.access.asked).toEqual([
    'athena:StartQueryExecution arn:aws:athena:us-east-1:111122223333:workgroup/readers',
    `s3:GetBucketLocation arn:aws:s3:::results${via}`,
    `glue:GetDatabase ${glue}catalog${via}`,
    `glue:GetDatabase ${glue}database/db${via}`,
    `glue:GetTable ${glue}catalog${via}`,
    `glue:GetTable ${glue}database/db${via}`,
    `glue:GetTable ${glue}table/db/sales${via}`,
    `s3:ListBucket arn:aws:s3:::lake s3:prefix=std/sales/dt=${via}`,
    `s3:GetObject arn:aws:s3:::lake/${key('2024-02-01', '00')}${via}`,
    `s3:PutObject arn:aws:s3:::results/readers/${id}.csv${via}`,
    `s3:PutObject arn:aws:s3:::results/readers/${id}.csv.metadata${via}`,
    'athena:GetQueryExecution arn:aws:athena:us-east-1:111122223333:workgroup/readers',
    'athena:GetQueryResults arn:aws:athena:us-east-1:111122223333:workgroup/readers',
    `s3:GetObject arn:aws:s3:::results/readers/${id}.csv${via}`,
  ]);
});

test.each([
  ['s3:GetObject', `arn:aws:s3:::lake/${key('2024-02-01', '00')}`],
  ['s3:ListBucket', 'arn:aws:s3:::lake'],
  ['glue:GetTable', 'arn:aws:glue:us-east-1:111122223333:table/db/sales'],
])('fails in the words of the service that refuses %s', async (action, resource) => {
  await threeDays();
  fixture.view('all_sales', 'select * from sales', {});
  fixture.access.deny((asked, on) => asked === action && on === resource);
  const answer = await fixture.query('select count(id) from all_sales');
  expect(answer.state).toBe('FAILED');
  expect(answer.reason).toBe(
    `Access denied: User: ${READER.arn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
});

test('fails at a view that names itself', async () => {
  fixture.view('loop', 'select * from loop', {});
  expect((await fixture.query('select * from loop')).reason).toBe('INVALID_VIEW: views are nested too deep, or name each other');
});

test('a text of a filter is never run: not even one that looks like a filter of partitions and a statement after it', async () => {
  fixture.table('h', { name: 'string' });
  await fixture.put('std/h/dt=2024-02-01/hr=00/a.parquet', { name: 'string' }, [{ name: 'a' }]);
  const file = path.join(fixture.scratch, 'written.csv');
  const text = `x\nhw0_1_ > ''0''; copy (select 42 as a) to $$${file}$$; select 1 where true\ny`;
  expect((await fixture.query(`select count(*) from h where name = '${text}'`)).rows).toEqual([['0']]);
  expect((await fixture.query(`select count(*) from h where name <> '${text}'`)).rows).toEqual([['1']]);
  expect(existsSync(file)).toBe(false);
});
