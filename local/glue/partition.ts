import type { GlueStorageDescriptor, Parameters } from './table.ts';

/** `PartitionInput`: one value for each of the table's partition keys, in their order. */
export interface GluePartitionInput {
  readonly Values: readonly string[];
  readonly StorageDescriptor?: GlueStorageDescriptor | undefined;
  readonly Parameters?: Parameters | undefined;
  readonly LastAccessTime?: number | undefined;
  readonly LastAnalyzedTime?: number | undefined;
}

/** A partition as `GetPartition` gives it. */
export interface GluePartition extends GluePartitionInput {
  readonly DatabaseName: string;
  readonly TableName: string;
  readonly CatalogId: string;
  /** Seconds since the epoch, simulated. */
  readonly CreationTime: number;
}

/** What a partition is kept under: a value may hold any character, so they are not merely joined. */
export const partitionKey = (values: readonly string[]): string => JSON.stringify(values);
