import type { TakenNotice } from './notice.ts';

/** Who is told what a topic is told. */
export interface Subscription {
  readonly arn: string;
  /** `lambda`, `sqs`, `email`…: it says how notices are handed over. */
  readonly protocol: string;
  /** The ARN or the address of who subscribes. */
  readonly endpoint: string;
  /** Whether the message goes alone, without what is told of it. @default false */
  readonly isRaw?: boolean;
  /** ARN of the queue that gets what whoever subscribes refuses. @default - nobody does */
  readonly deadLetterArn?: string | undefined;
  /** Which notices are meant. @default - all */
  readonly accepts?: ((notice: TakenNotice) => boolean) | undefined;
  /** What GetSubscriptionAttributes says of it besides: `FilterPolicy`, as JSON. @default - nothing */
  readonly described?: Readonly<Record<string, string>>;
}

/**
 * Hands a notice over to who subscribes; its message is the one for the subscription's protocol.
 *
 * @throws ServiceError where that refuses
 */
export type Deliver = (notice: TakenNotice, subscription: Subscription) => void;

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const PROTOCOLS = ['application', 'email', 'email-json', 'firehose', 'http', 'https', 'lambda', 'sms', 'sqs'];

export const isProtocol = (protocol: string): boolean => PROTOCOLS.includes(protocol);

/** Whether who subscribes has to confirm it, which nobody does here. @see https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
export const isPending = ({ protocol }: Subscription): boolean => /^(email|http)/.test(protocol);
