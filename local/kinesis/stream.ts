import { createHash } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import { Shard, type StreamRecord } from './shard.ts';

/** A stream as its template describes it. */
export interface StreamSettings {
  readonly name: string;
  readonly arn: string;
  /** Shards of a provisioned stream; an on-demand stream starts with 4. */
  readonly shardCount?: number;
  /** @default 24 */
  readonly retentionHours?: number;
  /** The customer's key; absent for a stream in clear or under AWS's own key. */
  readonly keyArn?: string;
  /** Size of one record, its partition key included, in KiB: 1,024–10,240. @default 1024 */
  readonly maxRecordKib?: number;
}

/** A reader whose position the stream knows: records that it has not passed are kept until retention ends. */
export interface StreamConsumer {
  /** Reads on from the checkpoint of a shard. */
  read(shard: Shard, count: number, bytes: number): readonly StreamRecord[];
  /** Says that everything up to and with `record` is safe elsewhere. */
  pass(shard: Shard, record: StreamRecord): void;
  /** Records put and not yet passed. */
  pending(): number;
}

const ON_DEMAND_SHARDS = 4;
const HASH_KEYS = 1n << 128n;
const HOUR = 3_600_000;

/** Bytes of each shard that stay readable for outsiders after every consumer has passed them: the runtime's memory, not a limit of AWS. */
const KEPT_AFTER_PASSING = 4 * 1024 * 1024;

/** One stream: shards by the MD5 of the partition key, retention by the simulated clock. */
export class Stream {
  readonly shards: readonly Shard[];
  private readonly consumers: { readonly checkpoints: number[] }[] = [];
  private listeners: (() => void)[] = [];
  /** Records that no consumer had passed when their retention ended. */
  private lostCount = 0;

  constructor(
    readonly settings: StreamSettings,
    private readonly clock: SimulatedClock,
  ) {
    const count = BigInt(settings.shardCount ?? ON_DEMAND_SHARDS);
    this.shards = Array.from({ length: Number(count) }, (_, index) => {
      const start = (HASH_KEYS * BigInt(index)) / count;
      const end = (HASH_KEYS * BigInt(index + 1)) / count - 1n;
      return new Shard(`shardId-${String(index).padStart(12, '0')}`, index, { start, end });
    });
  }

  /** Retention in milliseconds. */
  get retention(): number {
    return (this.settings.retentionHours ?? 24) * HOUR;
  }

  /** Records whose retention ended before a consumer had passed them: AWS loses them too. */
  get lost(): number {
    this.expire();
    return this.lostCount;
  }

  /** Takes a record; undefined where the shard's rate is used up for this second. */
  put(partitionKey: string, data: Buffer, explicitHashKey?: string): { shard: Shard; record: StreamRecord } | undefined {
    const hash = explicitHashKey === undefined ? md5(partitionKey) : BigInt(explicitHashKey);
    const shard = this.shards.find(({ range }) => hash >= range.start && hash <= range.end);
    if (shard === undefined) return undefined;
    this.expire();
    const record = shard.put(partitionKey, data, this.clock.now());
    if (record === undefined) return undefined;
    if (this.consumers.length > 0) this.release(shard);
    for (const listener of this.listeners) listener();
    return { shard, record };
  }

  /** Calls back after each put; the callback must be cheap. */
  onPut(listener: () => void): void {
    this.listeners = [...this.listeners, listener];
  }

  /** Registers a reader that starts with the oldest record kept. */
  addConsumer(): StreamConsumer {
    const checkpoints = this.shards.map(() => 0);
    this.consumers.push({ checkpoints });
    return {
      read: (shard, count, bytes) => {
        this.expire();
        return shard.read(checkpoints[shard.index] ?? 0, count, bytes);
      },
      pass: (shard, record) => {
        checkpoints[shard.index] = record.ordinal + 1;
        this.release(shard);
      },
      pending: () => {
        this.expire();
        return this.shards.reduce((sum, shard) => sum + shard.end - (checkpoints[shard.index] ?? 0), 0);
      },
    };
  }

  /** Forgets what retention no longer covers. */
  expire(): void {
    const oldest = this.clock.now() - this.retention;
    for (const shard of this.shards) {
      shard.expire(oldest);
      this.lostCount += Math.max(0, shard.start - this.passedByAll(shard));
      for (const { checkpoints } of this.consumers) {
        checkpoints[shard.index] = Math.max(checkpoints[shard.index] ?? 0, shard.start);
      }
    }
  }

  private passedByAll(shard: Shard): number {
    return Math.min(...this.consumers.map(({ checkpoints }) => checkpoints[shard.index] ?? 0), shard.end);
  }

  private release(shard: Shard): void {
    shard.release(this.passedByAll(shard), KEPT_AFTER_PASSING);
  }
}

function md5(text: string): bigint {
  return BigInt(`0x${createHash('md5').update(text).digest('hex')}`);
}
