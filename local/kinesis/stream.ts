import { hash } from 'node:crypto';
import type { ScheduledTask, SimulatedClock } from '../clock.ts';
import { ServiceError } from '../service.ts';
import { Checkpoints, type StreamConsumer } from './consumer.ts';
import type { RecordFiles } from './record-files.ts';
import { Shard, type HashRange, type StreamRecord } from './shard.ts';

export type { StreamConsumer } from './consumer.ts';

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
  /** @default - no tags */
  readonly tags?: Readonly<Record<string, string>>;
}

export type StreamMode = 'ON_DEMAND' | 'PROVISIONED';

/** Shards of a new on-demand stream. @see https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html */
const ON_DEMAND_SHARDS = 4;
const HOUR = 3_600_000;

/** How long a stream is UPDATING after a change: AWS says seconds to minutes, the runtime takes this many simulated milliseconds. */
const CHANGE_TAKES = 5_000;

/** One stream: shards by the MD5 of the partition key, retention by the simulated clock. */
export class Stream {
  private born: number;
  readonly tags: Map<string, string>;
  mode: StreamMode;
  /** KiB of one record, its partition key included. */
  maxRecordKib: number;
  /** When its shard count and its mode were last changed on demand: milliseconds since the epoch, simulated. */
  rescaled: readonly number[] = [];
  switched: readonly number[] = [];
  private hours: number;
  private known: Shard[];
  private open: Shard[];
  private nextIndex = 0;
  private change: { readonly apply: () => void; readonly task: ScheduledTask } | undefined;
  private readonly consumers: Checkpoints[] = [];
  private listeners: (() => void)[] = [];
  /** Records that no consumer had passed when their retention ended. */
  private lostCount = 0;

  constructor(
    readonly settings: StreamSettings,
    private readonly clock: SimulatedClock,
    readonly files: RecordFiles,
  ) {
    this.born = clock.now();
    this.mode = settings.shardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED';
    this.hours = settings.retentionHours ?? 24;
    this.maxRecordKib = settings.maxRecordKib ?? 1024;
    this.tags = new Map(Object.entries(settings.tags ?? {}));
    this.open = uniformRanges(settings.shardCount ?? ON_DEMAND_SHARDS).map((range) => this.newShard(range, []));
    this.known = [...this.open];
  }

  /** Milliseconds since the epoch, simulated. */
  get created(): number {
    return this.born;
  }

  /** Shards that hold records or may take some, in the order in which they came to be. */
  get shards(): readonly Shard[] {
    return this.known;
  }

  get openShards(): readonly Shard[] {
    return this.open;
  }

  get status(): 'ACTIVE' | 'UPDATING' {
    return this.change === undefined ? 'ACTIVE' : 'UPDATING';
  }

  get retentionHours(): number {
    return this.hours;
  }

  /** Retention in milliseconds. */
  get retention(): number {
    return this.hours * HOUR;
  }

  /** Records whose retention ended before a consumer had passed them: AWS loses them too. */
  get lost(): number {
    this.expire();
    return this.lostCount;
  }

  /** A shard by its id. */
  shard(id: string): Shard | undefined {
    return this.known.find((candidate) => candidate.id === id);
  }

  /** What has expired stays so, however long the retention becomes. */
  retain(hours: number): void {
    this.expire();
    this.hours = hours;
    this.expire();
  }

  /** The open shard that a record goes to. */
  shardFor(partitionKey: string, explicitHashKey?: string): Shard {
    const [first] = this.open;
    if (first !== undefined && this.open.length === 1) return first;
    const at = explicitHashKey === undefined ? md5(partitionKey) : BigInt(explicitHashKey);
    const shard = this.open.find(({ range }) => at >= range.start && at <= range.end);
    if (shard === undefined) throw new Error(`no open shard of '${this.settings.name}' covers the hash key`);
    return shard;
  }

  /** Takes a record; undefined where the shard's rate is used up for this second. */
  put(partitionKey: string, data: Buffer, explicitHashKey?: string): { shard: Shard; record: StreamRecord } | undefined {
    const shard = this.shardFor(partitionKey, explicitHashKey);
    this.expire();
    const record = shard.put(partitionKey, data, this.clock.now());
    if (record === undefined) return undefined;
    this.tell();
    return { shard, record };
  }

  /** Calls back after each put and each change of shards; the callback must be cheap. */
  onPut(listener: () => void): void {
    this.listeners = [...this.listeners, listener];
  }

