import type { FiledRecord, RecordFiles, Segment } from './record-files.ts';

/** A record and its position in the shard, from 0; never reused. */
export interface LoggedRecord extends FiledRecord {
  readonly ordinal: number;
}

/**
 * Bytes of data that a shard has in memory at most, and those that stay there when the older go to a file: the runtime's memory, not limits of
 * AWS. A delivery reads every second, and finds what it reads in memory unless it lags.
 */
const MOST_HELD = 6 * 1024 * 1024;
const STILL_HELD = 2 * 1024 * 1024;

/** What even the smallest record counts for: it takes memory besides its data. */
const LEAST = 512;

const sizeOf = ({ data }: FiledRecord): number => Math.max(data.length, LEAST);

/** The records of one shard in their order: the latest in memory, older ones in files. */
export class RecordLog<Item extends LoggedRecord> {
  private segments: Segment[] = [];
  private held: Item[] = [];
  private heldBytes = 0;
  private first = 0;
  private next = 0;
  /** How many of the first segment's arrivals have expired. */
  private expired = 0;
  private readLast: { readonly segment: Segment; readonly items: readonly Item[] } | undefined;

  constructor(
    private readonly files: RecordFiles,
    private readonly itemOf: (record: FiledRecord, ordinal: number) => Item,
  ) {}

  /** Position of the oldest record kept. */
  get start(): number {
    return this.first;
  }

  /** Position of the next record to come. */
  get end(): number {
    return this.next;
  }

  append(record: FiledRecord): Item {
    const item = this.itemOf(record, this.next++);
    this.held.push(item);
    this.heldBytes += sizeOf(item);
    if (this.heldBytes > MOST_HELD) this.file(STILL_HELD);
    return item;
  }

  /** Records from a position on; files are read as far as records are asked for. */
  *from(position: number): Generator<Item> {
    let next = Math.max(position, this.first);
    if (next >= this.heldFrom) this.readLast = undefined;
    for (const segment of this.segments) {
      const end = segment.start + segment.count;
      if (next >= end) continue;
      yield* this.itemsOf(segment).slice(next - segment.start);
      next = end;
    }
    yield* this.held.slice(next - this.heldFrom);
  }

  /** Position of the first record kept that arrived at or after `time`; the end if there is none. */
  positionAt(time: number): number {
    for (const { arrivals } of this.segments) {
      const arrival = arrivals.find((each) => each[1] >= time);
      if (arrival !== undefined) return Math.max(arrival[0], this.first);
    }
    return this.held.find(({ arrival }) => arrival >= time)?.ordinal ?? this.next;
  }

  /** Forgets what arrived before `time`. */
  expire(time: number): void {
    for (let [segment] = this.segments; segment !== undefined; [segment] = this.segments) {
      while ((segment.arrivals[this.expired]?.[1] ?? Infinity) < time) this.expired++;
      const alive = segment.arrivals[this.expired];
      if (alive !== undefined) {
        this.first = Math.max(this.first, alive[0]);
        return;
      }
      this.files.remove(segment);
      this.segments.shift();
      this.first = segment.start + segment.count;
      this.expired = 0;
    }
    let old = 0;
    while ((this.held[old]?.arrival ?? Infinity) < time) old++;
    if (old > 0) this.takeOldest(old);
    this.first = this.heldFrom;
  }

  /** Moves everything to files, and answers them. */
  fileAll(): readonly Segment[] {
    this.file(0);
    return this.segments;
  }

  /** Begins at `start`, with segments that an earlier process wrote. */
  resume(start: number, segments: readonly Segment[]): void {
    const last = segments.at(-1);
    this.segments = [...segments];
    this.first = start;
    this.next = last === undefined ? start : last.start + last.count;
  }

  /** Position of the oldest record in memory. */
  private get heldFrom(): number {
    return this.next - this.held.length;
  }

  /** Moves the oldest records to a file, until at most `bytes` stay in memory. */
  private file(bytes: number): void {
    let count = 0;
    let left = this.heldBytes;
    for (const item of this.held) {
      if (left <= bytes) break;
      left -= sizeOf(item);
      count++;
    }
    if (count === 0) return;
    const start = this.heldFrom;
    this.segments.push(this.files.write(start, this.takeOldest(count)));
  }

  private takeOldest(count: number): readonly Item[] {
    const taken = this.held.splice(0, count);
    for (const item of taken) this.heldBytes -= sizeOf(item);
    return taken;
  }

  private itemsOf(segment: Segment): readonly Item[] {
    if (this.readLast?.segment !== segment) {
      const items = Array.from(this.files.read(segment), (record, index) => this.itemOf(record, segment.start + index));
      this.readLast = { segment, items };
    }
    return this.readLast.items;
  }
}
