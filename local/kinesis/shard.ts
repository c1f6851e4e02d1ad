import type { FiledRecord, RecordFiles, Segment } from './record-files.ts';
import { RecordLog, type LoggedRecord } from './record-log.ts';
import { parseSequenceNumber, SequenceNumbers } from './sequence-number.ts';
import { ReadRate, WriteRate } from './throughput.ts';

/** A record as a shard keeps it. */
export interface StreamRecord extends LoggedRecord {
  /** Decimal digits; strictly increasing within the shard, compared as numbers. */
  readonly sequenceNumber: string;
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
  private readonly log: RecordLog<StreamRecord>;
  private ended: number | undefined;

  constructor({ index, range, began, parents }: ShardOrigin, files: RecordFiles) {
    this.id = `shardId-${String(index).padStart(12, '0')}`;
    this.index = index;
    this.range = range;
    this.began = began;
    this.parents = parents;
    this.numbers = new SequenceNumbers(began, index);
    this.log = new RecordLog(files, (record, ordinal) => ({
      ordinal,
      sequenceNumber: this.numbers.of(ordinal, record.arrival),
      partitionKey: record.partitionKey,
      data: record.data,
      arrival: record.arrival,
    }));
  }

  /** Where the oldest record kept stands. */
  get start(): number {
    return this.log.start;
  }

  /** Where the next record will stand. */
  get end(): number {
    return this.log.end;
  }

  /** Moves what the shard keeps to files, and answers them. */
  fileAll(): readonly Segment[] {
    return this.log.fileAll();
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
    return this.log.append({ partitionKey, data, arrival: now });
  }

  /** Records from position `from` on, as far as they are kept: at most `count`, and after the first at most `bytes` of data. */
  read(from: number, count: number, bytes: number): readonly StreamRecord[] {
    const records: StreamRecord[] = [];
    let size = 0;
    for (const record of this.log.from(from)) {
      size += record.data.length;
      if (records.length === count || (size > bytes && records.length > 0)) break;
      records.push(record);
    }
    return records;
  }

  /** Forgets what came before `time`. */
  expire(time: number): void {
    this.log.expire(time);
  }

  /** The position that a sequence number names; undefined for one that did not come from this shard. */
  positionOf(sequenceNumber: string): number | undefined {
    const sequence = parseSequenceNumber(sequenceNumber);
    if (sequence?.shard !== this.index || sequence.began !== this.began) return undefined;
    return Math.min(sequence.position, this.end);
  }

  /** The first record kept that arrived at or after `time`; the shard's end if there is none. */
  positionAt(time: number): number {
    return this.log.positionAt(time);
  }

  /** Takes over what an earlier process had saved: `start` is the position of the first record. */
  resume(saved: { readonly start: number; readonly closedAt?: number | undefined; readonly segments: readonly Segment[] }): void {
    this.ended = saved.closedAt;
    this.log.resume(saved.start, saved.segments);
  }

  /** Takes a record of a stream that an earlier version had saved. */
  append(record: FiledRecord): void {
    this.log.append(record);
  }
}
