import { READER } from '../../athena/fixture.ts';
import type { FactTable } from '../fact.ts';
import { guide } from './sources.ts';
import { all, free, withAthena } from './with-athena.ts';

const eventsOf = (columns: string): string =>
  `create external table events (${columns}) partitioned by (day string) stored as parquet location 's3://lake/events/'`;
const EVENTS = eventsOf('id int');

/** Views: how they are kept, whose rights they are read with, and when they are stale. */
export const athenaViews: FactTable = {
  service: 'Amazon Athena',
  facts: [
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
  ],
};
