import type { Members } from '../../input.ts';
import { ServiceError } from '../../service.ts';
import { invalidParameter, invalidValue } from '../errors.ts';
import { handleOf, MOST_LISTED, type MoveTask } from '../move-tasks.ts';
import type { Queue } from '../queue.ts';
import type { Queues } from '../queues.ts';
import type { QueueOperation } from './index.ts';
import { required } from './queue-of.ts';

/** Messages a second. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
const FASTEST = 500;

/** What a task does as its caller. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html */
const OF_SOURCE = ['sqs:StartMessageMoveTask', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

export const startMoveTask: QueueOperation = (queues, input, caller) => {
  input.only(['SourceArn', 'DestinationArn', 'MaxNumberOfMessagesPerSecond']);
  const source = byArn(queues, input, 'SourceArn');
  for (const action of OF_SOURCE) queues.check(caller, action, source.arn);
  const destination = input.has('DestinationArn') ? byArn(queues, input, 'DestinationArn') : undefined;
  const sources = queues.sourcesOf(source);
  if (sources.length === 0) throw invalidValue('Source queue must be configured as a Dead Letter Queue.');
  if (destination === source) throw invalidValue('Source queue arn and destination queue arn cannot be the same.');
  if (destination !== undefined && destination.isFifo !== source.isFifo)
    throw invalidValue('The source queue and destination queue must be of the same queue type.');
  for (const target of destination === undefined ? sources : [destination]) {
    queues.check(caller, 'sqs:SendMessage', target.arn);
    queues.useKeys(caller, source, target);
  }
  const rate = input.optionalNumber('MaxNumberOfMessagesPerSecond');
  if (rate !== undefined && (!Number.isInteger(rate) || rate < 1 || rate > FASTEST))
    throw invalidParameter('MaxNumberOfMessagesPerSecond', rate, `Must be between 1 and ${FASTEST}, if provided.`);
  return { TaskHandle: handleOf(queues.moves.start(caller, source, destination?.arn, rate)) };
};

export const listMoveTasks: QueueOperation = (queues, input, caller) => {
  input.only(['SourceArn', 'MaxResults']);
  const source = byArn(queues, input, 'SourceArn');
  queues.check(caller, 'sqs:ListMessageMoveTasks', source.arn);
  const most = input.optionalNumber('MaxResults') ?? 1;
  if (!Number.isInteger(most) || most < 1 || most > MOST_LISTED)
    throw invalidParameter('MaxResults', most, `Must be between 1 and ${MOST_LISTED}, if provided.`);
  return { Results: queues.moves.of(source.arn).slice(0, most).map(describe) };
};

export const cancelMoveTask: QueueOperation = (queues, input, caller) => {
  const task = queues.moves.toCancel(required(input.only(['TaskHandle']), 'TaskHandle'));
  queues.check(caller, 'sqs:CancelMessageMoveTask', task.sourceArn);
  queues.moves.cancel(task);
  return { ApproximateNumberOfMessagesMoved: task.moved };
};

function byArn(queues: Queues, input: Members, parameter: 'SourceArn' | 'DestinationArn'): Queue {
  const arn = required(input, parameter);
  if (arn.split(':').length !== 6)
    throw invalidValue(
      `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
    );
  const queue = queues.find(arn);
  if (queue !== undefined) return queue;
  throw new ServiceError(
    'ResourceNotFoundException',
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
    404,
  );
}

/** Its handle is told for as long as it can be cancelled. */
const describe = (task: MoveTask): object => ({
  ...(task.status === 'RUNNING' && { TaskHandle: handleOf(task) }),
  Status: task.status,
  SourceArn: task.sourceArn,
  ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
  ...(task.rate !== undefined && { MaxNumberOfMessagesPerSecond: task.rate }),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  ...(task.failure !== undefined && { FailureReason: task.failure }),
  StartedTimestamp: task.started,
});
