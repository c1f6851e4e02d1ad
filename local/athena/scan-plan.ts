import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdbType } from '../glue/hive-type.ts';
import { literal } from '../parquet/engine.ts';
import { planName } from './engine-tables.ts';
import { NULL_PARTITION } from './layout.ts';
import type { BaseTable, TableObject } from './relations.ts';
import { QueryError } from './sql/query-error.ts';

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
  tables: readonly BaseTable[],
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
  for (const [index, { objects, columns }] of tables.entries()) {
    if (nothingRead || scans.some((scan) => scan.table === index)) continue;
    const table = tables[index];
    if (table !== undefined) checkInjected(index, table, []);
    scans.push({ table: index, objects, columns: new Set(columns.map((column) => column.name)) });
  }
  return scans;
}

function scansIn(node: PlanNode, above: readonly string[] = []): RawScan[] {
  const own = node.name.trim();
  if (own === 'READ_PARQUET') {
    return [{ projections: list(node.extra_info['Projections']), filters: [...above, ...list(node.extra_info['Filters'])] }];
  }
  const filters = own === 'FILTER' ? [...above, ...list(node.extra_info['Expression'])] : [];
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

async function narrowed(connection: DuckDBConnection, index: number, tables: readonly BaseTable[], scan: RawScan): Promise<Scan> {
  const table = tables[index];
  if (table === undefined) return { table: index, objects: [], columns: new Set() };
  const places = [...[...scan.projections, ...scan.filters].join('\n').matchAll(NAME)].filter(
    (name) => Number(name[1]) === index,
  );
  const columns = new Set(places.flatMap((name) => table.columns[Number(name[2])]?.name ?? []));
  const filters = scan.filters.map((filter) => filter.replace(/^optional: /, '')).filter((filter) => mentions(filter, index));
  checkInjected(index, table, filters);
  return { table: index, objects: await prune(connection, index, table, filters), columns };
}

/** @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html#partition-projection-injected-type */
function checkInjected(index: number, table: BaseTable, filters: readonly string[]): void {
  const lacking = table.injected.find((name) => {
    const place = table.columns.length + table.partitionKeys.findIndex((key) => key.name === name);
    const equality = new RegExp(`\\b${planName(index, place)}\\s*(?:=|IN\\b)`, 'i');
    return !filters.some((filter) => equality.test(filter));
  });
  if (lacking === undefined) return;
  throw new QueryError(
    `CONSTRAINT_VIOLATION: For the injected projected partition column ${lacking}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.`,
  );
}

const mentions = (filter: string, index: number): boolean => new RegExp(`\\bhw${index}_\\d+_(?!\\w)`).test(filter);

async function prune(
  connection: DuckDBConnection,
  index: number,
  table: BaseTable,
  filters: readonly string[],
): Promise<readonly TableObject[]> {
  if (filters.length === 0 || table.partitionKeys.length === 0 || table.objects.length === 0) return table.objects;
  const partitions = new Map(table.objects.map(({ partition }) => [partition.join('/'), partition]));
  const columns = table.partitionKeys.map(
    (key, place) => `try_cast(p${place} as ${duckdbType(key.type)}) as ${planName(index, table.columns.length + place)}`,
  );
  const cell = (value: string): string => (value === NULL_PARTITION ? 'null' : literal(value));
  const rows = [...partitions].map(([id, values]) => `(${[literal(id), ...values.map(cell)].join(', ')})`);
  const names = ['id', ...table.partitionKeys.map((_, place) => `p${place}`)];
  await connection.run(
    `create or replace temp table hw_partitions as select id, ${columns.join(', ')} from (values ${rows.join(', ')}) as t(${names.join(', ')})`,
  );
  const left = new Set(partitions.keys());
  for (const filter of filters) {
    const kept = await evaluate(connection, filter);
    if (kept === undefined) continue;
    for (const id of left) if (!kept.has(id)) left.delete(id);
  }
  return table.objects.filter(({ partition }) => left.has(partition.join('/')));
}

async function evaluate(connection: DuckDBConnection, filter: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const reader = await connection.runAndReadAll(`select id from hw_partitions where ${filter}`);
    return new Set(reader.getRows().map(([id]) => String(id)));
  } catch {
    return undefined; // it speaks of more than partitions, or is no SQL: no reason to skip an object
  }
}
