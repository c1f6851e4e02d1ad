import { LARGEST_EVENT } from '../event-source/record-event.ts';
import type { HeldMessage } from './message-event.ts';
import type { QueueMappingSettings } from './settings.ts';

/** Bytes that an event's messages may have. */
const ROOM = LARGEST_EVENT - Buffer.byteLength(JSON.stringify({ Records: [] }));

/**
 * The batch that a mapping gathers: it goes out when it is full, or when its first message has waited for as long as it may.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class Gathering {
  private held: readonly HeldMessage[] = [];

  constructor(private readonly settings: Pick<QueueMappingSettings, 'batchSize' | 'batchingWindow'>) {}

  /** How many messages the batch may still take. */
  get wanted(): number {
    return this.isFull ? 0 : this.settings.batchSize - this.held.length;
  }

  /** When the batch goes out, in milliseconds since the epoch; undefined while nothing is held. */
  get due(): number | undefined {
    const [first] = this.held;
    if (first === undefined) return undefined;
    return this.isFull ? first.receivedAt : first.receivedAt + this.settings.batchingWindow * 1000;
  }

  add(messages: readonly HeldMessage[]): void {
    this.held = [...this.held, ...messages];
  }

  /** Takes the batch: what has no room in an event is the first of the next. */
  take(): readonly HeldMessage[] {
    const { fitting } = this;
    const batch = this.held.slice(0, fitting);
    this.held = this.held.slice(fitting);
    return batch;
  }

  /** Takes all that is held. */
  takeAll(): readonly HeldMessage[] {
    const all = this.held;
    this.held = [];
    return all;
  }

  private get isFull(): boolean {
    return this.held.length >= this.settings.batchSize || this.fitting < this.held.length;
  }

  /** How many of the messages fit into one event. */
  private get fitting(): number {
    let bytes = 0;
    const beyond = this.held.findIndex((message) => (bytes += message.bytes) > ROOM);
    return beyond === -1 ? this.held.length : Math.max(1, beyond); // one message always fits: SQS takes none that does not
  }
}
