/** Why a query fails, in the terms Athena reports: whose fault (1 system, 2 user, 3 other) and a message without data. */
export class QueryError extends Error {
  /** @param category As in `AthenaError.ErrorCategory`. */
  constructor(
    message: string,
    readonly category: 1 | 2 | 3 = 2,
  ) {
    super(message);
    this.name = 'QueryError';
  }
}
