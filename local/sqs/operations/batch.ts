import type { Members } from '../../input.ts';
import { ServiceError } from '../../service.ts';
import { queryCode } from '../errors.ts';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MOST = 10;
const ID = /^[\w-]{1,80}$/;

/** The entries of a batch. @throws ServiceError EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
export function entriesOf(input: Members): readonly Members[] {
  const entries = input.objects('Entries');
  if (entries.length === 0) throw new ServiceError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > MOST)
    throw new ServiceError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST}. You have sent ${entries.length}.`,
    );
  const ids = entries.map((entry) => entry.optionalText('Id') ?? '');
  if (ids.some((id) => !ID.test(id)))
    throw new ServiceError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new ServiceError('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
  return entries;
}

/** Does each entry by itself: what one is refused with is answered beside what others come to. */
export function each(entries: readonly Members[], act: (entry: Members) => object): object {
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    const Id = entry.text('Id');
    try {
      successful.push({ Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      failed.push({ Id, SenderFault: error.status < 500, Code: queryCode(error.code), Message: error.message });
    }
  }
  return { ...(successful.length > 0 && { Successful: successful }), ...(failed.length > 0 && { Failed: failed }) };
}
