import { unlessMissing } from '../../glue/glue-error.ts';
import type { GlueTable } from '../../glue/table.ts';
import { partitionName } from '../layout.ts';
import { isIceberg, openTable } from '../iceberg/open-table.ts';
import type { Outcome } from '../result-files.ts';
import { QueryError } from '../sql/query-error.ts';
import type { RelationName } from '../sql/statement.ts';
import { readView } from '../view.ts';
import { hiveTable, notPartitioned, type StatementContext } from './context.ts';
import { describeIceberg, icebergColumns, icebergProperties, showCreateIceberg } from './iceberg/describe-table.ts';
import { viewColumns, viewText } from './view-columns.ts';
import { hivePattern, padded, text, uncounted } from './text.ts';

export function showDatabases({ catalog, caller }: StatementContext, pattern: string | undefined): Outcome {
  const names = catalog.databases.list(caller).map(({ Name }) => Name);
  return text(['database_name'], names.filter(hivePattern(pattern)));
}

/** @param views Whether views alone are shown. */
export function showTables(
  context: StatementContext,
  database: string | undefined,
  pattern: string | undefined,
  views: boolean,
): Outcome {
  const { catalog, caller } = context;
  const owner = database ?? context.database;
  if (owner === undefined) throw new QueryError('MISSING_SCHEMA_NAME: Schema must be specified when session schema is not set');
  if (unlessMissing(() => catalog.databaseFor(caller, owner)) === undefined)
    throw new QueryError(`FAILED: SemanticException [Error 10072]: Database does not exist: ${owner}`, 1, { type: 1502 });
  const tables = catalog.tables.list(caller, owner).filter((table) => !views || isView(table));
  const names = tables.map(({ Name }) => Name).filter(hivePattern(pattern));
  return views ? { kind: 'text', columns: [viewText('views')], lines: names, updated: 0 } : text(['tab_name'], names);
}

export function showColumns(context: StatementContext, relation: RelationName): Outcome {
  const table = hiveTable(context, relation);
  if (isIceberg(table)) return icebergColumns(openTable(context, table));
  if (isView(table)) return viewColumns(table);
  const all = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
  return text(['field'], all.map(({ Name }) => padded(Name))); // prettier-ignore
}

/** Partitions that are registered: projected ones are not among them. */
export function showPartitions(context: StatementContext, relation: RelationName): Outcome {
  const table = hiveTable(context, relation);
  const keys = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  if (keys.length === 0) throw notPartitioned(table.Name);
  const registered = context.catalog.partitions.list(context.caller, { database: table.DatabaseName, table: table.Name });
  return text(['partition'], registered.map(({ Values }) => partitionName(keys, Values))); // prettier-ignore
}

export function showProperties(context: StatementContext, relation: RelationName, property: string | undefined): Outcome {
  const table = hiveTable(context, relation);
  if (isIceberg(table)) return icebergProperties(openTable(context, table), property);
  const all = Object.entries(table.Parameters ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const wanted = property === undefined ? all : all.filter(([name]) => name === property);
  return text(['prpt_name', 'prpt_value'], wanted.map(([name, value]) => `${name}\t${value}`)); // prettier-ignore
}

export function showCreateView(context: StatementContext, relation: RelationName): Outcome {
  const table = hiveTable(context, relation);
  if (!isView(table))
    throw new QueryError(`NOT_SUPPORTED: Relation '${table.DatabaseName}.${table.Name}' is a table, not a view`);
  const { originalSql } = readView(table.Name, table.ViewOriginalText);
  const lines = [`CREATE VIEW ${table.DatabaseName}.${table.Name} AS`, ...originalSql.split('\n')];
  return { kind: 'text', columns: [viewText('create view')], lines, updated: 0 };
}

/** Its first column is two wider than the others. */
const KEYS_HEAD = ['# col_name'.padEnd(22), 'data_type', 'comment'].map(padded).join('\t');

export function describe(context: StatementContext, relation: RelationName): Outcome {
  const table = hiveTable(context, relation);
  if (isIceberg(table)) return describeIceberg(openTable(context, table));
  if (isView(table)) return viewColumns(table);
  const keys = table.PartitionKeys ?? [];
  const line = ({ Name, Type, Comment }: { Name: string; Type?: string | undefined; Comment?: string | undefined }): string =>
    [padded(Name), padded(Type ?? 'string'), padded(Comment ?? '').replace(/\t.*/s, '')].join('\t');
  const partitions = keys.length === 0 ? [] : ['\t \t ', '# Partition Information\t \t ', KEYS_HEAD, '\t \t ', ...keys.map(line)];
  const lines = [...(table.StorageDescriptor?.Columns ?? []), ...keys].map(line);
  return uncounted(['col_name', 'data_type', 'comment'], [...lines, ...partitions]);
}

export function showCreateTable(context: StatementContext, relation: RelationName): Outcome {
  const table = hiveTable(context, relation);
  if (isIceberg(table)) return showCreateIceberg(openTable(context, table));
  if (isView(table)) throw new QueryError(`NOT_SUPPORTED: '${table.DatabaseName}.${table.Name}' is a view; use SHOW CREATE VIEW`);
  return uncounted(['createtab_stmt'], createStatement(table));
}

function createStatement(table: GlueTable): readonly string[] {
  const { Columns = [], SerdeInfo: serde, InputFormat, OutputFormat, Location } = table.StorageDescriptor ?? {};
  const keys = table.PartitionKeys ?? [];
  const columns = (list: typeof Columns): string[] =>
    list.map(({ Name, Type, Comment }, place) => {
      const comment = Comment === undefined ? '' : ` COMMENT ${hiveText(Comment)}`;
      return `  \`${Name}\` ${Type ?? 'string'}${comment}${place === list.length - 1 ? ')' : ', '}`;
    });
  return [
    `CREATE EXTERNAL TABLE \`${table.DatabaseName}.${table.Name}\`(`,
    ...columns(Columns),
    ...(keys.length === 0 ? [] : ['PARTITIONED BY ( ', ...columns(keys)]),
    'ROW FORMAT SERDE ',
    `  ${hiveText(serde?.SerializationLibrary ?? '')} `,
    ...settings('WITH SERDEPROPERTIES ( ', without(serde?.Parameters, ['serialization.format', '1'])),
    'STORED AS INPUTFORMAT ',
    `  ${hiveText(InputFormat ?? '')} `,
    'OUTPUTFORMAT ',
    `  ${hiveText(OutputFormat ?? '')}`,
    'LOCATION',
    `  ${hiveText((Location ?? '').replace(/\/$/, ''))}`,
    ...settings('TBLPROPERTIES (', without(table.Parameters, ['EXTERNAL', 'TRUE'])),
  ];
}

/** Settings but for one that every table has. */
const without = (
  values: Readonly<Record<string, string>> = {},
  [name, value]: readonly [string, string],
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter((pair) => pair[0] !== name || pair[1] !== value));

function settings(head: string, values: Readonly<Record<string, string>> | undefined): readonly string[] {
  const all = Object.entries(values ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (all.length === 0) return [];
  return [
    head,
    ...all.map(([name, value], place) => `  ${hiveText(name)}=${hiveText(value)}${place === all.length - 1 ? ')' : ', '}`),
  ];
}

const hiveText = (value: string): string => `'${value.replaceAll(/['\\]/g, '\\$&')}'`;

export const isView = ({ TableType }: GlueTable): boolean => TableType === 'VIRTUAL_VIEW';
