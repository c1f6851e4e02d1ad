/** Something a person can mend: a stable code, what is wrong, and what to do about it. */
export class CommandError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = 'CommandError';
  }
}
