import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdbType } from '../glue/hive-type.ts';
import { literal } from '../parquet/engine.ts';
import { NULL_PARTITION } from './layout.ts';
import { isPlainFilter } from './plan-filter.ts';
import { planName } from './plan-name.ts';
import type { BaseTable, TableObject } from './relations.ts';
import { QueryError } from './sql/query-error.ts';

/** @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html#partition-projection-injected-type */
export function checkInjected(index: number, table: BaseTable, filters: readonly string[]): void {
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

/** The objects of the partitions that a query's filters leave; a filter that speaks of more than partitions leaves all. */
export async function prune(
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
  if (!isPlainFilter(filter)) return undefined;
  try {
    const reader = await connection.runAndReadAll(`select id from hw_partitions where ${filter}`);
    return new Set(reader.getRows().map(([id]) => String(id)));
  } catch {
    return undefined; // it speaks of more than partitions, or is no SQL: no reason to skip an object
  }
}
