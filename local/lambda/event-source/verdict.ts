import { isRecord } from '../../input.ts';
import type { Outcome } from '../function-thread.ts';
import type { HeldRecord } from './record-event.ts';

/** What came of the invocation with a batch. */
export interface Verdict {
  /** How many of the batch's records, from the first on, are done. */
  readonly processed: number;
  /** Absent where the function answered, and its answer says that records failed. */
  readonly functionError?: 'Unhandled';
  /** What the next invocation of a window gets. */
  readonly state?: unknown;
}

/** What is made of an answer. */
export interface Judged {
  readonly reportsItems: boolean;
  /** Whether an answer must have a state. */
  readonly isWindowed: boolean;
}

/**
 * Judges what a function answered to a batch.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
 */
export function judge(outcome: Outcome, records: readonly HeldRecord[], { reportsItems, isWindowed }: Judged): Verdict {
  if ('errorType' in outcome) return { processed: 0, functionError: 'Unhandled' };
  const answer: unknown = JSON.parse(outcome.answer);
  const state = isRecord(answer) ? answer.state : undefined;
  if (isWindowed && state === undefined) return { processed: 0 };
  const processed = reportsItems ? processedBy(answer, records) : records.length;
  return { processed, ...(isWindowed && { state }) };
}

/** The records before the first that failed: those behind it are tried again, whatever became of them. */
function processedBy(answer: unknown, records: readonly HeldRecord[]): number {
  const failures = isRecord(answer) ? (answer.batchItemFailures ?? []) : [];
  if (!Array.isArray(failures)) return 0;
  const positions = failures.map((failure: unknown) => {
    const identifier = isRecord(failure) ? failure.itemIdentifier : undefined;
    return records.findIndex(({ sequenceNumber }) => sequenceNumber === identifier);
  });
  return Math.max(0, Math.min(records.length, ...positions)); // one that names no record of the batch fails all of it
}
