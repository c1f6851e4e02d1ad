import { filesOfSnapshots } from '../../../iceberg/reachable.ts';
import { ServiceError } from '../../../service.ts';
import { laterInQuery, objectAt, readerOf, type OpenTable } from '../../iceberg/open-table.ts';
import type { StatementContext } from '../context.ts';

/**
 * Drops an Iceberg table with all that its metadata tells of. The catalog forgets it first; a file that may not be deleted then stays.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-managing-tables.html
 */
export async function dropIcebergTable(context: StatementContext, { glue, address, metadata }: OpenTable): Promise<void> {
  const files = await laterInQuery(() => filesOfSnapshots(metadata, readerOf(context)));
  const log = metadata['metadata-log'].map((entry) => entry['metadata-file']);
  context.catalog.tables.delete(context.caller, glue.DatabaseName, glue.Name);
  deleteFiles(context, [...files, ...log, address]);
}

/** Deletes files as far as the caller may. */
export function deleteFiles({ store, caller }: StatementContext, addresses: Iterable<string>): void {
  for (const address of addresses) {
    const { bucket, key } = objectAt(address);
    try {
      store.deleteObject(caller, bucket, key);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
    }
  }
}
