import type { DuckDBConnection } from '@duckdb/node-api';
import { toShow, type TranslatedQuery } from './sql/translator.ts';
import { resultType, valueText, type ResultType } from './value-text.ts';

export interface ResultColumn extends ResultType {
  readonly label: string;
  /** @default - as its type is */
  readonly caseSensitive?: boolean;
}

/** Values as Athena writes them, undefined for null. */
export type ResultRow = readonly (string | undefined)[];

/** A finished query's answer. */
export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
}

export async function readResult(connection: DuckDBConnection, query: TranslatedQuery): Promise<QueryResult> {
  const reader = await connection.runAndReadAll(toShow(query));
  const types = reader.columnTypes();
  const columns = query.columns.map(({ label, type }) => ({ label, ...resultType(type) }));
  return {
    columns,
    rows: reader.getRows().map((row) => types.map((type, index) => valueText(row[index] ?? null, type))),
  };
}

const quoted = (text: string | undefined): string => (text === undefined ? '' : `"${text.replaceAll('"', '""')}"`);

/** The file Athena leaves at the result location: every value in quotes, a null as nothing at all. */
export function toCsv({ columns, rows }: QueryResult): Buffer {
  const lines = [columns.map((column) => column.label), ...rows].map((row) => `${row.map(quoted).join(',')}\n`);
  return Buffer.from(lines.join(''));
}

const FIELD = /(?:"((?:[^"]|"")*)")?([,\n])/gy;

/** The rows of such a file, its header first. */
export function fromCsv(text: string): readonly ResultRow[] {
  const rows: (string | undefined)[][] = [];
  let row: (string | undefined)[] = [];
  FIELD.lastIndex = 0;
  for (let found = FIELD.exec(text); found !== null; found = FIELD.exec(text)) {
    row.push(found[1]?.replaceAll('""', '"'));
    if (found[2] !== '\n') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
