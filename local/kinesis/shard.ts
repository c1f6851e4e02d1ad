import { parseSequenceNumber, SequenceNumbers } from './sequence-number.ts';
import { ReadRate, WriteRate } from './throughput.ts';

/** A record as a shard keeps it. */
export interface StreamRecord {
  /** Position in the shard, from 0; never reused. */
  readonly ordinal: number;
  /** Decimal digits; strictly increasing within the shard, compared as numbers. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  /** Milliseconds since the epoch, simulated. */
  readonly arrival: number;
}

/** First and last hash key, both inclusive. */
export interface HashRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** How a shard came to be. */
export interface ShardOrigin {
  readonly index: number;
  readonly range: HashRange;
  /** Milliseconds since the epoch, simulated. */
  readonly began: number;
  /** Ids of the shards that it came from: none, one of a split, or two of a merge. */
  readonly parents: readonly string[];
}

/** One shard: a range of hash keys, an order, and a rate. */
export class Shard implements ShardOrigin {
  readonly id: string;
  readonly index: number;
  readonly range: HashRange;
  readonly began: number;
  readonly parents: readonly string[];
  readonly reads = new ReadRate();
  private readonly writes = new WriteRate();
  private readonly numbers: SequenceNumbers;
  private records: StreamRecord[] = [];
  private nextOrdinal = 0;
  private heldBytes = 0;
  private ended: number | undefined;

  constructor({ index, range, began, parents }: ShardOrigin) {
    this.id = `shardId-${String(index).padStart(12, '0')}`;
    this.index = index;
    this.range = range;
    this.began = began;
    this.parents = parents;
    this.numbers = new SequenceNumbers(began, index);
  }

  /** Where the oldest record kept stands. */
  get start(): number {
    return this.nextOrdinal - this.records.length;
  }

  /** Where the next record will stand. */
  get end(): number {
    return this.nextOrdinal;
  }

  /** Bytes of data that the shard keeps. */
  get bytes(): number {
    return this.heldBytes;
  }

  /** When the shard was split or merged; undefined while it is open. */
  get closedAt(): number | undefined {
    return this.ended;
  }

  /** First and last sequence number that records of the shard can have; without a last one while it is open. */
  get sequenceNumbers(): { readonly start: string; readonly end?: string } {
    return { start: this.numbers.start, ...(this.ended !== undefined && { end: this.numbers.end(this.ended) }) };
  }

  /** Takes no more records from now on. */
  close(now: number): void {
    this.ended = now;
  }

  /** Takes a record, or answers undefined where the second's rate is used up. */
  put(partitionKey: string, data: Buffer, now: number): StreamRecord | undefined {
    if (!this.writes.take(data.length + Buffer.byteLength(partitionKey), now)) return undefined;
    return this.append(partitionKey, data, now);
  }

  /** Records from position `from` on, as far as they are kept: at most `count`, and after the first at most `bytes` of data. */
  read(from: number, count: number, bytes: number): readonly StreamRecord[] {
    const first = Math.max(0, from - this.start);
    let size = 0;
    let last = first;
    for (; last < this.records.length && last - first < count; last++) {
      size += this.records[last]?.data.length ?? 0;
      if (size > bytes && last > first) break;
    }
    return this.records.slice(first, last);
  }

  /** Forgets what came before `time`. */
  expire(time: number): void {
    let expired = 0;
    while ((this.records[expired]?.arrival ?? Infinity) < time) expired++;
    if (expired > 0) this.forget(expired);
  }

  /** Forgets records before position `passed`, oldest first, while more than `keep` bytes are held; a quarter more is let gather first. */
  release(passed: number, keep: number): void {
    if (this.heldBytes <= keep * 1.25) return; // each forgetting moves all that stays
    let released = 0;
    let held = this.heldBytes;
    for (const record of this.records) {
      if (held <= keep || record.ordinal >= passed) break;
      held -= record.data.length;
      released++;
    }
    if (released > 0) this.forget(released);
  }

  /** The position that a sequence number names; undefined for one that did not come from this shard. */
  positionOf(sequenceNumber: string): number | undefined {
    const sequence = parseSequenceNumber(sequenceNumber);
    if (sequence?.shard !== this.index || sequence.began !== this.began) return undefined;
    return Math.min(sequence.position, this.nextOrdinal);
  }

  /** The first record kept that arrived at or after `time`; the shard's end if there is none. */
  positionAt(time: number): number {
    return this.records.find((record) => record.arrival >= time)?.ordinal ?? this.nextOrdinal;
  }

  /** Takes back what an earlier process had saved, in order; `start` is the position of the first. */
  restore(saved: { readonly start: number; readonly closedAt?: number | undefined }, records: Iterable<RestoredRecord>): void {
    this.nextOrdinal = saved.start;
    this.ended = saved.closedAt;
    for (const { partitionKey, data, arrival } of records) this.append(partitionKey, data, arrival);
  }

  private append(partitionKey: string, data: Buffer, arrival: number): StreamRecord {
    const ordinal = this.nextOrdinal++;
    const record = { ordinal, sequenceNumber: this.numbers.of(ordinal, arrival), partitionKey, data, arrival };
    this.records.push(record);
    this.heldBytes += data.length;
    return record;
  }

  private forget(count: number): void {
    for (const record of this.records.splice(0, count)) this.heldBytes -= record.data.length;
  }
}

/** A record as it is saved: its sequence number follows from its place. */
export type RestoredRecord = Pick<StreamRecord, 'partitionKey' | 'data' | 'arrival'>;
