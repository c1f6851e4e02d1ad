import type { PutOptions } from '../../../../local/s3/new-bucket.ts';
import { ServiceError } from '../../../../local/service.ts';
import type { FactTable } from '../fact.ts';
import { READER } from '../../athena/fixture.ts';
import { api, guide } from './sources.ts';
import { all, call, codeOf, free, withAthena } from './with-athena.ts';

const moto = 'https://github.com/getmoto/moto/blob/master/tests/test_athena/test_athena_integration.py';

interface Results {
  readonly ResultSet: {
    readonly Rows: readonly object[];
    readonly ResultSetMetadata: { readonly ColumnInfo: readonly object[] };
  };
  readonly UpdateCount: number;
  readonly NextToken?: string;
}

/** What queries leave behind, and how it is read. */
export const athenaResults: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'the CSV of a query has a header, every value in double quotes, quotes within doubled, and nothing at all for a null',
      basis: 'observed',
      source: moto,
      holds: () =>
        withAthena(async (fixture) => {
          const { output } = await fixture.run(`select 'a"b' as x, cast(null as integer) as y, 1 as z`);
          expect(fixture.text(output)).toBe('"x","y","z"\n"a""b",,"1"\n');
        }),
    },
    {
      says: 'the header of a query is the first row of the first page, and counts as one of its MaxResults',
      basis: 'observed',
      source: moto,
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run('select n from (values 1, 2, 3) as t(n) order by n');
          const page = (MaxResults: number, more: object = {}) =>
            call<Results>(fixture, 'GetQueryResults', { QueryExecutionId: id, MaxResults, ...more });
          const first = await page(2);
          expect(first.ResultSet.Rows).toEqual([{ Data: [{ VarCharValue: 'n' }] }, { Data: [{ VarCharValue: '1' }] }]);
          const second = await page(3, { NextToken: first.NextToken });
          expect(second.ResultSet.Rows).toEqual([{ Data: [{ VarCharValue: '2' }] }, { Data: [{ VarCharValue: '3' }] }]);
          expect(second.NextToken).toBeUndefined();
        }),
    },
    {
      says: 'GetQueryResults gives at most 1,000 rows in an answer, and refuses to be asked for more',
      basis: 'documented',
      source: api('GetQueryResults'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run('select n from unnest(sequence(1, 1500)) as t(n)');
          const { ResultSet, NextToken } = await call<Results>(fixture, 'GetQueryResults', { QueryExecutionId: id });
          expect([ResultSet.Rows.length, NextToken === undefined]).toEqual([1000, false]);
          expect(await codeOf(call(fixture, 'GetQueryResults', { QueryExecutionId: id, MaxResults: 1001 }))).toBe(
            'InvalidRequestException',
          );
        }),
    },
    {
      says: 'ColumnInfo of a varchar has precision 2147483647 and is case sensitive, of an integer 10; the catalog is hive and nullable UNKNOWN',
      basis: 'observed',
      source: moto,
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run("select cast('a' as varchar) as k1, 3 as k3");
          const { ResultSet } = await call<Results>(fixture, 'GetQueryResults', { QueryExecutionId: id });
          const common = { CatalogName: 'hive', SchemaName: '', TableName: '', Scale: 0, Nullable: 'UNKNOWN' };
          expect(ResultSet.ResultSetMetadata.ColumnInfo).toEqual([
            { ...common, Name: 'k1', Label: 'k1', Type: 'varchar', Precision: 2147483647, CaseSensitive: true },
            { ...common, Name: 'k3', Label: 'k3', Type: 'integer', Precision: 10, CaseSensitive: false },
          ]);
        }),
    },
    {
      says: 'GetQueryResults needs s3:GetObject on the result as well as its own right',
      basis: 'documented',
      source: api('GetQueryResults'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run('select 1');
          fixture.access.deny((action, resource) => action === 's3:GetObject' && resource.includes('results'));
          expect(await codeOf(call(fixture, 'GetQueryResults', { QueryExecutionId: id }))).toBe('AccessDeniedException');
        }),
    },
    {
      says: 'results of DDL and utility statements are plain text in <id>.txt, and have no header',
      basis: 'documented',
      source: guide('querying', 'querying-identifying-output-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const ran = await all(fixture, 'create table t as select 1 as n', 'show tables');
          expect([ran.output, ran.rows, fixture.text(ran.output)]).toEqual([`s3://results/free/${ran.id}.txt`, [['t']], 't']);
        }),
    },
    {
      says: 'INSERT and UNLOAD list the files that they wrote in <id>-manifest.csv at the result location, which DataManifestLocation names',
      basis: 'documented',
      source: guide('querying', 'querying-identifying-output-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const ran = await free(fixture, "unload (select 1 as n) to 's3://lake/out/' with (format = 'PARQUET')");
          expect(ran.manifest).toBe(`s3://results/free/${ran.id}-manifest.csv`);
          const [key] = fixture.keys('lake', 'out/');
          expect(fixture.text(ran.manifest ?? '')).toBe(`s3://lake/${key}\n`);
        }),
    },
    {
      says: 'UpdateCount is the number of rows that CREATE TABLE AS and INSERT write, and 0 for a query',
      basis: 'documented',
      source: api('GetQueryResults'),
      holds: () =>
        withAthena(async (fixture) => {
          const made = await free(fixture, 'create table t as select n from (values 1, 2) as v(n)');
          expect([made.updated, (await free(fixture, 'select * from t')).updated]).toEqual([2, 0]);
        }),
    },
    {
      says: 'a result whose file was deleted from S3 can no longer be read',
      basis: 'documented',
      source: guide('querying', 'saving-query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run('select 1');
          Object.assign(fixture.store, {
            getObject: () => {
              throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
            },
          });
          expect(await codeOf(call(fixture, 'GetQueryResults', { QueryExecutionId: id }))).toBe('InvalidRequestException');
        }),
    },
    {
      says: 'results are encrypted as workgroup or client say: SSE_KMS writes them under the key named',
      basis: 'documented',
      source: guide('encrypting-query-results-stored-in-s3'),
      holds: () =>
        withAthena(async (fixture) => {
          const puts: PutOptions[] = [];
          Object.assign(fixture.store, {
            putObject: async (_caller: unknown, bucket: string, key: string, body: Buffer, options: PutOptions) => {
              puts.push(options);
              fixture.store.seed(bucket, key, body);
            },
          });
          const key = 'arn:aws:kms:us-east-1:111122223333:key/k';
          await fixture.run('select 1', {
            workGroup: 'free',
            results: { location: 's3://mine/', encryption: { option: 'SSE_KMS', kmsKey: key } },
          });
          expect(puts).toEqual([{ sse: { algorithm: 'aws:kms', keyId: key } }, { sse: { algorithm: 'aws:kms', keyId: key } }]);
        }),
    },
    {
      says: "each call that Athena makes for a query is the caller's own, with athena.amazonaws.com in aws:CalledVia",
      basis: 'documented',
      source: guide('security-iam-athena-calledvia'),
      holds: () =>
        withAthena(async (fixture) => {
          await all(fixture, 'create table t as select 1 as n');
          fixture.access.asked.length = 0;
          await free(fixture, 'select * from t');
          const others = fixture.access.asked.filter((line) => !line.startsWith('athena:'));
          expect(others.length).toBeGreaterThan(4);
          expect(others.filter((line) => !line.endsWith(' via athena.amazonaws.com')).map((line) => line.split(' ')[0])).toEqual(
            [],
          );
          expect(READER.calledVia).toBeUndefined();
        }),
    },
  ],
};
