/** A column of a table, as Glue keeps it. */
export interface GlueColumn {
  readonly Name: string;
  /** A Hive type string: `bigint`, `array<string>`. */
  readonly Type?: string | undefined;
  readonly Comment?: string | undefined;
  readonly Parameters?: Parameters | undefined;
}

/** Words by name, as Glue keeps them beside tables, partitions and serializers. */
export type Parameters = Readonly<Record<string, string>>;

/** `TableInput`, as far as the runtime reads it; what else it carries is kept and given back. */
export interface GlueTableInput {
  readonly Name: string;
  readonly TableType?: string | undefined;
  readonly Description?: string | undefined;
  readonly Owner?: string | undefined;
  readonly Retention?: number | undefined;
  readonly LastAccessTime?: number | undefined;
  readonly LastAnalyzedTime?: number | undefined;
  readonly Parameters?: Parameters | undefined;
  readonly PartitionKeys?: readonly GlueColumn[] | undefined;
  readonly StorageDescriptor?: GlueStorageDescriptor | undefined;
  readonly ViewOriginalText?: string | undefined;
  readonly ViewExpandedText?: string | undefined;
}

export interface GlueStorageDescriptor {
  readonly Columns?: readonly GlueColumn[] | undefined;
  readonly Location?: string | undefined;
  readonly InputFormat?: string | undefined;
  readonly OutputFormat?: string | undefined;
  readonly SerdeInfo?: GlueSerde | undefined;
  readonly BucketColumns?: readonly string[] | undefined;
  readonly Compressed?: boolean | undefined;
  readonly NumberOfBuckets?: number | undefined;
  readonly Parameters?: Parameters | undefined;
  readonly SortColumns?: readonly { readonly Column: string; readonly SortOrder: number }[] | undefined;
  readonly StoredAsSubDirectories?: boolean | undefined;
}

export interface GlueSerde {
  readonly Name?: string | undefined;
  readonly SerializationLibrary?: string | undefined;
  readonly Parameters?: Parameters | undefined;
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

/** What the catalog itself adds to a table. */
const ADDED: ReadonlySet<string> = new Set<Exclude<keyof GlueTable, keyof GlueTableInput>>([
  'DatabaseName',
  'CatalogId',
  'CreateTime',
  'UpdateTime',
  'VersionId',
]);

/** A table as an update takes it. */
export const inputOf = (table: GlueTable): GlueTableInput => ({
  ...Object.fromEntries(Object.entries(table).filter(([name]) => !ADDED.has(name))),
  Name: table.Name,
});

export interface GlueDatabaseInput {
  readonly Name: string;
  readonly Description?: string | undefined;
  readonly LocationUri?: string | undefined;
  readonly Parameters?: Parameters | undefined;
  /** Lake Formation's grants to each new table: kept, and nothing else. */
  readonly CreateTableDefaultPermissions?: readonly unknown[] | undefined;
}

export interface GlueDatabase extends GlueDatabaseInput {
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
