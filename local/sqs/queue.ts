import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import { ServiceError } from '../service.ts';
import { invalidParameter } from './errors.ts';
import { Deduplication, type Known } from './deduplication.ts';
import { HeldMessages, type Counts } from './held-messages.ts';
import type { Message, Sent } from './message.ts';
import { sha256 } from './message-attributes.ts';
import { settingsOf, withAttributes, type AttributeTexts, type QueueSettings } from './queue-attributes.ts';
import { readHandle, writeHandle } from './receipt-handle.ts';

/** Milliseconds from the first of several receivings, for which a message may be hidden in all. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
const LONGEST_HIDDEN = 43_200_000;

/** Messages of a standard queue that may be received and not yet deleted. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MOST_IN_FLIGHT = 120_000;

/** The first number of a sequence: they have 20 digits. */
const FIRST_NUMBER = 18_800_000_000_000_000_000n;

export interface QueueProps {
  readonly name: string;
  readonly arn: string;
  readonly clock: SimulatedClock;
  readonly texts: AttributeTexts;
  /** Takes a message that was received too often; false where it cannot be taken, and stays. */
  readonly bury: (message: Message, from: Queue) => boolean;
}

/** A message that was received, and what its receiver shows to delete it. */
export interface Received {
  readonly message: Message;
  readonly handle: string;
}

