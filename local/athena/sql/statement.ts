import type { IcebergStatement } from './iceberg-statement.ts';
import type { Query } from './syntax/ast.ts';

/** A table, view or relation as a statement names it, in lower case; `database` is missing where the statement leaves it to the session. */
export interface RelationName {
  readonly database?: string;
  readonly name: string;
}

/** What `EXECUTE … USING` and `WITH (…)` may hold, as values; a number keeps its digits as text. */
export type PropertyValue = string | boolean | { readonly number: string } | readonly PropertyValue[];

/** The properties of `WITH (…)`, by name in lower case. */
export type Properties = Readonly<Record<string, PropertyValue>>;

/** A column of Hive's DDL: the type is Hive's text in lower case, as the Glue catalog keeps it. */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: string;
  readonly comment?: string;
}

/** One partition that `ALTER TABLE` names: values by key, in the order given, as text. */
export interface PartitionSpec {
  readonly values: readonly { readonly key: string; readonly value: string }[];
  /** An S3 address. */
  readonly location?: string;
}

/** How Hive reads a table's files. */
export type RowFormat =
  | { readonly kind: 'serde'; readonly library: string; readonly properties: Readonly<Record<string, string>> }
  | {
      readonly kind: 'delimited';
      /** Of fields, lines, collection items, map keys; and the escape character. Each as written, with escapes resolved. */
      readonly fields?: string;
      readonly escapedBy?: string;
      readonly lines?: string;
      readonly items?: string;
      readonly mapKeys?: string;
      readonly nullAs?: string;
    };

/** `STORED AS PARQUET`, or the classes behind such a word. */
export type StoredAs =
  | { readonly kind: 'format'; readonly format: string }
  | { readonly kind: 'classes'; readonly input: string; readonly output: string };

