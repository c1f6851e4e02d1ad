import { READER } from '../../athena/fixture.ts';
import type { FactTable } from '../fact.ts';
import { guide } from './sources.ts';
import { all, free, withAthena } from './with-athena.ts';

const eventsOf = (columns: string): string =>
  `create external table events (${columns}) partitioned by (day string) stored as parquet location 's3://lake/events/'`;
const EVENTS = eventsOf('id int');

/** Statements that change the catalog or S3. */
export const athenaStatements: FactTable = {
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
    {
      says: 'DROP TABLE removes the table from the catalog and leaves its objects in S3',
      basis: 'documented',
      source: guide('drop-table'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, "create table t with (external_location = 's3://lake/t/') as select 1 as n", 'drop table t');
          expect(fixture.keys('lake', 't/')).toHaveLength(1);
          expect((await free(fixture, 'select * from t')).reason).toMatch(/^TABLE_NOT_FOUND/);
        }),
    },
    {
      says: 'DROP DATABASE fails on a database with tables, unless it says CASCADE',
      basis: 'documented',
      source: guide('drop-database'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, 'create database d', 'create table d.t as select 1 as n');
          expect((await free(fixture, 'drop database d')).state).toBe('FAILED');
          expect((await free(fixture, 'drop database d cascade')).state).toBe('SUCCEEDED');
        }),
    },
    {
      says: "MSCK REPAIR TABLE registers folders of Hive's form, and takes no partition away whose objects are gone",
      basis: 'documented',
      source: guide('msck-repair-table'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, EVENTS, "alter table events add partition (day = 'gone')");
          await fixture.put('events/day=new/a.parquet', { id: 'int' }, [{ id: 1 }]);
          await fixture.put('events/2024/a.parquet', { id: 'int' }, [{ id: 2 }]);
          expect((await all(fixture, 'msck repair table events', 'show partitions events')).rows).toEqual([
            ['day=gone'],
            ['day=new'],
          ]);
        }),
    },
    {
      says: 'MSCK REPAIR TABLE needs glue:BatchCreatePartition',
      basis: 'documented',
      source: guide('msck-repair-table', 'msck-repair-table-troubleshooting-allow-gluebatchcreatepartition-in-the-policy'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, EVENTS);
          await fixture.put('events/day=new/a.parquet', { id: 'int' }, [{ id: 1 }]);
          fixture.access.deny((action) => action === 'glue:BatchCreatePartition');
          expect((await free(fixture, 'msck repair table events')).reason).toContain(
            'not authorized to perform: glue:BatchCreatePartition',
          );
        }),
    },
    {
      says: 'ALTER TABLE ADD PARTITION fails for one that is registered, unless it says IF NOT EXISTS',
      basis: 'documented',
      source: guide('alter-table-add-partition'),
      holds: () =>
        withAthena(async (fixture) => {
          const add = (words: string) => `alter table events add ${words} partition (day = 'x')`;
          expect((await all(fixture, EVENTS, add(''), add('if not exists'), add(''))).state).toBe('FAILED');
        }),
    },
    {
      says: 'a view is kept in Glue as a VIRTUAL_VIEW whose text is base64 of JSON behind "Presto View:"',
      basis: 'observed',
      source: 'https://github.com/datahub-project/datahub/pull/17893',
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, 'create view v as select 1 as n');
          const { TableType, ViewOriginalText = '' } = fixture.catalog.tableFor(READER, 'db', 'v');
          expect(TableType).toBe('VIRTUAL_VIEW');
          const encoded = /^\/\* Presto View: (\S+) \*\/$/.exec(ViewOriginalText)?.[1] ?? '';
          expect(JSON.parse(Buffer.from(encoded, 'base64').toString())).toMatchObject({
            originalSql: 'select 1 as n',
            schema: 'db',
          });
        }),
    },
    {
      says: 'a view has no rights of its own: its reader needs those on what it reads',
      basis: 'documented',
      source: guide('views'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, 'create table t as select 1 as n', 'create view v as select n from t');
          fixture.access.deny((action, resource) => action === 'glue:GetTable' && resource.endsWith('table/db/t'));
          expect((await free(fixture, 'select * from v')).reason).toContain('not authorized to perform: glue:GetTable');
        }),
    },
    {
      says: 'a view whose query gives another number of columns fails with VIEW_IS_STALE: SELECT * from a table that was made anew with one more',
      basis: 'documented',
      source: guide('considerations-limitations-views'),
      holds: () =>
        withAthena(async (fixture) => {
          const ran = await all(
            fixture,
            EVENTS,
            'create view v as select * from events',
            'drop table events',
            eventsOf('id int, kind string'),
            'select id from v',
          );
          expect(ran.reason).toBe(
            "VIEW_IS_STALE: View 'awsdatacatalog.db.v' is stale or in invalid state: stored view column count (2) does not match column count derived from the view query analysis (3)",
          );
        }),
    },
    {
      says: 'a view fails with VIEW_IS_STALE, which names both types, where a column of its query is of a type that is not coerced to the declared one',
      basis: 'observed',
      source: 'https://github.com/aws-solutions-library-samples/cloud-intelligence-dashboards-data-collection/issues/391',
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, 'create table t as select true as maintained');
          fixture.view('v', 'select maintained from t', { maintained: 'varchar' });
          expect((await free(fixture, 'select * from v')).reason).toBe(
            "VIEW_IS_STALE: View 'awsdatacatalog.db.v' is stale or in invalid state: column [maintained] of type boolean projected from query view at position 0 cannot be coerced to column [maintained] of type varchar stored in view definition",
          );
        }),
    },
    {
      says: 'a view fails with VIEW_IS_STALE where a column of its query has another name than the declared one, or none; case does not matter',
      basis: 'undecided',
      source: guide('considerations-limitations-views'),
      holds: () =>
        withAthena(async (fixture) => {
          fixture.view('upper', 'select 1 as n', { N: 'integer' });
          fixture.view('renamed', 'select 1 as n, 2 as b', { n: 'integer', a: 'integer' });
          fixture.view('nameless', 'select 1', { _col0: 'integer' });
          expect((await free(fixture, 'select * from upper')).rows).toEqual([['n'], ['1']]);
          expect((await free(fixture, 'select * from renamed')).reason).toContain(
            'stale or in invalid state: column [b] of type integer projected from query view at position 1 has a different name from column [a] of type integer stored in view definition',
          );
          expect((await free(fixture, 'select * from nameless')).reason).toContain(
            'stale or in invalid state: a column of type integer projected from query view at position 0 has no name',
          );
        }),
    },
    {
      says: 'a view is not stale while its own columns stay: what is coerced has the declared type, and a table may gain columns that the view does not name',
      basis: 'undecided',
      source: guide('considerations-limitations-views'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(
            fixture,
            EVENTS,
            'create view w as select id, day from events',
            'drop table events',
            eventsOf('id int, kind string'),
          );
          const declared = { id: 'bigint', place: 'row(a double, b varchar)', days: 'array(timestamp(3))' };
          fixture.view('v', "select 7 as id, row(1.5, 'x') as place, array[date '2024-02-10'] as days from (values 1)", declared);
          const ran = await free(fixture, 'select * from v');
          expect([ran.reason, ran.columns, ran.rows[1]]).toEqual([
            undefined,
            ['id bigint', 'place row', 'days array'],
            ['7', '{a=1.5, b=x}', '[2024-02-10 00:00:00.000]'],
          ]);
          expect((await free(fixture, 'select * from w')).rows).toEqual([['id', 'day']]);
        }),
    },
    {
      says: 'a view with a type that Trino does not know fails with INVALID_VIEW',
      basis: 'undecided',
      source: guide('views'),
      holds: () =>
        withAthena(async (fixture) => {
          fixture.view('v', 'select 1 as n', { n: 'int4' });
          expect((await free(fixture, 'select * from v')).reason).toBe(
            "INVALID_VIEW: Unknown type 'int4' for column 'n' in view: awsdatacatalog.db.v",
          );
        }),
    },
    {
      says: "EXPLAIN reads no data, and its text is the plan of the engine at hand rather than of Athena's",
      basis: 'undecided',
      source: guide('athena-explain-statement'),
      holds: () =>
        withAthena(async (fixture) => {
          const ran = await all(
            fixture,
            "create table t with (external_location = 's3://lake/t/') as select 1 as n",
            'explain select * from t',
          );
          expect([ran.scanned, ran.columns]).toEqual([0, ['Query Plan varchar']]);
        }),
    },
    {
      says: 'DESCRIBE gives one value a line, columns padded to 20 characters with tabs between, partition keys once more at the end',
      basis: 'documented',
      source: guide('describe-table'),
      holds: () =>
        withAthena(async (fixture) => {
          const { rows } = await all(fixture, EVENTS, 'describe events');
          const line = (name: string, type: string) => `${name.padEnd(20)}\t${type.padEnd(20)}\t${''.padEnd(20)}`;
          expect([rows[0], rows.at(-1)]).toEqual([[line('id', 'int')], [line('day', 'string')]]);
          expect(rows.map(([text]) => text)).toContain('# Partition Information\t \t ');
        }),
    },
    {
      says: 'in patterns of SHOW TABLES * stands for any characters and | for a choice',
      basis: 'documented',
      source: guide('show-tables'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const name of ['alb_logs', 'flights', 'elb_logs']) await free(fixture, `create table ${name} as select 1 as n`);
          expect((await free(fixture, "show tables '*logs'")).rows).toEqual([['alb_logs'], ['elb_logs']]);
          expect((await free(fixture, "show tables 'flights|alb*'")).rows).toEqual([['alb_logs'], ['flights']]);
        }),
    },
  ],
};
