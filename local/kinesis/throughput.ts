/** What a shard takes in a second. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const WRITE = { bytes: 1024 * 1024, records: 1000 } as const;

/** What a shard gives in a second; a call that took more is paid off before the next. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const READ = { bytes: 2 * 1024 * 1024, calls: 5 } as const;

/** Counts what is written to one shard. A record larger than the rate is a burst: it needs an untouched second, and the next ones pay for it. */
export class WriteRate {
  private second = -1;
  private bytes = 0;
  private records = 0;

  /** Whether the shard takes a record of `size` bytes now. */
  take(size: number, now: number): boolean {
    const second = Math.floor(now / 1000);
    if (this.second !== second) {
      this.bytes = Math.max(0, this.bytes - WRITE.bytes * (second - this.second));
      this.records = 0;
      this.second = second;
    }
    const over = this.records >= WRITE.records || this.bytes + size > WRITE.bytes;
    if (over && this.bytes > 0) return false;
    this.bytes += size;
    this.records += 1;
    return true;
  }
}

/** Counts what all readers of one shard take together. */
export class ReadRate {
  private ends = -Infinity;
  private began = -Infinity;
  private bytes = 0;
  private calls = 0;

  /** Whether a further read is let in now. */
  take(now: number): boolean {
    if (now >= this.ends) {
      this.began = now;
      this.ends = now + 1000;
      this.bytes = 0;
      this.calls = 0;
    }
    if (this.calls >= READ.calls || this.bytes >= READ.bytes) return false;
    this.calls += 1;
    return true;
  }

  /** Says what the read that was let in has taken. */
  give(bytes: number): void {
    this.bytes += bytes;
    this.ends = this.began + Math.max(1000, Math.ceil((this.bytes / READ.bytes) * 1000));
  }
}
