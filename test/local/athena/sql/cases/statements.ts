import type { Statement } from '../../../../../local/athena/sql/statement.ts';

/** A statement without its query's tree. */
export type Told = { readonly [key: string]: unknown } & { readonly kind: Statement['kind'] };

const AWS = 'https://docs.aws.amazon.com/athena/latest/ug/';

const DELIMITED = String.raw`create external table if not exists logs.web (
  ${'`date`'} date comment 'day',
  ip string,
  tags map<string,array<int>>,
  place struct<lat:double,lon:double>,
  price decimal(10,2)
) comment 'hits' partitioned by (dt string, hr int)
row format delimited fields terminated by '\t' escaped by '\\' collection items terminated by '|' map keys terminated by ':' lines terminated by '\n' null defined as '\\N'
stored as textfile location 's3://lake/web/' tblproperties ('skip.header.line.count'='1')`;

/** Statements, what is read from them, and the page that gives their form. */
export const STATEMENTS: readonly (readonly [sql: string, told: Told, source: string])[] = [
  ['select 1;', { kind: 'query', text: 'select 1' }, `${AWS}select.html`],
  ['with a as (select 1 as x) select x from a', { kind: 'query', text: 'with a as (select 1 as x) select x from a' }, `${AWS}select.html`],
  ['explain select 1', { kind: 'explain', type: 'distributed', format: 'text', statement: { kind: 'query', text: 'select 1' } }, `${AWS}athena-explain-statement.html`],
  ['explain (type logical, format json) select 1', { kind: 'explain', type: 'logical', format: 'json', statement: { kind: 'query', text: 'select 1' } }, `${AWS}athena-explain-statement.html`],
  ['SHOW TABLES', { kind: 'show_tables' }, `${AWS}show-tables.html`],
  ["show tables in Sales 'ord*|cust*'", { kind: 'show_tables', database: 'sales', pattern: 'ord*|cust*' }, `${AWS}show-tables.html`],
  ["show views in sales like 'v*'", { kind: 'show_views', database: 'sales', pattern: 'v*' }, `${AWS}show-views.html`],
  ["show databases like '.*analytics'", { kind: 'show_databases', pattern: '.*analytics' }, `${AWS}show-databases.html`],
  ['show schemas', { kind: 'show_databases' }, `${AWS}show-databases.html`],
  ['show columns in orders in sales', { kind: 'show_columns', table: { name: 'orders', database: 'sales' } }, `${AWS}show-columns.html`],
  ['show columns from sales.orders', { kind: 'show_columns', table: { name: 'orders', database: 'sales' } }, `${AWS}show-columns.html`],
  ['show partitions sales.orders', { kind: 'show_partitions', table: { name: 'orders', database: 'sales' } }, `${AWS}show-partitions.html`],
  ['show create table orders', { kind: 'show_create_table', table: { name: 'orders' } }, `${AWS}show-create-table.html`],
  ['show create view latest', { kind: 'show_create_view', table: { name: 'latest' } }, `${AWS}show-create-view.html`],
  ["show tblproperties orders('comment')", { kind: 'show_table_properties', table: { name: 'orders' }, property: 'comment' }, `${AWS}show-tblproperties.html`],
  ['describe `sales`.`orders`', { kind: 'describe', table: { name: 'orders', database: 'sales' } }, `${AWS}describe-table.html`],
  ['desc orders', { kind: 'describe', table: { name: 'orders' } }, `${AWS}describe-table.html`],
  ['create view v as select 1 as x', { kind: 'create_view', view: { name: 'v' }, orReplace: false, text: 'select 1 as x' }, `${AWS}create-view.html`],
  ['CREATE OR REPLACE VIEW "Sales"."V" AS SELECT \'x\'', { kind: 'create_view', view: { name: 'v', database: 'sales' }, orReplace: true, text: "SELECT 'x'" }, `${AWS}create-view.html`],
  ['drop view if exists v', { kind: 'drop_view', view: { name: 'v' }, ifExists: true }, `${AWS}drop-view.html`],
  [
    "create table if not exists t with (format = 'PARQUET', external_location = 's3://lake/t/', partitioned_by = array['dt'], bucket_count = 4, is_external = true) as select 1 as x, 'd' as dt with no data",
    {
      kind: 'create_table_as', named: false, table: { name: 't' }, ifNotExists: true, withData: false, text: "select 1 as x, 'd' as dt",
      properties: { format: 'PARQUET', external_location: 's3://lake/t/', partitioned_by: ['dt'], bucket_count: { number: '4' }, is_external: true },
    },
    `${AWS}create-table-as.html`,
  ],
  ['create table t as select 1 as x', { kind: 'create_table_as', named: false, table: { name: 't' }, ifNotExists: false, withData: true, text: 'select 1 as x', properties: {} }, `${AWS}create-table-as.html`],
  ['insert into sales.orders (id, name) values (1, \'a\')', { kind: 'insert', table: { name: 'orders', database: 'sales' }, columns: ['id', 'name'], text: "values (1, 'a')" }, `${AWS}insert-into.html`],
  ['insert into t select 1', { kind: 'insert', table: { name: 't' }, text: 'select 1' }, `${AWS}insert-into.html`],
  ['insert into t (select 1)', { kind: 'insert', table: { name: 't' }, text: '(select 1)' }, `${AWS}insert-into.html`],
  ["unload (select 1 as x) to 's3://lake/out/' with (format = 'JSON', compression = 'gzip')", { kind: 'unload', text: 'select 1 as x', location: 's3://lake/out/', properties: { format: 'JSON', compression: 'gzip' } }, `${AWS}unload.html`],
  ['prepare q from select ? + ?;', { kind: 'prepare', name: 'q', text: 'select ? + ?' }, `${AWS}sql-prepare.html`],
  ["execute q using 1, 'a, b', concat('x', 'y')", { kind: 'execute', name: 'q', parameters: ['1', "'a, b'", "concat('x', 'y')"] }, `${AWS}sql-execute.html`],
  ['execute q', { kind: 'execute', name: 'q', parameters: [] }, `${AWS}sql-execute.html`],
  ['deallocate prepare q', { kind: 'deallocate', name: 'q' }, `${AWS}sql-deallocate-prepare.html`],
  [
    DELIMITED,
    {
      kind: 'create_external_table', table: { name: 'web', database: 'logs' }, ifNotExists: true, comment: 'hits', location: 's3://lake/web/',
      columns: [
        { name: 'date', type: 'date', comment: 'day' }, { name: 'ip', type: 'string' }, { name: 'tags', type: 'map<string,array<int>>' },
        { name: 'place', type: 'struct<lat:double,lon:double>' }, { name: 'price', type: 'decimal(10,2)' },
      ],
      partitionedBy: [{ name: 'dt', type: 'string' }, { name: 'hr', type: 'int' }],
      rowFormat: { kind: 'delimited', fields: '\t', escapedBy: '\\', items: '|', mapKeys: ':', lines: '\n', nullAs: '\\N' },
      storedAs: { kind: 'format', format: 'textfile' },
      properties: { 'skip.header.line.count': '1' },
    },
    `${AWS}create-table.html`,
  ],
  [
    "create external table t (a int) row format serde 'org.openx.data.jsonserde.JsonSerDe' with serdeproperties ('ignore.malformed.json'='true') stored as inputformat 'I' outputformat 'O' location 's3://b/'",
    {
      kind: 'create_external_table', table: { name: 't' }, ifNotExists: false, columns: [{ name: 'a', type: 'int' }], partitionedBy: [], properties: {}, location: 's3://b/',
      rowFormat: { kind: 'serde', library: 'org.openx.data.jsonserde.JsonSerDe', properties: { 'ignore.malformed.json': 'true' } },
      storedAs: { kind: 'classes', input: 'I', output: 'O' },
    },
    `${AWS}create-table.html`,
  ],
  ['drop table if exists `sales.orders`', { kind: 'drop_table', table: { name: 'orders', database: 'sales' }, ifExists: true }, `${AWS}drop-table.html`],
  ["create database if not exists d comment 'c' location 's3://b/d/' with dbproperties ('a'='b')", { kind: 'create_database', database: 'd', ifNotExists: true, comment: 'c', location: 's3://b/d/', properties: { a: 'b' } }, `${AWS}create-database.html`],
  ['drop schema if exists d cascade', { kind: 'drop_database', database: 'd', ifExists: true, cascade: true }, `${AWS}drop-database.html`],
  [
    "alter table t add if not exists partition (dt = '2024-01-01', hr = 3) location 's3://b/x/' partition (dt = '2024-01-02', hr = 4)",
    {
      kind: 'add_partitions', table: { name: 't' }, ifNotExists: true,
      partitions: [
        { values: [{ key: 'dt', value: '2024-01-01' }, { key: 'hr', value: '3' }], location: 's3://b/x/' },
        { values: [{ key: 'dt', value: '2024-01-02' }, { key: 'hr', value: '4' }] },
      ],
    },
    `${AWS}alter-table-add-partition.html`,
  ],
  ["alter table t drop if exists partition (dt = 'a'), partition (dt = 'b')", { kind: 'drop_partitions', table: { name: 't' }, ifExists: true, partitions: [{ values: [{ key: 'dt', value: 'a' }] }, { values: [{ key: 'dt', value: 'b' }] }] }, `${AWS}alter-table-drop-partition.html`],
  ['msck repair table t', { kind: 'repair_table', table: { name: 't' } }, `${AWS}msck-repair-table.html`],
]; // prettier-ignore

