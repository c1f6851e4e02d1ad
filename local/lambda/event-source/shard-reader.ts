import { BatchSender, type BatchSenderProps } from './batch-sender.ts';
import type { Gathering, Lane } from './lane.ts';
import { Lanes } from './lanes.ts';
import { ShardReads } from './shard-reads.ts';
import { TumblingWindow, type OpenWindow } from './window.ts';

/** Simulated milliseconds between two reads of a shard. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export const POLL = 1_000;

/** Where the reading of a shard stands, as it is saved. */
export interface ShardProgress {
  /** Position of the first record that is not read; where nothing is `behind`, that is not processed. */
  readonly position: number;
  /** Positions before it that are not processed. */
  readonly behind?: readonly number[] | undefined;
  readonly window?: OpenWindow | undefined;
}

/** Reads one shard for a mapping: each partition key in its order, batch by batch. */
export class ShardReader {
  private readonly lanes: Lanes;
  private readonly window: TumblingWindow | undefined;
  private readonly sender: BatchSender;
  private readonly reads: ShardReads;
  private position: number;
  private lastRead = -Infinity;
  private readLeft = false;

  constructor(
    private readonly props: Omit<BatchSenderProps, 'window'>,
    from: ShardProgress,
  ) {
    const { settings } = props;
    this.lanes = new Lanes(settings.parallelizationFactor, from.behind ?? []);
    if (settings.tumblingWindow > 0) {
      this.window = new TumblingWindow(settings.tumblingWindow * 1000);
      this.window.resume(from.window);
    }
    this.sender = new BatchSender({ ...props, window: this.window });
    this.reads = new ShardReads(props);
    this.position = from.position;
  }

  get progress(): ShardProgress {
    const { open } = this.lanes;
    const [first = this.position] = open;
    const isWhole = first + open.length === this.position;
    const position = isWhole ? first : this.position;
    return { position, ...(!isWhole && { behind: open }), ...(this.window?.open && { window: this.window.open }) };
  }

  /** Records that are not processed. */
  get pending(): number {
    return this.unread + this.lanes.behind + this.lanes.held;
  }

  /** Whether something failed, and is tried again. */
  get isBlocked(): boolean {
    const isRefused = this.reads.refused > 0 && this.readNext !== undefined;
    return isRefused || this.lanes.all.some(({ isBlocked }) => isBlocked) || (this.window?.failures ?? 0) > 0;
  }

  /** Whether all is processed that the shard ever had, and its window is over. */
  get isDone(): boolean {
    return this.hasEnded && this.pending === 0 && this.window?.open === undefined;
  }

  /** When there is something to do, in milliseconds since the epoch; undefined while there is not. */
  get due(): number | undefined {
    const times = [
      ...(this.readNext === undefined ? [] : [this.lastRead + POLL]),
      ...this.lanes.all.flatMap((lane) => lane.due(this.gathering, this.hasEnded) ?? []),
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
    const left = this.lanes.skip(shard.start);
    if (left > 0) report.lost(left);
  }

  /** Reads what is there, and sends what is due. */
  async step(): Promise<void> {
    this.skipExpired();
    const lost = this.lanes.expire(this.props.shard.start); // before a window is closed: that may fail for longer than records are kept
    if (lost > 0) this.props.report.lost(lost);
    if (this.now >= this.lastRead + POLL) this.read();
    for (const lane of this.lanes.all) await this.sendFrom(lane);
    if (this.isNow(this.windowDue?.[0])) await this.close();
  }

  private get now(): number {
    return this.props.parts.clock.now();
  }

  private get unread(): number {
    return this.props.shard.end - Math.max(this.position, this.props.shard.start);
  }

  /** What the next read brings: new records, or such as there was no room for; in turn where both are of use. */
  private get readNext(): 'new' | 'left' | undefined {
    const hasNew = this.unread > 0 && this.lanes.takesNew;
    if (this.lanes.wanted === undefined) return hasNew ? 'new' : undefined;
    return hasNew && this.readLeft ? 'new' : 'left';
  }

  /** Whether no record can follow those that were read. */
  private get hasEnded(): boolean {
    return this.props.shard.closedAt !== undefined && this.unread + this.lanes.behind === 0;
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
    if (window?.end === undefined || this.lanes.held > 0) return undefined;
    if (window.isFull || this.hasEnded) return [window.notBefore];
    return this.unread + this.lanes.behind > 0 ? undefined : [Math.max(window.end, window.notBefore)];
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
    const next = this.readNext;
    if (next === undefined) return;
    this.lastRead = this.now;
    this.readLeft = next === 'left';
    const records = this.reads.fetch(next === 'left' ? (this.lanes.wanted ?? this.position) : this.position);
    if (records.length === 0) return;
    const end = Math.max(...records.map(({ ordinal }) => ordinal)) + 1;
    const meant = records.filter((record) => this.reads.isMeant(record));
    if (next === 'left') this.lanes.refill(meant, end);
    else {
      this.lanes.push(meant);
      this.position = end;
    }
  }
}
