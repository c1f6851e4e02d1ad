import type { Received } from '../../sqs/index.ts';
import { md5, md5OfAttributes, type MessageAttribute } from '../../sqs/message-attributes.ts';
import { systemAttributesOf } from '../../sqs/operations/receive.ts';
import { lengthOf } from '../lineage.ts';

/** One of `Records`, as a function sees it. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface MessageEvent {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, object>>;
  /** Of a message without attributes null where batches wait for others, and absent where they do not. */
  readonly md5OfMessageAttributes?: string | null;
  readonly md5OfBody: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

/** A message that was received and is not yet processed. */
export interface HeldMessage {
  readonly received: Received;
  /** Milliseconds since the epoch, simulated. */
  readonly receivedAt: number;
  readonly event: MessageEvent;
  /** Of the event's JSON, with the comma behind it. */
  readonly bytes: number;
  /** How many invocations of one chain led to the message. */
  readonly chain: number;
}

export function holdMessage(
  received: Received,
  { queueArn, receivedAt, hasWindow }: { readonly queueArn: string; readonly receivedAt: number; readonly hasWindow: boolean },
): HeldMessage {
  const { message, handle } = received;
  const sum = md5OfAttributes(message.attributes) ?? (hasWindow ? null : undefined);
  const event: MessageEvent = {
    messageId: message.id,
    receiptHandle: handle,
    body: message.body,
    attributes: systemAttributesOf(message),
    messageAttributes: Object.fromEntries([...message.attributes].map(([name, attribute]) => [name, written(attribute)])),
    ...(sum !== undefined && { md5OfMessageAttributes: sum }),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
  const bytes = Buffer.byteLength(JSON.stringify(event)) + 1;
  return { received, receivedAt, event, bytes, chain: lengthOf(message.traceHeader) };
}

const written = ({ dataType, value }: MessageAttribute): object => ({
  ...(typeof value === 'string' ? { stringValue: value } : { binaryValue: value.toString('base64') }),
  stringListValues: [],
  binaryListValues: [],
  dataType,
});
