import type { GlueCatalog } from '../glue/catalog.ts';
import type { GlueTable } from '../glue/table.ts';
import { isArchived } from '../s3/object-version.ts';
import type { ObjectStore, StoredObject } from '../s3/object-store.ts';
import { ServiceError, type Caller } from '../service.ts';
import { isVisible, layoutOf, locate, partitionFolder, type Layout } from './layout.ts';
import { QueryError } from './sql/query-error.ts';

/** An object of a table, with the values of the table's partition keys. */
export interface TableObject {
  readonly bucket: string;
  readonly object: StoredObject;
  readonly partition: readonly string[];
}

export interface TableReader {
  readonly catalog: GlueCatalog;
  readonly store: ObjectStore;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  readonly caller: Caller;
}

/**
 * The objects that a table's rows lie in: of projected partitions what fits the template and lies within its ranges, of others what lies
 * where the catalog's partitions say. Names that begin with a dot or an underscore are hidden; empty objects have no rows.
 *
 * @throws QueryError; ServiceError as the catalog or S3 refuses
 */
export function objectsOf(reader: TableReader, table: GlueTable): readonly TableObject[] {
  const layout = layoutOf(table, reader.now);
  if (layout !== undefined) return within(reader, table, layout);
  const keys = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  const registered = reader.catalog.partitions.list(reader.caller, { database: table.DatabaseName, table: table.Name });
  return registered.flatMap(({ Values, StorageDescriptor }) => {
    const address = StorageDescriptor?.Location ?? partitionFolder(table, keys, Values);
    const place = locate(address.endsWith('/') ? address : `${address}/`, table.Name);
    return within(reader, table, {
      ...place,
      partitionOf: (key) => (isVisible(key.slice(place.prefix.length)) ? Values : undefined),
    });
  });
}

function within({ caller, store }: TableReader, table: GlueTable, { bucket, prefix, partitionOf }: Layout): TableObject[] {
  const restored = table.Parameters?.['read_restored_glacier_objects'] === 'true';
  return listed(store, caller, bucket, prefix).flatMap((object) => {
    const partition = object.size === 0 ? undefined : partitionOf(object.key);
    if (partition === undefined) return [];
    const unread = isArchived(object.storageClass) && !(restored && isRestored(store, caller, bucket, object.key));
    return unread ? [] : [{ bucket, object, partition }];
  });
}

function listed(store: ObjectStore, caller: Caller, bucket: string, prefix: string): readonly StoredObject[] {
  try {
    return store.listObjects(caller, bucket, prefix);
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'NoSuchBucket')
      throw new QueryError(`HIVE_METASTORE_ERROR: The specified bucket does not exist (Bucket: ${bucket})`);
    throw error;
  }
}

/** Athena passes over an archived object without a word. */
function isRestored(store: ObjectStore, caller: Caller, bucket: string, key: string): boolean {
  try {
    store.getObject(caller, bucket, key);
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'InvalidObjectState') return false;
    throw error;
  }
}
