/** What `AthenaError` says of a failure besides its words. */
export interface ErrorDetail {
  /** @default - by the words that the message begins with */
  readonly type?: number;
  /** Its `ErrorMessage`. @default - the reason itself */
  readonly words?: string;
}

/** Why a query fails, in the terms Athena reports: whose fault (1 system, 2 user, 3 other) and a message without data. */
export class QueryError extends Error {
  /** @param category As in `AthenaError.ErrorCategory`. */
  constructor(
    message: string,
    readonly category: 1 | 2 | 3 = 2,
    readonly detail: ErrorDetail = {},
  ) {
    super(message);
    this.name = 'QueryError';
  }
}

/** Why a text is refused before there is an execution: what Athena cannot read, or knows at once that it will not run. */
export class Malformed extends QueryError {
  constructor(
    message: string,
    readonly code: 'DATACATALOG_NOT_FOUND' | 'INVALID_INPUT' | 'MALFORMED_QUERY' = 'MALFORMED_QUERY',
  ) {
    super(message);
  }
}
