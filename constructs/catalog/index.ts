export { DatasetTable, type DatasetTableProps } from './dataset-table.ts';
export { IcebergTable, type IcebergTableProps } from './iceberg-table.ts';
export { IcebergTables, type IcebergTablesProps } from './iceberg-tables.ts';
export type {
  IcebergColumn,
  IcebergList,
  IcebergMap,
  IcebergPrimitive,
  IcebergStruct,
  IcebergType,
} from '../../core/iceberg/types.ts';
