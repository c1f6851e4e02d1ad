export { GlueCatalog, type GlueCatalogProps } from './catalog.ts';
export { duckdbType, parseHiveType, type HiveField, type HiveType } from './hive-type.ts';
export type { GlueColumn, GlueDatabase, GlueStorageDescriptor, GlueTable, GlueTableInput } from './table.ts';
