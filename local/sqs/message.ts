import type { MessageAttributes } from './message-attributes.ts';

/** What is sent: what a queue makes of it is a {@link Message}. */
export interface Sent {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Unique id of who sent it, as AWS writes it: `AROA…:session`. */
  readonly senderId: string;
  /** Milliseconds until it can be received. @default - the queue's own delay */
  readonly delay?: number;
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/** A message in a queue. Times are milliseconds since the epoch, simulated. */
export interface Message extends Omit<Sent, 'delay'> {
  readonly id: string;
  /** When it was first sent to any queue: it is kept from then on, in a standard dead-letter queue too. */
  readonly sent: number;
  /** Of a FIFO queue: its place among all messages, 20 digits. */
  readonly sequenceNumber?: string | undefined;
  /** ARN of the queue from which it came here as a dead letter. */
  readonly deadLetterSource?: string | undefined;
  /** From when on it can be received. */
  visibleAt: number;
  /** How often it was received, in queues from which it was moved here too. */
  receives: number;
  /** How often in such queues. */
  readonly receivesElsewhere: number;
  /** Undefined where it was never received. */
  firstReceived: number | undefined;
  /** When it was received last; 0 where it was never. */
  lastReceived: number;
  /** Tells the latest receipt from earlier ones. */
  receipt: string | undefined;
}
