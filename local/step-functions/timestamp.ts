/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since the epoch of a time as RFC 3339 writes it; undefined for what is none. */
export function timeOf(timestamp: string): number | undefined {
  const time = TIMESTAMP.test(timestamp) ? Date.parse(timestamp) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
