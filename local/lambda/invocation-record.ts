import type { Outcome } from './function-thread.ts';

/** How an event has ended. */
export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** An event that a function gets no more. */
export interface EndedEvent {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  readonly condition: Condition;
  readonly invocations: number;
  /** What came of the last invocation. */
  readonly outcome: Outcome;
}

/**
 * What a destination is told of an event.
 *
 * @param functionArn With the version or alias that was invoked, `$LATEST` where none was named
 * @param now Milliseconds since the epoch, simulated
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export const invocationRecord = (
  { requestId, event, condition, invocations, outcome }: EndedEvent,
  { functionArn, executedVersion, now }: { readonly functionArn: string; readonly executedVersion: string; readonly now: number },
): object => ({
  version: '1.0',
  timestamp: new Date(now).toISOString(),
  requestContext: { requestId, functionArn, condition, approximateInvokeCount: invocations },
  requestPayload: JSON.parse(event) as unknown,
  responseContext: { statusCode: 200, executedVersion, ...('errorType' in outcome && { functionError: 'Unhandled' }) },
  responsePayload: 'answer' in outcome ? (JSON.parse(outcome.answer) as unknown) : outcome,
});
