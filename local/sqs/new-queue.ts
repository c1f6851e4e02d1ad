import { ServiceError } from '../service.ts';
import { invalidParameter } from './errors.ts';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const NAME = /^[\w-]{1,80}$/;
const FIFO_NAME = /^[\w-]{1,75}\.fifo$/;

/** What a new queue is: FIFO or standard, and its attributes beside that. */
export interface NewQueue {
  readonly isFifo: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** @throws ServiceError InvalidParameterValueException, InvalidAttributeName */
export function readNewQueue(name: string, { FifoQueue, ...attributes }: Readonly<Record<string, string>>): NewQueue {
  const isFifo = FifoQueue?.toLowerCase() === 'true';
  if (FifoQueue !== undefined && !isFifo) throw new ServiceError('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
  if (isFifo && !FIFO_NAME.test(name))
    throw invalidParameter(
      'QueueName',
      name,
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  if (!isFifo && !NAME.test(name))
    throw invalidParameter(
      'QueueName',
      name,
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  return { isFifo, attributes };
}
