import { ServiceError } from '../service.ts';
import { bytesOf, type MessageAttributes } from './message-attributes.ts';

/** A notice that a topic would send to those who subscribe. */
export interface Notice {
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** What is told of it besides. @default - nothing */
  readonly attributes?: MessageAttributes;
  /** Whether the message is JSON that holds one for each protocol. @default false */
  readonly isStructured?: boolean;
  /** Notices of one group come to a queue in their order. @default - none */
  readonly groupId?: string | undefined;
  /** Of two notices with one id a FIFO topic takes the first. @default - the sum of its message, where the topic goes by that */
  readonly deduplicationId?: string | undefined;
  /** Whether the message holds what a client sent: it is then no line for people. @default false */
  readonly holdsData?: boolean;
}

/** A notice as SNS has taken it. */
export interface TakenNotice extends Notice {
  readonly messageId: string;
  /** Of a FIFO topic: its place among all notices. */
  readonly sequenceNumber?: string;
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
  /** Of the topic. @default '1' */
  readonly signatureVersion?: string;
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const LONGEST_SUBJECT = 100;
/** Bytes of a message with its attributes, and of all messages of a batch together. @see https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html */
export const MOST_BYTES = 256 * 1024;

export const invalidParameter = (words: string): ServiceError =>
  new ServiceError('InvalidParameterException', `Invalid parameter: ${words}`);

/** What a notice counts, in bytes. */
export const lengthOf = ({ message, attributes = new Map() }: Pick<Notice, 'message' | 'attributes'>): number =>
  Buffer.byteLength(message) + bytesOf(attributes);

/** @throws ServiceError InvalidParameterException */
export function checkNotice(notice: Notice): void {
  const { subject, message, isStructured = false } = notice;
  if (message === '') throw invalidParameter('Empty message');
  if (lengthOf(notice) > MOST_BYTES) throw invalidParameter('Message too long');
  if (subject !== undefined && (subject === '' || subject.length > LONGEST_SUBJECT)) throw invalidParameter('Subject');
  if (isStructured) messagesOf(message);
}

/** The message for a protocol. */
export function messageFor({ message, isStructured = false }: Notice, protocol: string): string {
  if (!isStructured) return message;
  const messages = messagesOf(message);
  return messages.get(protocol) ?? messages.get('default') ?? message;
}

/** The texts of a message that holds one for each protocol. @throws ServiceError InvalidParameterException */
function messagesOf(message: string): ReadonlyMap<string, string> {
  const messages = new Map(
    Object.entries(parse(message)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  if (!messages.has('default')) throw invalidParameter('Message Structure - No default entry in JSON message body');
  return messages;
}

function parse(message: string): object {
  const failed = (): ServiceError => invalidParameter('Message Structure - JSON message body failed to parse');
  try {
    const value: unknown = JSON.parse(message);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    throw failed(); // the parser's own words would quote the message
  }
  throw failed();
}
