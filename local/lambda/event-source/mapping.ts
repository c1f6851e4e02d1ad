import type { Shard } from '../../kinesis/shard.ts';
import type { Stream } from '../../kinesis/stream.ts';
import { ServiceError, type Caller } from '../../service.ts';
import type { Mapping } from './any-mapping.ts';
import type { Report } from './batch-sender.ts';
import { describeMapping } from './describe.ts';
import { Monitor } from './monitor.ts';
import { NextPoll } from './next-poll.ts';
import type { WorkingParts } from './parts.ts';
import { pauseAfter } from './pause.ts';
import type { MappingSettings } from './settings.ts';
import { POLL, ShardReader, type ShardProgress } from './shard-reader.ts';

/** What a mapping says of the latest invocation. @see https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
export type ProcessingResult = 'No records processed' | 'OK' | 'PROBLEM: Function call failed' | 'PROBLEM: Cannot access stream';

/** What outlives a run. */
export interface MappingProgress {
  readonly shards: Readonly<Record<string, ShardProgress>>;
  readonly result: ProcessingResult;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
}

/** What Lambda says it needs, and does without if it has the others. @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html */
const WISHED = 'kinesis:DescribeStreamSummary';

/** One event source mapping at work: it reads each shard of a stream once a second, as the function's role. */
export class EventSourceMapping implements Mapping {
  readonly stream: Stream;
  private readonly readers = new Map<string, ShardReader>();
  private readonly report: Report;
  private readonly monitor: Monitor;
  private readonly next: NextPoll;
  private created: number;
  private latest: ProcessingResult = 'No records processed';
  private lostCount = 0;
  /** How often in a row the stream could not be read, and until when that is not tried again. */
  private refusals = 0;
  private notBefore = 0;
  private hasWarned = false;

  /** @throws ServiceError ResourceNotFoundException */
  constructor(
    readonly settings: MappingSettings,
    readonly roleArn: string,
    private readonly parts: WorkingParts,
  ) {
    this.stream = parts.kinesis.stream(settings.streamArn);
    this.created = parts.clock.now();
    this.monitor = new Monitor(settings, parts);
    this.next = new NextPoll(parts, () => this.poll());
    this.report = {
      measure: (values) => {
        this.monitor.measure(values);
      },
      say: (level, message) => {
        this.monitor.say(level, message);
      },
      lost: (records) => {
        this.lostCount += records;
      },
      result: (isSuccess) => {
        this.latest = isSuccess ? 'OK' : 'PROBLEM: Function call failed';
      },
    };
    this.begin();
    this.stream.onPut(() => {
      this.plan(parts.clock.now() + POLL);
    });
  }

  get sourceArn(): string {
    return this.settings.streamArn;
  }

  get sourceName(): string {
    return this.stream.settings.name;
  }

  /** Records that an enabled mapping has yet to process. */
  get pending(): number {
    return this.settings.enabled ? this.allReaders().reduce((sum, { pending }) => sum + pending, 0) : 0;
  }

  /** Records whose retention ended before they were processed. */
  get lost(): number {
    if (this.settings.enabled) for (const reader of this.allReaders()) reader.skipExpired();
    return this.lostCount;
  }

  /** Whether something failed, and is tried again. */
  get blocked(): boolean {
    return this.refusals > 0 || [...this.readers.values()].some(({ isBlocked }) => isBlocked);
  }

  get progress(): MappingProgress {
    const shards = Object.fromEntries([...this.readers].map(([id, { progress }]) => [id, progress]));
    return { shards, result: this.latest, created: this.created };
  }

  describe(): object {
    return describeMapping(this.settings, this.progress);
  }

  /** Goes on from where an earlier process was; a mapping without a past begins with the stream as it is now. */
  resume(past: MappingProgress | undefined): void {
    if (past === undefined) this.begin();
    else {
      this.readers.clear();
      for (const shard of this.stream.shards) this.read(shard, past.shards[shard.id] ?? { position: 0 });
      this.latest = past.result;
      this.created = past.created;
    }
    this.plan(this.parts.clock.now() + POLL);
  }

  private begin(): void {
    this.readers.clear();
    for (const shard of this.stream.shards) this.read(shard, { position: this.firstOf(shard) });
    this.plan(this.parts.clock.now() + POLL);
  }

  private firstOf(shard: Shard): number {
    const { start } = this.settings;
    switch (start.type) {
      case 'LATEST':
        return shard.end;
      case 'TRIM_HORIZON':
        return shard.start;
      case 'AT_TIMESTAMP':
        return shard.positionAt(start.timestamp * 1000);
    }
  }

  private read(shard: Shard, from: ShardProgress): ShardReader {
    const { settings, roleArn, stream, parts, report } = this;
    const reader = new ShardReader({ settings, roleArn, stream, shard, parts, report }, from);
    this.readers.set(shard.id, reader);
    return reader;
  }

  /** Each known shard's reader: what a shard that has come since holds is read from its first record on. */
  private allReaders(): readonly ShardReader[] {
    this.stream.expire();
    for (const id of this.readers.keys()) if (this.stream.shard(id) === undefined) this.forget(id);
    return this.stream.shards.map((shard) => this.readers.get(shard.id) ?? this.read(shard, { position: 0 }));
  }

  /** Of a shard that the stream no longer has. */
  private forget(id: string): void {
    const reader = this.readers.get(id);
    if (this.settings.enabled) reader?.skipExpired();
    this.lostCount += this.settings.enabled ? (reader?.pending ?? 0) : 0;
    this.readers.delete(id);
  }

  private plan(time: number): void {
    if (this.settings.enabled) this.next.plan(time);
  }

  private async poll(): Promise<void> {
    const now = this.parts.clock.now();
    if (now >= this.notBefore && this.isDue(now) && this.mayRead()) {
      for (const shard of this.stream.shards) {
        if (this.parts.work.ended) return;
        const reader = this.readers.get(shard.id) ?? this.read(shard, { position: 0 });
        if (this.isTurnOf(shard)) await reader.step();
      }
    }
    const next = this.nextDue();
    if (next !== undefined) this.plan(Math.max(next, this.notBefore, now + 1));
  }

  private isDue(now: number): boolean {
    const next = this.nextDue();
    return next !== undefined && next <= now;
  }

  private nextDue(): number | undefined {
    const readers = this.allReaders();
    const times = this.stream.shards.flatMap((shard, index) => (this.isTurnOf(shard) ? (readers[index]?.due ?? []) : []));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** A child is read after its parents: its records came later. */
  private isTurnOf(shard: Shard): boolean {
    return shard.parents.every((id) => this.readers.get(id)?.isDone ?? true);
  }

  /** Reads as the role, with the stream's key. */
  private mayRead(): boolean {
    const { kinesis, assume, clock } = this.parts;
    try {
      const caller = assume(this.roleArn, this.settings.functionArn);
      kinesis.authorizeReader(caller, this.stream);
      this.refusals = 0;
      this.askWished(caller);
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.latest = 'PROBLEM: Cannot access stream';
      this.monitor.say('error', error.message);
      this.refusals += 1;
      this.notBefore = clock.now() + pauseAfter(this.refusals);
      return false;
    }
  }

  /** Says once what a role lacks that the mapping does without. */
  private askWished(caller: Caller): void {
    if (this.hasWarned) return;
    try {
      this.parts.access.check(caller, WISHED, this.settings.streamArn);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.monitor.say('warn', error.message);
      this.hasWarned = true;
    }
  }
}
