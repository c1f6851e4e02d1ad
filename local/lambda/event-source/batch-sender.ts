import { randomUUID } from 'node:crypto';
import { ServiceError } from '../../service.ts';
import type { Outcome } from '../function-thread.ts';
import type { Stream } from '../../kinesis/stream.ts';
import type { Shard } from '../../kinesis/shard.ts';
import { Destination } from './destination.ts';
import type { Discarded } from './failure-record.ts';
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
  private readonly destination: Destination | undefined;

  constructor(private readonly props: BatchSenderProps) {
    const { settings, parts } = props;
    if (settings.destination !== undefined) this.destination = new Destination(settings.destination, settings.uuid, parts);
  }

  /** Bytes that an event's records may have. */
  get room(): number {
    return LARGEST_EVENT - Buffer.byteLength(JSON.stringify(this.eventOf([])));
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

  /** Hands a window's state to the function once more, without records. @returns Whether that succeeded */
  async close(window: TumblingWindow, closing: Closing): Promise<boolean> {
    const { outcome } = await this.invoke(this.eventOf([], closing), undefined);
    const isSuccess = 'answer' in outcome;
    this.props.report.result(isSuccess);
    if (isSuccess) window.close(closing);
    else {
      window.failures += 1;
      window.notBefore = this.now + pauseAfter(window.failures);
    }
    return isSuccess;
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
    if (settings.maximumRetryAttempts === -1 || invocations <= settings.maximumRetryAttempts) return [this.paused(batch)];
    const condition = 'RetryAttemptsExhausted';
    await this.discard({ condition, records, shardId: shard.id, invocations, requestId, verdict });
    return [];
  }

  private paused(batch: Batch): Batch {
    const failures = batch.failures + 1;
    return { ...batch, failures, notBefore: this.now + pauseAfter(failures) };
  }

  /** The records that are neither gone from the stream nor older than a function is to get; of the latter the destination is told. */
  private async inTime({ records, invocations }: Batch): Promise<readonly HeldRecord[]> {
    const { settings, stream, shard, report } = this.props;
    stream.expire();
    const kept = records.filter(({ ordinal }) => ordinal >= shard.start);
    if (kept.length < records.length) report.lost(records.length - kept.length);
    const oldest = settings.maximumRecordAge === -1 ? -Infinity : this.now - settings.maximumRecordAge * 1000;
    const old = kept.filter(({ arrival }) => arrival < oldest);
    if (old.length === 0) return kept;
    const condition = 'RecordAgeExceeded';
    await this.discard({ condition, records: old, shardId: shard.id, invocations, requestId: undefined, verdict: undefined });
    return kept.filter(({ arrival }) => arrival >= oldest);
  }

  private async discard(discarded: Discarded): Promise<void> {
    const { settings, roleArn, parts, report } = this.props;
    const { condition, records } = discarded;
    const { functionArn, streamArn } = settings;
    report.say('error', `${records.length} records of ${discarded.shardId} are discarded: ${condition}`);
    if (this.destination === undefined) return;
    const executedVersion = parts.lambda.versionOf(functionArn);
    try {
      const caller = parts.assume(roleArn, functionArn);
      await this.destination.tell(caller, discarded, { functionArn, executedVersion, streamArn, now: this.now });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      report.measure({ DestinationDeliveryFailures: 1 });
      report.say('error', `the destination was not told: ${error.message}`);
    }
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
