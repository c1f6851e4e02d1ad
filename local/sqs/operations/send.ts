import type { Members } from '../../input.ts';
import { ServiceError } from '../../service.ts';
import { invalidParameter, invalidValue, missing } from '../errors.ts';
import type { Sent } from '../message.ts';
import { bytesOf, checkCharacters, md5, md5OfAttributes, readAttributes, type MessageAttributes } from '../message-attributes.ts';
import type { Queue } from '../queue.ts';
import { each, entriesOf } from './batch.ts';
import type { QueueOperation } from './index.ts';
import { queueOf, required } from './queue-of.ts';

/** Seconds. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const LONGEST_DELAY = 900;
/** Bytes of all messages of a batch. */
const LARGEST_BATCH = 1_048_576;

/** Ids of groups and of deduplication. */
const ID = /^[\w!"#$%&'()*+,./:;<=>?@[\\\]^`{|}~-]{1,128}$/;

const MEMBERS = [
  'MessageBody',
  'DelaySeconds',
  'MessageAttributes',
  'MessageSystemAttributes',
  'MessageDeduplicationId',
  'MessageGroupId',
];

/** What SQS calls a trace. */
const TRACE = 'AWSTraceHeader';

type Asked = Omit<Sent, 'senderId'>;

export const sendMessage: QueueOperation = (queues, input, caller) => {
  const queue = queueOf(queues, input.only(['QueueUrl', ...MEMBERS]), caller);
  return send(input, queue, (message) => queues.send(caller, queue.arn, message));
};

export const sendMessageBatch: QueueOperation = (queues, input, caller) => {
  const queue = queueOf(queues, input.only(['QueueUrl', 'Entries']), caller, 'sqs:SendMessage');
  const entries = entriesOf(input);
  const bytes = entries.reduce((sum, entry) => sum + bytesAsked(entry), 0);
  if (bytes > LARGEST_BATCH)
    throw new ServiceError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${LARGEST_BATCH} bytes. You have sent ${bytes} bytes.`,
    );
  for (const entry of entries) checkFifo(entry, queue, invalidValue);
  return each(entries, (entry) =>
    send(entry.only(['Id', ...MEMBERS]), queue, (message) => queues.send(caller, queue.arn, message, 'cannot be validated')),
  );
};

/** Bytes of an entry; of one with attributes that cannot be read those of its body, for it is refused by itself. */
function bytesAsked(entry: Members): number {
  const body = Buffer.byteLength(entry.optionalText('MessageBody') ?? '');
  try {
    return body + bytesOf(readAttributes(entry.optionalObject('MessageAttributes')));
  } catch (error) {
    if (error instanceof ServiceError) return body;
    throw error;
  }
}

function send(input: Members, queue: Queue, give: (message: Asked) => ReturnType<Queue['send']>): object {
  const system = readSystem(input.optionalObject('MessageSystemAttributes'));
  const message = readMessage(input, queue, system);
  const { id, sequenceNumber } = give(message);
  const [ofUser, ofSystem] = [md5OfAttributes(message.attributes), md5OfAttributes(system)];
  return {
    MessageId: id,
    MD5OfMessageBody: md5(message.body),
    ...(ofUser !== undefined && { MD5OfMessageAttributes: ofUser }),
    ...(ofSystem !== undefined && { MD5OfMessageSystemAttributes: ofSystem }),
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
  };
}

function readMessage(input: Members, queue: Queue, system: MessageAttributes): Asked {
  const body = required(input, 'MessageBody');
  checkCharacters(body);
  checkFifo(input, queue, (message) => new ServiceError('MissingRequiredParameterException', message));
  const trace = system.get(TRACE)?.value;
  return {
    body,
    attributes: readAttributes(input.optionalObject('MessageAttributes')),
    ...(typeof trace === 'string' && { traceHeader: trace }),
    groupId: idOf(input, 'MessageGroupId'),
    deduplicationId: idOf(input, 'MessageDeduplicationId'),
    ...delayOf(input, queue),
  };
}

/** @param withoutGroup What a batch is refused with, and a message by itself */
function checkFifo(input: Members, queue: Queue, withoutGroup: (message: string) => ServiceError): void {
  if (!queue.isFifo) return;
  if (!input.has('MessageGroupId')) throw withoutGroup(missing('MessageGroupId').message);
  if (!input.has('MessageDeduplicationId') && !queue.settings.isContentDeduplicated)
    throw invalidValue(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
}

function idOf(input: Members, name: 'MessageGroupId' | 'MessageDeduplicationId'): string | undefined {
  const id = input.optionalText(name);
  if (id === undefined || ID.test(id)) return id;
  throw invalidParameter(name, id, `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`);
}

/** A message of a FIFO queue has no delay of its own. */
function delayOf(input: Members, { isFifo }: Queue): { readonly delay?: number } {
  const delay = input.optionalNumber('DelaySeconds');
  if (delay === undefined || (isFifo && delay === 0)) return {};
  if (isFifo)
    throw invalidParameter('DelaySeconds', delay, 'The request include parameter that is not valid for this queue type.');
  if (!Number.isInteger(delay) || delay < 0 || delay > LONGEST_DELAY)
    throw invalidParameter('DelaySeconds', delay, `DelaySeconds must be >= 0 and <= ${LONGEST_DELAY}.`);
  return { delay: delay * 1000 };
}

/** What a sender says for SQS itself: the trace alone. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-message-system-attributes */
function readSystem(input: Members | undefined): MessageAttributes {
  const stranger = (input?.names() ?? []).find((name) => name !== TRACE);
  if (stranger !== undefined) throw invalidValue(`Message (system) attribute name '${stranger}' is not known here.`);
  const attributes = readAttributes(input, 'system');
  if (attributes.size > 0 && attributes.get(TRACE)?.dataType !== 'String')
    throw invalidValue(`Message (system) attribute '${TRACE}' must be of type 'String'.`);
  return attributes;
}
