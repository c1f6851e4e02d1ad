/** A sample of which no contract can be made, or not the one that was asked for: a stable code, what is wrong, and what to do about it. */
export class SampleError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = 'SampleError';
  }
}