const NOT_LISTED = 'is not on the tested list of headwaters local';

/** Statements that are refused, and why. */
export const REFUSED_STATEMENTS: readonly (readonly [sql: string, fails: string])[] = [
  ['explain analyze select 1', `NOT_SUPPORTED: line 1:1: EXPLAIN ANALYZE ${NOT_LISTED}`],
  ['show functions', `NOT_SUPPORTED: line 1:1: SHOW FUNCTIONS ${NOT_LISTED}`],
  ['describe input q', `NOT_SUPPORTED: line 1:1: DESCRIBE INPUT ${NOT_LISTED}`],
  ['create table t (a int)', 'No location was specified for table. An S3 location must be specified'],
  ['alter table t replace columns (n int)', `NOT_SUPPORTED: line 1:15: ALTER TABLE REPLACE ${NOT_LISTED}`],
  ['create external table t (a int) clustered by (a) into 4 buckets', `NOT_SUPPORTED: line 1:33: CLUSTERED BY ${NOT_LISTED}`],
  ['describe formatted t', `NOT_SUPPORTED: line 1:10: DESCRIBE EXTENDED and FORMATTED ${NOT_LISTED}`],
  [
    "create table t with (colour = 'red') as select 1",
    "INVALID_TABLE_PROPERTY: line 1:22: table property 'colour' does not exist",
  ],
  [
    'create table t with (format = 1) as select 1',
    "INVALID_TABLE_PROPERTY: line 1:22: Invalid value for table property 'format': it must be a text",
  ],
  [
    "unload (select 1) to 's3://b/' with (format = 'a', format = 'b')",
    'DUPLICATE_PROPERTY: line 1:52: Duplicate property: format',
  ],
  ["unload (select 1) to 's3://b/'", "SYNTAX_ERROR: line 1:31: mismatched input '<EOF>'. Expecting: 'WITH'"],
  ['create view v', "SYNTAX_ERROR: line 1:14: mismatched input '<EOF>'. Expecting: '.', 'AS', 'COMMENT', 'SECURITY'"],
  ['prepare q from drop table t', 'NOT_SUPPORTED: '],
  ['prepare q from selec 1', "SYNTAX_ERROR: line 1:1: mismatched input 'selec'"],
  ['drop', "SYNTAX_ERROR: line 1:1: mismatched input 'drop'. Expecting: "],
  ['select 1; drop table t', 'SYNTAX_ERROR: line 1:11: Only one sql statement is allowed'],
  ['', "SYNTAX_ERROR: line 1:1: mismatched input '<EOF>'"],
  ['show tables from', "SYNTAX_ERROR: line 1:17: mismatched input '<EOF>'. Expecting: <identifier>"],
  ['select * from (select 1', "SYNTAX_ERROR: line 1:24: mismatched input '<EOF>'"],
  ['select 1 from a.b.c.d', 'SYNTAX_ERROR: line 1:15: Too many dots in table name: a.b.c.d'],
];
