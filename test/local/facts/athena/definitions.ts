import type { FactTable } from '../fact.ts';
import { guide } from './sources.ts';
import { all, free, withAthena } from './with-athena.ts';

const EVENTS = "create external table events (id int) partitioned by (day string) stored as parquet location 's3://lake/events/'";

/** Statements that change tables, databases and partitions in the catalog. */
export const athenaDefinitions: FactTable = {
  service: 'Amazon Athena',
  facts: [
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
  ],
};
