import type { FactTable } from '../fact.ts';
import { measured } from './sources.ts';
import { call, free, withAthena } from './with-athena.ts';

interface Info {
  readonly ResultSet: { readonly ResultSetMetadata: { readonly ColumnInfo: readonly { readonly Precision: number }[] } };
}

/** EXPLAIN, and the class of each statement. */
export const athenaExplaining: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'EXPLAIN answers with the head Query Plan for its first row, then the plan and a line feed, line by line; the file is the same text, and <id>.txt',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id, rows, output } = await free(fixture, 'explain select 1');
          const lines = rows.map(([line]) => line);
          expect([lines[0], lines.slice(-3)]).toEqual(['Query Plan', ['', '', '']]);
          expect([output, fixture.text(output)]).toEqual([`s3://results/free/${id}.txt`, lines.join('\n')]);
          const { ResultSet } = await call<Info>(fixture, 'GetQueryResults', { QueryExecutionId: id });
          expect(ResultSet.ResultSetMetadata.ColumnInfo[0]?.Precision).toBe(lines.slice(1, -1).join('\n').length);
        }),
    },
    {
      says: 'EXPLAIN (TYPE VALIDATE) answers Valid, true and an empty row',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          const { rows, output } = await free(fixture, 'explain (type validate) select 1');
          expect([rows, fixture.text(output)]).toEqual([[['Valid'], ['true'], ['']], 'Valid\ntrue\n']);
        }),
    },
    {
      says: 'EXPLAIN is DML of its own kind, SHOW TBLPROPERTIES a SHOW_TABLE_PROPERTIES, and MSCK REPAIR TABLE an MSCK_REPAIR, failed or not',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          const classes = [];
          for (const sql of ['explain select 1', 'explain select none', 'show tblproperties none', 'msck repair table none']) {
            const { id } = await free(fixture, sql);
            const { QueryExecution: found } = await call<{
              QueryExecution: { readonly StatementType: string; readonly SubstatementType: string };
            }>(fixture, 'GetQueryExecution', { QueryExecutionId: id });
            classes.push(`${found.StatementType}/${found.SubstatementType}`);
          }
          expect(classes).toEqual(['DML/EXPLAIN', 'DML/EXPLAIN', 'UTILITY/SHOW_TABLE_PROPERTIES', 'DDL/MSCK_REPAIR']);
        }),
    },
  ],
};
