import { READER } from '../../athena/fixture.ts';
import type { FactTable } from '../fact.ts';
import { guide, measured } from './sources.ts';
import { all, free, withAthena } from './with-athena.ts';

const EVENTS = "create external table events (id int) partitioned by (day string) stored as parquet location 's3://lake/events/'";

/** Statements that write what a query answers: CREATE TABLE AS, UNLOAD, INSERT. */
export const athenaWriting: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'CREATE TABLE AS refuses an external_location that has objects, with HIVE_PATH_ALREADY_EXISTS',
      basis: 'documented',
      source: guide('ctas-considerations-limitations', 'ctas-considerations-limitations-location-of-query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          fixture.store.seed('lake', 'full/a', Buffer.from('x'));
          const sql = (place: string) => `create table t with (external_location = 's3://lake/${place}/') as select 1 as n`;
          expect((await free(fixture, sql('full'))).reason).toMatch(/^HIVE_PATH_ALREADY_EXISTS: Target directory for table /);
          expect((await free(fixture, sql('empty'))).state).toBe('SUCCEEDED');
        }),
    },
    {
      says: 'CREATE TABLE AS with external_location is refused at its start, with InvalidRequestException, by a workgroup that overrides client settings',
      basis: 'observed',
      source: 'https://github.com/dbt-labs/dbt-athena/issues/176',
      holds: () =>
        withAthena(async (fixture) => {
          await expect(
            fixture.run("create table t with (external_location = 's3://lake/t/') as select 1 as n"),
          ).rejects.toMatchObject({
            code: 'InvalidRequestException',
            message: expect.stringMatching(/^The Create Table As Select query failed because/) as string,
          });
        }),
    },
    {
      says: 'CREATE TABLE AS without a location lies in tables/<query id>/ under the results',
      basis: 'documented',
      source: guide('ctas-considerations-limitations', 'ctas-considerations-limitations-location-of-query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run('create table t as select 1 as n');
          expect(fixture.catalog.tableFor(READER, 'db', 't').StorageDescriptor?.Location).toBe(
            `s3://results/readers/tables/${id}/`,
          );
        }),
    },
    {
      says: 'CREATE TABLE AS writes Parquet under GZIP where nothing else is said',
      basis: 'documented',
      source: guide('create-table-as'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, "create table t with (external_location = 's3://lake/t/') as select 1 as n");
          const [key = ''] = fixture.keys('lake', 't/');
          const { file } = fixture.store.getObject(READER, 'lake', key);
          const connection = await fixture.duckdb.connect();
          const reader = await connection.runAndReadAll(`select compression from parquet_metadata('${file}')`);
          connection.closeSync();
          expect(reader.getRows()).toEqual([['GZIP']]);
        }),
    },
    {
      says: 'CREATE TABLE AS and INSERT write 100 partitions at most, and fail with HIVE_TOO_MANY_OPEN_PARTITIONS at 101',
      basis: 'documented',
      source: guide('ctas-insert-into'),
      holds: () =>
        withAthena(async (fixture) => {
          const insert = (count: number) =>
            `insert into events select 1, cast(p as varchar) from unnest(sequence(1, ${count})) as t(p)`;
          expect((await all(fixture, EVENTS, insert(101))).reason).toContain(
            'HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers for partitions/buckets',
          );
          expect((await free(fixture, insert(100))).updated).toBe(100);
        }),
    },
    {
      says: 'the columns of partitioned_by must be the last of the SELECT',
      basis: 'documented',
      source: guide('create-table-as'),
      holds: () =>
        withAthena(async (fixture) => {
          const sql = (columns: string) => `create table t with (partitioned_by = array['p']) as select ${columns}`;
          expect((await free(fixture, sql('1 as p, 2 as n'))).reason).toMatch(/^HIVE_COLUMN_ORDER_MISMATCH/);
          expect((await free(fixture, sql('2 as n, 1 as p'))).state).toBe('SUCCEEDED');
        }),
    },
    {
      says: 'CREATE TABLE AS of a query that names no column fails with MISSING_COLUMN_NAME, though the statement names them: t (n) AS VALUES 1',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const query of ['values 1', '(values 1)']) {
            const { id, reason, output } = await free(fixture, `create table t (n) as ${query}`);
            expect([reason, output]).toEqual([
              `MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 1. You may need to manually clean the data at location 's3://results/free/tables/${id}' before retrying. Athena will not delete data in your account.`,
              `s3://results/free/tables/${id}`,
            ]);
          }
        }),
    },
    {
      says: 'CREATE TABLE AS of an interval fails with its type alone; of time, json and uuid it tells where data may be left',
      basis: 'observed',
      source: measured('query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          const failed = async (value: string) => (await free(fixture, `create table t as select ${value} as c`)).reason;
          expect(await failed("interval '1' day")).toBe('NOT_SUPPORTED: Unsupported Hive type: interval day to second');
          for (const [value, type] of [
            ["time '01:02:03'", 'time(0)'],
            ["json '1'", 'json'],
            ['uuid()', 'uuid'],
          ] as const)
            expect(await failed(value)).toMatch(
              new RegExp(`^NOT_SUPPORTED: Unsupported Hive type: ${type.replace(/[()]/g, '.')}\\. You may need to `),
            );
        }),
    },
    {
      says: 'UNLOAD takes no location that has objects, unless it writes partitions',
      basis: 'documented',
      source: guide('unload'),
      holds: () =>
        withAthena(async (fixture) => {
          fixture.store.seed('lake', 'out/a', Buffer.from('x'));
          const sql = (more: string) => `unload (select 1 as n, 2 as p) to 's3://lake/out/' with (format = 'JSON'${more})`;
          expect((await free(fixture, sql(''))).reason).toMatch(/^HIVE_PATH_ALREADY_EXISTS/);
          expect((await free(fixture, sql(", partitioned_by = array['p']"))).state).toBe('SUCCEEDED');
        }),
    },
    {
      says: 'UNLOAD as JSON or text is packed with gzip, and text has the octal character 001 between its values',
      basis: 'documented',
      source: guide('unload'),
      holds: () =>
        withAthena(async (fixture) => {
          const file = async (format: string) => {
            const ran = await free(
              fixture,
              `unload (select 1 as a, 'x' as b) to 's3://lake/${format}/' with (format = '${format}')`,
            );
            return fixture.text(ran.manifest ?? '').trim();
          };
          const [text, json] = [await file('TEXTFILE'), await file('JSON')];
          expect([text, json].every((name) => name.endsWith('.gz'))).toBe(true);
          expect([fixture.text(text), fixture.text(json)]).toEqual(['1\u0001x\n', '{"a":1,"b":"x"}\n']);
        }),
    },
    {
      says: 'each INSERT makes a new file and leaves the others as they are',
      basis: 'documented',
      source: guide('insert-into', 'insert-into-files-written-to-s3'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, EVENTS, "insert into events values (1, 'x')");
          const [first] = fixture.keys('lake', 'events/day=x/');
          await free(fixture, "insert into events values (2, 'x')");
          const keys = fixture.keys('lake', 'events/day=x/');
          expect([keys.length, keys.includes(first ?? '')]).toEqual([2, true]);
        }),
    },
    {
      says: 'INSERT is refused for the OpenX JSON SerDe, which Athena only reads, and not for the Hive one',
      basis: 'documented',
      source: guide('insert-into', 'insert-into-supported-formats'),
      holds: () =>
        withAthena(async (fixture) => {
          const create = (name: string, serde: string) =>
            `create external table ${name} (n int) row format serde '${serde}' location 's3://lake/${name}/'`;
          await all(
            fixture,
            create('openx', 'org.openx.data.jsonserde.JsonSerDe'),
            create('hive', 'org.apache.hive.hcatalog.data.JsonSerDe'),
          );
          expect((await free(fixture, 'insert into openx values (1)')).state).toBe('FAILED');
          expect((await all(fixture, 'insert into hive values (1)', 'select * from hive')).rows).toEqual([['n'], ['1']]);
        }),
    },
    {
      says: 'INSERT expects the partition column last, whatever the columns of the query are called',
      basis: 'documented',
      source: guide('insert-into', 'insert-into-partition-detection'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, EVENTS, "insert into events select 1 as day, 'x' as id");
          expect((await free(fixture, 'select id, day from events')).rows).toEqual([
            ['id', 'day'],
            ['1', 'x'],
          ]);
        }),
    },
  ],
};
