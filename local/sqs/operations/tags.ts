import type { QueueOperation } from './index.ts';
import { queueOf } from './queue-of.ts';

export const listQueueTags: QueueOperation = (queues, input, caller) => {
  const { tags } = queueOf(queues, input.only(['QueueUrl']), caller, 'sqs:ListQueueTags');
  return tags.size === 0 ? {} : { Tags: Object.fromEntries(tags) };
};

export const tagQueue: QueueOperation = (queues, input, caller) => {
  const { tags } = queueOf(queues, input.only(['QueueUrl', 'Tags']), caller, 'sqs:TagQueue');
  for (const [key, value] of Object.entries(input.textMap('Tags'))) tags.set(key, value);
  return {};
};

export const untagQueue: QueueOperation = (queues, input, caller) => {
  const { tags } = queueOf(queues, input.only(['QueueUrl', 'TagKeys']), caller, 'sqs:UntagQueue');
  for (const key of input.texts('TagKeys')) tags.delete(key);
  return {};
};
