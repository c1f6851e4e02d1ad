import type { FactTable } from '../fact.ts';
import { measured } from './sources.ts';
import { all, call, free, refusalOf, withAthena } from './with-athena.ts';

interface Answer {
  readonly QueryExecution: { readonly StatementType: string; readonly SubstatementType: string };
  readonly ResultSet: {
    readonly ResultSetMetadata: {
      readonly ColumnInfo: readonly { Name: string; Type: string; Precision: number; CaseSensitive: boolean }[];
    };
  };
}

const VIEW = "create view v as select 1 as n, 'a' as s";

/** What SHOW and DESCRIBE answer. */
export const athenaHive: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'DESCRIBE tells of partition keys under a head whose first column is 22 wide, between lines of spaces and tabs; a comment ends at its first tab',
      basis: 'observed',
      source: measured('query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          const { rows, output } = await all(
            fixture,
            "create external table h (n int comment 'a\tb') partitioned by (p string) location 's3://lake/h/'",
            'describe h',
          );
          const wide = (...texts: readonly string[]) => texts.map((text) => text.padEnd(20)).join('\t');
          const lines = [
            `${wide('n', 'int')}\ta`,
            wide('p', 'string', ''),
            '\t \t ',
            '# Partition Information\t \t ',
            wide('# col_name'.padEnd(22), 'data_type', 'comment'),
            '\t \t ',
            wide('p', 'string', ''),
          ];
          expect([rows.map(([line]) => line), fixture.text(output)]).toEqual([lines, lines.join('\n')]);
        }),
    },
    {
      says: "DESCRIBE and SHOW COLUMNS of a view are DESC_VIEW, with its columns and the engine's types, not padded",
      basis: 'observed',
      source: measured('query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, VIEW);
          for (const sql of ['describe v', 'show columns from v']) {
            const { id, rows, columns, updated } = await free(fixture, sql);
            expect([rows, columns, updated]).toEqual([
              [['n\tinteger'], ['s\tvarchar(1)']],
              ['column varchar', 'type varchar'],
              0,
            ]);
            expect(await call<Answer>(fixture, 'GetQueryExecution', { QueryExecutionId: id })).toMatchObject({
              QueryExecution: { StatementType: 'UTILITY', SubstatementType: 'DESC_VIEW' },
            });
          }
        }),
    },
    {
      says: 'SHOW CREATE VIEW has the column "create view", and SHOW VIEWS "views": a varchar of precision 0 for which case does not count',
      basis: 'observed',
      source: measured('query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, VIEW);
          for (const [sql, Name] of [
            ['show create view v', 'create view'],
            ['show views', 'views'],
          ] as const) {
            const { id } = await free(fixture, sql);
            const { ResultSet } = await call<Answer>(fixture, 'GetQueryResults', { QueryExecutionId: id });
            expect(ResultSet.ResultSetMetadata.ColumnInfo).toMatchObject([
              { Name, Type: 'varchar', Precision: 0, CaseSensitive: false },
            ]);
          }
        }),
    },
    {
      says: "SHOW CREATE TABLE leaves out what every table of Hive's has, and the last slash of its location",
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const { rows } = await all(fixture, "create external table h (n int) location 's3://lake/h/'", 'show create table h');
          const lines = rows.map(([line]) => line ?? '');
          expect(lines.filter((line) => /SERDEPROPERTIES|serialization|EXTERNAL'/.test(line))).toEqual([]);
          expect(lines).toContain("  's3://lake/h'");
          expect(lines.slice(-2)).toEqual(['TBLPROPERTIES (', expect.stringMatching(/^ {2}'transient_lastDdlTime'='\d{10}'\)$/)]);
        }),
    },
    {
      says: 'MSCK REPAIR TABLE says what is missing, without a column: the table where its folder is empty, and in the metastore where there is none',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, "create external table h (n int) partitioned by (p string) location 's3://lake/h/'");
          const empty = await free(fixture, 'msck repair table h');
          expect([empty.rows, empty.columns]).toEqual([[['Tables missing on filesystem:\th']], []]);
          const none = await free(fixture, 'msck repair table none');
          expect([none.state, none.rows]).toEqual(['SUCCEEDED', [['Tables not in metastore:\tnone']]]);
        }),
    },
    {
      says: 'DESCRIBE and SHOW COLUMNS of a table or database that there is not are refused at their start: Entity Not Found; of another catalog, DATACATALOG_NOT_FOUND',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const sql of ['describe none', 'show columns in none', 'describe nodb.t']) {
            const [code, message] = await refusalOf(free(fixture, sql));
            expect(code).toBe('INVALID_INPUT');
            expect(message).toMatch(
              /^Entity Not Found \(Service: AmazonDataCatalog; Status Code: 400; Error Code: EntityNotFoundException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
            );
          }
          expect(await refusalOf(free(fixture, 'describe other.db.t'))).toEqual([
            'DATACATALOG_NOT_FOUND',
            "Catalog 'other' does not exist",
          ]);
        }),
    },
  ],
};
