import { READER } from '../../athena/fixture.ts';
import type { FactTable } from '../fact.ts';
import { guide } from './sources.ts';
import { all, free, withAthena } from './with-athena.ts';

/** What was measured of AWS's answers, by file. */
const measured = (file: string): string =>
  `https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/${file}.md`;

const T = "create table t (n int, s string) location 's3://lake/t/' tblproperties ('table_type'='ICEBERG')";
const AS = "create table t with (table_type = 'ICEBERG', is_external = false, location = 's3://lake/t/') as select 1 as n";
const DAY = 86_400_000;

/** Apache Iceberg's tables: statements that make, change and tell of them. */
export const athenaIceberg: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'CREATE TABLE of an Iceberg table needs a location, and names no error: No location was specified for table. An S3 location must be specified',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          const { reason } = await free(fixture, "create table t (n int) tblproperties ('table_type'='ICEBERG')");
          expect(reason).toBe('No location was specified for table. An S3 location must be specified');
        }),
    },
    {
      says: 'CREATE TABLE makes an Iceberg table of version 2, which the catalog keeps as EXTERNAL_TABLE with table_type and metadata_location',
      basis: 'documented',
      source: guide('querying-iceberg-creating-tables'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, T);
          const { TableType, Parameters } = fixture.catalog.tableFor(READER, 'db', 't');
          expect(TableType).toBe('EXTERNAL_TABLE');
          expect(Parameters?.['table_type']).toBe('ICEBERG');
          const metadata = fixture.text(Parameters?.['metadata_location'] ?? '');
          expect(JSON.parse(metadata)).toMatchObject({ 'format-version': 2, location: 's3://lake/t' });
        }),
    },
    {
      says: 'A property that Athena does not know is refused with Unsupported table property key and its name, and nothing before it',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const { reason } = await all(fixture, T, "alter table t set tblproperties ('comment'='x')");
          expect(reason).toBe('Unsupported table property key: comment');
        }),
    },
    {
      says: 'DESCRIBE of an Iceberg table gives its columns and its partitioning under headings, with tabs between and nothing padded',
      basis: 'observed',
      source: measured('query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          const make = `create table t (n int comment 'abc', s string, d decimal(10,2), p struct<a:int,b:map<string,int>>, ts timestamp)
            partitioned by (s, bucket(4, n), day(ts), truncate(3, s)) location 's3://lake/t/' tblproperties ('table_type'='ICEBERG')`;
          const { rows } = await all(fixture, make, 'describe t');
          expect(rows.flat()).toEqual([
            '# Table schema:\t\t',
            '# col_name\tdata_type\tcomment',
            'n\tint\tabc',
            's\tstring\t',
            'd\tdecimal(10, 2)\t',
            'p\tstruct<a: int, b: map<string, int>>\t',
            'ts\ttimestamp\t',
            '\t\t',
            '# Partition spec:\t\t',
            '# field_name\tfield_transform\tcolumn_name',
            's\tidentity\ts',
            'n_bucket\tbucket[4]\tn',
            'ts_day\tday\tts',
            's_trunc\ttruncate[3]\ts',
          ]);
        }),
    },
    {
      says: 'SHOW CREATE TABLE of an Iceberg table names it without backticks, its location without a slash at the end, and table_type before other properties',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const { rows } = await all(fixture, AS, 'show create table t');
          expect(rows.flat()).toEqual([
            'CREATE TABLE db.t (',
            '  n int)',
            "LOCATION 's3://lake/t'",
            'TBLPROPERTIES (',
            "  'table_type'='iceberg',",
            "  'compression_level'='3',",
            "  'format'='PARQUET',",
            "  'write_compression'='ZSTD'",
            ');',
          ]);
        }),
    },
    {
      says: 'SHOW TBLPROPERTIES of a plain Iceberg table shows its compression alone, and not where its metadata is',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          expect((await all(fixture, T, 'show tblproperties t')).rows).toEqual([['write_compression\tzstd']]);
        }),
    },
    {
      says: 'SHOW COLUMNS of an Iceberg table pads no name',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          expect((await all(fixture, T, 'show columns in t')).rows).toEqual([['n'], ['s']]);
        }),
    },
    {
      says: 'CREATE TABLE AS makes an Iceberg table only with is_external = false: Only managed table is supported for Iceberg table type',
      basis: 'observed',
      source: 'https://github.com/aoyagikouhei/athena-local/blob/main/.claude/issue-notes/275.md',
      holds: () =>
        withAthena(async (fixture) => {
          const { reason } = await free(fixture, AS.replace('is_external = false, ', ''));
          expect(reason).toContain('NOT_SUPPORTED: Only managed table is supported for Iceberg table type');
          expect((await free(fixture, AS)).reason).toBeUndefined();
          expect((await free(fixture, 'select * from t')).rows).toEqual([['n'], ['1']]);
        }),
    },
    {
      says: 'INSERT into an Iceberg table leaves no manifest of files, and CREATE TABLE AS none either',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          expect((await all(fixture, AS)).manifest).toBeUndefined();
          expect(await all(fixture, 'insert into t values 2')).toMatchObject({ manifest: undefined, updated: 1 });
        }),
    },
    {
      says: 'UPDATE, DELETE and MERGE answer how many rows they changed, none included, in a file called .csv that is not written',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, AS);
          const merge = 'merge into t using (values 5) s (n) on t.n = s.n when matched then delete';
          for (const [sql, updated] of [
            ['update t set n = 7', 1],
            ['update t set n = 8 where false', 0],
            [merge, 0],
            ['delete from t', 1],
          ] as const) {
            const ran = await free(fixture, sql);
            expect(ran).toMatchObject({ updated, columns: ['rows bigint'], rows: [] });
            expect(ran.output).toMatch(/\/[0-9a-f-]+\.csv$/);
            expect(fixture.keys('results', ran.output.slice('s3://results/'.length))).toEqual([
              `${ran.output.slice('s3://results/'.length)}.metadata`,
            ]);
          }
        }),
    },
    {
      says: 'UPDATE, DELETE and MERGE write files of deletes, whatever write.update.mode says: never a copy of the rows that stay',
      basis: 'documented',
      source: guide('querying-iceberg-updating-iceberg-table-data'),
      holds: () =>
        withAthena(async (fixture) => {
          const { rows } = await all(
            fixture, T, "insert into t values (1, 'a'), (2, 'b')", "update t set s = 'c' where n = 1",
            `select summary['added-records'], summary['added-position-deletes'] from "t$snapshots" where operation = 'overwrite'`,
          ); // prettier-ignore
          expect(rows.slice(1)).toEqual([['1', '1']]);
        }),
    },
    {
      says: 'A change of more than 100 partitions in one statement fails with ICEBERG_TOO_MANY_OPEN_PARTITIONS, and nothing is written',
      basis: 'observed',
      source: 'https://github.com/aws/aws-sdk-pandas/issues/3172',
      holds: () =>
        withAthena(async (fixture) => {
          const make = "create table t (n int) partitioned by (n) location 's3://lake/t/' tblproperties ('table_type'='ICEBERG')";
          const insert = (rows: number) => `insert into t select n from unnest(sequence(1, ${rows})) as u(n)`;
          const { reason } = await all(fixture, make, insert(101));
          expect(reason).toContain('ICEBERG_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers for partitions');
          expect(fixture.keys('lake', 't/data/')).toEqual([]);
          expect((await free(fixture, insert(100))).updated).toBe(100);
        }),
    },
    {
      says: 'DROP TABLE of an Iceberg table deletes its data and metadata',
      basis: 'documented',
      source: guide('querying-iceberg-drop-table'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, AS, 'update t set n = 2', 'drop table t');
          expect(fixture.keys('lake', 't/')).toEqual([]);
          expect((await free(fixture, 'select * from t')).reason).toMatch(/^TABLE_NOT_FOUND/);
        }),
    },
    {
      says: 'ALTER TABLE adds, renames and drops columns without touching a file of rows, and CHANGE of a column that is not there says Cannot change missing column',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, T, "insert into t values (1, 'a')");
          const files = fixture.keys('lake', 't/data/');
          const { rows } = await all(
            fixture, 'alter table t add columns (more double)', 'alter table t change column s text string', 'alter table t change n n bigint',
            'alter table t drop column more', 'select * from t',
          ); // prettier-ignore
          expect(rows).toEqual([
            ['n', 'text'],
            ['1', 'a'],
          ]);
          expect(fixture.keys('lake', 't/data/')).toEqual(files);
          expect((await free(fixture, 'alter table t change column nope s2 string')).reason).toBe('Cannot change missing column');
        }),
    },
    {
      says: 'FOR TIMESTAMP AS OF reads the snapshot that was current then, with the columns that it had, and FOR VERSION AS OF one by its id',
      basis: 'documented',
      source: guide('querying-iceberg-time-travel-and-version-travel-queries'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, T, "insert into t values (1, 'a')");
          await fixture.clock.advance(DAY);
          await all(fixture, 'delete from t', 'alter table t drop column s');
          const before = "select * from t for timestamp as of (current_timestamp - interval '1' hour)";
          expect((await free(fixture, before)).rows).toEqual([
            ['n', 's'],
            ['1', 'a'],
          ]);
          const [, [id] = []] = (await free(fixture, 'select snapshot_id from "t$history" order by made_current_at')).rows;
          expect((await free(fixture, `select n from t for version as of ${id ?? ''}`)).rows.slice(1)).toEqual([['1']]);
          expect((await free(fixture, 'select * from t')).rows).toEqual([['n']]);
        }),
    },
    {
      says: 'OPTIMIZE rewrites the files of a partition from 5 small ones on, and a file of which 2 files of deletes tell; the rows stay',
      basis: 'documented',
      source: guide('querying-iceberg-creating-tables', 'querying-iceberg-table-properties'),
      holds: () =>
        withAthena(async (fixture) => {
          const live = async () => (await free(fixture, 'select count(*) from "t$files"')).rows[1]?.[0];
          await all(fixture, T, ...[1, 2, 3, 4].map((n) => `insert into t values (${n}, 'x')`));
          await all(fixture, 'optimize t rewrite data using bin_pack');
          expect(await live()).toBe('4');
          await all(fixture, "insert into t values (5, 'x')", 'optimize t rewrite data using bin_pack');
          expect(await live()).toBe('1');
          await all(fixture, 'delete from t where n = 1', 'delete from t where n = 2', 'optimize t rewrite data using bin_pack');
          const { rows } = await all(fixture, `select element_at(summary, 'total-delete-files') from "t$snapshots" order by committed_at desc, summary['total-delete-files'] limit 1`); // prettier-ignore
          expect(rows.slice(1)).toEqual([['0']]);
          expect((await free(fixture, 'select n from t order by n')).rows.slice(1)).toEqual([['3'], ['4'], ['5']]);
        }),
    },
    {
      says: 'OPTIMIZE with a condition keeps all rows of the files that it rewrites',
      basis: 'documented',
      source: guide('optimize-statement'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, T, ...[1, 2, 3, 4, 5].map((n) => `insert into t values (${n}, 'x'), (${n}, 'y')`));
          await all(fixture, "optimize t rewrite data using bin_pack where s = 'x'");
          expect((await free(fixture, 'select count(*) from t')).rows[1]).toEqual(['10']);
          expect((await free(fixture, 'select count(*) from "t$files"')).rows[1]).toEqual(['1']);
        }),
    },
    {
      says: 'VACUUM forgets snapshots older than 5 days but for the newest one, deletes what only they needed, and orphans as old',
      basis: 'documented',
      source: guide('vacuum-statement'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, T, "insert into t values (1, 'a')", "insert into t values (2, 'b')", 'delete from t');
          fixture.store.seed('lake', 't/data/orphan.parquet', Buffer.from('x'));
          await all(fixture, 'vacuum t');
          expect((await free(fixture, 'select count(*) from "t$snapshots"')).rows[1]).toEqual(['3']);
          await fixture.clock.advance(6 * DAY);
          await all(fixture, 'vacuum t');
          expect((await free(fixture, 'select count(*) from "t$snapshots"')).rows[1]).toEqual(['1']);
          expect(fixture.keys('lake', 't/data/')).toEqual([]);
          expect((await free(fixture, 'select count(*) from t')).rows[1]).toEqual(['0']);
        }),
    },
    {
      says: 'The columns of an Iceberg table of which information_schema tells are those it has now',
      basis: 'documented',
      source: guide('querying-iceberg'),
      holds: () =>
        withAthena(async (fixture) => {
          const sql =
            "select column_name, data_type from information_schema.columns where table_name = 't' order by ordinal_position";
          const make = "create table t (a int, b timestamp) location 's3://lake/t/' tblproperties ('table_type'='ICEBERG')";
          const { rows } = await all(fixture, make, 'alter table t drop column a', sql);
          expect(rows.slice(1)).toEqual([['b', 'timestamp(6)']]);
        }),
    },
  ],
};
