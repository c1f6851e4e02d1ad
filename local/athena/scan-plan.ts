import type { DuckDBConnection } from '@duckdb/node-api';
import { objectsWithin } from './iceberg/iceberg-table.ts';
import { filtersIn } from './plan-filter.ts';
import { checkInjected, prune } from './partition-pruning.ts';
import type { StoredTable, TableObject } from './relations.ts';

/** One reading of a table: the objects left after pruning, and the names of the columns it touches. */
export interface Scan {
  readonly table: number;
  readonly objects: readonly TableObject[];
  readonly columns: ReadonlySet<string>;
}

interface PlanNode {
  readonly name: string;
  readonly children: readonly PlanNode[];
  readonly extra_info: Readonly<Record<string, string | readonly string[]>>;
}

interface RawScan {
  readonly projections: readonly string[];
  readonly filters: readonly string[];
}

/**
 * Asks the engine's optimizer which columns a query reads and which filters reach its tables, through views and windows, and evaluates
 * those filters over the partitions. A filter that cannot be evaluated prunes nothing, so that no object is missed.
 */
export async function planScans(
  connection: DuckDBConnection,
  sql: string,
  tables: readonly StoredTable[],
): Promise<readonly Scan[]> {
  const reader = await connection.runAndReadAll(`explain (format json) ${sql}`);
  const nodes = JSON.parse(String(reader.getRows()[0]?.[1] ?? '[]')) as PlanNode[];
  const raw = nodes.flatMap((node) => scansIn(node));
  const scans: Scan[] = [];
  for (const scan of raw) {
    const table = tableOf(scan, tables.length);
    // a scan that names no column may be of any table: all are read whole
    const candidates = table === undefined ? [...tables.keys()] : [table];
    for (const index of candidates) scans.push(await narrowed(connection, index, tables, scan));
  }
  const nothingRead = has(nodes, 'EMPTY_RESULT');
  for (const [index, table] of tables.entries()) {
    if (nothingRead || scans.some((scan) => scan.table === index)) continue;
    const columns = new Set(table.columns.map(({ name }) => name));
    scans.push({ table: index, objects: await objectsOf(connection, index, table, []), columns });
  }
  return scans;
}

function scansIn(node: PlanNode, above: readonly string[] = []): RawScan[] {
  const own = node.name.trim();
  if (own === 'READ_PARQUET') {
    return [
      { projections: list(node.extra_info['Projections']), filters: [...above, ...filtersIn(list(node.extra_info['Filters']))] },
    ];
  }
  const filters = own === 'FILTER' ? [...above, ...filtersIn(list(node.extra_info['Expression']))] : [];
  return node.children.flatMap((child) => scansIn(child, filters));
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const has = (nodes: readonly PlanNode[], name: string): boolean =>
  nodes.some((node) => node.name.trim() === name || has(node.children, name));

const NAME = /\bhw(\d+)_(\d+)_(?!\w)/g;

function tableOf({ projections, filters }: RawScan, tables: number): number | undefined {
  const found = NAME.exec([...projections, ...filters].join('\n'));
  NAME.lastIndex = 0;
  const table = found === null ? undefined : Number(found[1]);
  return table ?? (tables === 1 ? 0 : undefined);
}

async function narrowed(
  connection: DuckDBConnection,
  index: number,
  tables: readonly StoredTable[],
  scan: RawScan,
): Promise<Scan> {
  const table = tables[index];
  if (table === undefined) return { table: index, objects: [], columns: new Set() };
  const places = [...[...scan.projections, ...scan.filters].join('\n').matchAll(NAME)].filter(
    (name) => Number(name[1]) === index,
  );
  const columns = new Set(places.flatMap((name) => table.columns[Number(name[2])]?.name ?? []));
  const filters = scan.filters.map((filter) => filter.replace(/^optional: /, '')).filter((filter) => mentions(filter, index));
  return { table: index, objects: await objectsOf(connection, index, table, filters), columns };
}

/** The objects of a table that hold what may pass the filters. */
async function objectsOf(
  connection: DuckDBConnection,
  index: number,
  table: StoredTable,
  filters: readonly string[],
): Promise<readonly TableObject[]> {
  if (table.kind === 'iceberg') return objectsWithin(connection, index, table, filters);
  checkInjected(index, table, filters);
  return prune(connection, index, table, filters);
}

const mentions = (filter: string, index: number): boolean => new RegExp(`\\bhw${index}_\\d+_(?!\\w)`).test(filter);
