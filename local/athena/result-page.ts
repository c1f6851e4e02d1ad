import type { ResultShape } from './execution.ts';
import { invalid } from './invalid-request.ts';
import type { ResultColumn, ResultRow } from './result.ts';

/** Rows in one answer of `GetQueryResults`, at most. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html */
export const MOST_ROWS = 1000;

/** Which page of a result is asked for. */
export interface PageRequest {
  readonly token?: string | undefined;
  /** @default - as many as there may be */
  readonly count?: number | undefined;
}

/**
 * A page of results.
 *
 * @param rows As they lie in the file: of a query the first is the header, which counts as a row.
 * @param token Of the page before; a result without rows passes it over. A page that is full has one, though nothing may follow.
 * @throws ServiceError InvalidRequestException
 */
export function resultPage(
  { columns, updated }: ResultShape,
  rows: readonly ResultRow[],
  { token, count = MOST_ROWS }: PageRequest,
): object {
  const start = rows.length === 0 ? 0 : startOf(token, rows.length);
  const end = start + count;
  return {
    ...(updated !== undefined && { UpdateCount: updated }),
    ResultSet: {
      Rows: rows.slice(start, end).map((row) => ({ Data: row.map(datum) })),
      ResultSetMetadata: { ColumnInfo: columns.map(columnInfo) },
    },
    ...(end <= rows.length && { NextToken: String(end) }),
  };
}

function startOf(token: string | undefined, rows: number): number {
  if (token === undefined) return 0;
  const start = /^\d{1,15}$/.test(token) ? Number(token) : Infinity;
  if (start > rows) throw invalid(`Malformed nextPageToken ${token}`);
  return start;
}

const datum = (value: string | undefined): object => (value === undefined ? {} : { VarCharValue: value });

const columnInfo = ({ label, name, precision, scale, caseSensitive }: ResultColumn): object => ({
  CatalogName: 'hive',
  SchemaName: '',
  TableName: '',
  Name: label,
  Label: label,
  Type: name,
  Precision: precision,
  Scale: scale,
  Nullable: 'UNKNOWN',
  CaseSensitive: caseSensitive ?? name === 'varchar',
});
