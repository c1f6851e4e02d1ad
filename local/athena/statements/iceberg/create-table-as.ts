import { IcebergError } from '../../../iceberg/iceberg-error.ts';
import { newSnapshot } from '../../../iceberg/snapshot.ts';
import { hiveTypeOf } from '../../iceberg/types.ts';
import type { Outcome } from '../../result-files.ts';
import { QueryError } from '../../sql/query-error.ts';
import type { PropertyValue, Statement } from '../../sql/statement.ts';
import { ICEBERG_PROPERTIES } from '../../sql/syntax/properties.ts';
import { partitionFieldOf } from '../../sql/syntax/partitioning.ts';
import { checkTableColumns } from '../column-names.ts';
import { fullName, lookUp, type StatementContext } from '../context.ts';
import { tableObjects } from './commit.ts';
import { emptyTable, register } from './create-table.ts';
import { writtenRows } from './insert-rows.ts';
import { storedProperties } from './table-properties.ts';

type CreateTableAs = Extract<Statement, { kind: 'create_table_as' }>;

/** What Athena writes down of a table that a query makes, and says nothing of. */
const DEFAULTS = { format: 'PARQUET', write_compression: 'ZSTD', compression_level: '3' };

/** Properties of Hive's tables. */
const NOT_ICEBERGS = ['external_location', 'partitioned_by', 'bucketed_by', 'bucket_count', 'field_delimiter', 'orc_compression', 'parquet_compression'] as const; // prettier-ignore

/** Properties that a table's metadata keeps. */
const KEPT = new Set(
  [...Object.keys(ICEBERG_PROPERTIES), ...Object.keys(DEFAULTS)].filter((name) => name !== 'location' && name !== 'partitioning'),
);

/** Makes an Iceberg table of a query's rows. @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables-query-editor.html */
export async function createIcebergTableAs(context: StatementContext, statement: CreateTableAs): Promise<Outcome> {
  const { properties, query, withData } = statement;
  const name = fullName(context, statement.table);
  if (properties['is_external'] !== false)
    throw new QueryError('NOT_SUPPORTED: Only managed table is supported for Iceberg table type');
  const { location } = properties;
  if (typeof location !== 'string')
    throw new QueryError("INVALID_TABLE_PROPERTY: the table property 'location' must be set for an Iceberg table");
  const lacking = NOT_ICEBERGS.find((property) => properties[property] !== undefined);
  if (lacking !== undefined)
    throw new QueryError(`INVALID_TABLE_PROPERTY: the table property '${lacking}' is none of an Iceberg table's`);
  if (lookUp(context, name) !== undefined) {
    if (statement.ifNotExists) return { kind: 'written', rows: 0 };
    throw new QueryError(`TABLE_ALREADY_EXISTS: Table 'awsdatacatalog.${name.database}.${name.name}' already exists`);
  }
  const { query: resolved } = await context.runner.resolve(context.request(query));
  checkTableColumns(resolved.columns, statement.named);
  const metadata = partitioned(() =>
    emptyTable(context, {
      location,
      columns: resolved.columns.map((column) => ({ name: column.name, type: hiveTypeOf(column.name, column.type) })),
      partitionedBy: textsOf(properties['partitioning']).map(partitionFieldOf),
      properties: storedProperties({ ...DEFAULTS, ...own(properties) }),
    }),
  );
  const places = resolved.columns.map((_, place) => place);
  const { rows, files } = withData ? await writtenRows(context, metadata, query, places) : { rows: 0, files: [] };
  const change = { operation: 'append', added: files, removed: new Set<string>() } as const;
  const filled = files.length === 0 ? metadata : await newSnapshot(metadata, change, tableObjects(context), context.now);
  await register(context, name, filled);
  return { kind: 'written', rows };
}

/** What is wrong with a partitioning, as Trino tells it. */
function partitioned<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof IcebergError)) throw error;
    const whose = error.code === 'INVALID_TABLE_PROPERTY' ? 'Unable to parse partitioning value: ' : '';
    throw new QueryError(`${error.code}: ${whose}${error.reason}`);
  }
}

const textsOf = (value: PropertyValue | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Properties that the statement sets, as texts. */
const own = (properties: CreateTableAs['properties']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(properties).flatMap(([name, value]) => (KEPT.has(name) ? [[name, textOf(value)]] : [])));

function textOf(value: PropertyValue): string {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  return 'number' in value ? value.number : value.map(textOf).join(',');
}
