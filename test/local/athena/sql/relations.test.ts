import { fromHive, VARCHAR } from '../../../../local/athena/sql/analysis/type.ts';
import { QueryError } from '../../../../local/athena/sql/query-error.ts';
import type { RelationShape, TableReference } from '../../../../local/athena/sql/translator.ts';
import { parseHiveType } from '../../../../local/glue/hive-type.ts';
import { SqlEngine } from './engine.ts';

let engine: SqlEngine;
beforeAll(async () => {
  engine = await SqlEngine.open();
});
afterAll(() => {
  engine.close();
});

const hive = (type: string): RelationShape['columns'][number]['type'] => fromHive(parseHiveType(type));

const ORDERS: RelationShape = {
  sql: "(select 7 as id, 'x' as name, 's3://lake/a' as \"$path\", '2024-01-01' as dt)",
  columns: [
    { name: 'id', type: hive('int') },
    { name: 'name', type: hive('string') },
    { name: '$path', type: VARCHAR, hidden: true },
    { name: 'dt', type: hive('string') },
  ],
};

const PARTITIONS: RelationShape = { sql: "(select '2024-01-01' as dt)", columns: [{ name: 'dt', type: VARCHAR }] };
const TABLES: RelationShape = {
  sql: "(select 'db' as table_schema, 'orders' as table_name)",
  columns: [
    { name: 'table_schema', type: VARCHAR },
    { name: 'table_name', type: VARCHAR },
  ],
};

const RELATIONS = new Map([
  ['db.orders', ORDERS],
  ['db.orders$partitions', PARTITIONS],
  ['information_schema.tables', TABLES],
]);

const asked: TableReference[] = [];

function relation(reference: TableReference): RelationShape {
  asked.push(reference);
  const shape = RELATIONS.get(`${reference.database}.${reference.table}`);
  if (shape === undefined)
    throw new QueryError(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${reference.database}.${reference.table}' does not exist`);
  return shape;
}

beforeEach(() => {
  asked.length = 0;
});

test.each([
  ['select * from orders', ['id', 'name', 'dt'], [['7', 'x', '2024-01-01']]],
  ['select "$path", o.* from orders o', ['$path', 'id', 'name', 'dt'], [['s3://lake/a', '7', 'x', '2024-01-01']]],
  ['select o."$path" from orders as o', ['$path'], [['s3://lake/a']]],
  ['select * from "orders$partitions"', ['dt'], [['2024-01-01']]],
  ["select table_name from information_schema.tables where table_schema = 'db'", ['table_name'], [['orders']]],
  ['select table_name from "awsdatacatalog"."information_schema"."tables"', ['table_name'], [['orders']]],
  [
    'select orders.ID, db.orders.name, awsdatacatalog.db.orders.dt from AwsDataCatalog.DB."Orders"',
    ['id', 'name', 'dt'],
    [['7', 'x', '2024-01-01']],
  ],
  ['table orders', ['id', 'name', 'dt'], [['7', 'x', '2024-01-01']]],
  ['with orders as (select 1 as a) select a from orders', ['a'], [['1']]],
  ['select a.id from orders a join orders b on a.id = b.id', ['id'], [['7']]],
])('%s', async (sql, names, rows) => {
  expect(await engine.run(sql, relation)).toMatchObject({ names, rows });
});

test('asks for each relation once, by its own names', async () => {
  await engine.run('select count(*) from orders a, db.Orders b, information_schema.tables', relation);
  expect(asked).toEqual([
    { database: 'db', table: 'orders' },
    { database: 'information_schema', table: 'tables' },
  ]);
});

test('names columns as Trino does', async () => {
  const { names } = await engine.run(
    'select 1, ID, count(*) as "Many", max(id) + 1, t.id from orders as t group by id',
    relation,
  );
  expect(names).toEqual(['_col0', 'id', 'many', '_col3', 'id']);
});

test.each([
  ['select N, "Sum" as S from (select n, n as "Sum" from (values 1) as t(n)) as u', ['N', 'S']],
  ['select * from (select n as "Sum" from (values 1) as t(n)) as u', ['Sum']],
  ['select 1 as A union all select 2 as b', ['A']],
  ['select (n), t.N from (values 1) as t(n)', ['n', 'N']],
])('heads the columns of %s as they were written', async (sql, labels) => {
  expect((await engine.run(sql)).labels).toEqual(labels);
});

test('tells Athena the names of types', async () => {
  const { columns } = await engine.run(
    "select 1, real '1', 1.5, 'a', json '1', now(), localtimestamp, interval '1' day, row(1), array[1], map(array[1], array[1]), x'00', null, uuid()",
  );
  expect(columns).toEqual([
    'integer',
    'float',
    'decimal',
    'varchar',
    'json',
    'timestamp with time zone',
    'timestamp',
    'interval day to second',
    'row',
    'array',
    'map',
    'varbinary',
    'unknown',
    'uuid',
  ]);
});

test.each([
  ['select * from nothing', "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.db.nothing' does not exist"],
  ['select orders.nope from orders', "COLUMN_NOT_FOUND: line 1:8: Column 'orders.nope' cannot be resolved"],
  ['select x.id from orders as y', "COLUMN_NOT_FOUND: line 1:8: Column 'x.id' cannot be resolved"],
  ['select orders.id from orders as y', "COLUMN_NOT_FOUND: line 1:8: Column 'orders.id' cannot be resolved"],
])('fails %s', async (sql, words) => {
  await expect(engine.run(sql, relation)).rejects.toThrow(words);
});
