/**
 * What becomes of events that nobody waits for.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
 */
export interface EventSettings {
  /** How often an event is given again after failures. */
  readonly retries: number;
  /** Milliseconds after which it is given no more. */
  readonly age: number;
  /** ARN of what is told of an event that was taken. @default - nobody */
  readonly onSuccess?: string;
  /** ARN of what is told of one that was not. @default - nobody */
  readonly onFailure?: string;
}

export const DEFAULT_EVENTS: EventSettings = { retries: 2, age: 6 * 3_600_000 };