/** One queue: messages in the order of their sending, of which some are hidden. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly tags = new Map<string, string>();
  readonly deduplication = new Deduplication();
  /** Milliseconds since the epoch, simulated. */
  created: number;
  modified: number;
  /** When it was purged last; undefined where it never was. */
  purged: number | undefined;
  /** How many sequence numbers it has given. */
  numbered = 0;
  private attributes: AttributeTexts;
  private read: QueueSettings;
  private readonly messages: HeldMessages;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly props: QueueProps) {
    this.name = props.name;
    this.arn = props.arn;
    this.isFifo = props.name.endsWith('.fifo');
    this.attributes = props.texts;
    this.read = settingsOf(props.texts, this.isFifo);
    this.messages = new HeldMessages(props.clock, this.isFifo, () => this.read.retention);
    this.created = props.clock.now();
    this.modified = this.created;
  }

  get texts(): AttributeTexts {
    return this.attributes;
  }

  get settings(): QueueSettings {
    return this.read;
  }

  /** @throws ServiceError InvalidAttributeName, InvalidAttributeValue, InvalidParameterValueException */
  setAttributes(changes: Readonly<Record<string, string>>): void {
    this.attributes = withAttributes(this.attributes, changes, this.isFifo);
    this.read = settingsOf(this.attributes, this.isFifo);
    this.modified = this.now;
  }

  /** Hears whenever there may be more to receive, or there may be sooner. @returns Ends that */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes a message, or knows it again: what is answered is then the first one's. */
  send(sent: Sent): Omit<Known, 'until'> | { readonly id: string; readonly sequenceNumber?: undefined } {
    const { now } = this;
    const { delay = this.read.delay, ...message } = sent;
    if (!this.isFifo) return this.add({ ...message, id: randomUUID(), sent: now, ...FRESH, visibleAt: now + delay });
    const deduplicationId = message.deduplicationId ?? sha256(message.body);
    const group = this.read.deduplicatesGroups ? message.groupId : undefined;
    const known = this.deduplication.find(now, deduplicationId, group);
    if (known !== undefined) return known;
    const answered = { id: randomUUID(), sequenceNumber: this.nextNumber() };
    this.deduplication.add(now, deduplicationId, group, answered);
    this.add({ ...message, ...answered, deduplicationId, sent: now, ...FRESH, visibleAt: now + this.read.delay });
    return answered;
  }

  /** Takes a message of another queue, at once visible. */
  accept(message: Message): void {
    const { isFifo, now } = this;
    const fifo = isFifo ? { sequenceNumber: this.nextNumber(), sent: now } : {};
    this.add({ ...message, ...fifo, receivesElsewhere: message.receives, visibleAt: now, receipt: undefined });
  }

  /** Puts back what an earlier process had. */
  restore(messages: Iterable<Message>): void {
    for (const message of messages) this.add(message);
  }

  /**
   * Receives messages and hides them.
   *
   * @param visibilityTimeout Milliseconds. @default - the queue's own
   * @throws ServiceError OverLimit
   */
  receive(most: number, visibilityTimeout = this.read.visibilityTimeout): readonly Received[] {
    const mayBeFull = !this.isFifo && this.messages.size >= MOST_IN_FLIGHT; // counting takes time
    if (mayBeFull && this.counts().inFlight >= MOST_IN_FLIGHT)
      throw new ServiceError('OverLimit', `Too many messages in flight: ${MOST_IN_FLIGHT} at most`, 403);
    const received: Received[] = [];
    for (const message of this.messages.visible()) {
      if (received.length === most) break;
      if (this.isDead(message) && this.props.bury(message, this)) this.remove(message);
      else received.push(this.handOut(message, visibilityTimeout));
    }
    this.messages.haveBeenServed(received.map(({ message }) => message.groupId));
    return received;
  }

  /** Whether something can be received now. */
  get hasVisible(): boolean {
    return this.messages.visible().next().done !== true;
  }

  /** When the next hidden message can be received again, if nobody deletes it; undefined where none is hidden. */
  get nextVisible(): number | undefined {
    return this.messages.nextVisible;
  }

  /** @throws ServiceError ReceiptHandleIsInvalid; of a FIFO queue InvalidParameterValueException once another may receive the message */
  delete(handle: string): void {
    const { messageId, receipt } = readHandle(handle, this.arn);
    const message = this.messages.get(messageId);
    if (message === undefined) return;
    if (this.isFifo && (message.receipt !== receipt || message.visibleAt <= this.now))
      throw invalidParameter('ReceiptHandle', handle, 'The receipt handle has expired.');
    if (message.receipt !== receipt) return; // it succeeds, and deletes nothing
    this.remove(message);
    this.changed();
  }

  /**
   * @param timeout Milliseconds from now
   * @throws ServiceError ReceiptHandleIsInvalid, InvalidParameterValueException
   */
  changeVisibility(handle: string, timeout: number): void {
    const { messageId, receipt } = readHandle(handle, this.arn);
    const message = this.messages.get(messageId);
    const { now } = this;
    if (message === undefined || (this.isFifo && message.visibleAt <= now))
      throw invalidParameter(
        'ReceiptHandle',
        handle,
        'Message does not exist or is not available for visibility timeout change.',
      );
    if (message.visibleAt <= now || (this.isFifo && message.receipt !== receipt)) return; // of a standard queue any receipt will do
    if (now + timeout - message.lastReceived > LONGEST_HIDDEN)
      throw invalidParameter(
        'VisibilityTimeout',
        timeout / 1000,
        'Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
      );
    message.visibleAt = now + timeout;
    this.changed();
  }

  /** Undoes a receiving of which nothing came. */
  giveBack({ message: { id }, handle }: Received): void {
    const message = this.messages.get(id);
    if (message === undefined || message.receipt !== readHandle(handle, this.arn).receipt) return;
    message.receives -= 1;
    if (message.receives === 0) message.firstReceived = undefined;
    message.visibleAt = this.now;
    this.changed();
  }

  /** Lets those who listen hear that the queue is no more. */
  end(): void {
    this.changed();
  }

  /** Deletes all messages, and knows none of them again. */
  purge(): void {
    for (const message of this.messages.all()) this.remove(message);
    this.deduplication.clear();
    this.purged = this.now;
  }

  /** The first message that can be received; it stays where it is. */
  first(): Message | undefined {
    const [message] = this.messages.visible();
    return message;
  }

  remove(message: Message): void {
    this.messages.remove(message);
  }

  counts(): Counts {
    return this.messages.counts();
  }

  /** When the oldest message was sent; undefined for an empty queue. */
  get oldest(): number | undefined {
    return this.messages.oldest;
  }

  /** Every message: what is restored in this order is received in it. */
  all(): readonly Message[] {
    return this.messages.all();
  }

  private get now(): number {
    return this.props.clock.now();
  }

  private nextNumber(): string {
    this.numbered += 1;
    return String(FIRST_NUMBER + BigInt(this.numbered) * 256n);
  }

  private add(message: Message): { readonly id: string } {
    this.messages.add(message);
    this.changed();
    return { id: message.id };
  }

  private isDead({ receives, receivesElsewhere }: Message): boolean {
    const { redrive } = this.read;
    return redrive !== undefined && receives - receivesElsewhere >= redrive.maxReceiveCount;
  }

  private handOut(message: Message, timeout: number): Received {
    const { now } = this;
    const receipt = randomUUID();
    message.receives += 1;
    message.firstReceived ??= now;
    message.lastReceived = now;
    message.visibleAt = now + timeout;
    message.receipt = receipt;
    return { message: { ...message }, handle: writeHandle({ queueArn: this.arn, messageId: message.id, receipt }) };
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** What a message is before anybody receives it. */
export const FRESH = {
  receives: 0,
  receivesElsewhere: 0,
  firstReceived: undefined,
  lastReceived: 0,
  receipt: undefined,
} as const;
