import type { Told } from './statements.ts';

const AWS = 'https://docs.aws.amazon.com/athena/latest/ug/';
const MERGE = `${AWS}merge-into-statement.html`;
const CREATE = `${AWS}querying-iceberg-creating-tables.html`;
const CHANGE = `${AWS}querying-iceberg-alter-table-change-column.html`;

const first = { line: 1, column: 1 };
const at = (column: number, line = 1) => ({ line, column });

const WHOLE_MERGE = `merge into sales.accounts as t using (select 1 as id) as s
on (t.id = s.id)
when matched and s.gone = 'yes' then delete
when matched then update set total = s.total + t.total, "City" = s.city
when not matched and s.total > 0 then insert (id, "Total") values (s.id, s.total)
when not matched then insert values (s.id, null);`;

/** Statements for Iceberg's tables, what is read from them with expressions as short texts, and the page that gives their form. */
export const ICEBERG_STATEMENTS: readonly (readonly [sql: string, told: Told, source: string])[] = [
  ['delete from t', { kind: 'delete', table: { name: 't' }, place: first }, `${AWS}delete-statement.html`],
  ["DELETE FROM AwsDataCatalog.\"Sales\".Orders -- all of a day\nWHERE day = date '2024-01-01' AND id <> ?;", { kind: 'delete', table: { name: 'orders', database: 'sales' }, where: "((day = date '2024-01-01') and (id <> 7))", place: first }, `${AWS}delete-statement.html`],
  ['delete from t where id in (select id from s)', { kind: 'delete', table: { name: 't' }, where: 'in_query', place: first }, `${AWS}delete-statement.html`],
  ['update t set a = 1', { kind: 'update', table: { name: 't' }, set: [{ column: 'a', value: '1', place: at(14) }], place: first }, `${AWS}update-statement.html`],
  [
    "  update db.t set a = a + ?, \"B c\" = concat(b, 'x')\nwhere a is null",
    {
      kind: 'update', table: { name: 't', database: 'db' }, where: 'is_null', place: at(3),
      set: [{ column: 'a', value: '(a + 7)', place: at(19) }, { column: 'b c', value: "concat(b, 'x')", place: at(30) }],
    },
    `${AWS}update-statement.html`,
  ],
  ['merge into t using s on true when matched then delete', { kind: 'merge', table: { name: 't' }, source: 's', on: 'true', cases: [{ kind: 'delete', place: at(30) }], place: first }, MERGE],
  ['merge into t a using db.s on a.x = s.x when not matched then insert values (?)', { kind: 'merge', table: { name: 't' }, alias: 'a', source: 'db.s', on: '(a.x = s.x)', cases: [{ kind: 'insert', values: ['7'], place: at(40) }], place: first }, MERGE],
  ['merge into t using s b on t.x = b.x when matched then update set x = b.x', { kind: 'merge', table: { name: 't' }, source: 's as b', on: '(t.x = b.x)', cases: [{ kind: 'update', set: [{ column: 'x', value: 'b.x', place: at(66) }], place: at(37) }], place: first }, MERGE],
  ['merge into t using s join r on s.x = r.x on t.x = s.x when matched then delete', { kind: 'merge', table: { name: 't' }, source: 's inner join r', on: '(t.x = s.x)', cases: [{ kind: 'delete', place: at(55) }], place: first }, 'https://trino.io/docs/405/sql/merge.html'],
  [
    WHOLE_MERGE,
    {
      kind: 'merge', table: { name: 'accounts', database: 'sales' }, alias: 't', source: '(query) as s', on: '(t.id = s.id)', place: first,
      cases: [
        { kind: 'delete', condition: "(s.gone = 'yes')", place: at(1, 3) },
        { kind: 'update', set: [{ column: 'total', value: '(s.total + t.total)', place: at(30, 4) }, { column: 'city', value: 's.city', place: at(57, 4) }], place: at(1, 4) },
        { kind: 'insert', condition: '(s.total > 0)', columns: ['id', 'total'], values: ['s.id', 's.total'], place: at(1, 5) },
        { kind: 'insert', values: ['s.id', 'null'], place: at(1, 6) },
      ],
    },
    MERGE,
  ],
  ['explain delete from t', { kind: 'explain', type: 'distributed', format: 'text', statement: { kind: 'delete', table: { name: 't' }, place: at(9) } }, `${AWS}athena-explain-statement.html`],
  ['prepare q from delete from t where id = ?', { kind: 'prepare', name: 'q', text: 'delete from t where id = ?' }, `${AWS}sql-prepare.html`],
  ['prepare q from update t set a = ? where b = ?;', { kind: 'prepare', name: 'q', text: 'update t set a = ? where b = ?' }, `${AWS}sql-prepare.html`],
  ['prepare q from merge into t using s on t.a = ? when matched then delete', { kind: 'prepare', name: 'q', text: 'merge into t using s on t.a = ? when matched then delete' }, `${AWS}sql-prepare.html`],
  [
    "create table iceberg_table (id bigint, data string, category string) partitioned by (category, bucket(16, id)) location 's3://lake/your-folder/' tblproperties ( 'table_type' = 'ICEBERG' )",
    {
      kind: 'create_iceberg_table', table: { name: 'iceberg_table' }, ifNotExists: false, location: 's3://lake/your-folder/',
      columns: [{ name: 'id', type: 'bigint' }, { name: 'data', type: 'string' }, { name: 'category', type: 'string' }],
      partitionedBy: [{ transform: 'identity', column: 'category' }, { transform: 'bucket', column: 'id', parameter: 16 }],
      properties: { table_type: 'ICEBERG' },
    },
    CREATE,
  ],
  [
    "CREATE TABLE IF NOT EXISTS `logs.web` (`date` date COMMENT 'day; of the hit', point struct<x: double, y: array<int>>, ts timestamp, Year int) COMMENT 'hits' /* hidden */ PARTITIONED BY (YEAR(ts), month(`date`), day(ts), hour(ts), truncate(10, \"year\"), Year) TBLPROPERTIES ('format'='parquet', 'table_type'='iceberg');",
    {
      kind: 'create_iceberg_table', table: { name: 'web', database: 'logs' }, ifNotExists: true, comment: 'hits',
      columns: [{ name: 'date', type: 'date', comment: 'day; of the hit' }, { name: 'point', type: 'struct<x:double,y:array<int>>' }, { name: 'ts', type: 'timestamp' }, { name: 'year', type: 'int' }],
      partitionedBy: [
        { transform: 'year', column: 'ts' }, { transform: 'month', column: 'date' }, { transform: 'day', column: 'ts' }, { transform: 'hour', column: 'ts' },
        { transform: 'truncate', column: 'year', parameter: 10 }, { transform: 'identity', column: 'year' },
      ],
      properties: { format: 'parquet', table_type: 'iceberg' },
    },
    CREATE,
  ],
  [
    "create table t with (table_type = 'ICEBERG', is_external = false, location = 's3://lake/t/', partitioning = array['day(ts)', 'bucket(id, 16)'], optimize_rewrite_min_data_file_size_bytes = 402653184, optimize_rewrite_max_data_file_size_bytes = 966367641, optimize_rewrite_data_file_threshold = 5, optimize_rewrite_delete_file_threshold = 2, vacuum_min_snapshots_to_keep = 1, vacuum_max_snapshot_age_seconds = 432000, write_target_data_file_size_bytes = 536870912) as select 1 as id",
    {
      kind: 'create_table_as', named: false, table: { name: 't' }, ifNotExists: false, withData: true, text: 'select 1 as id',
      properties: {
        table_type: 'ICEBERG', is_external: false, location: 's3://lake/t/', partitioning: ['day(ts)', 'bucket(id, 16)'],
        optimize_rewrite_min_data_file_size_bytes: { number: '402653184' }, optimize_rewrite_max_data_file_size_bytes: { number: '966367641' },
        optimize_rewrite_data_file_threshold: { number: '5' }, optimize_rewrite_delete_file_threshold: { number: '2' },
        vacuum_min_snapshots_to_keep: { number: '1' }, vacuum_max_snapshot_age_seconds: { number: '432000' },
        write_target_data_file_size_bytes: { number: '536870912' },
      },
    },
    `${AWS}create-table-as.html`,
  ],
  ["alter table db.t add columns (comment string, `b` array<struct<x: double>> comment 'c')", { kind: 'add_columns', table: { name: 't', database: 'db' }, columns: [{ name: 'comment', type: 'string' }, { name: 'b', type: 'array<struct<x:double>>', comment: 'c' }] }, `${AWS}querying-iceberg-alter-table-add-columns.html`],
  ['ALTER TABLE t DROP COLUMN `User`', { kind: 'drop_column', table: { name: 't' }, column: 'user', word: 'COLUMN', place: { line: 1, column: 20 } }, `${AWS}querying-iceberg-alter-table-drop-column.html`],
  ['ALTER TABLE t RENAME TO `db`.u', { kind: 'rename_table', table: { name: 't' }, to: { name: 'u', database: 'db' } }, 'https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/result-files.md'],
  ['alter table t change comment blog_comment string after id', { kind: 'change_column', table: { name: 't' }, from: 'comment', to: { name: 'blog_comment', type: 'string' }, position: { kind: 'after', column: 'id' } }, CHANGE],
  ["alter table t change column a b decimal(20, 2) comment 'wider' first", { kind: 'change_column', table: { name: 't' }, from: 'a', to: { name: 'b', type: 'decimal(20,2)', comment: 'wider' }, position: { kind: 'first' } }, CHANGE],
  ['alter table t change column `column` c bigint;', { kind: 'change_column', table: { name: 't' }, from: 'column', to: { name: 'c', type: 'bigint' } }, CHANGE],
  ["alter table t set tblproperties ('format' = 'parquet', 'write_compression'='snappy')", { kind: 'set_table_properties', table: { name: 't' }, properties: { format: 'parquet', write_compression: 'snappy' } }, `${AWS}querying-iceberg-alter-table-set-properties.html`],
  ["alter table t unset tblproperties ('write_compression', 'format')", { kind: 'unset_table_properties', table: { name: 't' }, names: ['write_compression', 'format'] }, `${AWS}querying-iceberg-alter-table-unset-properties.html`],
  ['optimize `db`.`_t` rewrite data using bin_pack', { kind: 'optimize', table: { name: '_t', database: 'db' } }, `${AWS}optimize-statement.html`],
  ["OPTIMIZE t REWRITE DATA USING BIN_PACK WHERE category = 'c1';", { kind: 'optimize', table: { name: 't' }, where: "(category = 'c1')" }, `${AWS}optimize-statement.html`],
  ['vacuum my_database.`_mytable`', { kind: 'vacuum', table: { name: '_mytable', database: 'my_database' } }, `${AWS}vacuum-statement.html`],
]; // prettier-ignore

