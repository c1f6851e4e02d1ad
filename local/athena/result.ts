import type { DuckDBConnection } from '@duckdb/node-api';
import { UNNAMED } from './sql/parse.ts';
import { resultType, valueText, type ResultType } from './value-text.ts';

export interface ResultColumn extends ResultType {
  readonly label: string;
}

/** A finished query's answer: values as Athena writes them, undefined for null. */
export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

export async function readResult(connection: DuckDBConnection, sql: string): Promise<QueryResult> {
  const reader = await connection.runAndReadAll(sql);
  const types = reader.columnTypes();
  const columns = reader.columnNames().map((name, index) => {
    const type = types[index];
    if (type === undefined) throw new Error('the engine named a column and gave no type');
    return { label: name === UNNAMED ? `_col${index}` : name.toLowerCase(), ...resultType(type), type };
  });
  return {
    columns: columns.map(({ label, name, precision, scale }) => ({ label, name, precision, scale })),
    rows: reader.getRows().map((row) => columns.map(({ type }, index) => valueText(row[index] ?? null, type))),
  };
}

const quoted = (text: string | undefined): string => (text === undefined ? '' : `"${text.replaceAll('"', '""')}"`);

/** The file Athena leaves at the result location: every value in quotes, a null as nothing at all. */
export function toCsv({ columns, rows }: QueryResult): Buffer {
  const lines = [columns.map((column) => column.label), ...rows].map((row) => `${row.map(quoted).join(',')}\n`);
  return Buffer.from(lines.join(''));
}
