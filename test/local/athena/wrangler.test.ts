import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Fixture, READER } from './fixture.ts';

// What pandas and awswrangler do around a query: a temporary table or an UNLOAD, its manifest, its objects; or the CSV as it lies in S3.

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
  fixture.table('sales', { id: 'bigint', amount: 'double' });
  await fixture.put('std/sales/dt=2024-02-01/hr=00/a.parquet', { id: 'bigint', amount: 'double' }, [
    { id: 1, amount: 1.5 },
    { id: 2, amount: 2.5 },
  ]);
});
afterEach(() => {
  fixture.close();
});

interface Execution {
  readonly Status: { readonly State: string; readonly StateChangeReason?: string };
  readonly ResultConfiguration: { readonly OutputLocation: string };
  readonly Statistics: { readonly DataManifestLocation?: string };
}

async function call<T>(operation: string, input: object): Promise<T> {
  const run = fixture.athena.service.operations[operation];
  if (run === undefined) throw new Error(`no ${operation}`);
  return (await run(input as Readonly<Record<string, unknown>>, READER)) as T;
}

/** Starts a query and waits for its end, as clients do. */
async function wait(QueryString: string, WorkGroup = 'free'): Promise<Execution & { readonly id: string }> {
  const context = { Catalog: 'AwsDataCatalog', Database: 'db' };
  const input = {
    QueryString,
    WorkGroup,
    ClientRequestToken: randomUUID(),
    QueryExecutionContext: context,
    ResultConfiguration: { OutputLocation: 's3://results/wr/' },
  };
  const { QueryExecutionId: id } = await call<{ QueryExecutionId: string }>('StartQueryExecution', input);
  await fixture.athena.idle();
  const { QueryExecution } = await call<{ QueryExecution: Execution }>('GetQueryExecution', { QueryExecutionId: id });
  expect([QueryExecution.Status.State, QueryExecution.Status.StateChangeReason]).toEqual(['SUCCEEDED', undefined]);
  return { ...QueryExecution, id };
}

/** Rows of the Parquet objects that a manifest lists. */
async function rowsOf(manifest: string): Promise<readonly unknown[]> {
  const files = fixture
    .text(manifest)
    .split('\n')
    .filter((line) => line !== '');
  const local = files.map((file) => `'${fixture.store.getObject(READER, 'results', file.replace('s3://results/', '')).file}'`);
  const connection = await fixture.duckdb.connect();
  const reader = await connection.runAndReadAll(`select id, amount from read_parquet([${local.join(', ')}]) order by id`);
  connection.closeSync();
  return reader.getRows().map((row) => row.map(Number));
}

test('reads by a temporary table: CTAS, manifest, Parquet objects, and the table is deleted over Glue', async () => {
  const made = await wait("CREATE TABLE temp_table_1 WITH (format = 'PARQUET') AS SELECT id, amount FROM sales");
  const manifest = made.Statistics.DataManifestLocation ?? '';
  expect(manifest).toBe(`s3://results/wr/tables/${made.id}-manifest.csv`);
  expect(await rowsOf(manifest)).toEqual([[1, 1.5], [2, 2.5]]); // prettier-ignore
  const { results } = {
    results: fixture.store.getObject(
      READER,
      'results',
      manifest.replace('s3://results/', '').replace('-manifest.csv', '.metadata'),
    ),
  };
  expect(results.size).toBeGreaterThan(0);
  await fixture.catalog.service.operations['DeleteTable']?.({ DatabaseName: 'db', Name: 'temp_table_1' }, READER);
  expect(() => fixture.catalog.tableFor(READER, 'db', 'temp_table_1')).toThrow('not found');
});

test('reads by UNLOAD: manifest and Parquet objects', async () => {
  const unloaded = await wait(
    "UNLOAD (SELECT id, amount FROM sales WHERE dt = '2024-02-01') TO 's3://results/wr/unload/' WITH (format = 'PARQUET', compression = 'snappy')",
  );
  expect(await rowsOf(unloaded.Statistics.DataManifestLocation ?? '')).toEqual([[1, 1.5], [2, 2.5]]); // prettier-ignore
});

test('reads the CSV of a query where it lies, and finds the query in the history', async () => {
  const asked = await wait('SELECT id, amount FROM sales ORDER BY id');
  const key = asked.ResultConfiguration.OutputLocation.replace('s3://results/', '');
  expect(readFileSync(fixture.store.getObject(READER, 'results', key).file, 'utf8')).toBe(
    '"id","amount"\n"1","1.5"\n"2","2.5"\n',
  );
  expect(await call('ListQueryExecutions', { WorkGroup: 'free' })).toEqual({ QueryExecutionIds: [asked.id] });
});
