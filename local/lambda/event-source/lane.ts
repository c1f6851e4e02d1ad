import { LARGEST_EVENT, type HeldRecord } from './record-event.ts';

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

/** What a lane holds at most, beyond what one read brings: a batch that waits and one that is gathered. The runtime's memory, not a limit of AWS. */
const MOST_HELD = { records: 10_000, bytes: 2 * LARGEST_EVENT } as const;

/** Records of a shard in their order, of which one batch at a time is processed: what failed stays first in line. */
export class Lane {
  private inHand: readonly Batch[] = [];
  private queue: readonly HeldRecord[] = [];
  /** Positions of those that follow and for which there was no room: they are read again. */
  private behind: readonly number[] = [];
  private measured = { inHand: this.inHand, queue: this.queue, count: 0, bytes: 0, oldest: Infinity };

  get count(): number {
    return this.load.count;
  }

  get countBehind(): number {
    return this.behind.length;
  }

  /** Positions of all that is not done. */
  get open(): readonly number[] {
    return [...this.held.map(({ ordinal }) => ordinal), ...this.behind];
  }

  /** Whether what failed is to be tried again. */
  get isBlocked(): boolean {
    return this.inHand.some(({ failures }) => failures > 0);
  }

  /** Whether what is read next can be held. */
  get takesNew(): boolean {
    return this.behind.length === 0 && this.hasRoom;
  }

  /** From where to read again; undefined where nothing is left behind, or there still is no room. */
  get wanted(): number | undefined {
    return this.hasRoom ? this.behind[0] : undefined;
  }

  /** Takes what was read next; without room it is left behind. */
  push(records: readonly HeldRecord[]): void {
    if (this.takesNew) this.queue = [...this.queue, ...records];
    else this.behind = [...this.behind, ...positionsOf(records)];
  }

  /** Takes what was left behind out of what was read again up to a position. */
  refill(records: readonly HeldRecord[], end: number): void {
    const missing = new Set(this.behind);
    this.queue = [...this.queue, ...records.filter(({ ordinal }) => missing.has(ordinal))];
    this.behind = this.behind.filter((position) => position >= end);
  }

  /** Gives up what was left behind before a position. @returns How much that is */
  skip(start: number): number {
    if ((this.behind[0] ?? Infinity) >= start) return 0;
    const before = this.behind.length;
    this.behind = this.behind.filter((position) => position >= start);
    return before - this.behind.length;
  }

  /** Gives up what is held before a position; not while a batch is under way. @returns How much that is */
  expire(start: number): number {
    if (this.load.oldest >= start) return 0;
    const before = this.count;
    const isKept = ({ ordinal }: HeldRecord): boolean => ordinal >= start;
    this.inHand = this.inHand
      .map((batch) => ({ ...batch, records: batch.records.filter(isKept) }))
      .filter(({ records }) => records.length > 0);
    this.queue = this.queue.filter(isKept);
    return before - this.count;
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

  private get hasRoom(): boolean {
    return this.load.count < MOST_HELD.records && this.load.bytes < MOST_HELD.bytes;
  }

  /** What is held, measured anew where it has changed: a lane that fails is asked every second. */
  private get load(): { readonly count: number; readonly bytes: number; readonly oldest: number } {
    const { inHand, queue } = this;
    if (this.measured.inHand === inHand && this.measured.queue === queue) return this.measured;
    const { held } = this;
    const bytes = held.reduce((sum, record) => sum + record.bytes, 0);
    const oldest = held.reduce((least, { ordinal }) => Math.min(least, ordinal), Infinity);
    this.measured = { inHand, queue, count: held.length, bytes, oldest };
    return this.measured;
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

/** Each once, in their order, whatever a read's faults made of it. */
const positionsOf = (records: readonly HeldRecord[]): readonly number[] =>
  [...new Set(records.map(({ ordinal }) => ordinal))].sort((one, other) => one - other);
