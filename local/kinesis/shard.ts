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

/** Bytes and records that a shard takes in a second. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const BYTES_A_SECOND = 1024 * 1024;
const RECORDS_A_SECOND = 1000;

const ORDINAL_DIGITS = 14;

/** One shard: a range of hash keys, an order, and a rate. */
export class Shard {
  private records: StreamRecord[] = [];
  private nextOrdinal = 0;
  private second = { number: -1, bytes: 0, records: 0 };
  private heldBytes = 0;

  constructor(
    readonly id: string,
    readonly index: number,
    /** First and last hash key, both inclusive. */
    readonly range: { readonly start: bigint; readonly end: bigint },
  ) {}

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

  /** Takes a record, or answers undefined where the second's rate is used up; the first record of a second always fits. */
  put(partitionKey: string, data: Buffer, now: number): StreamRecord | undefined {
    const size = data.length + Buffer.byteLength(partitionKey);
    const second = Math.floor(now / 1000);
    if (this.second.number !== second) this.second = { number: second, bytes: 0, records: 0 };
    const full = this.second.records >= RECORDS_A_SECOND || this.second.bytes + size > BYTES_A_SECOND;
    if (full && this.second.records > 0) return undefined;
    this.second.bytes += size;
    this.second.records += 1;
    const ordinal = this.nextOrdinal++;
    const record = { ordinal, sequenceNumber: this.sequenceNumber(ordinal, now), partitionKey, data, arrival: now };
    this.records.push(record);
    this.heldBytes += data.length;
    return record;
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

  /** Forgets records before position `passed`, oldest first, while more than `keep` bytes are held. */
  release(passed: number, keep: number): void {
    let released = 0;
    let held = this.heldBytes;
    for (const record of this.records) {
      if (held <= keep || record.ordinal >= passed) break;
      held -= record.data.length;
      released++;
    }
    if (released > 0) this.forget(released);
  }

  /** The position that a sequence number of this shard names; undefined for any other text. */
  positionOf(sequenceNumber: string): number | undefined {
    if (!/^496\d{33}$/.test(sequenceNumber)) return undefined;
    return Number(sequenceNumber.slice(-ORDINAL_DIGITS));
  }

  /** The first record kept that arrived at or after `time`; the shard's end if there is none. */
  positionAt(time: number): number {
    return this.records.find((record) => record.arrival >= time)?.ordinal ?? this.nextOrdinal;
  }

  private forget(count: number): void {
    for (const record of this.records.splice(0, count)) this.heldBytes -= record.data.length;
  }

  private sequenceNumber(ordinal: number, now: number): string {
    return `496${String(now).padStart(15, '0')}${String(this.index).padStart(4, '0')}${String(ordinal).padStart(ORDINAL_DIGITS, '0')}`;
  }
}
