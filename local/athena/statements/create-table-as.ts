import { unlessMissing } from '../../glue/glue-error.ts';
import type { GlueTableInput } from '../../glue/table.ts';
import type { Outcome } from '../result-files.ts';
import { readResult } from '../result.ts';
import { QueryError } from '../sql/query-error.ts';
import type { Properties, PropertyValue, Statement } from '../sql/statement.ts';
import { ICEBERG_PROPERTIES } from '../sql/syntax/properties.ts';
import type { TranslatedQuery } from '../sql/translator.ts';
import { checkTableColumns } from './column-names.ts';
import { fullName, lookUp, type FullName, type StatementContext } from './context.ts';
import { checkEmpty, hiveFolder, putParts } from './data-files.ts';
import { encodingOf, type Encoding } from './encoding.ts';
import { hiveTypeText } from './hive-types.ts';
import { createIcebergTableAs } from './iceberg/create-table-as.ts';
import { partitionAt, registered } from './partitions.ts';
import { writtenStorage } from './storage.ts';
import { writeData, type WrittenColumn } from './write-data.ts';

type CreateTableAs = Extract<Statement, { kind: 'create_table_as' }>;

/** What `WITH (…)` may hold that is not done here. */
const LACKING = ['bucketed_by', 'bucket_count', 'orc_compression', ...Object.keys(ICEBERG_PROPERTIES)];

/** Writes a query's rows as the objects of a new table. */
export async function createTableAs(context: StatementContext, statement: CreateTableAs): Promise<Outcome> {
  if (word(statement.properties['table_type'], 'HIVE') === 'ICEBERG') return createIcebergTableAs(context, statement);
  const { properties, query, withData } = statement;
  if (context.session !== undefined)
    throw new QueryError(`NOT_FOUND: Session property catalog does not exist: ${context.session}`);
  const name = fullName(context, statement.table);
  const lacking = LACKING.find((property) => properties[property] !== undefined);
  if (lacking !== undefined)
    throw new QueryError(`NOT_SUPPORTED: the table property '${lacking}' is not one that headwaters local acts on`);
  if (word(properties['table_type'], 'HIVE') !== 'HIVE' || properties['is_external'] === false)
    throw new QueryError('NOT_SUPPORTED: headwaters local writes external Hive tables alone');
  const format = word(properties['format'], 'PARQUET');
  const encoding = encodingOf(properties, format, ['write_compression', 'parquet_compression']);
  if (unlessMissing(() => context.catalog.databaseFor(context.caller, name.database)) === undefined)
    throw await withoutDatabase(context, statement, name.database);
  if (lookUp(context, name) !== undefined) {
    if (statement.ifNotExists) return { kind: 'written', rows: 0 };
    throw new QueryError(
      `TABLE_ALREADY_EXISTS: line 1:1: Destination table 'awsdatacatalog.${name.database}.${name.name}' already exists`,
    );
  }
  const location = locationOf(context, properties);
  const { query: resolved } = await context.runner.resolve(context.request(query));
  const columns = tableColumns(resolved.columns, statement.named);
  const keyNames = keysOf(properties, columns);
  const plain = columns.slice(0, columns.length - keyNames.length);
  const keys = columns.slice(plain.length);
  checkEmpty(context, location, `table '${name.database}.${name.name}'`);
  const input = tableInput(name, location, encoding, plain, keys, context.now);
  if (!withData) {
    context.catalog.tables.create(context.caller, name.database, input);
    return { kind: 'written', rows: 0, files: [] };
  }
  const { rows, parts } = await context.runner.run(context.request(query), (ready) =>
    writeData(ready, { columns: plain, keys, encoding }),
  );
  const folderOf = hiveFolder(location, keyNames);
  const files = await putParts(context, parts, encoding.suffix, folderOf);
  context.catalog.tables.create(context.caller, name.database, input);
  const table = lookUp(context, name);
  if (keys.length > 0 && table !== undefined) {
    const inputs = parts.map(({ partition }) => partitionAt(table, partition, folderOf(partition)));
    for (const { error } of registered(context, table, inputs)) throw error;
  }
  return { kind: 'written', rows, files };
}

/** The database is missed last: what is wrong with the query itself is told before. */
async function withoutDatabase(
  context: StatementContext,
  { query, withData }: CreateTableAs,
  database: string,
): Promise<QueryError> {
  const request = context.request(query);
  if (withData) await context.runner.run(request, ({ connection, query: ready }) => readResult(connection, ready));
  else await context.runner.resolve(request);
  return new QueryError(`Database ${database} not found. Please check your query.`, 2, { type: 1301 });
}

const word = (value: PropertyValue | undefined, otherwise: string): string =>
  typeof value === 'string' ? value.toUpperCase() : otherwise;

/** @see https://docs.aws.amazon.com/athena/latest/ug/ctas-considerations-limitations.html#ctas-considerations-limitations-location-of-query-results */
function locationOf({ resultLocation, id }: StatementContext, properties: Properties): string {
  const given = properties['external_location'];
  if (typeof given !== 'string') return `${resultLocation}tables/${id}/`;
  return given.endsWith('/') ? given : `${given}/`;
}

/** The columns of a query as those of a table. @throws QueryError MISSING_COLUMN_NAME, DUPLICATE_COLUMN_NAME, NOT_SUPPORTED */
function tableColumns(columns: TranslatedQuery['columns'], named: boolean): readonly WrittenColumn[] {
  checkTableColumns(columns, named);
  return columns.map(({ name, type }, place) => ({ name, type: hiveTypeText(name, type, 'table'), source: place }));
}

/** The partition keys that the statement names, which must be the last columns. @throws QueryError HIVE_COLUMN_ORDER_MISMATCH */
export function keysOf(properties: Properties, columns: readonly WrittenColumn[]): readonly string[] {
  const given = properties['partitioned_by'];
  const keys = Array.isArray(given) ? given.map((name) => String(name).toLowerCase()) : [];
  const last = columns.slice(columns.length - keys.length).map(({ name }) => name);
  if (keys.length >= columns.length && keys.length > 0)
    throw new QueryError('INVALID_TABLE_PROPERTY: a table must have at least one column that is no partition key');
  if (keys.some((key, place) => key !== last[place]))
    throw new QueryError(
      `HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns in the table and in the same order as the table properties: [${keys.join(', ')}]`,
    );
  return keys;
}

const glue = (columns: readonly WrittenColumn[]) => columns.map(({ name, type }) => ({ Name: name, Type: type }));

const tableInput = (
  { name }: FullName,
  location: string,
  { format, delimiter }: Encoding,
  columns: readonly WrittenColumn[],
  keys: readonly WrittenColumn[],
  now: number,
): GlueTableInput => ({
  Name: name,
  TableType: 'EXTERNAL_TABLE',
  Owner: 'hadoop',
  Retention: 0,
  Parameters: { EXTERNAL: 'TRUE', has_encrypted_data: 'false', transient_lastDdlTime: String(Math.floor(now / 1000)) },
  PartitionKeys: glue(keys),
  StorageDescriptor: { Columns: glue(columns), Location: location, ...writtenStorage(format, delimiter) },
});
