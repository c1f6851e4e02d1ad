import { newEntry } from '../../../iceberg/catalog-entry.ts';
import type { Parameters } from '../../../glue/table.ts';
import { newFields, type NewColumn } from '../../../iceberg/hive-columns.ts';
import { newSpec } from '../../../iceberg/partition-spec.ts';
import { writeMetadata, type TableMetadata } from '../../../iceberg/metadata.ts';
import { newTable, nextFile } from '../../../iceberg/table.ts';
import { POSITION } from '../../iceberg/load-files.ts';
import { inDdl } from '../../iceberg/open-table.ts';
import type { Outcome } from '../../result-files.ts';
import { QueryError } from '../../sql/query-error.ts';
import type { CreateIcebergTable, PartitionField } from '../../sql/iceberg-statement.ts';
import { ddlFailure, fullName, lookUp, type FullName, type StatementContext } from '../context.ts';
import { checkLocation } from '../storage.ts';
import { done } from '../text.ts';
import { putter } from './commit.ts';
import { storedProperties } from './table-properties.ts';

/** Makes an Iceberg table without rows: its first metadata in S3, and its entry in the catalog. */
export async function createIcebergTable(context: StatementContext, statement: CreateIcebergTable): Promise<Outcome> {
  const name = fullName(context, statement.table);
  const { location, columns, partitionedBy, comment } = statement;
  if (location === undefined) throw new QueryError('No location was specified for table. An S3 location must be specified');
  if (lookUp(context, name) !== undefined) {
    if (statement.ifNotExists) return done;
    throw ddlFailure(`AlreadyExistsException(message:Table ${name.name} already exists)`);
  }
  const properties = storedProperties(statement.properties);
  const metadata = inDdl(() => emptyTable(context, { location, columns, partitionedBy, properties }));
  await register(context, name, metadata, comment);
  return done;
}

export interface Emptiness {
  /** An S3 address. */
  readonly location: string;
  readonly columns: readonly NewColumn[];
  readonly partitionedBy: readonly PartitionField[];
  readonly properties: Readonly<Record<string, string>>;
}

/** @throws IcebergError for what Iceberg has no type, no transform or no column of */
export function emptyTable(
  { now }: StatementContext,
  { location, columns, partitionedBy, properties }: Emptiness,
): TableMetadata {
  checkLocation(location);
  for (const { name } of columns) checkName(name);
  const { fields, last } = newFields(columns, 0);
  const spec = newSpec(partitionedBy.map(({ transform, ...rest }) => ({ name: transform, ...rest })), fields); // prettier-ignore
  return newTable({ location: location.replace(/\/+$/, ''), fields, lastColumnId: last, spec, properties, now });
}

/** Names that the engine has columns of its own by. */
const TAKEN = new Set(['file_row_number', '__duckdb_field_id', '$path', '$file_modified_time', POSITION]);

/** @throws QueryError for a name that rows could not be read by here */
export function checkName(name: string): void {
  if (TAKEN.has(name.toLowerCase()))
    throw new QueryError(`NOT_SUPPORTED: a column called '${name}' is not one that headwaters local keeps in an Iceberg table`);
}

/** Puts a table's first metadata into S3, and the table into the catalog. @throws ServiceError as either refuses */
export async function register(
  context: StatementContext,
  { database, name }: FullName,
  metadata: TableMetadata,
  comment?: string,
): Promise<void> {
  const first = nextFile(metadata, undefined);
  await putter(context)(first.address, Buffer.from(writeMetadata(metadata)));
  const parameters: Parameters = comment === undefined ? {} : { comment };
  context.catalog.tables.create(context.caller, database, newEntry(name, first, parameters));
}