export interface CreateExternalTable {
  readonly kind: 'create_external_table';
  readonly table: RelationName;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly comment?: string;
  readonly partitionedBy: readonly ColumnDefinition[];
  readonly rowFormat?: RowFormat;
  readonly storedAs?: StoredAs;
  /** An S3 address. */
  readonly location?: string;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * One statement of Athena's SQL, read and classified; nothing in it has been resolved against a catalog. The query in a statement is a
 * tree that `translate` (translator.ts) turns into the engine's SQL; `text` beside it is the query exactly as it was written, for a
 * view's `originalSql`.
 */
export type Statement =
  | { readonly kind: 'query'; readonly query: Query; readonly text: string }
  /** `EXPLAIN`; what is explained may be anything that can be explained. */
  | { readonly kind: 'explain'; readonly statement: Statement; readonly type: ExplainType; readonly format: ExplainFormat }
  /** `pattern` is Hive's: `*` for any characters, `|` for a choice. */
  | { readonly kind: 'show_tables'; readonly database?: string; readonly pattern?: string }
  | { readonly kind: 'show_views'; readonly database?: string; readonly pattern?: string }
  | { readonly kind: 'show_databases'; readonly pattern?: string }
  /** `refusal`: what Athena says of a name in double quotes, once it knows that it is a table's. */
  | { readonly kind: 'show_columns'; readonly table: RelationName; readonly refusal?: string }
  | { readonly kind: 'show_partitions'; readonly table: RelationName }
  | { readonly kind: 'show_create_table'; readonly table: RelationName }
  | { readonly kind: 'show_create_view'; readonly table: RelationName }
  /** `property` asks for one of them. */
  | { readonly kind: 'show_table_properties'; readonly table: RelationName; readonly property?: string }
  | { readonly kind: 'describe'; readonly table: RelationName; readonly refusal?: string }
  | {
      readonly kind: 'create_view';
      readonly view: RelationName;
      readonly orReplace: boolean;
      readonly query: Query;
      readonly text: string;
    }
  | { readonly kind: 'drop_view'; readonly view: RelationName; readonly ifExists: boolean }
  | {
      readonly kind: 'create_table_as';
      readonly table: RelationName;
      readonly ifNotExists: boolean;
      /** Whether the statement names the columns itself. */
      readonly named: boolean;
      /** Checked for names and types, see `CTAS_PROPERTIES`; not for what they say of each other. */
      readonly properties: Properties;
      readonly query: Query;
      readonly text: string;
      /** False for `WITH NO DATA`. */
      readonly withData: boolean;
    }
  | {
      readonly kind: 'insert';
      readonly table: RelationName;
      /** In the order given; missing for all of the table's. */
      readonly columns?: readonly string[];
      readonly query: Query;
      readonly text: string;
    }
  | {
      readonly kind: 'unload';
      readonly query: Query;
      readonly text: string;
      /** An S3 address. */
      readonly location: string;
      /** Checked for names and types, see `UNLOAD_PROPERTIES`. */
      readonly properties: Properties;
    }
  /** `text` is the statement that was prepared, with its `?`; it has been parsed once. */
  | { readonly kind: 'prepare'; readonly name: string; readonly text: string }
  /** `parameters` are the literals after `USING` as they were written; give them to `parseStatement` with the prepared text. */
  | { readonly kind: 'execute'; readonly name: string; readonly parameters: readonly string[] }
  | { readonly kind: 'deallocate'; readonly name: string }
  | CreateExternalTable
  | { readonly kind: 'drop_table'; readonly table: RelationName; readonly ifExists: boolean }
  | {
      readonly kind: 'create_database';
      readonly database: string;
      readonly ifNotExists: boolean;
      readonly comment?: string;
      /** An S3 address. */
      readonly location?: string;
      readonly properties: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'drop_database'; readonly database: string; readonly ifExists: boolean; readonly cascade: boolean }
  | {
      readonly kind: 'add_partitions';
      readonly table: RelationName;
      readonly ifNotExists: boolean;
      readonly partitions: readonly PartitionSpec[];
    }
  | {
      readonly kind: 'drop_partitions';
      readonly table: RelationName;
      readonly ifExists: boolean;
      readonly partitions: readonly PartitionSpec[];
    }
  | { readonly kind: 'repair_table'; readonly table: RelationName }
  | IcebergStatement;

export type ExplainType = 'logical' | 'distributed' | 'io' | 'validate';
export type ExplainFormat = 'text' | 'json' | 'graphviz';

export type StatementKind = Statement['kind'];

/** `StatementType` and `SubstatementType` of an execution, as `GetQueryExecution` gives them. */
export interface StatementClass {
  readonly type: 'DDL' | 'DML' | 'UTILITY';
  readonly subtype: string;
}

const CLASSES: Readonly<Record<StatementKind, StatementClass>> = {
  query: { type: 'DML', subtype: 'SELECT' },
  explain: { type: 'DML', subtype: 'EXPLAIN' },
  show_tables: { type: 'UTILITY', subtype: 'SHOW_TABLES' },
  show_views: { type: 'UTILITY', subtype: 'SHOW_VIEWS' },
  show_databases: { type: 'UTILITY', subtype: 'SHOW_DATABASES' },
  show_columns: { type: 'UTILITY', subtype: 'SHOW_COLUMNS' },
  show_partitions: { type: 'UTILITY', subtype: 'SHOW_PARTITIONS' },
  show_create_table: { type: 'UTILITY', subtype: 'SHOW_CREATE_TABLE' },
  show_create_view: { type: 'UTILITY', subtype: 'SHOW_CREATE_VIEW' },
  show_table_properties: { type: 'UTILITY', subtype: 'SHOW_TABLE_PROPERTIES' },
  describe: { type: 'UTILITY', subtype: 'DESCRIBE_TABLE' },
  create_view: { type: 'DDL', subtype: 'CREATE_VIEW' },
  drop_view: { type: 'DDL', subtype: 'DROP_VIEW' },
  create_table_as: { type: 'DDL', subtype: 'CREATE_TABLE_AS_SELECT' },
  insert: { type: 'DML', subtype: 'INSERT' },
  unload: { type: 'DML', subtype: 'UNLOAD' },
  prepare: { type: 'DDL', subtype: 'PREPARE' },
  execute: { type: 'DML', subtype: 'EXECUTE' },
  deallocate: { type: 'DDL', subtype: 'DEALLOCATE' },
  create_external_table: { type: 'DDL', subtype: 'CREATE_TABLE' },
  drop_table: { type: 'DDL', subtype: 'DROP_TABLE' },
  create_database: { type: 'DDL', subtype: 'CREATE_DATABASE' },
  drop_database: { type: 'DDL', subtype: 'DROP_DATABASE' },
  add_partitions: { type: 'DDL', subtype: 'ALTER_TABLE_ADD_PARTITION' },
  drop_partitions: { type: 'DDL', subtype: 'ALTER_TABLE_DROP_PARTITION' },
  repair_table: { type: 'DDL', subtype: 'MSCK_REPAIR' },
  delete: { type: 'DML', subtype: 'DELETE' },
  update: { type: 'DML', subtype: 'UPDATE' },
  merge: { type: 'DML', subtype: 'MERGE' },
  create_iceberg_table: { type: 'DDL', subtype: 'CREATE_TABLE' },
  add_columns: { type: 'DDL', subtype: 'ALTER_TABLE_ADD_COLUMN' },
  drop_column: { type: 'DDL', subtype: 'ALTER_TABLE_DROP_COLUMN' },
  rename_table: { type: 'DDL', subtype: 'ALTER_TABLE_RENAME' },
  change_column: { type: 'DDL', subtype: 'ALTER_TABLE_CHANGE_COLUMN' },
  set_table_properties: { type: 'DDL', subtype: 'ALTER_TABLE_PROPERTIES' },
  unset_table_properties: { type: 'DDL', subtype: 'ALTER_TABLE_UNSET_PROPERTIES' },
  // as AWS answered when it was asked, odd as these two are: https://github.com/aoyagikouhei/athena-local/blob/main/docs/api.md
  optimize: { type: 'DDL', subtype: 'CREATE_TABLE_AS_SELECT' },
  vacuum: { type: 'DML', subtype: 'VACUUM_TABLE' },
};

export const classOf = ({ kind }: Statement): StatementClass => CLASSES[kind];

/** Every kind of statement that is read; what is not here is refused by name. */
export const STATEMENT_KINDS = Object.keys(CLASSES) as readonly StatementKind[];
