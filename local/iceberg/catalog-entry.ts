import type { GlueTable, GlueTableInput, Parameters } from '../glue/table.ts';
import { glueColumns } from './hive-columns.ts';
import { currentSchema, type TableMetadata } from './metadata.ts';

/** A file of a table's metadata: where it lies, and what it holds. */
export interface MetadataFile {
  /** An S3 address. */
  readonly address: string;
  readonly metadata: TableMetadata;
}

/** A new table as the catalog keeps it. @see https://iceberg.apache.org/docs/1.4.2/aws/#glue-catalog */
export const newEntry = (name: string, { address, metadata }: MetadataFile, parameters: Parameters = {}): GlueTableInput => ({
  Name: name,
  TableType: 'EXTERNAL_TABLE',
  Parameters: { ...parameters, metadata_location: address, table_type: 'ICEBERG' },
  PartitionKeys: [],
  StorageDescriptor: { Columns: glueColumns(currentSchema(metadata), metadata.schemas), Location: metadata.location },
});

/** A table as the catalog keeps it once its metadata lies in another file. */
export function changedEntry({ Name, Owner, Description, Retention, Parameters }: GlueTable, next: MetadataFile): GlueTableInput {
  const before = Parameters?.['metadata_location'];
  const parameters = { ...Parameters, ...(before !== undefined && { previous_metadata_location: before }) };
  return { Owner, Description, Retention, ...newEntry(Name, next, parameters) };
}
