import type { SimulatedClock } from '../clock.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Shard, StreamRecord } from '../kinesis/shard.ts';
import type { Stream, StreamConsumer } from '../kinesis/stream.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { Incoming } from './records.ts';
import { userRecords } from './user-records.ts';
import type { Work } from '../work.ts';

/** Simulated milliseconds between two reads of a shard, and the longest pause while something is refused. @see https://docs.aws.amazon.com/firehose/latest/dev/writing-with-kinesis-streams.html */
const POLL = 1_000;
const LONGEST_PAUSE = 300_000;

/** One read: what a shard gives in a second. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const READ_RECORDS = 10_000;
const READ_BYTES = 2 * 1024 * 1024;

const THROTTLED = 'ProvisionedThroughputExceededException';

export interface KinesisSourceParts {
  readonly clock: SimulatedClock;
  readonly work: Work;
  readonly kinesis: Kinesis;
  readonly streamArn: string;
  /** The delivery role. */
  readonly caller: () => Caller;
  readonly accept: (records: readonly Incoming[]) => Promise<void>;
  /** Whether the delivery waits for a refused object: then nothing more is read, and the stream keeps what comes. */
  readonly blocked: () => boolean;
  readonly refused: (error: ServiceError) => void;
  readonly measure: (values: Readonly<Record<string, number>>) => void;
}

/** Reads a stream for a delivery, from its end at the delivery's creation on, as the delivery's role: each shard once a second. */
export class KinesisSource {
  private readonly stream: Stream;
  private readonly consumer: StreamConsumer;
  private scheduled = false;
  private pause = POLL;
  private read = 0;
  /** Arrival of the newest record. */
  private newest = -Infinity;

  /** @throws ServiceError ResourceNotFoundException */
  constructor(private readonly parts: KinesisSourceParts) {
    this.stream = parts.kinesis.stream(parts.streamArn);
    this.consumer = this.stream.addConsumer();
    this.stream.onPut(() => {
      this.newest = parts.clock.now();
      this.schedule();
    });
  }

  /** Records in the stream that were not read yet. */
  get pending(): number {
    return this.consumer.pending();
  }

  /** Where the reading stands, by shard. */
  get checkpoints(): Readonly<Record<string, number>> {
    return this.consumer.checkpoints();
  }

  /** Goes on from where an earlier process stood. */
  resume(checkpoints: Readonly<Record<string, number>>): void {
    this.consumer.resume(checkpoints);
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    const { clock, work } = this.parts;
    clock.at(clock.now() + this.pause, () =>
      work.run(async () => {
        this.scheduled = false;
        if (work.ended) return;
        await this.poll();
        if (this.pending > 0) this.schedule();
      }),
    );
  }

  private async poll(): Promise<void> {
    if (this.parts.blocked()) {
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
      return;
    }
    try {
      this.parts.kinesis.authorizeReader(this.parts.caller(), this.stream);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.parts.refused(error);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
      return;
    }
    this.pause = POLL;
    for (const shard of this.stream.shards) {
      if (this.parts.blocked() || this.parts.work.ended) return;
      if (!this.isTurnOf(shard)) continue;
      const records = this.fetch(shard);
      const last = records.reduce<StreamRecord | undefined>(
        (late, each) => (late === undefined || each.ordinal > late.ordinal ? each : late),
        undefined,
      );
      if (last === undefined) continue;
      await this.parts.accept(records.flatMap((record) => this.incoming(shard, record)));
      this.consumer.pass(shard, last);
      this.parts.measure({
        'DataReadFromKinesisStream.Records': records.length,
        'DataReadFromKinesisStream.Bytes': records.reduce((sum, { data }) => sum + data.length, 0),
        KinesisMillisBehindLatest: this.pending === 0 ? 0 : Math.max(0, this.newest - last.arrival),
      });
    }
  }

  /** A child is read after its parents: its records came later. */
  private isTurnOf(shard: Shard): boolean {
    if (this.consumer.pending(shard) === 0) return false;
    return shard.parents.every((id) => {
      const parent = this.stream.shard(id);
      return parent === undefined || this.consumer.pending(parent) === 0;
    });
  }

  /** Nothing where the shard's rate is used up by other readers: the next second brings it. */
  private fetch(shard: Shard): readonly StreamRecord[] {
    try {
      return this.parts.kinesis.fetch(this.stream, shard, () => this.consumer.read(shard, READ_RECORDS, READ_BYTES));
    } catch (error) {
      if (error instanceof ServiceError && error.code === THROTTLED) return [];
      throw error;
    }
  }

  /** A record, or each of those that the Kinesis Producer Library has packed into it. */
  private incoming({ id: shardId }: Shard, { sequenceNumber, partitionKey, data, arrival }: StreamRecord): readonly Incoming[] {
    const records = userRecords(data) ?? [{ partitionKey, data }];
    return records.map((record, subsequenceNumber) => ({
      recordId: sequenceNumber + String(this.read++).padStart(14, '0'),
      data: record.data,
      arrival,
      kinesis: { shardId, partitionKey: record.partitionKey, sequenceNumber, subsequenceNumber },
    }));
  }
}
