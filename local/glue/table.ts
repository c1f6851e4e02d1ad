/** A column of a table, as Glue keeps it. */
export interface GlueColumn {
  readonly Name: string;
  /** A Hive type string: `bigint`, `array<string>`. */
  readonly Type?: string;
  readonly Comment?: string;
}

/** `TableInput` of `AWS::Glue::Table`, as far as the runtime reads it; what else it carries is kept and given back. */
export interface GlueTableInput {
  readonly Name: string;
  readonly TableType?: string;
  readonly Description?: string;
  readonly Owner?: string;
  readonly Retention?: number;
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly PartitionKeys?: readonly GlueColumn[];
  readonly StorageDescriptor?: GlueStorageDescriptor;
  readonly ViewOriginalText?: string;
  readonly ViewExpandedText?: string;
}

export interface GlueStorageDescriptor {
  readonly Columns?: readonly GlueColumn[];
  readonly Location?: string;
  readonly InputFormat?: string;
  readonly OutputFormat?: string;
  readonly SerdeInfo?: { readonly SerializationLibrary?: string; readonly Parameters?: Readonly<Record<string, string>> };
}

/** A table as `GetTable` gives it. Names are lower case. */
export interface GlueTable extends GlueTableInput {
  readonly DatabaseName: string;
  readonly CatalogId: string;
  /** Seconds since the epoch, simulated. */
  readonly CreateTime: number;
  readonly UpdateTime: number;
  readonly VersionId: string;
}

export interface GlueDatabase {
  readonly Name: string;
  readonly Description?: string;
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly CatalogId: string;
  /** Seconds since the epoch, simulated. */
  readonly CreateTime: number;
}

/** Glue keeps the names of tables, columns and partition keys in lower case. */
export function lowerCased(input: GlueTableInput): GlueTableInput {
  const columns = (list: readonly GlueColumn[]): GlueColumn[] =>
    list.map((column) => ({ ...column, Name: column.Name.toLowerCase() }));
  const storage = input.StorageDescriptor;
  return {
    ...input,
    Name: input.Name.toLowerCase(),
    ...(input.PartitionKeys && { PartitionKeys: columns(input.PartitionKeys) }),
    ...(storage && { StorageDescriptor: { ...storage, ...(storage.Columns && { Columns: columns(storage.Columns) }) } }),
  };
}
