import { SimulatedClock } from '../../../local/clock.ts';
import { duckdbType, GlueCatalog, parseHiveType } from '../../../local/glue/index.ts';
import type { Caller } from '../../../local/service.ts';
import { FakeAccess } from '../../support/fake-object-store.ts';

const caller: Caller = { arn: 'arn:aws:sts::111122223333:assumed-role/reader/me', accountId: '111122223333' };

function catalogOf(): { catalog: GlueCatalog; access: FakeAccess } {
  const access = new FakeAccess();
  const catalog = new GlueCatalog({ clock: new SimulatedClock(0), access, account: '111122223333', region: 'us-east-1' });
  catalog.createDatabase({ name: 'Sales', parameters: { owner: 'a' } });
  return { catalog, access };
}

test('keeps names in lower case', async () => {
  const { catalog } = catalogOf();
  catalog.createTable('SALES', {
    Name: 'Orders',
    StorageDescriptor: { Columns: [{ Name: 'Id', Type: 'bigint' }] },
    PartitionKeys: [{ Name: 'DT' }],
  });
  const answer = await catalog.service.operations['GetTable']?.({ DatabaseName: 'sales', Name: 'ORDERS' }, caller);
  expect(answer).toMatchObject({
    Table: {
      Name: 'orders',
      DatabaseName: 'sales',
      StorageDescriptor: { Columns: [{ Name: 'id' }] },
      PartitionKeys: [{ Name: 'dt' }],
    },
  });
});

test('fails what exists already, and what does not', () => {
  const { catalog } = catalogOf();
  catalog.createTable('sales', { Name: 'orders' });
  expect(() => {
    catalog.createDatabase({ name: 'sales' });
  }).toThrow('already exists');
  expect(() => {
    catalog.createTable('sales', { Name: 'ORDERS' });
  }).toThrow('already exists');
  expect(() => {
    catalog.createTable('none', { Name: 'a' });
  }).toThrow('not found');
  expect(() => catalog.tableFor(caller, 'sales', 'none')).toThrow('not found');
});

test('authorizes a table on each level above it', () => {
  const { catalog, access } = catalogOf();
  catalog.createTable('sales', { Name: 'orders' });
  catalog.tableFor(caller, 'Sales', 'Orders');
  const arn = 'arn:aws:glue:us-east-1:111122223333:';
  expect(access.asked).toEqual([
    `glue:GetTable ${arn}catalog`,
    `glue:GetTable ${arn}database/sales`,
    `glue:GetTable ${arn}table/sales/orders`,
  ]);
});

test.each(['catalog', 'database/sales', 'table/sales/orders'])('fails a caller without the right on %s', (resource) => {
  const { catalog, access } = catalogOf();
  catalog.createTable('sales', { Name: 'orders' });
  access.deny((_action, on) => on.endsWith(resource));
  expect(() => catalog.tableFor(caller, 'sales', 'orders')).toThrow('not authorized to perform: glue:GetTable');
});

test.each([
  ['events', 'events'],
  ['*VENT*', 'events events_raw'],
  ['ev.*raw', 'events_raw'],
  ['e*nts|orders', 'events orders'],
  ['events_raw*raw', ''],
  ['*', 'events events_raw orders'],
])('gives the tables whose whole name is %s', async (Expression, names) => {
  const { catalog } = catalogOf();
  for (const Name of ['events', 'events_raw', 'orders']) catalog.createTable('sales', { Name });
  const answer = await catalog.service.operations['GetTables']?.({ DatabaseName: 'sales', Expression }, caller);
  const { TableList } = answer as { TableList: readonly { Name: string }[] };
  expect(TableList.map(({ Name }) => Name).join(' ')).toBe(names);
});

test.each([
  ['(a+)+b', "'(' in 'Expression' is not known here"],
  ['[a-c]', "'['"],
  ['a.b', "'.'"],
  ['a'.repeat(2049), 'at most 2048 characters'],
])('fails for an expression that is no pattern of Glue, %s', async (Expression, message) => {
  const { catalog } = catalogOf();
  await expect(catalog.service.operations['GetTables']?.({ DatabaseName: 'sales', Expression }, caller)).rejects.toThrow(message);
});

test('pages tables by name and pattern', async () => {
  const { catalog } = catalogOf();
  for (const name of ['b', 'a', 'c', 'other']) catalog.createTable('sales', { Name: name });
  const list = (input: object) => catalog.service.operations['GetTables']?.({ DatabaseName: 'sales', ...input }, caller);
  const first = (await list({ Expression: 'a|b|C', MaxResults: 2 })) as { NextToken?: string };
  expect(first).toMatchObject({ TableList: [{ Name: 'a' }, { Name: 'b' }] });
  catalog.tables.delete(caller, 'sales', 'a'); // what is gone moves nothing else
  const second = await list({ Expression: 'a|b|C', MaxResults: 2, NextToken: first.NextToken });
  expect(second).toEqual({ TableList: [expect.objectContaining({ Name: 'c' })] });
});

test.each([
  ['bigint', 'BIGINT'],
  ['string', 'VARCHAR'],
  ['varchar(20)', 'VARCHAR'],
  ['decimal(38,18)', 'DECIMAL(38,18)'],
  ['decimal', 'DECIMAL(10,0)'],
  ['binary', 'BLOB'],
  ['array<int>', 'INTEGER[]'],
  ['map<string,array<double>>', 'MAP(VARCHAR,DOUBLE[])'],
  ['struct<a:int, b_c:struct<d:timestamp>>', 'STRUCT("a" INTEGER,"b_c" STRUCT("d" TIMESTAMP))'],
])('reads %s as %s', (hive, duckdb) => {
  expect(duckdbType(parseHiveType(hive))).toBe(duckdb);
});

test.each(['', 'text', 'array<int', 'array<int>>', 'decimal(39,1)', 'decimal(5,6)', 'map<string>', 'struct<a>', 'bigint x'])(
  'fails %j',
  (text) => {
    expect(() => parseHiveType(text)).toThrow('is not a Hive type');
  },
);
