import { overJson } from '../../endpoint/over-json.ts';
import type { FactTable } from '../fact.ts';
import { READER } from '../../athena/fixture.ts';
import { measured } from './sources.ts';
import { all, call, free, refusalOf, withAthena } from './with-athena.ts';

const TOKEN = 'c'.repeat(32);

/** What Athena says where it does not take a request. */
export const athenaRefusals: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'the body of an InvalidRequestException has a code, the same in AthenaErrorCode and ErrorCode, and its words in Message',
      basis: 'observed',
      source: measured('errors'),
      holds: () =>
        withAthena(async ({ athena }) => {
          const start = async (QueryString: string) =>
            overJson(
              athena.service,
              'StartQueryExecution',
              { QueryString, WorkGroup: 'readers', ClientRequestToken: TOKEN },
              READER,
            );
          await start('select 1');
          expect(await start('select 2')).toEqual({
            __type: 'InvalidRequestException',
            AthenaErrorCode: 'IDEMPOTENT_PARAMETER_MISMATCH',
            ErrorCode: 'IDEMPOTENT_PARAMETER_MISMATCH',
            Message: 'Idempotent parameters do not match',
          });
        }),
    },
    {
      says: 'an execution that there is not is refused with QUERY_EXECUTION_NOT_FOUND and its id',
      basis: 'observed',
      source: measured('query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          expect(await refusalOf(call(fixture, 'GetQueryResults', { QueryExecutionId: 'none' }))).toEqual([
            'QUERY_EXECUTION_NOT_FOUND',
            'QueryExecution none was not found',
          ]);
        }),
    },
    {
      says: 'a workgroup that there is not is refused without its name, by GetWorkGroup as by StartQueryExecution',
      basis: 'observed',
      source: measured('work-groups'),
      holds: () =>
        withAthena(async (fixture) => {
          const refused = ['INVALID_INPUT', 'WorkGroup is not found.'];
          expect(await refusalOf(call(fixture, 'GetWorkGroup', { WorkGroup: 'none' }))).toEqual(refused);
          expect(await refusalOf(call(fixture, 'StartQueryExecution', { QueryString: 'select 1', WorkGroup: 'none' }))).toEqual(
            refused,
          );
        }),
    },
    {
      says: 'a workgroup without a description has an empty one in ListWorkGroups, and none in GetWorkGroup',
      basis: 'observed',
      source: measured('work-groups'),
      holds: () =>
        withAthena(async (fixture) => {
          const { WorkGroups } = await call<{ WorkGroups: readonly object[] }>(fixture, 'ListWorkGroups', {});
          expect(WorkGroups[0]).toMatchObject({ Name: 'free', Description: '' });
          const { WorkGroup } = await call<{ WorkGroup: object }>(fixture, 'GetWorkGroup', { WorkGroup: 'free' });
          expect(WorkGroup).not.toHaveProperty('Description');
        }),
    },
    {
      says: "a table's name in double quotes is refused at the start of DESCRIBE, SHOW COLUMNS, SHOW CREATE TABLE, SHOW TABLES IN, DROP, ALTER and CREATE TABLE: Hive's grammar has none; a view's is taken, and backquotes are",
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, "create external table t (n int) location 's3://lake/t/'", 'create view v as select 1 as n');
          const refusal = async (sql: string) => {
            const [code, words] = await refusalOf(free(fixture, sql));
            return [
              code,
              words.replace(/ expecting \{'SELECT', 'FROM', .*, IDENTIFIER, BACKQUOTED_IDENTIFIER\}$/, ' expecting {…}'),
            ];
          };
          const cases: readonly (readonly [string, string])[] = [
            ['DESCRIBE "t"', `line 1:10: no viable alternative at input 'DESCRIBE "t"'`],
            ['desc db."t"', `line 1:9: no viable alternative at input 'db."t"'`],
            ['/* c */ DESCRIBE "t"', `line 1:18: no viable alternative at input 'DESCRIBE "t"'`],
            ['DESCRIBE\n"t"', `line 2:1: no viable alternative at input 'DESCRIBE\\n"t"'`],
            ['DESCRIBE awsdatacatalog.db."t"', `line 1:28: mismatched input '"t"' expecting {…}`],
            ['SHOW COLUMNS FROM "t"', `line 1:19: mismatched input '"t"' expecting {…}`],
            ['SHOW COLUMNS IN db."t"', `line 1:20: no viable alternative at input 'db."t"'`],
            ['SHOW CREATE TABLE "t"', 'Queries of this type are not supported'],
            ['SHOW TABLES IN "db"', `line 1:16: mismatched input '"db"' expecting {…}`],
            ['DROP TABLE IF EXISTS "none"', `line 1:22: mismatched input '"none"' expecting {…}`],
            ['ALTER TABLE "none" RENAME TO x', `line 1:13: no viable alternative at input 'ALTER TABLE "none"'`],
            ['ALTER TABLE "none" ADD COLUMNS (m int)', "line 1:24: mismatched input 'COLUMNS'. Expecting: '.', 'ADD'"],
            ['CREATE TABLE db."x" (n int)', `line 1:17: no viable alternative at input 'CREATE TABLE db."x"'`],
            [
              'CREATE TABLE IF NOT EXISTS "t" (n int)',
              `line 1:28: no viable alternative at input 'CREATE TABLE IF NOT EXISTS "t"'`,
            ],
          ];
          for (const [sql, words] of cases) expect([sql, ...(await refusal(sql))]).toEqual([sql, 'MALFORMED_QUERY', words]);
          expect((await refusal('DESCRIBE "none"'))[1]).toMatch(/^Entity Not Found /);
          for (const sql of ['describe "v"', 'show columns from "v"', 'describe `t`', 'show create view "v"', 'drop view "v"'])
            expect((await free(fixture, sql)).state).toBe('SUCCEEDED');
        }),
    },
  ],
};
