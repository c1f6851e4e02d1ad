import type { FactTable } from '../fact.ts';
import type { Fixture } from '../../athena/fixture.ts';
import { measured } from './sources.ts';
import { call, free, withAthena } from './with-athena.ts';

interface Shown {
  readonly QueryExecution: {
    readonly QueryExecutionContext: object;
    readonly Status: {
      readonly State: string;
      readonly StateChangeReason?: string;
      readonly AthenaError?: { readonly ErrorCategory: number; readonly ErrorType: number };
    };
  };
}

async function shown(fixture: Fixture, QueryString: string, QueryExecutionContext?: object) {
  const { QueryExecutionId } = await call<{ QueryExecutionId: string }>(fixture, 'StartQueryExecution', {
    QueryString,
    WorkGroup: 'free',
    QueryExecutionContext,
  });
  await fixture.athena.idle();
  const { QueryExecution: found } = await call<Shown>(fixture, 'GetQueryExecution', { QueryExecutionId });
  const { State, StateChangeReason: reason = '', AthenaError } = found.Status;
  return { context: found.QueryExecutionContext, state: State, reason, kind: AthenaError?.ErrorType };
}

const UNKNOWN = { Catalog: 'NoCatalog', Database: 'db' };

/** Where names are looked up, and what comes of it. */
export const athenaContexts: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'the context is told as it was sent, the catalog in lower case; what was not sent is not there',
      basis: 'observed',
      source: measured('client-request-token'),
      holds: () =>
        withAthena(async (fixture) => {
          const contextOf = async (context?: object) => (await shown(fixture, 'select 1', context)).context;
          expect(await contextOf({ Catalog: 'AwsDataCatalog', Database: 'Db' })).toEqual({
            Catalog: 'awsdatacatalog',
            Database: 'Db',
          });
          expect(await contextOf({ Catalog: 'AwsDataCatalog' })).toEqual({ Catalog: 'awsdatacatalog' });
          expect(await contextOf({ Database: 'db' })).toEqual({ Database: 'db' });
        }),
    },
    {
      says: "a context's catalog that there is not is taken: SHOW and DROP use the one there is, and a query that names no catalog fails with CATALOG_NOT_FOUND before its table is looked for",
      basis: 'observed',
      source: 'https://github.com/aoyagikouhei/athena-local/blob/main/.claude/issue-notes/214.md',
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, 'create table t as select 1 as n');
          const stateOf = async (sql: string) => (await shown(fixture, sql, UNKNOWN)).state;
          for (const sql of [
            'show tables',
            'describe t',
            'select 1',
            'select * from awsdatacatalog.db.t',
            'drop table if exists none',
          ])
            expect([sql, await stateOf(sql)]).toEqual([sql, 'SUCCEEDED']);
          for (const sql of ['select * from t', 'select * from db.t', 'select * from none'])
            expect(await shown(fixture, sql, UNKNOWN)).toMatchObject({
              reason: "CATALOG_NOT_FOUND: line 1:15: Catalog 'nocatalog' does not exist",
              kind: 1006,
            });
          const { reason, kind } = await shown(fixture, 'create table c as select 1 as n', UNKNOWN);
          expect([kind, reason.split('. ')[0]]).toEqual([1300, 'NOT_FOUND: Session property catalog does not exist: nocatalog']);
        }),
    },
    {
      says: 'a query of a database that there is not fails with SCHEMA_NOT_FOUND at the place of the name, as 1301',
      basis: 'observed',
      source: 'https://github.com/aoyagikouhei/athena-local/blob/main/.claude/issue-notes/214.md',
      holds: () =>
        withAthena(async (fixture) => {
          expect(await shown(fixture, 'select * from nodb.t')).toMatchObject({
            reason: "SCHEMA_NOT_FOUND: line 1:15: Schema 'nodb' does not exist",
            kind: 1301,
          });
        }),
    },
    {
      says: 'operators that types do not have fail as TYPE_MISMATCH with both types around the operator',
      basis: 'observed',
      source: 'https://github.com/aoyagikouhei/athena-local/blob/main/.claude/issue-notes/272.md',
      holds: () =>
        withAthena(async (fixture) => {
          expect(await shown(fixture, "select 1 + 'a' as n")).toMatchObject({
            reason: expect.stringMatching(/^TYPE_MISMATCH: line 1:10: Cannot apply operator: integer \+ varchar\(1\)$/) as string,
            kind: 1002,
          });
        }),
    },
    {
      says: 'CREATE TABLE AS that fails tells where data may be left, after a full stop; a table that exists is its destination, at line 1:1',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, 'create table c as select 1 as n');
          const ran = await free(fixture, 'create table c as select 1 as n');
          expect(ran.reason).toBe(
            `TABLE_ALREADY_EXISTS: line 1:1: Destination table 'awsdatacatalog.db.c' already exists. You may need to manually clean the data at location 's3://results/free/tables/${ran.id}' before retrying. Athena will not delete data in your account.`,
          );
          const unnamed = await free(fixture, 'create table d as values 1');
          expect(unnamed.reason).toMatch(
            /^MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 1\. You may need /,
          );
          const typed = await free(fixture, "create table d as select time '01:02:03' as n");
          expect(typed.reason).toMatch(/^NOT_SUPPORTED: Unsupported Hive type: time\(0\)\. You may need /);
        }),
    },
    {
      says: 'CREATE TABLE AS in a database that there is not fails last of all, as 1301 without a name, once its query has run',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          const failed = await shown(fixture, 'create table nodb.c as select 1 as n');
          expect([failed.kind, failed.reason.slice(0, 80)]).toEqual([
            1301,
            'Database nodb not found. Please check your query. You may need to manually clean',
          ]);
          expect((await shown(fixture, "create table nodb.c as select cast('x' as integer) as n")).kind).toBe(1100);
          expect((await shown(fixture, "create table nodb.c as select cast('x' as integer) as n with no data")).kind).toBe(1301);
        }),
    },
    {
      says: 'INSERT that fails tells of its manifest; one of no rows writes none, and one into a table that there is not fails without a name, as 1301',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, 'create table t as select 1 as n');
          const wrong = await free(fixture, "insert into t values ('a')");
          expect(wrong.reason).toContain(
            `. If a data manifest file was generated at 's3://results/free/${wrong.id}-manifest.csv', you may need to manually clean`,
          );
          const empty = await free(fixture, 'insert into t select 2 where false');
          expect([empty.manifest, empty.updated, fixture.keys('results', `free/${empty.id}`)]).toEqual([
            undefined,
            0,
            [`free/${empty.id}.metadata`],
          ]);
          const into = await shown(fixture, 'insert into none values (1)', { Database: 'db' });
          expect([into.kind, into.reason]).toEqual([1301, 'Table none not found in database db']);
        }),
    },
  ],
};
