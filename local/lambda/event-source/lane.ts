import type { HeldRecord } from './record-event.ts';

/** Records that a function gets in one call. */
export interface Batch {
  readonly records: readonly HeldRecord[];
  /** How often the function was invoked with just these. */
  readonly invocations: number;
  /** How often in a row they could not be sent or did not succeed: what the pause grows with. */
  readonly failures: number;
  /** Milliseconds since the epoch, simulated: not to be sent before. */
  readonly notBefore: number;
}

export const newBatch = (records: readonly HeldRecord[]): Batch => ({ records, invocations: 0, failures: 0, notBefore: 0 });

/** What ends the gathering of a batch. */
export interface Gathering {
  readonly batchSize: number;
  /** Milliseconds. */
  readonly batchingWindow: number;
  /** Bytes that the records may have together. */
  readonly room: number;
  /** Where given, whether a record may be in a batch that begins with another. */
  readonly isTogether?: (first: HeldRecord, record: HeldRecord) => boolean;
  /** Until when a batch that begins with a record may wait for others. @default - as long as it likes */
  readonly until?: (first: HeldRecord) => number;
}

/** Records of a shard in their order, of which one batch at a time is processed: what failed stays first in line. */
export class Lane {
  private inHand: readonly Batch[] = [];
  private queue: readonly HeldRecord[] = [];

  get count(): number {
    return this.held.length;
  }

  get bytes(): number {
    return this.held.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The position of the first record that is not done. */
  get oldest(): number | undefined {
    return this.count === 0 ? undefined : Math.min(...this.held.map(({ ordinal }) => ordinal));
  }

  /** Whether what failed is to be tried again. */
  get isBlocked(): boolean {
    return this.inHand.some(({ failures }) => failures > 0);
  }

  push(records: readonly HeldRecord[]): void {
    this.queue = [...this.queue, ...records];
  }

  /**
   * When the next batch is to be sent, in milliseconds since the epoch; undefined while there is none.
   *
   * @param isEnded Whether no record can follow
   */
  due(gathering: Gathering, isEnded: boolean): number | undefined {
    const [batch] = this.inHand;
    if (batch !== undefined) return batch.notBefore;
    const [first] = this.queue;
    if (first === undefined) return undefined;
    if (isEnded || this.gather(gathering).isFull) return first.readAt;
    return Math.min(first.readAt + gathering.batchingWindow, gathering.until?.(first) ?? Infinity);
  }

  /** The next batch, which is in hand from now on. */
  take(gathering: Gathering): Batch | undefined {
    if (this.inHand.length === 0 && this.queue.length > 0) {
      const { records } = this.gather(gathering);
      this.queue = this.queue.slice(records.length);
      this.inHand = [newBatch(records)];
    }
    return this.inHand[0];
  }

  /** Says what is left of the batch in hand: nothing, itself once more, or what it fell into. */
  settle(...left: readonly Batch[]): void {
    this.inHand = [...left, ...this.inHand.slice(1)];
  }

  private get held(): readonly HeldRecord[] {
    return [...this.inHand.flatMap(({ records }) => records), ...this.queue];
  }

  private gather({ batchSize, room, isTogether = () => true }: Gathering): { records: readonly HeldRecord[]; isFull: boolean } {
    let [bytes, count] = [0, 0];
    const [first] = this.queue;
    for (const record of this.queue) {
      bytes += record.bytes;
      const fits = bytes <= room && first !== undefined && isTogether(first, record);
      if (count > 0 && !fits) return { records: this.queue.slice(0, count), isFull: true };
      count += 1;
      if (count === batchSize) return { records: this.queue.slice(0, count), isFull: true };
    }
    return { records: this.queue, isFull: false };
  }
}
