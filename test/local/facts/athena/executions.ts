import type { FactTable } from '../fact.ts';
import { api, guide, measured } from './sources.ts';
import { call, codeOf, free, withAthena } from './with-athena.ts';

interface Execution {
  readonly QueryExecution: {
    readonly StatementType: string;
    readonly SubstatementType: string;
    readonly Status: {
      readonly State: string;
      readonly AthenaError?: { readonly ErrorCategory: number; readonly ErrorType: number };
    };
    readonly ResultConfiguration: { readonly OutputLocation: string };
  };
}

const TOKEN = 'a'.repeat(32);

/** Queries from their start to their end, and their history. */
export const athenaExecutions: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'StartQueryExecution with a client token that was used gives the first execution again, and an error where the query has changed',
      basis: 'documented',
      source: api('StartQueryExecution'),
      holds: () =>
        withAthena(async (fixture) => {
          const start = (QueryString: string) =>
            call(fixture, 'StartQueryExecution', { QueryString, WorkGroup: 'readers', ClientRequestToken: TOKEN });
          expect(await start('select 1')).toEqual(await start('select 1'));
          expect(await codeOf(start('select 2'))).toBe('InvalidRequestException');
        }),
    },
    {
      says: 'a workgroup that overrides client settings puts results at its own location, whatever the client asks, and the query runs',
      basis: 'documented',
      source: guide('workgroups-settings-override'),
      holds: () =>
        withAthena(async (fixture) => {
          const ran = await fixture.run('select 1', { results: { location: 's3://mine/' } });
          expect([ran.state, ran.output]).toEqual(['SUCCEEDED', `s3://results/readers/${ran.id}.csv`]);
          const own = await fixture.run('select 1', { workGroup: 'free', results: { location: 's3://mine' } });
          expect(own.output).toBe(`s3://mine/${own.id}.csv`);
        }),
    },
    {
      says: 'a query with no result location from workgroup or client is refused with InvalidRequestException before it starts',
      basis: 'observed',
      source: 'https://github.com/awsdocs/amazon-athena-user-guide/issues/36',
      holds: () =>
        withAthena(async (fixture) => {
          await expect(call(fixture, 'StartQueryExecution', { QueryString: 'select 1' })).rejects.toMatchObject({
            code: 'InvalidRequestException',
            message: expect.stringContaining('No output location provided.') as string,
          });
        }),
    },
    {
      says: 'the workgroup primary exists in every account, enforces nothing and names no location, by the members that GetWorkGroup gives',
      basis: 'observed',
      source: measured('work-groups'),
      holds: () =>
        withAthena(async (fixture) => {
          const { WorkGroup } = await call<{ WorkGroup: { Configuration: object } }>(fixture, 'GetWorkGroup', {
            WorkGroup: 'primary',
          });
          expect(WorkGroup.Configuration).toEqual({
            ResultConfiguration: {},
            EnforceWorkGroupConfiguration: false,
            PublishCloudWatchMetricsEnabled: false,
            QuerySchedulingType: 'DEFAULT',
            RequesterPaysEnabled: false,
            EngineVersion: {
              Category: 'Presto',
              SelectedEngineVersion: 'AUTO',
              EffectiveEngineVersion: 'Athena engine version 3',
            },
            EnableMinimumEncryptionConfiguration: false,
          });
        }),
    },
    {
      says: 'a query that scans more than BytesScannedCutoffPerQuery is CANCELLED with "Bytes scanned limit was exceeded"',
      basis: 'documented',
      source: guide('workgroups-troubleshooting'),
      holds: () =>
        withAthena(async (fixture) => {
          fixture.athena.createWorkGroup({
            name: 'small',
            resultLocation: 's3://results/small/',
            enforce: true,
            bytesScannedCutoff: 10_000_000,
          });
          fixture.store.seed('lake', 'big/a.json', Buffer.alloc(10_000_001, '{"n":1}\n'));
          await free(
            fixture,
            "create external table big (n int) row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://lake/big/'",
          );
          const ran = await fixture.run('select count(*) from big', { workGroup: 'small' });
          expect([ran.state, ran.reason, ran.scanned]).toEqual(['CANCELLED', 'Bytes scanned limit was exceeded', 10_000_001]);
        }),
    },
    {
      says: 'BytesScannedCutoffPerQuery is at least 10,000,000',
      basis: 'documented',
      source: api('WorkGroupConfiguration'),
      holds: () =>
        withAthena(async ({ athena }) => {
          const create = (bytesScannedCutoff: number) => () => { athena.createWorkGroup({ name: `g${bytesScannedCutoff}`, enforce: true, bytesScannedCutoff }); }; // prettier-ignore
          expect(create(9_999_999)).toThrow('at least 10000000');
          expect(create(10_000_000)).not.toThrow();
        }),
    },
    {
      says: 'the expected bucket owner guards the result location: another owner and the query is not taken',
      basis: 'documented',
      source: guide('querying', 'query-results-specify-location-console'),
      holds: () =>
        withAthena(async (fixture) => {
          const start = (ExpectedBucketOwner: string) =>
            call(fixture, 'StartQueryExecution', {
              QueryString: 'select 1',
              WorkGroup: 'free',
              ResultConfiguration: { OutputLocation: 's3://results/', ExpectedBucketOwner },
            });
          expect(await codeOf(start('999999999999'))).toBe('InvalidRequestException');
          expect(await codeOf(start('111122223333'))).toBe('none');
        }),
    },
    {
      says: 'ErrorCategory is 1 for the system, 2 for the user and 3 for others; a syntax error is of type 1006, a lacking permission of 1500 and up',
      basis: 'documented',
      source: guide('error-reference'),
      holds: () =>
        withAthena(async (fixture) => {
          const errorOf = async (sql: string) => {
            const { id } = await fixture.run(sql);
            return (await call<Execution>(fixture, 'GetQueryExecution', { QueryExecutionId: id })).QueryExecution.Status
              .AthenaError;
          };
          expect(await errorOf('select none')).toMatchObject({ ErrorCategory: 2, ErrorType: 1006 });
          fixture.access.deny((action) => action === 'glue:GetDatabases');
          expect(await errorOf('show databases')).toMatchObject({ ErrorCategory: 2, ErrorType: 1500 });
        }),
    },
    {
      says: 'GetQueryResults of a query that failed is refused with InvalidRequestException',
      basis: 'documented',
      source: api('GetQueryResults'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id, state } = await fixture.run('select none');
          expect([state, await codeOf(call(fixture, 'GetQueryResults', { QueryExecutionId: id }))]).toEqual([
            'FAILED',
            'InvalidRequestException',
          ]);
        }),
    },
    {
      says: 'a stopped query is CANCELLED and keeps that state',
      basis: 'documented',
      source: api('StopQueryExecution'),
      holds: () =>
        withAthena(async (fixture) => {
          const { QueryExecutionId } = await call<{ QueryExecutionId: string }>(fixture, 'StartQueryExecution', {
            QueryString: 'select 1',
            WorkGroup: 'readers',
          });
          await call(fixture, 'StopQueryExecution', { QueryExecutionId });
          await fixture.athena.idle();
          const { QueryExecution } = await call<Execution>(fixture, 'GetQueryExecution', { QueryExecutionId });
          expect(QueryExecution.Status.State).toBe('CANCELLED');
        }),
    },
    {
      says: 'the history of queries is kept for 45 days',
      basis: 'documented',
      source: guide('querying', 'queries-viewing-history'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run('select 1');
          const known = () => codeOf(call(fixture, 'GetQueryExecution', { QueryExecutionId: id }));
          await fixture.clock.advance(45 * 86_400_000 - 1);
          expect(await known()).toBe('none');
          await fixture.clock.advance(1);
          expect(await known()).toBe('InvalidRequestException');
          expect(await call(fixture, 'ListQueryExecutions', { WorkGroup: 'readers' })).toEqual({ QueryExecutionIds: [] });
        }),
    },
    {
      says: 'ListQueryExecutions gives ids of one workgroup, primary where none is named, at most 50 in an answer',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/athena/latest/APIReference/API_ListQueryExecutionsInput.html',
      holds: () =>
        withAthena(async (fixture) => {
          const ids: string[] = [];
          for (const sql of ['select 1', 'select 2', 'select 3']) ids.unshift((await fixture.run(sql)).id);
          const first = await call<{ NextToken: string }>(fixture, 'ListQueryExecutions', {
            WorkGroup: 'readers',
            MaxResults: 2,
          });
          expect(first).toMatchObject({ QueryExecutionIds: ids.slice(0, 2) });
          expect(await call(fixture, 'ListQueryExecutions', { WorkGroup: 'readers', NextToken: first.NextToken })).toEqual({
            QueryExecutionIds: ids.slice(2),
          });
          expect(await call(fixture, 'ListQueryExecutions', {})).toEqual({ QueryExecutionIds: [] });
          expect(await codeOf(call(fixture, 'ListQueryExecutions', { MaxResults: 51 }))).toBe('InvalidRequestException');
        }),
    },
    {
      says: 'BatchGetQueryExecution gives what it knows, and names each id that it does not with INVALID_INPUT',
      basis: 'documented',
      source: api('BatchGetQueryExecution'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run('select 1');
          expect(await call(fixture, 'BatchGetQueryExecution', { QueryExecutionIds: [id, 'none'] })).toMatchObject({
            QueryExecutions: [{ QueryExecutionId: id }],
            UnprocessedQueryExecutionIds: [{ QueryExecutionId: 'none', ErrorCode: 'INVALID_INPUT' }],
          });
        }),
    },
    {
      says: 'a reuse of results that a client asks for is refused by name, since its answers may be out of date',
      basis: 'undecided',
      source: guide('reusing-query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          const start = (Enabled: boolean) =>
            call(fixture, 'StartQueryExecution', {
              QueryString: 'select 1',
              WorkGroup: 'readers',
              ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled } },
            });
          expect([await codeOf(start(true)), await codeOf(start(false))]).toEqual(['InvalidRequestException', 'none']);
        }),
    },
    {
      says: 'SELECT, INSERT, UNLOAD and EXPLAIN are DML; CREATE and DROP are DDL; SHOW and DESCRIBE are UTILITY',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          const typeOf = async (sql: string) => {
            const { id } = await fixture.run(sql);
            return (await call<Execution>(fixture, 'GetQueryExecution', { QueryExecutionId: id })).QueryExecution.StatementType;
          };
          const types = [];
          for (const sql of ['select 1', 'drop table if exists t', 'show tables', 'explain select 1'])
            types.push(await typeOf(sql));
          expect(types).toEqual(['DML', 'DDL', 'UTILITY', 'DML']);
        }),
    },
    {
      says: 'a query with ? runs with execution parameters, in their order, and fails where their count is not that of the ?',
      basis: 'documented',
      source: guide('querying-with-prepared-statements', 'querying-with-prepared-statements-querying-using-execution-parameters'),
      holds: () =>
        withAthena(async (fixture) => {
          const sql = 'select n from (values 1, 2, 3) as t(n) where n > ? and n < ?';
          expect((await fixture.run(sql, { parameters: ['1', '3'] })).rows).toEqual([['n'], ['2']]);
          expect((await fixture.run(sql, { parameters: ['1'] })).state).toBe('FAILED');
        }),
    },
    {
      says: 'a prepared statement belongs to one workgroup: its name means nothing in another',
      basis: 'documented',
      source: guide('querying-with-prepared-statements'),
      holds: () =>
        withAthena(async (fixture) => {
          await call(fixture, 'CreatePreparedStatement', {
            StatementName: 'p',
            WorkGroup: 'free',
            QueryStatement: 'select ? as n',
          });
          expect((await free(fixture, 'execute p using 3')).rows).toEqual([['n'], ['3']]);
          expect((await fixture.run('execute p using 3')).state).toBe('FAILED');
          expect(await codeOf(call(fixture, 'GetPreparedStatement', { StatementName: 'p', WorkGroup: 'readers' }))).toBe(
            'ResourceNotFoundException',
          );
        }),
    },
  ],
};
