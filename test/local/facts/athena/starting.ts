import type { FactTable } from '../fact.ts';
import { measured } from './sources.ts';
import { call, refusalOf, withAthena } from './with-athena.ts';
import type { Fixture } from '../../athena/fixture.ts';

const TOKEN = 'd'.repeat(40);
const MALFORMED = 'MALFORMED_QUERY';

const start = async (fixture: Fixture, QueryString: string, more: Readonly<Record<string, unknown>> = {}) =>
  call<{ QueryExecutionId: string }>(fixture, 'StartQueryExecution', { QueryString, WorkGroup: 'free', ...more });

const refused = async (fixture: Fixture, sql: string, more: Readonly<Record<string, unknown>> = {}) =>
  refusalOf(start(fixture, sql, more));

/** What is found out before there is an execution. */
export const athenaStarting: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'a text that cannot be parsed is refused with MALFORMED_QUERY and the place, without SYNTAX_ERROR before it; no execution is made, and the token stays unused',
      basis: 'observed',
      source: measured('errors'),
      holds: () =>
        withAthena(async (fixture) => {
          const [code, message] = await refused(fixture, 'SELEC 1', { ClientRequestToken: TOKEN });
          expect([code, message.slice(0, 73)]).toEqual([
            MALFORMED,
            "line 1:1: mismatched input 'SELEC'. Expecting: 'ALTER', 'ANALYZE', 'CALL'",
          ]);
          expect(await call(fixture, 'ListQueryExecutions', { WorkGroup: 'free' })).toEqual({ QueryExecutionIds: [] });
          await expect(start(fixture, 'SELECT 1', { ClientRequestToken: TOKEN })).resolves.toHaveProperty('QueryExecutionId');
        }),
    },
    {
      says: 'a query that ends with its FROM, and one with a name in backquotes, is refused as of a type that is not supported',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const sql of ['SELECT FROM', 'SELECT 1\nFROM', 'SELECT `n` FROM t'])
            expect(await refused(fixture, sql)).toEqual([MALFORMED, 'Queries of this type are not supported']);
        }),
    },
    {
      says: 'CREATE TABLE without EXTERNAL is refused: for its lack of a location, or for the missing word where it has one; there is no OR REPLACE',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          expect(await refused(fixture, 'CREATE TABLE t (n int)')).toEqual([
            MALFORMED,
            'No location was specified for table. An S3 location must be specified',
          ]);
          expect(await refused(fixture, "CREATE TABLE t (n int) LOCATION 's3://lake/t/'")).toEqual([
            MALFORMED,
            'External keyword required for table type HIVE',
          ]);
          expect(await refused(fixture, 'CREATE OR REPLACE TABLE t AS SELECT 1 AS n')).toEqual([
            MALFORMED,
            "line 1:19: mismatched input 'TABLE'. Expecting: 'MATERIALIZED', 'MULTI', 'PROTECTED', 'VIEW'",
          ]);
        }),
    },
    {
      says: 'semicolons around a statement and spaces are no part of it: Query is told without them',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const sql of ['  SELECT 1;', ';SELECT 1', 'SELECT 1;;', 'SELECT 1; ;', 'SELECT 1\t;']) {
            const { QueryExecutionId } = await start(fixture, sql);
            expect(await call(fixture, 'GetQueryExecution', { QueryExecutionId })).toMatchObject({
              QueryExecution: { Query: 'SELECT 1' },
            });
          }
          expect((await fixture.run("SELECT 'a;b' -- c; d")).rows).toEqual([['_col0'], ['a;b']]);
        }),
    },
    {
      says: 'more than one statement is refused before it is read, a comment after a semicolon counts as one, and semicolons alone are an empty statement',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const sql of ['SELECT 1; SELECT 2', 'SELECT 1; -- c', 'SELEC 1; -- c'])
            expect(await refused(fixture, `${sql} \n`)).toEqual([MALFORMED, `Only one sql statement is allowed. Got: ${sql}`]);
          expect(await refused(fixture, ';')).toEqual([MALFORMED, 'Empty sql statement: ;']);
        }),
    },
    {
      says: 'a token gives its execution again where text, database and location are as they were sent; parameters and workgroup may differ',
      basis: 'observed',
      source: measured('client-request-token'),
      holds: () =>
        withAthena(async (fixture) => {
          const sent = { ClientRequestToken: TOKEN, ResultConfiguration: { OutputLocation: 's3://results/' } };
          const first = await start(fixture, 'SELECT 1', sent);
          fixture.athena.createWorkGroup({ name: 'other', enforce: false });
          expect(await start(fixture, 'SELECT 1', { ...sent, WorkGroup: 'other', ExecutionParameters: ['2'] })).toEqual(first);
          const mismatch = ['IDEMPOTENT_PARAMETER_MISMATCH', 'Idempotent parameters do not match'];
          expect(await refused(fixture, 'SELECT 1;', sent)).toEqual(mismatch);
          expect(await refused(fixture, 'SELECT 1', { ...sent, QueryExecutionContext: { Database: 'default' } })).toEqual(
            mismatch,
          );
          expect(await refused(fixture, 'SELECT 1', { ...sent, ResultConfiguration: {} })).toEqual(mismatch);
          expect(await start(fixture, 'SELECT 1', { ...sent, ClientRequestToken: TOKEN.toUpperCase() })).not.toEqual(first);
        }),
    },
    {
      says: 'a token is needed and has 32 to 128 characters and at most 128 bytes, which is looked at before the location, and that before the text',
      basis: 'observed',
      source: measured('client-request-token'),
      holds: () =>
        withAthena(async (fixture) => {
          const token = async (ClientRequestToken: string | undefined, sql = 'SELECT 1', location = 's3://results/') =>
            (await refused(fixture, sql, { ClientRequestToken, ResultConfiguration: { OutputLocation: location } }))[1];
          const frame =
            "1 validation error detected: Value at 'clientRequestToken' failed to satisfy constraint: Member must have length";
          expect(await token(undefined)).toBe('clientRequestToken is null or empty');
          expect(await token('a'.repeat(31), 'SELEC', 'none')).toBe(`${frame} greater than or equal to 32`);
          expect(await token('a'.repeat(129))).toBe(`${frame} less than or equal to 128`);
          expect(await token('あ'.repeat(50))).toBe('clientRequestToken exceeds maximum allowed length 128');
          expect(await token(TOKEN, 'SELEC', 'none')).toBe('outputLocation is not a valid S3 path.');
          await start(fixture, 'SELECT 1', { ClientRequestToken: TOKEN });
          expect(await token(TOKEN, 'SELEC 1')).toContain('line 1:1: mismatched input');
        }),
    },
    {
      says: 'an execution parameter that is no expression, or names a column, is a text; those of a text without ? are passed over',
      basis: 'observed',
      source: 'https://github.com/aoyagikouhei/athena-local/blob/main/docs/parameters.md',
      holds: () =>
        withAthena(async (fixture) => {
          const answer = async (parameters: readonly string[]) => (await fixture.run('SELECT ? AS v', { parameters })).rows[1];
          expect(await answer(['abc def'])).toEqual(['abc def']);
          expect(await answer(["it's"])).toEqual(["it's"]);
          expect(await answer(['x + 1'])).toEqual(['x + 1']);
          expect(await answer(["'abc'"])).toEqual(['abc']);
          expect(await answer(['1 + 1'])).toEqual(['2']);
          expect((await fixture.run('SELECT 1 AS v', { parameters: ['7'] })).rows).toEqual([['v'], ['1']]);
        }),
    },
  ],
};
