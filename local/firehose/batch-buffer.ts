import type { ScheduledTask, SimulatedClock } from '../clock.ts';
import type { Buffering } from './settings.ts';
import type { Work } from '../work.ts';

/** What a buffer hands on. */
export interface Batch<Item> {
  readonly items: readonly Item[];
  /** Arrival of the oldest item: milliseconds since the epoch. */
  readonly oldest: number;
}

/** What a buffer holds, and when it is due. */
export interface Held<Item> extends Batch<Item> {
  readonly due: number | undefined;
}

export interface BufferParts<Item> {
  readonly clock: SimulatedClock;
  readonly work: Work;
  readonly buffering: Buffering;
  readonly sizeOf: (item: Item) => number;
  readonly hand: (batch: Batch<Item>) => Promise<void>;
}

/** Gathers items until their size or, counted from the first, the interval is reached. */
export class BatchBuffer<Item> {
  private items: Item[] = [];
  private bytes = 0;
  private oldest = Infinity;
  private due: number | undefined;
  private timer: ScheduledTask | undefined;

  constructor(private readonly parts: BufferParts<Item>) {}

  get count(): number {
    return this.items.length;
  }

  get held(): Held<Item> {
    return { items: this.items, oldest: this.oldest, due: this.due };
  }

  /** An item that would take the batch over its size goes in the next; one that is larger alone goes alone. */
  async add(item: Item, arrival: number): Promise<void> {
    const { buffering, sizeOf, work, hand } = this.parts;
    const size = sizeOf(item);
    const before = this.items.length > 0 && this.bytes + size > buffering.bytes && !work.ended ? this.take() : undefined;
    this.push(item, size, arrival);
    const full = this.bytes >= buffering.bytes && !work.ended ? this.take() : undefined;
    if (full === undefined) this.wait(this.parts.clock.now() + buffering.milliseconds);
    if (before !== undefined) await hand(before);
    if (full !== undefined) await hand(full);
  }

  /** Hands on what is there. */
  async flush(): Promise<void> {
    if (this.items.length > 0 && !this.parts.work.ended) await this.parts.hand(this.take());
  }

  /** Takes back what an earlier process held. */
  refill({ items, oldest, due }: Held<Item>): void {
    for (const item of items) this.push(item, this.parts.sizeOf(item), oldest);
    if (items.length > 0) this.wait(due ?? this.parts.clock.now());
  }

  private push(item: Item, size: number, arrival: number): void {
    this.items.push(item);
    this.bytes += size;
    this.oldest = Math.min(this.oldest, arrival);
  }

  private wait(due: number): void {
    if (this.timer !== undefined) return;
    this.due = due;
    this.timer = this.parts.clock.at(due, () => this.parts.work.run(() => this.flush()));
  }

  /** Empties the buffer before anything is awaited, so that records put meanwhile join the next batch. */
  private take(): Batch<Item> {
    const batch = { items: this.items, oldest: this.oldest };
    this.timer?.cancel();
    this.timer = undefined;
    this.due = undefined;
    this.items = [];
    this.bytes = 0;
    this.oldest = Infinity;
    return batch;
  }
}
