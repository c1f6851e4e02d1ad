import type { Accepts } from './judge-original.ts';
import type { Done } from './layout.ts';
import type { ReadOriginal } from './originals.ts';
import { LineSet, type Progress } from './progress.ts';
import { Tally, type Row } from './rows.ts';

/** One object that is replayed. */
export interface ObjectJob {
  /** Names the contract and the code that judge. */
  readonly handler: string;
  readonly read: ReadOriginal;
  readonly accepts: Accepts;
  /** What rows call an event that is accepted, and one that is not: of quarantine both are what it was rejected for. */
  readonly reasons: { readonly accepted: string; readonly rejected: string };
  /** Whether a line that was put stays put for every handler, as in quarantine; `raw` is delivered anew by each. */
  readonly remembersLines: boolean;
  readonly dryRun: boolean;
  /** Whether the run goes on with it: what is settled was counted, and lines before `line` are, too. */
  readonly resumed: boolean;
  readonly line: number;
}

/** What the object lies behind. */
export interface ObjectPorts {
  /** Its lines; undefined for one that is too long. */
  readonly lines: AsyncIterable<Uint8Array | undefined>;
  readProgress(): Promise<Progress | undefined>;
  writeProgress(progress: Progress): Promise<void>;
  writeDone(done: Done): Promise<void>;
  /** Puts events into the dataset's stream, and says of each whether the stream has taken it. */
  put(events: readonly Uint8Array[]): Promise<readonly boolean[]>;
  /** Whether there is time for more. */
  mayGoOn(): boolean;
}

/** What came of an object, or of the part that there was time for. */
export interface ObjectOutcome {
  readonly finished: boolean;
  /** Whether the stream takes no more for now. */
  readonly throttled: boolean;
  /** The first line that is not settled. */
  readonly line: number;
  readonly rows: readonly Row[];
}

/** What is put by one call: a quarter of what a shard takes in a second, and few enough records for PutRecords. */
const BATCH = { bytes: 256 * 1024, events: 5_000 } as const;
/** Kinesis takes 1 MiB with the partition key; a longer event came to quarantine by another way than this stream. */
const LONGEST_EVENT = 1_000_000;

/**
 * Judges the events of an object anew and puts those that are accepted and were not put before; the others stay as they are. What was put is
 * written down after each call, and never before it: a run that is killed in between puts that call's events twice, and loses none.
 */
export async function replayObject(job: ObjectJob, ports: ObjectPorts): Promise<ObjectOutcome> {
  return new ObjectReplay(job, ports, await ports.readProgress()).run();
}

/** Events that wait for their call, and what is counted of the lines since the last. */
interface Batch {
  readonly events: { readonly line: number; readonly bytes: Uint8Array }[];
  bytes: number;
  readonly tally: Tally;
}
const emptyBatch = (): Batch => ({ events: [], bytes: 0, tally: new Tally() });

class ObjectReplay {
  private readonly put: LineSet;
  /** Whether another run of the same handler, or this one, has settled a part. */
  private readonly isKnown: boolean;
  private readonly ahead: number;
  private readonly tally = new Tally();
  private readonly seen = new Set<string>();
  /** Settled so far, by whatever run. */
  private done: Done;
  private next: number;
  private batch = emptyBatch();

  constructor(
    private readonly job: ObjectJob,
    private readonly ports: ObjectPorts,
    progress: Progress | undefined,
  ) {
    this.isKnown = progress?.handler === job.handler;
    this.put = LineSet.parse(progress?.lines ?? '');
    this.ahead = this.isKnown && job.resumed ? (progress?.ahead ?? 0) : 0;
    this.done = this.isKnown && progress !== undefined ? { put: progress.put, left: progress.left } : { put: 0, left: 0 };
    this.next = this.isKnown ? (progress?.next ?? 0) : 0;
    if (!job.resumed) {
      this.tally.count(job.reasons.accepted, 'before', this.done.put);
      this.tally.count(job.reasons.rejected, 'stillBad', this.done.left);
    }
    if (job.dryRun) this.next = Math.max(this.next, job.line);
  }

  async run(): Promise<ObjectOutcome> {
    const first = this.next;
    let line = -1;
    for await (const bytes of this.ports.lines) {
      line += 1;
      this.take(line, bytes, line < first);
      if (this.batch.bytes < BATCH.bytes && this.batch.events.length < BATCH.events && (line < first || this.ports.mayGoOn()))
        continue;
      if (!(await this.settle(line + 1))) return this.outcome({ throttled: true });
      if (!this.ports.mayGoOn()) {
        await this.writeProgress(this.next);
        return this.outcome({});
      }
    }
    if (!(await this.settle(line + 1))) return this.outcome({ throttled: true });
    if (!this.job.dryRun) await this.ports.writeDone(this.done);
    return this.outcome({ finished: true });
  }

  private take(line: number, bytes: Uint8Array | undefined, isSettled: boolean): void {
    const { read, accepts, reasons, resumed } = this.job;
    const original = read(bytes);
    if (original === 'blank') return;
    const { digest } = original === 'unreadable' ? {} : original;
    if (digest !== undefined && this.seen.has(digest)) return; // a put is at least once: one identity, one event
    if (digest !== undefined) this.seen.add(digest);
    if (isSettled) return;
    const { tally, events } = this.batch;
    if (original === 'unreadable' || original.bytes.length > LONGEST_EVENT) {
      tally.count(reasons.rejected, 'stillBad');
    } else if (this.put.has(line)) {
      const isOurs = resumed && line < this.ahead;
      tally.count(reasons.accepted, isOurs ? 'fixable' : 'before');
      if (isOurs) tally.replayed(reasons.accepted, 1);
    } else if (accepts(original.bytes)) {
      tally.count(reasons.accepted, 'fixable');
      events.push({ line, bytes: original.bytes });
      this.batch.bytes += original.bytes.length;
    } else {
      tally.count(reasons.rejected, 'stillBad');
    }
  }

  /** Puts what waits, and counts the lines before `next`; false where the stream did not take all of it, so that nothing of it counts yet. */
  private async settle(next: number): Promise<boolean> {
    const { events, tally } = this.batch;
    this.batch = emptyBatch();
    if (!this.job.dryRun && events.length > 0) {
      const taken = await this.ports.put(events.map(({ bytes }) => bytes));
      const missing = events.filter((_, index) => taken[index] !== true);
      if (this.job.remembersLines)
        for (const [index, { line }] of events.entries()) if (taken[index] === true) this.put.add(line);
      if (missing.length > 0) {
        await this.writeProgress(next);
        return false;
      }
      tally.replayed(this.job.reasons.accepted, events.length);
    }
    this.tally.add(tally);
    const settled = tally.sum('found') - tally.sum('stillBad');
    this.done = { put: this.done.put + settled, left: this.done.left + tally.sum('stillBad') };
    this.next = next;
    if (events.length > 0) await this.writeProgress(next);
    return true;
  }

  private async writeProgress(ahead: number): Promise<void> {
    if (this.job.dryRun) return;
    const { handler } = this.job;
    await this.ports.writeProgress({ handler, next: this.next, ahead, ...this.done, lines: this.put.format() });
  }

  private outcome({ finished = false, throttled = false }: Partial<ObjectOutcome>): ObjectOutcome {
    return { finished, throttled, line: this.next, rows: this.tally.list };
  }
}
