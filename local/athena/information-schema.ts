import type { GlueCatalog } from '../glue/catalog.ts';
import { parseHiveType } from '../glue/hive-type.ts';
import type { GlueColumn, GlueTable } from '../glue/table.ts';
import type { Caller } from '../service.ts';
import { inlineRelation, type InlineRelation } from './inline-relation.ts';
import { BIGINT, fromHive, typeText, VARCHAR } from './sql/analysis/type.ts';
import { QueryError } from './sql/query-error.ts';
import { readView } from './view.ts';

const CATALOG = 'awsdatacatalog';

/** Columns that hold numbers; the others hold text. */
const NUMBERS = new Set(['ordinal_position']);

type Row = readonly (string | undefined)[];

interface Described {
  readonly columns: readonly string[];
  readonly rows: (tables: () => readonly GlueTable[], databases: readonly string[]) => readonly Row[];
}

/** @see https://docs.aws.amazon.com/athena/latest/ug/querying-glue-catalog.html */
const TABLES: Readonly<Record<string, Described>> = {
  schemata: {
    columns: ['catalog_name', 'schema_name'],
    rows: (_, databases) => [...databases, 'information_schema'].map((name) => [CATALOG, name]),
  },
  tables: {
    columns: ['table_catalog', 'table_schema', 'table_name', 'table_type'],
    rows: (tables) => tables().map((table) => [CATALOG, table.DatabaseName, table.Name, isView(table) ? 'VIEW' : 'BASE TABLE']),
  },
  views: {
    columns: ['table_catalog', 'table_schema', 'table_name', 'view_definition'],
    rows: (tables) =>
      tables()
        .filter(isView)
        .map((table) => [CATALOG, table.DatabaseName, table.Name, readView(table.Name, table.ViewOriginalText).originalSql]),
  },
  columns: {
    columns: [
      'table_catalog', 'table_schema', 'table_name', 'column_name', 'ordinal_position', 'column_default', 'is_nullable', 'data_type', 'comment', 'extra_info',
    ], // prettier-ignore
    rows: (tables) => tables().flatMap(columnRows),
  },
};

/** One of the tables that describe the catalog, as the caller may see it. @throws QueryError TABLE_NOT_FOUND; ServiceError AccessDenied */
export function informationSchema(catalog: GlueCatalog, caller: Caller, table: string): InlineRelation {
  const described = Object.hasOwn(TABLES, table) ? TABLES[table] : undefined;
  const reference = { database: 'information_schema', table };
  if (described === undefined)
    throw new QueryError(`TABLE_NOT_FOUND: Table '${CATALOG}.information_schema.${table}' does not exist`);
  const databases = catalog.databases.list(caller).map(({ Name }) => Name);
  const tables = () => databases.flatMap((name) => catalog.tables.list(caller, name));
  const columns = described.columns.map((name) => ({ name, type: NUMBERS.has(name) ? BIGINT : VARCHAR }));
  return inlineRelation(reference, columns, described.rows(tables, databases));
}

const isView = ({ TableType }: GlueTable): boolean => TableType === 'VIRTUAL_VIEW';

function columnRows(table: GlueTable): Row[] {
  const keys = table.PartitionKeys ?? [];
  const all = [...(table.StorageDescriptor?.Columns ?? []).filter(isCurrent), ...keys];
  return all.map((column, place) => [
    CATALOG, table.DatabaseName, table.Name, column.Name, String(place + 1), undefined, 'YES', trinoType(column), column.Comment,
    keys.includes(column) ? 'partition key' : undefined,
  ]); // prettier-ignore
}

/** The catalog keeps the columns that an Iceberg table has no more. */
const isCurrent = ({ Parameters }: GlueColumn): boolean => Parameters?.['iceberg.field.current'] !== 'false';

function trinoType({ Type = 'string', Parameters }: GlueColumn): string {
  try {
    const text = typeText(fromHive(parseHiveType(Type)));
    return Parameters?.['iceberg.field.id'] === undefined ? text : text.replaceAll('timestamp(3)', 'timestamp(6)');
  } catch {
    return Type;
  }
}
