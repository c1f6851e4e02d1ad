import type { Members } from '../../input.ts';
import { invalidValue } from '../errors.ts';
import type { QueueOperation } from './index.ts';
import { queueOf } from './queue-of.ts';

/** Characters. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html */
const LONGEST_KEY = 128;

/** @throws ServiceError InvalidParameterValueException */
export function readTags(input: Members, member: 'Tags' | 'tags'): readonly (readonly [string, string])[] {
  const tags = Object.entries(input.textMap(member));
  if (tags.some(([key]) => key === '' || key.length > LONGEST_KEY))
    throw invalidValue(`Tag keys must be between 1 and ${LONGEST_KEY} characters in length.`);
  return tags;
}

export const listQueueTags: QueueOperation = (queues, input, caller) => {
  const { tags } = queueOf(queues, input.only(['QueueUrl']), caller, 'sqs:ListQueueTags');
  return tags.size === 0 ? {} : { Tags: Object.fromEntries(tags) };
};

export const tagQueue: QueueOperation = (queues, input, caller) => {
  const { tags } = queueOf(queues, input.only(['QueueUrl', 'Tags']), caller, 'sqs:TagQueue');
  for (const [key, value] of readTags(input, 'Tags')) tags.set(key, value);
  return {};
};

export const untagQueue: QueueOperation = (queues, input, caller) => {
  const { tags } = queueOf(queues, input.only(['QueueUrl', 'TagKeys']), caller, 'sqs:UntagQueue');
  for (const key of input.texts('TagKeys')) tags.delete(key);
  return {};
};