const NOT_LISTED = 'is not on the tested list of headwaters local';
const ICEBERG = "tblproperties ('table_type'='ICEBERG')";
const mismatch = (place: string, input: string, expecting: string) =>
  `SYNTAX_ERROR: line ${place}: mismatched input '${input}'. Expecting: ${expecting}`;

/** Statements for Iceberg's tables that fail as they are read, and why. */
export const REFUSED_ICEBERG_STATEMENTS: readonly (readonly [sql: string, fails: string])[] = [
  ['delete t where a = 1', mismatch('1:8', 't', "'FROM'")],
  ['delete from t a where a = 1', mismatch('1:15', 'a', "'.', ';', 'WHERE'")],
  ['delete from `t`', 'SYNTAX_ERROR: line 1:13: backquoted identifiers are not supported'],
  ['delete from other.db.t', "CATALOG_NOT_FOUND: line 1:13: Catalog 'other' does not exist"],
  ['delete from a.b.c.d', 'SYNTAX_ERROR: line 1:13: Too many dots in table name: a.b.c.d'],
  ['delete from t where', mismatch('1:20', '<EOF>', '')],
  ['delete from t where a = ?', 'INVALID_PARAMETER_USAGE: line 1:25: '],
  ['delete from t; delete from s', 'SYNTAX_ERROR: line 1:16: Only one sql statement is allowed'],
  ['update t a = 1', mismatch('1:10', 'a', "'.', 'SET'")],
  ['update t set t.a = 1', mismatch('1:15', '.', "'='")],
  ['update t set (a = 1)', mismatch('1:14', '(', '<identifier>')],
  ['update t set a = 1, where b = 2', mismatch('1:21', 'where', '<identifier>')],
  ['merge t using s on true when matched then delete', mismatch('1:7', 't', "'INTO'")],
  ['merge into t when matched then delete', mismatch('1:14', 'when', "'.', 'AS', 'USING', <identifier>")],
  ['merge into t using s when matched then delete', mismatch('1:22', 'when', '')],
  ['merge into t using s on true', mismatch('1:29', '<EOF>', '')],
  ['merge into t using s on true when matched delete', mismatch('1:43', 'delete', "'AND', 'THEN'")],
  ['merge into t using s on true when matched then insert values (1)', mismatch('1:48', 'insert', "'DELETE', 'UPDATE'")],
  ['merge into t using s on true when not matched then delete', mismatch('1:52', 'delete', "'INSERT'")],
  ['merge into t using s on true when not matched then insert (a)', mismatch('1:62', '<EOF>', "'VALUES'")],
  ['merge into t using s on true when not matched by source then delete', mismatch('1:47', 'by', "'AND', 'THEN'")],
  ['merge into t using s on true when not matched then insert values 1', mismatch('1:66', '1', "'('")],
  ["create table t (a int) tblproperties ('table_type'='HIVE')", 'No location was specified for table. An S3 location must be specified'],
  [`create external table t (a int) partitioned by (a) location 's3://b/' ${ICEBERG}`, 'External keyword not supported for table type ICEBERG'],
  [`create table t (a int) partitioned by (a int) ${ICEBERG}`, mismatch('1:42', 'int', "')', ','")],
  [`create table t (a int) partitioned by (years(a)) ${ICEBERG}`, mismatch('1:40', 'years', "'BUCKET', 'DAY', 'HOUR', 'MONTH', 'TRUNCATE', 'YEAR'")],
  [`create table t (a int) partitioned by (bucket(a, 4)) ${ICEBERG}`, mismatch('1:47', 'a', '<integer>')],
  [`create table t (a int) partitioned by (bucket(4)) ${ICEBERG}`, mismatch('1:48', ')', "','")],
  [`create table t (a int) stored as parquet ${ICEBERG}`, mismatch('1:24', 'stored', "'COMMENT', 'LOCATION', 'PARTITIONED BY', 'TBLPROPERTIES'")],
  [`create table t ${ICEBERG}`, mismatch('1:16', 'tblproperties', "'(', '.'")],
  ["create table t with (vacuum_max_metadata_files_to_keep = 5) as select 1", "INVALID_TABLE_PROPERTY: line 1:22: table property 'vacuum_max_metadata_files_to_keep' does not exist"],
  ["create table t with (partitioning = 'a') as select 1", "INVALID_TABLE_PROPERTY: line 1:22: Invalid value for table property 'partitioning': it must be a texts"],
  ['alter table t add column a int', mismatch('1:19', 'column', "'COLUMNS', 'IF NOT EXISTS', 'PARTITION'")],
  ['alter table t add columns a int', mismatch('1:27', 'a', "'('")],
  ['alter table t drop columns a', mismatch('1:20', 'columns', "'COLUMN', 'IF EXISTS', 'PARTITION'")],
  ['alter table t drop column if exists a', mismatch('1:30', 'exists', "';'")],
  ['alter table t change a b', mismatch('1:25', '<EOF>', '<type>')],
  ['alter table t change a b int before c', mismatch('1:30', 'before', "';', 'AFTER', 'COMMENT', 'FIRST'")],
  ['alter table t change a b int after', mismatch('1:35', '<EOF>', '<identifier>')],
  ["alter table t set location 's3://b/'", `NOT_SUPPORTED: line 1:15: ALTER TABLE SET ${NOT_LISTED}`],
  ['alter table t replace columns (a int)', `NOT_SUPPORTED: line 1:15: ALTER TABLE REPLACE ${NOT_LISTED}`],
  ["alter table t set tblproperties ('a')", mismatch('1:37', ')', "'='")],
  ["alter table t unset tblproperties ('a' = 'b')", mismatch('1:40', '=', "')', ','")],
  ['optimize t', mismatch('1:11', '<EOF>', "'.', 'REWRITE'")],
  ['optimize t rewrite data', mismatch('1:24', '<EOF>', "'USING'")],
  ['optimize "t" rewrite data using bin_pack', mismatch('1:10', '"t"', '<identifier>')],
  ['vacuum', mismatch('1:7', '<EOF>', '<identifier>')],
  ['vacuum db."t"', mismatch('1:11', '"t"', '<identifier>')],
  ['vacuum t where a = 1', mismatch('1:10', 'where', "'.', ';'")],
  ['prepare q from vacuum t', `NOT_SUPPORTED: line 1:24: PREPARE of that statement ${NOT_LISTED}`],
  ['explain optimize t rewrite data using bin_pack', `NOT_SUPPORTED: line 1:1: EXPLAIN of that statement ${NOT_LISTED}`],
  ["select 1 from t for system_time as of timestamp '2020-01-01 10:00:00'", "SYNTAX_ERROR: line 1:21: mismatched input 'system_time'. Expecting: 'TIMESTAMP', 'VERSION'"],
  ['select 1 from t for system_version as of 1', mismatch('1:21', 'system_version', "'TIMESTAMP', 'VERSION'")],
  ['select 1 from t for branch as of 1', mismatch('1:21', 'branch', "'TIMESTAMP', 'VERSION'")],
  ['select 1 from t for version of 1', mismatch('1:29', 'of', "'AS'")],
  ['select 1 from (select 1) for version as of 1', mismatch('1:26', 'for', '')],
  ['select 1 from t a for version as of 1', mismatch('1:19', 'for', '')],
]; // prettier-ignore
