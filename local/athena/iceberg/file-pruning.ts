import type { DuckDBConnection } from '@duckdb/node-api';
import type { LiveFile } from '../../iceberg/data-file.ts';
import { valueSql } from '../../iceberg/engine-sql.ts';
import { fromBytes } from '../../iceberg/value.ts';
import type { IcebergColumn, IcebergTable } from './iceberg-table.ts';

/** A comparison of a column with a value, in the words of the engine's plan. */
interface Comparison {
  readonly column: number;
  readonly operator: string;
  readonly value: string;
}

/** A value whose text holds no quote: no other text of the plan can be taken for it. */
const VALUE = String.raw`(?:'[^']*'(?:::[A-Z]+(?: WITH TIME ZONE)?(?:\(\d+(?:,\d+)?\))?)?|-?\d+(?:\.\d+)?|true|false)`;
const COMPARISON = String.raw`hw(\d+)_(\d+)_\s*(>=|<=|=|>|<)\s*(${VALUE})`;
const WHOLE = new RegExp(`^\\(?${COMPARISON}\\)?(?: AND \\(?${COMPARISON}\\)?)*$`);

/** Types whose bounds tell which values a file has: of a float they leave out what is no number. */
const COMPARED = /^(?:int|long|date|timestamp|timestamptz|string|decimal.*)$/;

/** The files of a table that may hold a row which passes the filters: a filter that is not understood keeps every file. */
export async function keptByBounds(
  connection: DuckDBConnection,
  index: number,
  table: IcebergTable,
  filters: readonly string[],
): Promise<readonly LiveFile[]> {
  const files = [...table.files.values()];
  const conditions = filters
    .flatMap((filter) => comparisonsIn(filter, index))
    .flatMap((comparison) => {
      const column = table.columns[comparison.column];
      return column === undefined || typeof column.iceberg !== 'string' || !COMPARED.test(column.iceberg)
        ? []
        : [{ ...comparison, column }];
    });
  if (conditions.length === 0 || files.length === 0) return files;
  const rows = files.map(
    (file, place) => `select ${place} as place where ${conditions.map((condition) => mayHold(file, condition)).join(' and ')}`,
  );
  const kept = await placesIn(connection, rows.join(' union all '));
  return kept === undefined ? files : files.filter((_, place) => kept.has(place));
}

/** Undefined where the engine does not understand what its plan said: no reason to leave a file out. */
async function placesIn(connection: DuckDBConnection, sql: string): Promise<ReadonlySet<number> | undefined> {
  try {
    const reader = await connection.runAndReadAll(sql);
    return new Set(reader.getRows().map(([place]) => Number(place)));
  } catch {
    return undefined;
  }
}

function comparisonsIn(filter: string, index: number): readonly Comparison[] {
  if (!WHOLE.test(filter)) return [];
  return [...filter.matchAll(new RegExp(COMPARISON, 'g'))].flatMap(([, table, column, operator = '', value = '']) =>
    Number(table) === index ? [{ column: Number(column), operator, value }] : [],
  );
}

/** Whether a file's bounds leave room for a value: a file without any, or of nulls alone, is kept. */
function mayHold(
  file: LiveFile,
  { column, operator, value }: Omit<Comparison, 'column'> & { readonly column: IcebergColumn },
): string {
  const bound = (bytes: Buffer | undefined): string | undefined =>
    bytes === undefined ? undefined : valueSql(column.iceberg, fromBytes(column.iceberg, bytes));
  const low = bound(file.lower.get(column.id));
  const high = bound(file.upper.get(column.id));
  const above = high === undefined ? 'true' : `${high} ${operator === '>' ? '>' : '>='} ${value}`;
  const below = low === undefined ? 'true' : `${low} ${operator === '<' ? '<' : '<='} ${value}`;
  switch (operator) {
    case '>':
    case '>=':
      return above;
    case '<':
    case '<=':
      return below;
    default:
      return `${above} and ${below}`;
  }
}
