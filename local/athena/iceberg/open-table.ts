import { readFileSync } from 'node:fs';
import type { GlueTable } from '../../glue/table.ts';
import { IcebergError } from '../../iceberg/iceberg-error.ts';
import { currentSchema, readMetadata, specOf, type TableMetadata } from '../../iceberg/metadata.ts';
import type { TableObjects } from '../../iceberg/snapshot.ts';
import { s3Place, type S3Place } from '../../s3/address.ts';
import type { ObjectStore, StoredObject } from '../../s3/object-store.ts';
import type { Caller } from '../../service.ts';
import { QueryError } from '../sql/query-error.ts';

/** An Iceberg table as the catalog and its own metadata know it. */
export interface OpenTable {
  readonly glue: GlueTable;
  /** S3 address of the file that the metadata was read from. */
  readonly address: string;
  readonly metadata: TableMetadata;
}

export interface ObjectReader {
  readonly store: ObjectStore;
  readonly caller: Caller;
}

export const isIceberg = ({ Parameters }: GlueTable): boolean => Parameters?.['table_type']?.toUpperCase() === 'ICEBERG';

/** @throws QueryError ICEBERG_INVALID_METADATA; ServiceError as S3 refuses */
export function openTable(reader: ObjectReader, glue: GlueTable): OpenTable {
  const address = glue.Parameters?.['metadata_location'];
  if (address === undefined)
    throw new QueryError(
      `ICEBERG_INVALID_METADATA: Table is missing [metadata_location] property: ${glue.DatabaseName}.${glue.Name}`,
    );
  const text = readFileSync(stored(reader, address).file, 'utf8');
  const metadata = inQuery(() => {
    const read = readMetadata(text, address);
    currentSchema(read);
    specOf(read, read['default-spec-id']);
    return read;
  });
  return { glue, address, metadata };
}

/** The object at an S3 address, which the caller must be allowed to read. @throws ServiceError as S3 refuses */
export function stored({ store, caller }: ObjectReader, address: string): StoredObject {
  const { bucket, key } = objectAt(address);
  return store.getObject(caller, bucket, key);
}

/** Reads the files of a table as the caller. */
export const readerOf =
  (reader: ObjectReader): TableObjects['read'] =>
  async (address) =>
    readFileSync(stored(reader, address).file);

/** Bucket and key of a table's file. @throws QueryError ICEBERG_INVALID_METADATA */
export function objectAt(address: string): S3Place {
  const place = s3Place(address);
  if (place === undefined) throw new QueryError('ICEBERG_INVALID_METADATA: a file of the table does not lie in S3');
  return place;
}

/** What is wrong with a table, as its query tells it. @throws QueryError */
export function inQuery<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asQueryError(error);
  }
}

/** The same in a statement of DDL, whose failures Athena gives no name. @throws QueryError */
export function inDdl<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof IcebergError ? new QueryError(error.reason) : error;
  }
}

/** The same of work that takes its time. */
export const laterInQuery = async <T>(work: () => Promise<T>): Promise<T> =>
  work().catch((error: unknown) => {
    throw asQueryError(error);
  });

const asQueryError = (error: unknown): unknown => (error instanceof IcebergError ? new QueryError(error.message) : error);
