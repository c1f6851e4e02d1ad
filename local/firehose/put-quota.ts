/** What the puts to one delivery stream may bring in a second, all together. @see https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
interface Quota {
  readonly records: number;
  readonly requests: number;
  readonly bytes: number;
}
const MEBIBYTE = 1024 * 1024;
const LARGE: Quota = { records: 500_000, requests: 2_000, bytes: 5 * MEBIBYTE };
const ORDINARY: Quota = { records: 100_000, requests: 1_000, bytes: MEBIBYTE };
const LARGE_REGIONS: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** Counts the puts of each simulated second. */
export class PutQuota {
  private readonly quota: Quota;
  private second = -1;
  private used = { records: 0, requests: 0, bytes: 0 };

  constructor(region: string) {
    this.quota = LARGE_REGIONS.includes(region) ? LARGE : ORDINARY;
  }

  /** Whether a further request is let in. */
  takeRequest(now: number): boolean {
    const second = Math.floor(now / 1000);
    if (this.second !== second) {
      this.second = second;
      this.used = { records: 0, requests: 0, bytes: 0 };
    }
    if (this.used.requests >= this.quota.requests) return false;
    this.used.requests += 1;
    return true;
  }

  /** Whether a further record of the request is let in. */
  takeRecord(bytes: number): boolean {
    if (this.used.records >= this.quota.records || this.used.bytes + bytes > this.quota.bytes) return false;
    this.used.records += 1;
    this.used.bytes += bytes;
    return true;
  }
}
