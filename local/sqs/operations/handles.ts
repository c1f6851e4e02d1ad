import type { Members } from '../../input.ts';
import { invalidParameter, missing } from '../errors.ts';
import { each, entriesOf } from './batch.ts';
import type { QueueOperation } from './index.ts';
import { queueOf, required } from './queue-of.ts';

/** Seconds. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
const LONGEST_TIMEOUT = 43_200;

/** Milliseconds; undefined if absent. @throws ServiceError InvalidParameterValueException */
export function visibilityTimeoutOf(input: Members): number | undefined {
  const timeout = input.optionalNumber('VisibilityTimeout');
  if (timeout === undefined) return undefined;
  if (Number.isInteger(timeout) && timeout >= 0 && timeout <= LONGEST_TIMEOUT) return timeout * 1000;
  throw invalidParameter('VisibilityTimeout', timeout, `Must be >= 0 and <= ${LONGEST_TIMEOUT}, if provided.`);
}

function neededTimeout(input: Members): number {
  const timeout = visibilityTimeoutOf(input);
  if (timeout === undefined) throw missing('VisibilityTimeout');
  return timeout;
}

export const deleteMessage: QueueOperation = (queues, input, caller) => {
  const queue = queueOf(queues, input.only(['QueueUrl', 'ReceiptHandle']), caller);
  queues.delete(caller, queue, required(input, 'ReceiptHandle'));
  return {};
};

export const deleteMessageBatch: QueueOperation = (queues, input, caller) => {
  const queue = queueOf(queues, input.only(['QueueUrl', 'Entries']), caller, 'sqs:DeleteMessage');
  return each(entriesOf(input), (entry) => {
    queues.delete(caller, queue, required(entry.only(['Id', 'ReceiptHandle']), 'ReceiptHandle'));
    return {};
  });
};

export const changeVisibility: QueueOperation = (queues, input, caller) => {
  input.only(['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout']);
  const queue = queueOf(queues, input, caller, 'sqs:ChangeMessageVisibility');
  queue.changeVisibility(required(input, 'ReceiptHandle'), neededTimeout(input));
  return {};
};

export const changeVisibilityBatch: QueueOperation = (queues, input, caller) => {
  const queue = queueOf(queues, input.only(['QueueUrl', 'Entries']), caller, 'sqs:ChangeMessageVisibility');
  return each(entriesOf(input), (entry) => {
    entry.only(['Id', 'ReceiptHandle', 'VisibilityTimeout']);
    queue.changeVisibility(required(entry, 'ReceiptHandle'), neededTimeout(entry));
    return {};
  });
};
