import { isCode } from '../../../glue/glue-error.ts';
import { changedEntry } from '../../../iceberg/catalog-entry.ts';
import { writeMetadata, type TableMetadata } from '../../../iceberg/metadata.ts';
import { newSnapshot, type Change, type TableObjects } from '../../../iceberg/snapshot.ts';
import { nextFile } from '../../../iceberg/table.ts';
import type { IcebergTable } from '../../iceberg/iceberg-table.ts';
import { isIceberg, laterInQuery, objectAt, openTable, readerOf, type OpenTable } from '../../iceberg/open-table.ts';
import type { Relation } from '../../relations.ts';
import { QueryError } from '../../sql/query-error.ts';
import { lookUp, type FullName, type StatementContext } from '../context.ts';

/** An Iceberg table that a statement is to change. @throws QueryError TABLE_NOT_FOUND, NOT_SUPPORTED for a table of another kind */
export function tableToChange(context: StatementContext, name: FullName, statement: string): OpenTable {
  const table = lookUp(context, name);
  const [, owner] = /^(.+)\$[a-z_]+$/.exec(name.name) ?? [];
  if (owner !== undefined && lookUp(context, { ...name, name: owner }) !== undefined)
    throw new QueryError('NOT_SUPPORTED: This connector does not support modifying table rows');
  if (table === undefined)
    throw new QueryError(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${name.database}.${name.name}' does not exist`);
  if (!isIceberg(table)) throw new QueryError(`NOT_SUPPORTED: ${statement} is supported for Iceberg tables alone`);
  return openTable(context, table);
}

/** The table of a name among the relations of a query that reads it. Without it nobody could say which rows are gone. */
export function tableIn(relations: readonly Relation[], { database, name }: FullName): IcebergTable {
  const found = relations.find((relation) => relation.database === database && relation.table === name);
  if (found?.kind !== 'iceberg') throw new Error('a query that changes a table does not read it');
  return found;
}

/** Puts a file of a table at its S3 address. */
export const putter =
  (context: StatementContext) =>
  async (address: string, body: Buffer): Promise<void> => {
    const { bucket, key } = objectAt(address);
    await context.put(bucket, key, body);
  };

export const tableObjects = (context: StatementContext): TableObjects => ({ read: readerOf(context), write: putter(context) });

/** Makes a change a snapshot of its table. @throws as {@link commit} does */
export async function commitChange(context: StatementContext, open: OpenTable, change: Change): Promise<void> {
  await commit(context, open, await laterInQuery(() => newSnapshot(open.metadata, change, tableObjects(context), context.now)));
}

/**
 * Writes a table's next state and has the catalog point to it, which is when everybody sees it.
 *
 * @throws QueryError ICEBERG_COMMIT_ERROR where somebody was first; ServiceError as S3 or the catalog refuses
 */
export async function commit(
  context: StatementContext,
  { glue, address, metadata: before }: OpenTable,
  metadata: TableMetadata,
): Promise<void> {
  if (context.stopped()) throw new QueryError('Query cancelled');
  const next = nextFile(metadata, { address, metadata: before });
  await putter(context)(next.address, Buffer.from(writeMetadata(next.metadata)));
  const { DatabaseName, VersionId } = glue;
  const changed = changedEntry(glue, next);
  try {
    context.catalog.tables.update(context.caller, DatabaseName, changed, { skipArchive: true, versionId: VersionId });
  } catch (error) {
    if (!isCode(error, 'ConcurrentModificationException')) throw error;
    throw new QueryError(`ICEBERG_COMMIT_ERROR: Failed to commit Iceberg update to table: ${DatabaseName}.${glue.Name}`);
  }
}
