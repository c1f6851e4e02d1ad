import { ServiceError } from '../../service.ts';
import { invalidParameter } from '../errors.ts';
import type { Message } from '../message.ts';
import { chosen, md5, md5OfAttributes, writeAttributes } from '../message-attributes.ts';
import type { Received } from '../queue.ts';
import { visibilityTimeoutOf } from './handles.ts';
import type { QueueOperation } from './index.ts';
import { queueOf } from './queue-of.ts';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MOST_MESSAGES = 10;
const LONGEST_WAIT = 20;

const MEMBERS = [
  'QueueUrl',
  'AttributeNames',
  'MessageSystemAttributeNames',
  'MessageAttributeNames',
  'MaxNumberOfMessages',
  'VisibilityTimeout',
  'WaitTimeSeconds',
  'ReceiveRequestAttemptId',
];

export const receiveMessage: QueueOperation = async (queues, input, caller) => {
  input.only(MEMBERS);
  const queue = queueOf(queues, input, caller);
  if (input.has('ReceiveRequestAttemptId'))
    throw new ServiceError('NotImplemented', 'NotImplemented: sqs:ReceiveMessage with ReceiveRequestAttemptId', 501);
  const most = input.optionalNumber('MaxNumberOfMessages') ?? 1;
  if (!Number.isInteger(most) || most < 1 || most > MOST_MESSAGES)
    throw invalidParameter('MaxNumberOfMessages', most, `Must be between 1 and ${MOST_MESSAGES}, if provided.`);
  const wait = input.optionalNumber('WaitTimeSeconds');
  if (wait !== undefined && (!Number.isInteger(wait) || wait < 0 || wait > LONGEST_WAIT))
    throw invalidParameter('WaitTimeSeconds', wait, `Must be >= 0 and <= ${LONGEST_WAIT}, if provided.`);
  const received = await queues.receive(caller, queue, {
    most,
    visibilityTimeout: visibilityTimeoutOf(input),
    waitTime: wait === undefined ? queue.settings.waitTime : wait * 1000,
  });
  if (received.length === 0) return {};
  const asked = [...input.texts('AttributeNames'), ...input.texts('MessageSystemAttributeNames')];
  const named = input.texts('MessageAttributeNames');
  return { Messages: received.map((one) => written(one, asked, named)) };
};

function written({ message, handle }: Received, asked: readonly string[], named: readonly string[]): object {
  const system = Object.entries(systemAttributesOf(message)).filter(([name]) => asked.includes('All') || asked.includes(name));
  const attributes = chosen(message.attributes, named);
  return {
    MessageId: message.id,
    ReceiptHandle: handle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(attributes.size > 0 && {
      MD5OfMessageAttributes: md5OfAttributes(attributes),
      MessageAttributes: writeAttributes(attributes),
    }),
  };
}

/** What SQS itself says of a message. */
export function systemAttributesOf(message: Message): Readonly<Record<string, string>> {
  const { groupId, deduplicationId, sequenceNumber, traceHeader, deadLetterSource } = message;
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sent),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceived ?? 0),
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(traceHeader !== undefined && { AWSTraceHeader: traceHeader }),
    ...(deadLetterSource !== undefined && { DeadLetterQueueSourceArn: deadLetterSource }),
  };
}
