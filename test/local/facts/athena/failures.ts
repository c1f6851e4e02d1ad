import type { FactTable } from '../fact.ts';
import type { Fixture } from '../../athena/fixture.ts';
import { measured } from './sources.ts';
import { call, free, refusalOf, withAthena } from './with-athena.ts';

interface Described {
  readonly QueryExecution: {
    readonly Status: {
      readonly StateChangeReason?: string;
      readonly AthenaError?: { readonly ErrorCategory: number; readonly ErrorType: number; readonly ErrorMessage: string };
    };
  };
}

const failed = async (fixture: Fixture, sql: string) => {
  const { id, output } = await free(fixture, sql);
  const { QueryExecution } = await call<Described>(fixture, 'GetQueryExecution', { QueryExecutionId: id });
  const { StateChangeReason: reason = '', AthenaError } = QueryExecution.Status;
  return {
    id,
    output,
    reason,
    kind: `${AthenaError?.ErrorCategory ?? 0}/${AthenaError?.ErrorType ?? 0}`,
    words: AthenaError?.ErrorMessage,
  };
};

const EXTERNAL = "create external table h (n int) location 's3://lake/h/'";

/** How queries fail. */
export const athenaFailures: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'ErrorType goes by the name of the error: a missing table is 1301, a division by zero 1001, a cast 1100, an unknown function 1303',
      basis: 'observed',
      source: 'https://github.com/aoyagikouhei/athena-local/blob/main/src/failure.rs',
      holds: () =>
        withAthena(async (fixture) => {
          const kinds = [];
          for (const sql of [
            'select * from none',
            'select none',
            'select 1 / 0',
            "select cast('a' as integer)",
            'select none(1)',
            "select 1 + 'a'",
            'select array[1][2]',
            'select 9223372036854775807 + 1',
          ])
            kinds.push((await failed(fixture, sql)).kind);
          expect(kinds).toEqual(['2/1301', '2/1006', '2/1001', '2/1100', '2/1303', '2/1002', '2/1106', '2/1100']);
        }),
    },
    {
      says: 'a table that exists fails CREATE EXTERNAL TABLE as 2/1006 by Hive with "already exist", and an ErrorMessage that says "already exists."',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, EXTERNAL);
          expect(await failed(fixture, EXTERNAL)).toMatchObject({
            reason:
              'FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. AlreadyExistsException(message:Table h already exist)',
            kind: '2/1006',
            words: 'Table h already exists.',
          });
        }),
    },
    {
      says: 'a missing database fails CREATE EXTERNAL TABLE as 2/1301 with "Database … not found." for an ErrorMessage, and SHOW TABLES as 1/1502',
      basis: 'observed',
      source: 'https://github.com/aoyagikouhei/athena-local/blob/main/.claude/issue-notes/271.md',
      holds: () =>
        withAthena(async (fixture) => {
          expect(await failed(fixture, EXTERNAL.replace('table h', 'table none.h'))).toMatchObject({
            kind: '2/1301',
            words: 'Database none not found.',
          });
          expect(await failed(fixture, 'show tables in none')).toMatchObject({
            reason: 'FAILED: SemanticException [Error 10072]: Database does not exist: none',
            kind: '1/1502',
          });
        }),
    },
    {
      says: 'SHOW PARTITIONS of a table without keys fails as 2/1006, and its ErrorMessage ends with a full stop where the reason does not',
      basis: 'observed',
      source: 'https://github.com/aoyagikouhei/athena-local/blob/main/.claude/issue-notes/279.md',
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, EXTERNAL);
          const { reason, kind, words } = await failed(fixture, 'show partitions h');
          expect([kind, words]).toEqual(['2/1006', 'Table h is not a partitioned table.']);
          expect(reason).toMatch(/Table h is not a partitioned table$/);
        }),
    },
    {
      says: 'a failure of Hive leaves its reason in <id>.txt, byte for byte and without metadata, and GetQueryResults answers it with nothing',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id, output, reason } = await failed(fixture, 'drop table none');
          expect(fixture.text(output)).toBe(reason);
          expect(reason).toBe('FAILED: SemanticException [Error 10001]: Table not found db.none');
          expect(fixture.keys('results')).toEqual([`free/${id}.txt`]);
          expect(await call(fixture, 'GetQueryResults', { QueryExecutionId: id })).toEqual({ ResultSet: { Rows: [] } });
        }),
    },
    {
      says: 'a failure of the engine leaves nothing, and its results are refused with INVALID_QUERY_EXECUTION_STATE',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const sql of ['select * from none', 'insert into none values (1)', 'create table c as select none(1) as n']) {
            const { id } = await failed(fixture, sql);
            expect(await refusalOf(call(fixture, 'GetQueryResults', { QueryExecutionId: id }))).toEqual([
              'INVALID_QUERY_EXECUTION_STATE',
              'Query did not finish successfully. Final query state: FAILED',
            ]);
          }
          expect(fixture.keys('results')).toEqual([]);
        }),
    },
    {
      says: 'results of a query that was cancelled could not be found: RESULT_NOT_FOUND',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const { QueryExecutionId } = await call<{ QueryExecutionId: string }>(fixture, 'StartQueryExecution', {
            QueryString: 'select 1',
            WorkGroup: 'free',
          });
          await call(fixture, 'StopQueryExecution', { QueryExecutionId });
          expect(await refusalOf(call(fixture, 'GetQueryResults', { QueryExecutionId }))).toEqual([
            'RESULT_NOT_FOUND',
            'Could not find results',
          ]);
        }),
    },
  ],
};
