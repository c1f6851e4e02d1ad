import type { Caller } from '../service.ts';
import type { ResultColumn } from './result.ts';
import { settingsView, type EffectiveSettings } from './result-settings.ts';
import type { StatementClass } from './sql/statement.ts';

export type ExecutionState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** Why an execution failed, as `AthenaError` tells it. */
export interface Failure {
  readonly category: 1 | 2 | 3;
  readonly type: number;
  /** Its `ErrorMessage`. @default - the reason */
  readonly words?: string;
}

/** One query on its way. */
export interface Execution {
  readonly id: string;
  readonly sql: string;
  /** As the client named it. */
  readonly database?: string | undefined;
  /** The context's, in lower case, where the client named one. */
  readonly catalog?: string | undefined;
  readonly workGroup: string;
  readonly caller: Caller;
  readonly settings: EffectiveSettings;
  /** Key of the file with the results; of a statement that writes data, what its other files' names begin with. */
  readonly key: string;
  readonly class: StatementClass;
  readonly parameters?: readonly string[] | undefined;
  readonly token?: string | undefined;
  /** What another request with the same token must agree on. @default - an earlier version kept nothing of it, and none agrees */
  readonly compared?: string | undefined;
  /** Milliseconds since the epoch, simulated. */
  readonly submitted: number;
  completed?: number | undefined;
  state: ExecutionState;
  reason?: string | undefined;
  failure?: Failure | undefined;
  /** Bytes, by the project's model. */
  scanned: number;
  /** Milliseconds of the wall clock. */
  queueTime: number;
  engineTime: number;
  /** What came of it, once it has succeeded. */
  result?: ResultShape | undefined;
  /** S3 address of the list of files that it wrote. */
  manifest?: string | undefined;
}

/** What is known of an execution's result besides its values, which lie in S3. */
export interface ResultShape {
  /** `rows`: values as CSV with a header; `text`: one row for each line; `written`: none. */
  readonly kind: 'rows' | 'text' | 'written';
  readonly columns: readonly ResultColumn[];
  /** Rows that the statement wrote. @default - it is no statement of which Athena tells them */
  readonly updated?: number | undefined;
}

/** An execution as `GetQueryExecution` gives it. */
export function executionView(execution: Execution): object {
  const { id, sql, database, catalog, workGroup, settings, key, parameters, scanned, queueTime, engineTime, manifest } =
    execution;
  return {
    QueryExecutionId: id,
    Query: sql,
    StatementType: execution.class.type,
    SubstatementType: execution.class.subtype,
    ResultConfiguration: { ...settingsView(settings), OutputLocation: `s3://${settings.bucket}/${key}` },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    QueryExecutionContext: {
      ...(catalog !== undefined && { Catalog: catalog }),
      ...(database !== undefined && { Database: database }),
    },
    Status: statusView(execution),
    Statistics: {
      EngineExecutionTimeInMillis: engineTime,
      DataScannedInBytes: scanned,
      ...(manifest !== undefined && { DataManifestLocation: manifest }),
      TotalExecutionTimeInMillis: queueTime + engineTime,
      QueryQueueTimeInMillis: queueTime,
      ServiceProcessingTimeInMillis: 0,
      ResultReuseInformation: { ReusedPreviousResult: false },
    },
    WorkGroup: workGroup,
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
    ...(parameters && { ExecutionParameters: parameters }),
  };
}

const statusView = ({ state, submitted, completed, reason, failure }: Execution): object => ({
  State: state,
  SubmissionDateTime: submitted / 1000,
  ...(completed !== undefined && { CompletionDateTime: completed / 1000 }),
  ...(reason !== undefined && { StateChangeReason: reason }),
  ...(failure && {
    AthenaError: {
      ErrorCategory: failure.category,
      ErrorType: failure.type,
      Retryable: false,
      ErrorMessage: failure.words ?? reason,
    },
  }),
});
