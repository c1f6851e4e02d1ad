import { ServiceError, type Access, type Caller } from '../../service.ts';
import type { Queue } from '../../sqs/index.ts';
import type { QueueMappingSettings } from './settings.ts';

/** Messages of a batch that waits for no others, and of any of a FIFO queue. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
const LARGEST_AT_ONCE = 10;

/** What a function's role must be let do. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const NEEDED = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

export interface Checked {
  /** Undefined where there is none. */
  readonly queue: Queue | undefined;
  /** The function's role. */
  readonly caller: Caller;
  /** Seconds. */
  readonly functionTimeout: number;
  readonly access: Access;
}

/**
 * Asks, when a mapping is made, for what Lambda asks of a queue.
 *
 * @throws ServiceError InvalidParameterValueException
 */
export function checkQueueMapping(
  { queueArn, batchSize, batchingWindow }: QueueMappingSettings,
  { queue, caller, functionTimeout, access }: Checked,
): void {
  if (batchSize > LARGEST_AT_ONCE && batchingWindow === 0)
    throw invalid(
      `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than ${LARGEST_AT_ONCE}`,
    );
  if (batchingWindow > 0 && queueArn.endsWith('.fifo')) throw invalid('Batching window is not supported for FIFO queues');
  for (const action of NEEDED) checkRole(action, queueArn, caller, access);
  if (queue === undefined)
    throw invalid(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    );
  const visibility = queue.settings.visibilityTimeout / 1000;
  if (visibility < functionTimeout)
    throw invalid(`Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${functionTimeout} seconds`);
}

function checkRole(action: string, queueArn: string, caller: Caller, access: Access): void {
  try {
    access.check(caller, action, queueArn);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw invalid(`The function execution role does not have permissions to call ${action.slice('sqs:'.length)} on SQS`);
  }
}

const invalid = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);
