import { randomUUID } from 'node:crypto';
import type { HeldRecord } from './record-event.ts';
import type { Verdict } from './verdict.ts';

/** Why records were given up. */
export type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface Discarded {
  readonly condition: Condition;
  /** None where it is a window's closing that failed. */
  readonly records: readonly HeldRecord[];
  /** What the function was invoked with, where that is more than records. @default - the records */
  readonly event?: object;
  readonly shardId: string;
  readonly invocations: number;
  /** Of the last invocation; absent where none was made. */
  readonly requestId: string | undefined;
  /** What came of the last invocation: told of exhausted attempts alone. */
  readonly verdict: Verdict | undefined;
}

export interface DiscardedFrom {
  readonly functionArn: string;
  readonly executedVersion: string;
  readonly streamArn: string;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
}

/**
 * What a destination is told of discarded records: all but themselves.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function failureRecord(
  { condition, records, shardId, invocations, requestId = randomUUID(), verdict }: Discarded,
  { functionArn, executedVersion, streamArn, now }: DiscardedFrom,
): object {
  const [first, last] = [records.at(0), records.at(-1)];
  return {
    requestContext: { requestId, functionArn, condition, approximateInvokeCount: Math.max(1, invocations) },
    ...(verdict !== undefined && {
      responseContext: { statusCode: 200, executedVersion, functionError: verdict.functionError ?? null },
    }),
    version: '1.0',
    timestamp: isoTime(now),
    KinesisBatchInfo: {
      shardId,
      ...(first !== undefined &&
        last !== undefined && {
          startSequenceNumber: first.sequenceNumber,
          endSequenceNumber: last.sequenceNumber,
          approximateArrivalOfFirstRecord: isoTime(first.arrival),
          approximateArrivalOfLastRecord: isoTime(last.arrival),
        }),
      batchSize: records.length,
      streamArn,
    },
  };
}

const isoTime = (time: number): string => new Date(time).toISOString();
