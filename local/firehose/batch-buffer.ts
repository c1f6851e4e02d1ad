import type { ScheduledTask, SimulatedClock } from '../clock.ts';
import type { Buffering } from './settings.ts';

/** What a buffer hands on. */
export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly bytes: number;
  /** Arrival of the oldest item: milliseconds since the epoch. */
  readonly oldest: number;
}

/** Gathers items until their size or, counted from the first, the interval is reached. */
export class BatchBuffer<Item> {
  private items: Item[] = [];
  private bytes = 0;
  private oldest = Infinity;
  private timer: ScheduledTask | undefined;

  constructor(
    private readonly clock: SimulatedClock,
    private readonly buffering: Buffering,
    private readonly hand: (batch: Batch<Item>) => Promise<void>,
  ) {}

  get count(): number {
    return this.items.length;
  }

  /** An item that would take the batch over its size goes in the next; one that is larger alone goes alone. */
  async add(item: Item, bytes: number, arrival: number): Promise<void> {
    const before = this.items.length > 0 && this.bytes + bytes > this.buffering.bytes ? this.take() : undefined;
    this.items.push(item);
    this.bytes += bytes;
    this.oldest = Math.min(this.oldest, arrival);
    const full = this.bytes >= this.buffering.bytes ? this.take() : undefined;
    if (full === undefined) this.timer ??= this.clock.at(this.clock.now() + this.buffering.milliseconds, () => this.flush());
    if (before !== undefined) await this.hand(before);
    if (full !== undefined) await this.hand(full);
  }

  /** Hands on what is there. */
  async flush(): Promise<void> {
    if (this.items.length > 0) await this.hand(this.take());
  }

  /** Empties the buffer before anything is awaited, so that records put meanwhile join the next batch. */
  private take(): Batch<Item> {
    const batch = { items: this.items, bytes: this.bytes, oldest: this.oldest };
    this.timer?.cancel();
    this.timer = undefined;
    this.items = [];
    this.bytes = 0;
    this.oldest = Infinity;
    return batch;
  }
}
