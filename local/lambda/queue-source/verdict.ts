import { isRecord } from '../../input.ts';
import type { Outcome } from '../function-thread.ts';
import type { HeldMessage } from './message-event.ts';

/**
 * The messages of a batch that are done, by what the function answered: the others come again.
 *
 * @param reportsItems Whether the answer may say which messages failed. Where not, it says nothing.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function processedOf(outcome: Outcome, batch: readonly HeldMessage[], reportsItems: boolean): readonly HeldMessage[] {
  if ('errorType' in outcome) return [];
  if (!reportsItems) return batch;
  const failed = failedIn(JSON.parse(outcome.answer));
  const ids = new Set<unknown>(batch.map(({ event }) => event.messageId));
  if (failed?.every((id) => ids.has(id)) !== true) return [];
  return batch.filter(({ event }) => !failed.includes(event.messageId));
}

/** What an answer lists as failed; undefined for one that is malformed. */
function failedIn(answer: unknown): readonly unknown[] | undefined {
  if (answer === null) return [];
  if (!isRecord(answer)) return undefined;
  const failures = answer.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return undefined;
  return failures.map((failure: unknown) => (isRecord(failure) ? failure.itemIdentifier : undefined));
}
