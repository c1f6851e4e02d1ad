/** An error of an execution: a name by which Retry and Catch tell it, and a cause in words. */
export class StatesError extends Error {
  constructor(
    readonly code: string | undefined,
    readonly reason: string | undefined,
    /** Another name by which Retry and Catch tell it. */
    readonly alias?: string,
  ) {
    super([code, reason].join(': '));
  }

  /** What there is of it, as an execution tells it. */
  get said(): { readonly error?: string; readonly cause?: string } {
    const { code, reason } = this;
    return { ...(code !== undefined && { error: code }), ...(reason !== undefined && { cause: reason }) };
  }
}

/** No wildcard takes this. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const TERMINAL = 'States.Runtime';

/** Whether one of the names of a retrier or a catcher means the error. */
export function matches(names: readonly string[], { code, alias }: StatesError): boolean {
  return names.some((name) => {
    if (name === code || (alias !== undefined && name === alias)) return true;
    if (code === TERMINAL) return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && code !== 'States.Timeout');
  });
}
