import { ServiceError } from '../../service.ts';
import { missing } from '../errors.ts';
import { describeAttributes, SETTABLE } from '../queue-attributes.ts';
import type { Queue } from '../queue.ts';
import type { QueueOperation } from './index.ts';
import { page } from './page.ts';
import { queueOf, required } from './queue-of.ts';
import { readTags } from './tags.ts';

/** Attributes that a queue has of itself. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
const OWN = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'FifoQueue',
  'LastModifiedTimestamp',
  'QueueArn',
];
const ALL = 'All';

/** Milliseconds between two purges. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
const BETWEEN_PURGES = 60_000;

export const createQueue: QueueOperation = (queues, input, caller) => {
  input.only(['QueueName', 'Attributes', 'tags']);
  const name = required(input, 'QueueName');
  queues.check(caller, 'sqs:CreateQueue', queues.arnOf(name));
  const tags = readTags(input, 'tags');
  if (tags.length > 0) queues.check(caller, 'sqs:TagQueue', queues.arnOf(name));
  const queue = queues.create(name, input.textMap('Attributes'));
  for (const [key, value] of tags) queue.tags.set(key, value);
  return { QueueUrl: queues.urlOf(queue) };
};

export const deleteQueue: QueueOperation = (queues, input, caller) => {
  queues.remove(queueOf(queues, input.only(['QueueUrl']), caller, 'sqs:DeleteQueue'));
  return {};
};

export const getQueueUrl: QueueOperation = (queues, input, caller) => {
  input.only(['QueueName', 'QueueOwnerAWSAccountId']);
  const name = required(input, 'QueueName');
  const account = input.optionalText('QueueOwnerAWSAccountId') ?? queues.parts.accountId;
  queues.check(caller, 'sqs:GetQueueUrl', queues.arnOf(name));
  return { QueueUrl: queues.urlOf(queues.byUrl(`/${account}/${name}`)) };
};

/** In the order of their names. */
export const listQueues: QueueOperation = (queues, input, caller) => {
  input.only(['QueueNamePrefix', 'MaxResults', 'NextToken']);
  queues.check(caller, 'sqs:ListQueues', '*'); // it has no resource type in IAM
  const prefix = input.optionalText('QueueNamePrefix') ?? '';
  const urls = queues.all().flatMap((queue) => (queue.name.startsWith(prefix) ? [queues.urlOf(queue)] : []));
  const { items, next } = page(urls, input);
  return { ...(items.length > 0 && { QueueUrls: items }), ...next };
};

export const listDeadLetterSources: QueueOperation = (queues, input, caller) => {
  input.only(['QueueUrl', 'MaxResults', 'NextToken']);
  const queue = queueOf(queues, input, caller, 'sqs:ListDeadLetterSourceQueues');
  const { items, next } = page(
    queues.sourcesOf(queue).map((source) => queues.urlOf(source)),
    input,
  );
  return { queueUrls: items, ...next };
};

export const getQueueAttributes: QueueOperation = (queues, input, caller) => {
  input.only(['QueueUrl', 'AttributeNames']);
  const queue = queueOf(queues, input, caller, 'sqs:GetQueueAttributes');
  const asked = input.texts('AttributeNames');
  const all = allAttributes(queue);
  const unknown = asked.find((name) => ![ALL, ...OWN, ...SETTABLE].includes(name));
  if (unknown !== undefined) throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const found = Object.entries(all).filter(([name]) => asked.includes(ALL) || asked.includes(name));
  return found.length === 0 ? {} : { Attributes: Object.fromEntries(found) };
};

export const setQueueAttributes: QueueOperation = (queues, input, caller) => {
  input.only(['QueueUrl', 'Attributes']);
  const queue = queueOf(queues, input, caller, 'sqs:SetQueueAttributes');
  if (!input.has('Attributes')) throw missing('Attribute.Name');
  queues.setAttributes(queue, input.textMap('Attributes'));
  return {};
};

export const purgeQueue: QueueOperation = (queues, input, caller) => {
  const queue = queueOf(queues, input.only(['QueueUrl']), caller, 'sqs:PurgeQueue');
  if (queue.purged !== undefined && queues.parts.clock.now() < queue.purged + BETWEEN_PURGES)
    throw new ServiceError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      403,
    );
  queue.purge();
  return {};
};

const seconds = (time: number): string => String(Math.floor(time / 1000));

function allAttributes(queue: Queue): Readonly<Record<string, string>> {
  const { visible, inFlight, delayed } = queue.counts();
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(queue.created),
    LastModifiedTimestamp: seconds(queue.modified),
    ...describeAttributes(queue.texts, queue.isFifo),
  };
}
