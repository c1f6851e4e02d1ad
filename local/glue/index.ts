export { GlueCatalog, type GlueCatalogProps, type NewDatabase } from './catalog.ts';
export { isCode, unlessMissing } from './glue-error.ts';
export { duckdbType, parseHiveType, type HiveField, type HiveType } from './hive-type.ts';
export type { GluePartition, GluePartitionInput } from './partition.ts';
export type {
  GlueColumn,
  GlueDatabase,
  GlueDatabaseInput,
  GlueSerde,
  GlueStorageDescriptor,
  GlueTable,
  GlueTableInput,
} from './table.ts';
