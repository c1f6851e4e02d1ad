import type { FactTable } from '../fact.ts';
import { guide } from './sources.ts';
import { all, free, withAthena } from './with-athena.ts';

const EVENTS = "create external table events (id int) partitioned by (day string) stored as parquet location 's3://lake/events/'";

/** Statements that tell of queries and tables. */
export const athenaShowing: FactTable = {
  service: 'Amazon Athena',
  facts: [
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
