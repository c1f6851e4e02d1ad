/** What ends a replay and somebody can mend. Its name is its code, which is what Lambda and Step Functions tell of an error. */
export class ReplayError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = code;
  }
}