  /** Registers a reader that starts with the next record to come. */
  addConsumer(): StreamConsumer {
    const checkpoints = new Checkpoints();
    for (const shard of this.known) checkpoints.set(shard, shard.end);
    this.consumers.push(checkpoints);
    const pendingOf = (shard: Shard): number => shard.end - Math.max(checkpoints.of(shard), shard.start);
    return {
      read: (shard, count, bytes) => {
        this.expire();
        return shard.read(checkpoints.of(shard), count, bytes);
      },
      pass: (shard, record) => {
        checkpoints.set(shard, record.ordinal + 1);
      },
      pending: (shard) => {
        this.expire();
        return shard === undefined ? this.known.reduce((sum, each) => sum + pendingOf(each), 0) : pendingOf(shard);
      },
      checkpoints: () => Object.fromEntries(this.known.map((shard) => [shard.id, checkpoints.of(shard)])),
      resume: (positions) => {
        for (const shard of this.known) {
          const position = positions[shard.id] ?? 0;
          this.lostCount += Math.max(0, shard.start - position);
          checkpoints.set(shard, Math.min(Math.max(position, shard.start), shard.end));
        }
        this.tell();
      },
    };
  }

  /** Forgets what retention no longer covers, and the closed shards that it leaves empty. */
  expire(): void {
    const oldest = this.clock.now() - this.retention;
    let gone = false;
    for (const shard of this.known) {
      const before = shard.start;
      shard.expire(oldest);
      if (shard.start > before) this.countLost(shard);
      gone ||= shard.closedAt !== undefined && shard.closedAt < oldest;
    }
    if (!gone) return;
    this.known = this.known.filter(({ closedAt }) => closedAt === undefined || closedAt >= oldest);
    for (const checkpoints of this.consumers) checkpoints.keep(this.known);
  }

  /**
   * Begins a change: the stream is UPDATING until it has taken effect.
   *
   * @throws ServiceError ResourceInUseException while another is under way
   */
  begin(change: () => void): void {
    if (this.change !== undefined) {
      const { name, arn } = this.settings;
      throw new ServiceError(
        'ResourceInUseException',
        `Stream ${name} under account ${arn.split(':')[4] ?? ''} not ACTIVE, instead in state UPDATING`,
      );
    }
    const apply = (): void => {
      this.change = undefined;
      change();
      this.tell();
    };
    this.change = { apply, task: this.clock.at(this.clock.now() + CHANGE_TAKES, apply) };
  }

  /** Ends at once what is under way: a run does not stop in the middle of a change. */
  settle(): void {
    const { change } = this;
    change?.task.cancel();
    change?.apply();
  }

  /** Closes one shard and opens two, the second from `at` on. */
  split(shard: Shard, at: bigint): void {
    const { start, end } = shard.range;
    this.replace(
      [shard],
      [
        { start, end: at - 1n },
        { start: at, end },
      ],
    );
  }

  /** Closes two neighbours, the lower first, and opens one in their place. */
  merge(lower: Shard, upper: Shard): void {
    this.replace([lower, upper], [{ start: lower.range.start, end: upper.range.end }]);
  }

  /** Takes over what an earlier process had saved in place of the shards of a new stream. */
  restore(saved: {
    readonly shards: readonly Shard[];
    readonly nextIndex: number;
    readonly mode: StreamMode;
    readonly created: number;
  }): void {
    this.born = saved.created;
    this.known = [...saved.shards];
    this.open = saved.shards.filter(({ closedAt }) => closedAt === undefined);
    this.nextIndex = saved.nextIndex;
    this.mode = saved.mode;
    for (const checkpoints of this.consumers) {
      for (const shard of this.known) checkpoints.set(shard, shard.end);
    }
    this.expire();
  }

  /** Index of the next shard to come. */
  get shardsMade(): number {
    return this.nextIndex;
  }

  private replace(parents: readonly Shard[], ranges: readonly HashRange[]): void {
    const now = this.clock.now();
    for (const parent of parents) parent.close(now);
    const children = ranges.map((range) =>
      this.newShard(
        range,
        parents.map(({ id }) => id),
      ),
    );
    this.known = [...this.known, ...children];
    this.open = [...this.open.filter((shard) => !parents.includes(shard)), ...children];
  }

  private newShard(range: HashRange, parents: readonly string[]): Shard {
    return new Shard({ index: this.nextIndex++, range, began: this.clock.now(), parents }, this.files);
  }

  private countLost(shard: Shard): void {
    if (this.consumers.length > 0) this.lostCount += Math.max(0, shard.start - this.passedByAll(shard));
    for (const checkpoints of this.consumers) {
      if (checkpoints.of(shard) < shard.start) checkpoints.set(shard, shard.start);
    }
  }

  private passedByAll(shard: Shard): number {
    return Math.min(...this.consumers.map((checkpoints) => checkpoints.of(shard)), shard.end);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const HASH_KEYS = 1n << 128n;

/** Ranges of equal size that cover every hash key. */
export function uniformRanges(count: number): HashRange[] {
  return Array.from({ length: count }, (_, index) => ({
    start: (HASH_KEYS * BigInt(index)) / BigInt(count),
    end: (HASH_KEYS * BigInt(index + 1)) / BigInt(count) - 1n,
  }));
}

function md5(text: string): bigint {
  return BigInt(`0x${hash('md5', text)}`);
}
