/** An error of an execution: a name by which Retry and Catch tell it, and a cause in words. */
export class StatesError extends Error {
  constructor(
    readonly code: string,
    readonly reason: string,
  ) {
    super(`${code}: ${reason}`);
  }
}

/** No wildcard takes these. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const TERMINAL: readonly string[] = ['States.DataLimitExceeded', 'States.Runtime'];

/** Whether one of the names of a retrier or a catcher means the error. */
export function matches(names: readonly string[], { code }: StatesError): boolean {
  return names.some((name) => {
    if (name === code) return true;
    if (TERMINAL.includes(code)) return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && code !== 'States.Timeout');
  });
}
