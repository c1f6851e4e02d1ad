import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Fixture, READER } from './fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

const call = async (operation: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> => {
  const run = fixture.athena.service.operations[operation];
  if (run === undefined) throw new Error(`no ${operation}`);
  return (await run(input, READER)) as Record<string, unknown>;
};

const start = async (sql: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const { QueryExecutionId } = await call('StartQueryExecution', {
    QueryString: sql,
    WorkGroup: 'readers',
    ClientRequestToken: randomUUID(),
    ...more,
  });
  return String(QueryExecutionId);
};

test('pages results, the header first', async () => {
  const id = await start('select * from (values 1, 2, null) as t(n) order by n');
  await fixture.athena.idle();
  const first = await call('GetQueryResults', { QueryExecutionId: id, MaxResults: 2 });
  expect(first).toMatchObject({
    NextToken: '2',
    ResultSet: {
      Rows: [{ Data: [{ VarCharValue: 'n' }] }, { Data: [{ VarCharValue: '1' }] }],
      ResultSetMetadata: { ColumnInfo: [{ Name: 'n', Type: 'integer' }] },
    },
  });
  const second = await call('GetQueryResults', { QueryExecutionId: id, MaxResults: 3, NextToken: '2' });
  expect(second).toMatchObject({ ResultSet: { Rows: [{ Data: [{ VarCharValue: '2' }] }, { Data: [{}] }] } });
  expect(second['NextToken']).toBeUndefined();
  await expect(call('GetQueryResults', { QueryExecutionId: id, MaxResults: 1001 })).rejects.toThrow(
    'MaxResults is more than maximum allowed length 1000',
  );
});

test('leaves a CSV file where an enforced workgroup says, whatever the client asks', async () => {
  const id = await start(`select 'a"b' as x, null as y, 1 as z`, { ResultConfiguration: { OutputLocation: 's3://mine/' } });
  await fixture.athena.idle();
  expect(await call('GetQueryExecution', { QueryExecutionId: id })).toMatchObject({
    QueryExecution: { Status: { State: 'SUCCEEDED' }, ResultConfiguration: { OutputLocation: `s3://results/readers/${id}.csv` } },
  });
  const { file } = fixture.store.getObject(READER, 'results', `readers/${id}.csv`);
  expect(readFileSync(file, 'utf8')).toBe('"x","y","z"\n"a""b",,"1"\n');
});

test('a token gives the first execution again, and no other query', async () => {
  const id = await start('select 1', { ClientRequestToken: 'a'.repeat(32) });
  expect(await start('select 1', { ClientRequestToken: 'a'.repeat(32) })).toBe(id);
  await expect(start('select 2', { ClientRequestToken: 'a'.repeat(32) })).rejects.toThrow('Idempotent parameters do not match');
});

test('stops a query that waits', async () => {
  const first = await start('select 1');
  const second = await start('select 2');
  await call('StopQueryExecution', { QueryExecutionId: second });
  await fixture.athena.idle();
  expect(await call('GetQueryExecution', { QueryExecutionId: first })).toMatchObject({
    QueryExecution: { Status: { State: 'SUCCEEDED' } },
  });
  expect(await call('GetQueryExecution', { QueryExecutionId: second })).toMatchObject({
    QueryExecution: { Status: { State: 'CANCELLED' } },
  });
});

test('gives named queries by workgroup', async () => {
  const id = fixture.athena.createNamedQuery({ name: 'n', database: 'db', queryString: 'select 1', workGroup: 'readers' });
  expect(await call('ListNamedQueries', { WorkGroup: 'readers' })).toEqual({ NamedQueryIds: [id] });
  expect(await call('GetNamedQuery', { NamedQueryId: id })).toEqual({
    NamedQuery: { Name: 'n', Database: 'db', QueryString: 'select 1', NamedQueryId: id, WorkGroup: 'readers' },
  });
  expect(await call('BatchGetNamedQuery', { NamedQueryIds: [id, 'x'] })).toMatchObject({
    NamedQueries: [{ Name: 'n' }],
    UnprocessedNamedQueryIds: [{ NamedQueryId: 'x' }],
  });
});

test('named queries are made once for a token, changed and deleted', async () => {
  const input = { Name: 'n', Database: 'db', QueryString: 'select 1', WorkGroup: 'free', ClientRequestToken: 'a'.repeat(32) };
  const { NamedQueryId } = await call('CreateNamedQuery', input);
  expect((await call('CreateNamedQuery', input))['NamedQueryId']).toBe(NamedQueryId);
  await expect(call('CreateNamedQuery', { ...input, QueryString: 'select 2' })).rejects.toThrow(
    'Idempotent parameters do not match',
  );
  await call('UpdateNamedQuery', { NamedQueryId, Name: 'm', QueryString: 'select 3' });
  expect(await call('GetNamedQuery', { NamedQueryId })).toMatchObject({
    NamedQuery: { Name: 'm', QueryString: 'select 3', WorkGroup: 'free' },
  });
  await call('DeleteNamedQuery', { NamedQueryId });
  expect(await call('ListNamedQueries', { WorkGroup: 'free' })).toEqual({ NamedQueryIds: [] });
});

test('workgroups are listed by name, and tagged by their ARN', async () => {
  const { WorkGroups } = await call('ListWorkGroups', {});
  expect((WorkGroups as { Name: string }[]).map(({ Name }) => Name)).toEqual(['free', 'primary', 'readers']);
  const ResourceARN = 'arn:aws:athena:us-east-1:111122223333:workgroup/readers';
  await call('TagResource', { ResourceARN, Tags: [{ Key: 'team', Value: 'a' }, { Key: 'cost', Value: 'b' }] }); // prettier-ignore
  await call('UntagResource', { ResourceARN, TagKeys: ['cost'] });
  expect(await call('ListTagsForResource', { ResourceARN })).toEqual({ Tags: [{ Key: 'team', Value: 'a' }] });
  await expect(call('ListTagsForResource', { ResourceARN: `${ResourceARN}x` })).rejects.toThrow('is not found');
});

test("what a client leaves out is the workgroup's, where nothing is enforced", async () => {
  const encryption = { option: 'SSE_S3' } as const;
  fixture.athena.createWorkGroup({ name: 'kept', resultLocation: 's3://results/kept/', enforce: false, results: { encryption } });
  const id = await start('select 1', { WorkGroup: 'kept', ResultConfiguration: {} });
  expect(await call('GetQueryExecution', { QueryExecutionId: id })).toMatchObject({
    QueryExecution: { ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } } },
  });
});

test('fails a caller without a right on the workgroup', async () => {
  fixture.access.deny((action) => action === 'athena:StartQueryExecution');
  await expect(start('select 1')).rejects.toThrow('not authorized to perform: athena:StartQueryExecution');
});

test('fails to start where the caller may not look the bucket of the results up', async () => {
  await start('select 1');
  expect(fixture.access.asked).toContain('s3:GetBucketLocation arn:aws:s3:::results via athena.amazonaws.com');
  fixture.access.deny((action) => action === 's3:GetBucketLocation');
  await expect(start('select 1')).rejects.toMatchObject({
    code: 'InvalidRequestException',
    message: 'Unable to verify/create output bucket results',
  });
});

test('fails without a workgroup or a place for results', async () => {
  await expect(start('select 1', { WorkGroup: 'none' })).rejects.toThrow('WorkGroup is not found.');
  fixture.athena.createWorkGroup({ name: 'bare', enforce: false });
  await expect(start('select 1', { WorkGroup: 'bare' })).rejects.toThrow('No output location provided');
  expect(() => { fixture.athena.createWorkGroup({ name: 'tiny', enforce: true, bytesScannedCutoff: 1 }); }).toThrow('at least 10000000 bytes'); // prettier-ignore
});
