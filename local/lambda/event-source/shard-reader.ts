import { hash } from 'node:crypto';
import { ServiceError } from '../../service.ts';
import { BatchSender, type BatchSenderProps } from './batch-sender.ts';
import { Lane, type Gathering } from './lane.ts';
import { holdRecord, LARGEST_EVENT, type HeldRecord } from './record-event.ts';
import { TumblingWindow, type OpenWindow } from './window.ts';

/** Simulated milliseconds between two reads of a shard. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export const POLL = 1_000;

/** One read: what a shard gives in a second. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const READ = { records: 10_000, bytes: 2 * 1024 * 1024 } as const;

/** Records that are held at most, beyond those of one read: the runtime's memory, not a limit of AWS. */
const MOST_HELD = 10_000;

const THROTTLED = 'ProvisionedThroughputExceededException';

/** Where the reading of a shard stands, as it is saved. */
export interface ShardProgress {
  /** Position of the first record that is not processed. */
  readonly position: number;
  readonly window?: OpenWindow | undefined;
}

/** Reads one shard for a mapping: each partition key in its order, batch by batch. */
export class ShardReader {
  private readonly lanes: readonly Lane[];
  private readonly window: TumblingWindow | undefined;
  private readonly sender: BatchSender;
  private position: number;
  private lastRead = -Infinity;

  constructor(
    private readonly props: Omit<BatchSenderProps, 'window'>,
    from: ShardProgress,
  ) {
    const { settings } = props;
    this.lanes = Array.from({ length: settings.parallelizationFactor }, () => new Lane());
    if (settings.tumblingWindow > 0) {
      this.window = new TumblingWindow(settings.tumblingWindow * 1000);
      this.window.resume(from.window);
    }
    this.sender = new BatchSender({ ...props, window: this.window });
    this.position = from.position;
  }

  get progress(): ShardProgress {
    const oldest = this.lanes.flatMap(({ oldest: position }) => position ?? []);
    return { position: Math.min(this.position, ...oldest), ...(this.window?.open && { window: this.window.open }) };
  }

  /** Records that are not processed. */
  get pending(): number {
    return this.unread + this.held;
  }

  /** Whether something failed, and is tried again. */
  get isBlocked(): boolean {
    return this.lanes.some(({ isBlocked }) => isBlocked) || (this.window?.failures ?? 0) > 0;
  }

  /** Whether all is processed that the shard ever had, and its window is over. */
  get isDone(): boolean {
    return this.hasEnded && this.pending === 0 && this.window?.open === undefined;
  }

  /** When there is something to do, in milliseconds since the epoch; undefined while there is not. */
  get due(): number | undefined {
    const times = [
      ...(this.unread > 0 && this.hasRoom ? [this.lastRead + POLL] : []),
      ...this.lanes.flatMap((lane) => lane.due(this.gathering, this.hasEnded) ?? []),
      ...(this.windowDue ?? []),
    ];
    return times.length === 0 ? undefined : Math.max(Math.min(...times), this.window?.notBefore ?? 0);
  }

  /** Passes over what the stream no longer has, and says how much that is. */
  skipExpired(): void {
    const { shard, stream, report } = this.props;
    stream.expire();
    if (this.position < shard.start) report.lost(shard.start - this.position);
    this.position = Math.max(this.position, shard.start);
  }

  /** Reads what is there, and sends what is due. */
  async step(): Promise<void> {
    if (this.hasRoom && this.now >= this.lastRead + POLL) this.read();
    for (const lane of this.lanes) await this.sendFrom(lane);
    if (this.isNow(this.windowDue?.[0])) await this.close();
  }

  private get now(): number {
    return this.props.parts.clock.now();
  }

  private get unread(): number {
    return this.props.shard.end - Math.max(this.position, this.props.shard.start);
  }

  private get held(): number {
    return this.lanes.reduce((sum, { count }) => sum + count, 0);
  }

  /** A batch of each lane may wait in memory, and a further one be gathered. */
  private get hasRoom(): boolean {
    const bytes = this.lanes.reduce((sum, lane) => sum + lane.bytes, 0);
    return this.held < MOST_HELD && bytes < LARGEST_EVENT * (this.lanes.length + 1);
  }

  /** Whether no record can follow those that were read. */
  private get hasEnded(): boolean {
    return this.props.shard.closedAt !== undefined && this.unread === 0;
  }

  private get gathering(): Gathering {
    const { settings } = this.props;
    const { window } = this;
    return {
      batchSize: settings.batchSize,
      batchingWindow: settings.batchingWindow * 1000,
      room: this.sender.room,
      ...(window !== undefined && {
        isTogether: (first, record) => window.startOf(first.arrival) === window.startOf(record.arrival),
        until: (first) => window.startOf(first.arrival) + settings.tumblingWindow * 1000,
      }),
    };
  }

  /** When the open window may be closed: once its time is over, or the shard's, and all of its records are processed. */
  private get windowDue(): readonly [number] | undefined {
    const { window } = this;
    if (window?.end === undefined || this.held > 0) return undefined;
    if (window.isFull || this.hasEnded) return [window.notBefore];
    return this.unread > 0 ? undefined : [Math.max(window.end, window.notBefore)];
  }

  private isNow(time: number | undefined): boolean {
    return time !== undefined && time <= this.now && !this.props.parts.work.ended;
  }

  private async sendFrom(lane: Lane): Promise<void> {
    while (this.isNow(lane.due(this.gathering, this.hasEnded)) && this.isNow(this.window?.notBefore ?? 0)) {
      const batch = lane.take(this.gathering);
      const closing = this.window?.closingBefore(batch?.records[0]?.arrival ?? 0);
      if (batch === undefined) return;
      if (this.window === undefined || closing === undefined) lane.settle(...(await this.sender.send(batch)));
      else await this.sender.close(this.window, closing);
    }
  }

  private async close(): Promise<void> {
    if (this.window !== undefined) await this.sender.close(this.window, this.window.isFull ? 'early' : 'final');
  }

  private read(): void {
    this.skipExpired();
    if (this.unread === 0) return;
    this.lastRead = this.now;
    const records = this.fetch();
    const meant = records.filter((record) => this.isMeant(record));
    for (const [index, lane] of this.lanes.entries()) {
      lane.push(meant.filter(({ partitionKey }) => laneOf(partitionKey, this.lanes.length) === index));
    }
    this.position = records.reduce((end, { ordinal }) => Math.max(end, ordinal + 1), this.position);
  }

  /** Nothing where the shard's rate is used up by other readers: the next second brings it. */
  private fetch(): readonly HeldRecord[] {
    const { shard, stream, parts, settings, roleArn } = this.props;
    const about = { streamArn: settings.streamArn, roleArn, readAt: this.now };
    try {
      return parts.kinesis
        .fetch(stream, shard, () => shard.read(this.position, READ.records, READ.bytes))
        .map((record) => holdRecord(shard, record, about));
    } catch (error) {
      if (error instanceof ServiceError && error.code === THROTTLED) return [];
      throw error;
    }
  }

  private isMeant({ event }: HeldRecord): boolean {
    return this.props.settings.filter?.matches(Buffer.from(event.kinesis.data, 'base64')) ?? true;
  }
}

/** The same for each record of a partition key: they are processed one after another. */
const laneOf = (partitionKey: string, lanes: number): number =>
  lanes === 1 ? 0 : Number.parseInt(hash('md5', partitionKey).slice(0, 8), 16) % lanes;
