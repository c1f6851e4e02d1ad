import type { ColumnDefinition, RelationName } from './statement.ts';
import type { Expression, Relation } from './syntax/ast.ts';
import type { Place } from './syntax/token.ts';

/** `column = value` of an UPDATE. */
export interface Assignment {
  /** In lower case. */
  readonly column: string;
  readonly value: Expression;
  /** Of the column, where Trino places what is wrong with it. */
  readonly place: Place;
}

/** One `WHEN` of a MERGE; the first whose condition holds is what is done with a row. */
export type MergeCase = {
  readonly condition?: Expression;
  /** Of the `WHEN`. */
  readonly place: Place;
} & (
  | { readonly kind: 'update'; readonly set: readonly Assignment[] }
  | { readonly kind: 'delete' }
  | {
      readonly kind: 'insert';
      /** In the order given; missing for all of the table's. */
      readonly columns?: readonly string[];
      readonly values: readonly Expression[];
    }
);

/** How Iceberg makes a partition's value of a column's. @see https://iceberg.apache.org/spec/#partition-transforms */
export const PARTITION_TRANSFORMS = ['identity', 'year', 'month', 'day', 'hour', 'bucket', 'truncate'] as const;
export type PartitionTransform = (typeof PARTITION_TRANSFORMS)[number];

/** One field of a table's partitioning. */
export interface PartitionField {
  readonly transform: PartitionTransform;
  readonly column: string;
  /** How many buckets, or the width to truncate to; only those two have it. */
  readonly parameter?: number;
}

/** Where `CHANGE COLUMN` puts a column. */
export type ColumnPosition = { readonly kind: 'first' } | { readonly kind: 'after'; readonly column: string };

export interface CreateIcebergTable {
  readonly kind: 'create_iceberg_table';
  readonly table: RelationName;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly comment?: string;
  /** Not checked against the columns. */
  readonly partitionedBy: readonly PartitionField[];
  /** An S3 address. */
  readonly location?: string;
  /** With `table_type`, as they were written. */
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * What Athena has for Apache Iceberg's tables, though Hive's take some of it too. A statement that changes rows has its own `place`: Trino
 * has one for statement and target, so that a table that is not found is missed at the statement's first word.
 */
export type IcebergStatement =
  | { readonly kind: 'delete'; readonly table: RelationName; readonly where?: Expression; readonly place: Place }
  | {
      readonly kind: 'update';
      readonly table: RelationName;
      readonly set: readonly Assignment[];
      readonly where?: Expression;
      readonly place: Place;
    }
  | {
      readonly kind: 'merge';
      readonly table: RelationName;
      readonly alias?: string;
      readonly source: Relation;
      readonly on: Expression;
      /** In order, at least one. */
      readonly cases: readonly MergeCase[];
      readonly place: Place;
    }
  | CreateIcebergTable
  | { readonly kind: 'add_columns'; readonly table: RelationName; readonly columns: readonly ColumnDefinition[] }
  | {
      readonly kind: 'drop_column';
      readonly table: RelationName;
      readonly column: string;
      /** The word COLUMN as it is written, which Hive's reader stumbles over, and where it stands. */
      readonly word: string;
      readonly place: Place;
    }
  | { readonly kind: 'rename_table'; readonly table: RelationName; readonly to: RelationName }
  | {
      readonly kind: 'change_column';
      readonly table: RelationName;
      readonly from: string;
      readonly to: ColumnDefinition;
      readonly position?: ColumnPosition;
    }
  | {
      readonly kind: 'set_table_properties';
      readonly table: RelationName;
      readonly properties: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'unset_table_properties'; readonly table: RelationName; readonly names: readonly string[] }
  /** `REWRITE DATA USING BIN_PACK`, which is all there is. */
  | { readonly kind: 'optimize'; readonly table: RelationName; readonly where?: Expression }
  | { readonly kind: 'vacuum'; readonly table: RelationName };
