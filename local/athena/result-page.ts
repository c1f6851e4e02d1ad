import type { ResultShape } from './execution.ts';
import type { ResultColumn, ResultRow } from './result.ts';

/** Rows in one answer of `GetQueryResults`, at most. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html */
export const MOST_ROWS = 1000;

/**
 * A page of results.
 *
 * @param rows As they lie in the file: of a query the first is the header, which counts as a row.
 */
export function resultPage({ columns, updated }: ResultShape, rows: readonly ResultRow[], start: number, count: number): object {
  const end = start + count;
  return {
    UpdateCount: updated,
    ResultSet: {
      Rows: rows.slice(start, end).map((row) => ({ Data: row.map(datum) })),
      ResultSetMetadata: { ColumnInfo: columns.map(columnInfo) },
    },
    ...(end < rows.length && { NextToken: String(end) }),
  };
}

const datum = (value: string | undefined): object => (value === undefined ? {} : { VarCharValue: value });

const columnInfo = ({ label, name, precision, scale }: ResultColumn): object => ({
  CatalogName: 'hive',
  SchemaName: '',
  TableName: '',
  Name: label,
  Label: label,
  Type: name,
  Precision: precision,
  Scale: scale,
  Nullable: 'UNKNOWN',
  CaseSensitive: name === 'varchar',
});
