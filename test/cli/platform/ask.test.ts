import { InvalidRequestException, type AthenaClient } from '@aws-sdk/client-athena';
import { ask, namedQueries, rowsByName } from '../../../cli/platform/ask.ts';

/** Answers as Athena does for a statement of a type, with these rows on pages of one. */
const athena = (StatementType: string, rows: readonly string[]): AthenaClient =>
  ({
    send: async ({ constructor, input }: { constructor: { name: string }; input: { NextToken?: string } }) => {
      if (constructor.name === 'StartQueryExecutionCommand') return { QueryExecutionId: 'one' };
      if (constructor.name === 'GetQueryExecutionCommand')
        return { QueryExecution: { Status: { State: 'SUCCEEDED' }, StatementType, Statistics: { DataScannedInBytes: 7 } } };
      const page = Number(input.NextToken ?? 0);
      return {
        ResultSet: {
          ResultSetMetadata: { ColumnInfo: [{ Name: 'tab_name', Type: 'varchar' }] },
          Rows: rows.slice(page, page + 1).map((VarCharValue) => ({ Data: [{ VarCharValue }] })),
        },
        ...(page + 1 < rows.length && { NextToken: String(page + 1) }),
      };
    },
  }) as unknown as AthenaClient;

test("a query's first row names the columns, and is none of the answer", async () => {
  expect(await ask(athena('DML', ['tab_name', 'a', 'b']), 'analysts', 'SELECT tab_name FROM t')).toEqual({
    columns: ['tab_name'],
    types: ['varchar'],
    rows: [['a'], ['b']],
    scannedBytes: 7,
  });
});

test.each(['DDL', 'UTILITY'])('a %s statement has no such row', async (type) => {
  const { rows } = await ask(athena(type, ['a', 'b']), 'analysts', 'SHOW TABLES');
  expect(rows).toEqual([['a'], ['b']]);
});

test.each([
  ['MALFORMED_QUERY', 'QueryFailed: line 1:1: no statement'],
  ['INVALID_INPUT', 'line 1:1: no statement'],
])('fails where Athena refuses to start with %s', async (AthenaErrorCode, message) => {
  const refusal = new InvalidRequestException({ $metadata: {}, message: 'line 1:1: no statement', AthenaErrorCode });
  const client = { send: async () => Promise.reject(refusal) } as unknown as AthenaClient;
  await expect(ask(client, 'analysts', 'selec')).rejects.toMatchObject({ message });
});

test.each<[string[], string[]]>([
  [
    ['x', 'y'],
    ['x', 'y'],
  ],
  [
    ['x', 'x', 'x'],
    ['x', 'x_2', 'x_3'],
  ],
  [
    ['x', 'x', 'x_2'],
    ['x', 'x_3', 'x_2'],
  ],
  [
    ['__proto__', '__proto__'],
    ['__proto__', '__proto___2'],
  ],
])('rows of columns %j have the names %j, and each value', (columns, names) => {
  const row = columns.map((_, index) => String(index));
  expect(rowsByName({ columns, rows: [row] }).map(Object.entries)).toEqual([names.map((name, index) => [name, row[index]])]);
});

test('finds every named query, on whatever page it is listed', async () => {
  const ids = Array.from({ length: 120 }, (_, index) => `q${String(index).padStart(3, '0')}`);
  const client = {
    send: async ({ input }: { input: { NextToken?: string; NamedQueryIds?: string[] } }) => {
      if (input.NamedQueryIds !== undefined)
        return { NamedQueries: input.NamedQueryIds.map((id) => ({ Name: id, QueryString: `SELECT '${id}'` })) };
      const start = Number(input.NextToken ?? 0);
      return {
        NamedQueryIds: ids.slice(start, start + 50),
        ...(start + 50 < ids.length && { NextToken: String(start + 50) }),
      };
    },
  } as unknown as AthenaClient;
  expect((await namedQueries(client, 'analysts')).map(({ name }) => name)).toEqual(ids);
});
