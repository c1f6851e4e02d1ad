import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Fixture } from '../../athena/fixture.ts';
import type { FactTable } from '../fact.ts';
import { guide } from './sources.ts';
import { all, call, codeOf, free, withAthena } from './with-athena.ts';

/** A table of JSON lines `{"n":…}` under a prefix, projected as its properties say. */
const projected = (name: string, key: string, properties: Readonly<Record<string, string>>): string =>
  `create external table ${name} (n int) partitioned by (${key}) row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://lake/${name}/' tblproperties (${Object.entries(
    { 'projection.enabled': 'true', ...properties },
  )
    .map(([property, value]) => `'${property}'='${value}'`)
    .join(', ')})`;

const lines = (fixture: Fixture, key: string, n: number): void => {
  fixture.store.seed('lake', key, Buffer.from(`{"n":${n}}\n`));
};

/** Which objects a table's rows come from, and how they are read. */
export const athenaReading: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'a projected table ignores the partitions that the catalog has registered',
      basis: 'documented',
      source: guide('partition-projection', 'partition-projection-using'),
      holds: () =>
        withAthena(async (fixture) => {
          lines(fixture, 'p/day=1/a.json', 1);
          lines(fixture, 'elsewhere/a.json', 2);
          await all(
            fixture,
            projected('p', 'day int', { 'projection.day.type': 'integer', 'projection.day.range': '1,2' }),
            "alter table p add partition (day = 2) location 's3://lake/elsewhere/'",
          );
          expect((await free(fixture, 'select n from p')).rows).toEqual([['n'], ['1']]);
          expect((await free(fixture, 'show partitions p')).rows).toEqual([['day=2']]);
        }),
    },
    {
      says: 'a query beyond the projected range succeeds and has no rows',
      basis: 'documented',
      source: guide('partition-projection', 'partition-projection-considerations-and-limitations'),
      holds: () =>
        withAthena(async (fixture) => {
          lines(fixture, 'p/day=9/a.json', 9);
          await free(fixture, projected('p', 'day int', { 'projection.day.type': 'integer', 'projection.day.range': '1,2' }));
          const ran = await free(fixture, 'select n from p where day = 9');
          expect([ran.state, ran.rows]).toEqual(['SUCCEEDED', [['n']]]);
        }),
    },
    {
      says: 'white space in the values of an enum projection is part of a value, and the word enum may be of any case',
      basis: 'documented',
      source: guide('partition-projection-supported-types', 'partition-projection-enum-type'),
      holds: () =>
        withAthena(async (fixture) => {
          lines(fixture, 'p/k=a/1.json', 1);
          lines(fixture, 'p/k=b/1.json', 2);
          lines(fixture, 'p/k= b/1.json', 3);
          await free(fixture, projected('p', 'k string', { 'projection.k.type': 'ENUM', 'projection.k.values': 'a, b' }));
          expect((await free(fixture, 'select n from p order by n')).rows.slice(1)).toEqual([['1'], ['3']]);
        }),
    },
    {
      says: 'an integer projection with digits 2 sees 01 and not 1, and an interval of 2 skips every other value',
      basis: 'documented',
      source: guide('partition-projection-supported-types', 'partition-projection-integer-type'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const [n, value] of ['1', '01', '02', '03'].entries()) lines(fixture, `p/k=${value}/a.json`, n);
          const table = projected('p', 'k string', {
            'projection.k.type': 'integer',
            'projection.k.range': '1,3',
            'projection.k.digits': '2',
            'projection.k.interval': '2',
          });
          expect((await all(fixture, table, 'select n, k from p order by n')).rows.slice(1)).toEqual([
            ['1', '01'],
            ['3', '03'],
          ]);
        }),
    },
    {
      says: 'NOW in a date projection is the time of the query in UTC: what lies later is not seen yet',
      basis: 'documented',
      source: guide('partition-projection-supported-types', 'partition-projection-date-type'),
      holds: () =>
        withAthena(async (fixture) => {
          lines(fixture, 'p/d=2024-02-10/a.json', 1);
          lines(fixture, 'p/d=2024-02-11/a.json', 2);
          await free(
            fixture,
            projected('p', 'd string', {
              'projection.d.type': 'date',
              'projection.d.format': 'yyyy-MM-dd',
              'projection.d.range': 'NOW-3YEARS,NOW',
            }),
          );
          expect((await free(fixture, 'select n from p')).rows.slice(1)).toEqual([['1']]);
          await fixture.clock.advance(86_400_000);
          expect((await free(fixture, 'select n from p order by n')).rows.slice(1)).toEqual([['1'], ['2']]);
        }),
    },
    {
      says: 'a query on an injected key without an equality fails with CONSTRAINT_VIOLATION, and with one or several values reads those',
      basis: 'documented',
      source: guide('partition-projection-dynamic-id-partitioning'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const [n, id] of ['a', 'b', 'c'].entries()) lines(fixture, `p/id=${id}/a.json`, n);
          await free(fixture, projected('p', 'id string', { 'projection.id.type': 'injected' }));
          for (const where of ['', " where id > 'a'"]) {
            expect((await free(fixture, `select n from p${where}`)).reason).toMatch(
              /^CONSTRAINT_VIOLATION: For the injected projected partition column id,/,
            );
          }
          expect((await free(fixture, "select n from p where id = 'b'")).rows.slice(1)).toEqual([['1']]);
          expect((await free(fixture, "select n from p where id in ('a', 'c') order by n")).rows.slice(1)).toEqual([
            ['0'],
            ['2'],
          ]);
        }),
    },
    {
      says: 'objects in Glacier Flexible Retrieval or Deep Archive are passed over without an error',
      basis: 'documented',
      source: guide('other-notable-limitations'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(
            fixture,
            "create external table t (n int) row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://lake/t/'",
          );
          for (const [n, storageClass] of ['STANDARD', 'GLACIER', 'DEEP_ARCHIVE', 'GLACIER_IR'].entries())
            fixture.store.seed('lake', `t/${n}.json`, Buffer.from(`{"n":${n}}\n`), storageClass);
          expect((await free(fixture, 'select n from t order by n')).rows.slice(1)).toEqual([['0'], ['3']]);
        }),
    },
    {
      says: 'a partitioned table that projects nothing has the rows of its registered partitions alone, each from its own location',
      basis: 'documented',
      source: guide('partitions'),
      holds: () =>
        withAthena(async (fixture) => {
          lines(fixture, 't/day=1/a.json', 1);
          lines(fixture, 'other/a.json', 2);
          await free(
            fixture,
            "create external table t (n int) partitioned by (day string) row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://lake/t/'",
          );
          expect((await free(fixture, 'select * from t')).rows).toEqual([['n', 'day']]);
          await free(fixture, "alter table t add partition (day = '2') location 's3://lake/other'");
          expect((await free(fixture, 'select * from t')).rows.slice(1)).toEqual([['2', '2']]);
        }),
    },
    {
      says: 'Parquet columns are found by name, whatever the case and the order; what a file lacks is null',
      basis: 'documented',
      source: guide('handling-schema-updates-chapter', 'parquet-read-by-name'),
      holds: () =>
        withAthena(async (fixture) => {
          const connection = await fixture.duckdb.connect();
          const file = `${fixture.scratch}/mixed.parquet`;
          await connection.run(`copy (select 'x' as "Name", 7 as "ID") to '${file}' (format parquet)`);
          connection.closeSync();
          fixture.store.seed('lake', 't/a', readFileSync(file));
          const ran = await all(
            fixture,
            "create external table t (id int, name string, more string) stored as parquet location 's3://lake/t/'",
            'select id, name, more from t',
          );
          expect([ran.reason, ran.rows.slice(1)]).toEqual([undefined, [['7', 'x', undefined]]]);
        }),
    },
    {
      says: "a file whose column is of another type than the table's fails the query with HIVE_BAD_DATA, which tells no value",
      basis: 'documented',
      source: guide('updates-and-partitions'),
      holds: () =>
        withAthena(async (fixture) => {
          await fixture.put('t/a.parquet', { id: 'string' }, [{ id: 'secret' }]);
          const { reason } = await all(
            fixture,
            "create external table t (id int) stored as parquet location 's3://lake/t/'",
            'select id from t',
          );
          expect(reason).toMatch(/^HIVE_BAD_DATA: Field id's type BYTE_ARRAY in parquet file/);
          expect(reason).not.toContain('secret');
        }),
    },
    {
      says: 'objects whose names begin with _ or a dot are not read, nor are empty ones',
      basis: 'documented',
      source: guide('other-notable-limitations'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const [n, name] of ['a.json', '_a.json', '.a.json', '_temporary/a.json'].entries()) lines(fixture, `t/${name}`, n);
          fixture.store.seed('lake', 't/empty', Buffer.alloc(0));
          await free(
            fixture,
            "create external table t (n int) row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://lake/t/'",
          );
          expect((await free(fixture, 'select n from t')).rows.slice(1)).toEqual([['0']]);
        }),
    },
    {
      says: 'skip.header.line.count leaves out the first lines of each file of delimited text, packed or not',
      basis: 'documented',
      source: guide('lazy-simple-serde', 'lazy-simple-serde-ignoring-headers'),
      holds: () =>
        withAthena(async (fixture) => {
          fixture.store.seed('lake', 't/a.csv', Buffer.from('n\n1\n'));
          fixture.store.seed('lake', 't/b.csv.gz', gzipSync('n\n2\n'));
          const table =
            "create external table t (n int) row format delimited fields terminated by ',' location 's3://lake/t/' tblproperties ('skip.header.line.count'='1')";
          expect((await all(fixture, table, 'select n from t order by n')).rows.slice(1)).toEqual([['1'], ['2']]);
        }),
    },
    {
      says: 'bytes scanned of JSON are those of the whole objects, of Parquet those of the columns that a query names',
      basis: 'documented',
      source: guide('columnar-storage'),
      holds: () =>
        withAthena(async (fixture) => {
          fixture.store.seed('lake', 'j/a.json', Buffer.from('{"n":1,"m":2}\n'));
          await all(
            fixture,
            "create external table j (n int, m int) row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://lake/j/'",
            'create table p as select * from j',
          );
          expect((await free(fixture, 'select n from j')).scanned).toBe(14);
          const [one, both] = [await free(fixture, 'select n from p'), await free(fixture, 'select n, m from p')];
          expect(one.scanned).toBeGreaterThan(0);
          expect(both.scanned).toBe(one.scanned * 2);
        }),
    },
    {
      says: 'LIMIT does not lower the bytes that a query is said to scan',
      basis: 'undecided',
      source: guide('performance-tuning'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, 'create table t as select n from unnest(sequence(1, 1000)) as t(n)');
          const [limited, whole] = [await free(fixture, 'select n from t limit 1'), await free(fixture, 'select n from t')];
          expect(limited.scanned).toBe(whole.scanned);
        }),
    },
    {
      says: "information_schema tells columns with their place and Trino's type, partition keys named so in extra_info",
      basis: 'documented',
      source: guide('querying-glue-catalog', 'querying-glue-catalog-listing-columns'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(
            fixture,
            "create external table t (tags array<string>) partitioned by (day date) stored as parquet location 's3://lake/t/'",
          );
          const ran = await free(
            fixture,
            "select column_name, ordinal_position, data_type, extra_info from information_schema.columns where table_schema = 'db' and table_name = 't'",
          );
          expect(ran.rows.slice(1)).toEqual([
            ['tags', '1', 'array(varchar)', undefined],
            ['day', '2', 'date', 'partition key'],
          ]);
        }),
    },
    {
      says: 'SHOW PARTITIONS and "$partitions" tell what is registered; a table without keys has neither',
      basis: 'documented',
      source: guide('show-partitions'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(
            fixture,
            "create table t with (partitioned_by = array['p']) as select 1 as n, 'a' as p",
            'create table plain as select 1 as n',
          );
          expect((await free(fixture, 'show partitions t')).rows).toEqual([['p=a']]);
          expect((await free(fixture, 'select * from "t$partitions"')).rows).toEqual([['p'], ['a']]);
          expect([
            (await free(fixture, 'show partitions plain')).state,
            (await free(fixture, 'select * from "plain$partitions"')).state,
          ]).toEqual(['FAILED', 'FAILED']);
        }),
    },
    {
      says: 'the one data catalog is AwsDataCatalog, of type GLUE; what it does not know is a MetadataException',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/athena/latest/APIReference/API_GetTableMetadata.html',
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, 'create table t as select 1 as n');
          expect(await call(fixture, 'ListDataCatalogs', {})).toEqual({
            DataCatalogsSummary: [{ CatalogName: 'AwsDataCatalog', Type: 'GLUE' }],
          });
          const names = { CatalogName: 'AwsDataCatalog', DatabaseName: 'db' };
          expect(await call(fixture, 'GetTableMetadata', { ...names, TableName: 't' })).toMatchObject({
            TableMetadata: { Name: 't', Columns: [{ Name: 'n', Type: 'int' }] },
          });
          expect(await call(fixture, 'ListTableMetadata', names)).toMatchObject({ TableMetadataList: [{ Name: 't' }] });
          expect(await codeOf(call(fixture, 'GetTableMetadata', { ...names, TableName: 'none' }))).toBe('MetadataException');
        }),
    },
  ],
};
