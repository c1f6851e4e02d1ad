import { randomUUID } from 'node:crypto';
import type { Outcome } from '../function-thread.ts';
import type { Stream } from '../../kinesis/stream.ts';
import type { Shard } from '../../kinesis/shard.ts';
import { Discards } from './discards.ts';
import { newBatch, type Batch } from './lane.ts';
import type { WorkingParts } from './parts.ts';
import { pauseAfter } from './pause.ts';
import { LARGEST_EVENT, type HeldRecord } from './record-event.ts';
import type { MappingSettings } from './settings.ts';
import { judge, type Verdict } from './verdict.ts';
import type { Closing, TumblingWindow } from './window.ts';

/** What a mapping counts and says, whichever shard it comes from. */
export interface Report {
  measure(values: Readonly<Record<string, number>>): void;
  say(level: 'error' | 'warn', message: string): void;
  /** Records whose retention ended before they were processed. */
  lost(records: number): void;
  /** What came of the latest invocation. */
  result(isSuccess: boolean): void;
}

export interface BatchSenderProps {
  readonly settings: MappingSettings;
  readonly roleArn: string;
  readonly stream: Stream;
  readonly shard: Shard;
  readonly window: TumblingWindow | undefined;
  readonly parts: WorkingParts;
  readonly report: Report;
}

/** Sends batches of one shard to the function, and says what is left of each. */
export class BatchSender {
  private readonly discards: Discards;

  constructor(private readonly props: BatchSenderProps) {
    this.discards = new Discards(props);
  }

  /** Bytes that an event's records may have. */
  get room(): number {
    const { window } = this.props;
    const bare = { ...this.eventOf([]), ...(window !== undefined && { state: 0 }) }; // a state may be large, and is measured once
    return LARGEST_EVENT - Buffer.byteLength(JSON.stringify(bare)) - (window === undefined ? 0 : window.stateBytes - 1);
  }

  /**
   * Sends a batch once, without what has become too old.
   *
   * @returns What is still to be sent of it
   */
  async send(batch: Batch): Promise<readonly Batch[]> {
    const records = await this.inTime(batch);
    const [first] = records;
    if (first === undefined) return [];
    this.props.window?.enter(first.arrival);
    const sent = { ...batch, records };
    if (records.reduce((sum, { bytes }) => sum + bytes, 0) > this.room) {
      this.props.report.say('error', `a record of ${this.props.shard.id} has no room in an event of ${LARGEST_EVENT} bytes`);
      return [this.paused(sent)];
    }
    const { outcome, requestId } = await this.invoke(this.eventOf(records), records.at(-1));
    const { reportsItems } = this.props.settings;
    const verdict = judge(outcome, records, { reportsItems, isWindowed: this.props.window !== undefined });
    this.props.report.result(verdict.processed === records.length);
    if (verdict.state !== undefined && verdict.processed > 0) this.props.window?.keep(verdict.state);
    if (verdict.processed > 0) return verdict.processed < records.length ? [newBatch(records.slice(verdict.processed))] : [];
    return this.failed({ ...sent, invocations: batch.invocations + 1 }, verdict, requestId);
  }

  /** Hands a window's state to the function once more, without records: what that fails with is retried as a batch is, and no longer. */
  async close(window: TumblingWindow, closing: Closing): Promise<void> {
    const { shard, report } = this.props;
    const event = this.eventOf([], closing);
    if (await this.hasPassed(window, event)) {
      window.close(closing);
      return;
    }
    const { outcome, requestId } = await this.invoke(event, undefined);
    const isSuccess = 'answer' in outcome;
    report.result(isSuccess);
    if (isSuccess) {
      window.close(closing);
      return;
    }
    window.failures += 1;
    window.notBefore = this.now + pauseAfter(window.failures);
    if (this.mayRetry(window.failures)) return;
    const verdict = { processed: 0, functionError: 'Unhandled' } as const;
    const given = { records: [], event, shardId: shard.id, invocations: window.failures, requestId, verdict };
    await this.discards.add({ condition: 'RetryAttemptsExhausted', ...given });
    window.close(closing);
  }

  private get now(): number {
    return this.props.parts.clock.now();
  }

  /** A batch falls into two, as long as it can: that uses up no attempt. */
  private async failed(batch: Batch, verdict: Verdict, requestId: string): Promise<readonly Batch[]> {
    const { settings, shard } = this.props;
    const { records, invocations } = batch;
    if (settings.bisects && records.length > 1) {
      const half = Math.ceil(records.length / 2);
      return [newBatch(records.slice(0, half)), newBatch(records.slice(half))];
    }
    if (this.mayRetry(invocations)) return [this.paused(batch)];
    const condition = 'RetryAttemptsExhausted';
    await this.discards.add({ condition, records, shardId: shard.id, invocations, requestId, verdict });
    return [];
  }

  private mayRetry(failures: number): boolean {
    const { maximumRetryAttempts } = this.props.settings;
    return maximumRetryAttempts === -1 || failures <= maximumRetryAttempts;
  }

  /** Whether a window that could not be closed is over for longer than its records are to be tried, or are kept. */
  private async hasPassed(window: TumblingWindow, event: object): Promise<boolean> {
    const { settings, stream, shard, report } = this.props;
    if (window.failures === 0 || window.end === undefined) return false;
    const age = this.now - window.end;
    if (settings.maximumRecordAge !== -1 && age > settings.maximumRecordAge * 1000) {
      const given = { records: [], event, shardId: shard.id, invocations: window.failures };
      await this.discards.add({ condition: 'RecordAgeExceeded', ...given, requestId: undefined, verdict: undefined });
      return true;
    }
    if (age <= stream.retention) return false;
    report.say('error', `the state of a window of ${shard.id} is discarded: the retention of its records ended`);
    return true;
  }

  private paused(batch: Batch): Batch {
    const failures = batch.failures + 1;
    return { ...batch, failures, notBefore: this.now + pauseAfter(failures) };
  }

  /** The records that are not older than a function is to get; of the others the destination is told. */
  private async inTime({ records, invocations }: Batch): Promise<readonly HeldRecord[]> {
    const { settings, shard } = this.props;
    const oldest = settings.maximumRecordAge === -1 ? -Infinity : this.now - settings.maximumRecordAge * 1000;
    const old = records.filter(({ arrival }) => arrival < oldest);
    if (old.length === 0) return records;
    const condition = 'RecordAgeExceeded';
    await this.discards.add({
      condition,
      records: old,
      shardId: shard.id,
      invocations,
      requestId: undefined,
      verdict: undefined,
    });
    return records.filter(({ arrival }) => arrival >= oldest);
  }

  private async invoke(event: object, last: HeldRecord | undefined): Promise<{ outcome: Outcome; requestId: string }> {
    const { settings, parts, report } = this.props;
    if (last !== undefined) report.measure({ IteratorAge: this.now - last.arrival });
    const requestId = randomUUID();
    return { outcome: await parts.lambda.invokeMapped(settings.functionArn, event, requestId), requestId };
  }

  private eventOf(records: readonly HeldRecord[], closing?: Closing): object {
    const { window, shard, settings } = this.props;
    const Records = records.map(({ event }) => event);
    return window === undefined
      ? { Records }
      : { Records, ...window.frame(closing), shardId: shard.id, eventSourceARN: settings.streamArn };
  }
}
