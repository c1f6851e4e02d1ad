import { hiveType, trinoType } from './glue-columns.ts';
import type { ColumnType } from './model.ts';

/** What one column is called in each place where its values lie or are read. */
export interface StoredType {
  /** In the Glue table: a Hive type. */
  readonly glue: string;
  /** To Athena. */
  readonly trino: string;
  /** To DuckDB, which reads the lake's files as well. */
  readonly duckdb: string;
  /** In the Parquet that Hive's serializer writes: physical type, and what it means where that is more. */
  readonly parquet: string;
}

export const storedType = (type: ColumnType): StoredType => ({
  glue: hiveType(type),
  trino: trinoType(hiveType(type)),
  duckdb: duckdbType(type),
  parquet: parquetType(type),
});

function duckdbType(type: ColumnType): string {
  switch (type.kind) {
    case 'string':
    case 'time':
      return 'VARCHAR';
    case 'integer':
      return type.bits === 32 ? 'INTEGER' : 'BIGINT';
    case 'double':
    case 'boolean':
    case 'date':
    case 'timestamp':
      return type.kind.toUpperCase();
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'array':
      return `${duckdbType(type.items)}[]`;
    case 'map':
      return `MAP(VARCHAR,${duckdbType(type.values)})`;
    case 'object':
      return `STRUCT(${type.fields.map((field) => `"${field.name}" ${duckdbType(field.type)}`).join(',')})`;
  }
}

/** Bytes that hold a decimal of so many digits, as Hive writes it: the fewest that hold its greatest value with a sign. */
const decimalBytes = (precision: number): number => Math.ceil((precision * Math.log2(10) + 1) / 8);

function parquetType(type: ColumnType): string {
  switch (type.kind) {
    case 'string':
    case 'time':
      return 'BYTE_ARRAY (STRING)';
    case 'integer':
      return type.bits === 32 ? 'INT32' : 'INT64';
    case 'double':
      return 'DOUBLE';
    case 'boolean':
      return 'BOOLEAN';
    case 'date':
      return 'INT32 (DATE)';
    case 'timestamp':
      return 'INT96';
    case 'decimal':
      return `FIXED_LEN_BYTE_ARRAY(${decimalBytes(type.precision)}) (DECIMAL(${type.precision},${type.scale}))`;
    case 'array':
      return `LIST of ${parquetType(type.items)}`;
    case 'map':
      return `MAP of BYTE_ARRAY (STRING) to ${parquetType(type.values)}`;
    case 'object':
      return `group of ${type.fields.map((field) => `${field.name} ${parquetType(field.type)}`).join(', ')}`;
  }
}
