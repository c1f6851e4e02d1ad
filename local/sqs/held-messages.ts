import type { SimulatedClock } from '../clock.ts';
import { Groups } from './groups.ts';
import type { Message } from './message.ts';

/** How many messages a queue has. */
export interface Counts {
  readonly visible: number;
  /** Received, and hidden from others. */
  readonly inFlight: number;
  readonly delayed: number;
}

/** The messages of one queue: in the order of their sending, or of their groups. What is older than the retention is not there. */
export class HeldMessages {
  private readonly messages = new Map<string, Message>();
  private readonly groups = new Groups();
  /** No message was sent before: until its retention has passed none can have expired. */
  private noneBefore = Infinity;

  /** @param retention Milliseconds for which a message is kept, now */
  constructor(
    private readonly clock: SimulatedClock,
    private readonly isFifo: boolean,
    private readonly retention: () => number,
  ) {}

  add(message: Message): void {
    this.messages.set(message.id, message);
    if (this.isFifo) this.groups.add(message);
    this.noneBefore = Math.min(this.noneBefore, message.sent);
  }

  get(id: string): Message | undefined {
    return this.messages.get(id);
  }

  remove(message: Message): void {
    this.messages.delete(message.id);
    if (this.isFifo) this.groups.remove(message);
  }

  /** Lets groups of which something was received stand behind the others. */
  haveBeenServed(groups: readonly (string | undefined)[]): void {
    this.groups.haveBeenServed(groups);
  }

  /** At most so many, expired ones among them: what takes no time to tell. */
  get size(): number {
    return this.messages.size;
  }

  /** Every message: what is added in this order is received in it. */
  all(): readonly Message[] {
    this.expire();
    return this.isFifo ? this.groups.all() : [...this.messages.values()];
  }

  /** What can be received, in the order in which it is. */
  *visible(): Generator<Message, undefined> {
    this.expire();
    const now = this.clock.now();
    const isHidden = ({ visibleAt }: Message): boolean => visibleAt > now;
    if (this.isFifo) yield* this.groups.visible(isHidden);
    else for (const message of this.messages.values()) if (!isHidden(message)) yield message;
    return undefined;
  }

  /** When the next hidden message can be received again, if nobody deletes it; undefined where none is hidden. */
  get nextVisible(): number | undefined {
    const now = this.clock.now();
    return least([...this.messages.values()].map(({ visibleAt }) => visibleAt).filter((time) => time > now));
  }

  /** When the oldest message was sent; undefined where there is none. */
  get oldest(): number | undefined {
    this.expire();
    return least([...this.messages.values()].map(({ sent }) => sent));
  }

  counts(): Counts {
    this.expire();
    const now = this.clock.now();
    let [inFlight, delayed] = [0, 0];
    for (const { visibleAt, receives } of this.messages.values()) {
      if (visibleAt <= now) continue;
      if (receives > 0) inFlight += 1;
      else delayed += 1;
    }
    return { visible: this.messages.size - inFlight - delayed, inFlight, delayed };
  }

  private expire(): void {
    const oldest = this.clock.now() - this.retention();
    if (this.noneBefore > oldest) return;
    let first = Infinity;
    for (const message of this.messages.values()) {
      if (message.sent <= oldest) this.remove(message);
      else first = Math.min(first, message.sent);
    }
    this.noneBefore = first;
  }
}

const least = (times: readonly number[]): number | undefined =>
  times.length === 0 ? undefined : times.reduce((one, other) => Math.min(one, other));
