import type { Caller } from '../service.ts';
import type { QueryResult } from './result.ts';

export type ExecutionState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** One query on its way. */
export interface Execution {
  readonly id: string;
  readonly sql: string;
  readonly database?: string;
  readonly workGroup: string;
  readonly caller: Caller;
  readonly bucket: string;
  readonly key: string;
  readonly token?: string;
  /** Milliseconds since the epoch, simulated. */
  readonly submitted: number;
  completed?: number;
  state: ExecutionState;
  reason?: string;
  category?: 1 | 2 | 3;
  /** Bytes, by the project's model. */
  scanned: number;
  /** Milliseconds of the wall clock. */
  engineTime: number;
  result?: QueryResult;
}

/** An execution as `GetQueryExecution` gives it. */
export function executionView(execution: Execution): object {
  const { id, sql, database, workGroup, bucket, key, submitted, completed, state, reason, category, scanned, engineTime } =
    execution;
  return {
    QueryExecutionId: id,
    Query: sql,
    StatementType: 'DML',
    ResultConfiguration: { OutputLocation: `s3://${bucket}/${key}` },
    QueryExecutionContext: { Catalog: 'awsdatacatalog', ...(database !== undefined && { Database: database }) },
    Status: {
      State: state,
      SubmissionDateTime: submitted / 1000,
      ...(completed !== undefined && { CompletionDateTime: completed / 1000 }),
      ...(reason !== undefined && { StateChangeReason: reason }),
      ...(state === 'FAILED' && {
        AthenaError: {
          ErrorCategory: category ?? 2,
          ErrorType: category === 1 ? 0 : 1006,
          Retryable: false,
          ErrorMessage: reason,
        },
      }),
    },
    Statistics: { EngineExecutionTimeInMillis: engineTime, TotalExecutionTimeInMillis: engineTime, DataScannedInBytes: scanned },
    WorkGroup: workGroup,
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
  };
}

/** Rows in one answer of `GetQueryResults`, at most. */
export const MOST_ROWS = 1000;

/** A page of results; the first row of the first page is the header. */
export function resultPage({ columns, rows }: QueryResult, start: number, count: number): object {
  const datum = (value: string | undefined): object => (value === undefined ? {} : { VarCharValue: value });
  const header = columns.map((column) => column.label);
  // the header is row 0
  const page = Array.from(
    { length: Math.max(Math.min(count, rows.length + 1 - start), 0) },
    (_, index) => (start + index === 0 ? header : rows[start + index - 1]) ?? [],
  );
  const next = start + page.length;
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: page.map((row) => ({ Data: row.map(datum) })),
      ResultSetMetadata: {
        ColumnInfo: columns.map(({ label, name, precision, scale }) => ({
          CatalogName: 'hive', SchemaName: '', TableName: '', Name: label, Label: label, Type: name, Precision: precision, Scale: scale,
          Nullable: 'UNKNOWN', CaseSensitive: name === 'varchar',
        })), // prettier-ignore
      },
    },
    ...(next <= rows.length && { NextToken: String(next) }),
  };
}
