import type { SimulatedClock } from '../clock.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Stream, StreamConsumer } from '../kinesis/stream.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { Incoming } from './records.ts';

/** Simulated milliseconds between looks at a stream, and the longest pause while something is refused. */
const POLL = 1_000;
const LONGEST_PAUSE = 300_000;

/** One read: small enough to keep memory flat, large enough to fill a batch. */
const READ_RECORDS = 500;
const READ_BYTES = 4 * 1024 * 1024;

export interface KinesisSourceParts {
  readonly clock: SimulatedClock;
  readonly kinesis: Kinesis;
  readonly streamArn: string;
  /** The delivery role. */
  readonly caller: () => Caller;
  readonly accept: (records: readonly Incoming[]) => Promise<void>;
  /** Whether the delivery waits for a refused object: then nothing more is read, and the stream keeps what comes. */
  readonly blocked: () => boolean;
  readonly refused: (error: ServiceError) => void;
}

/** Reads a stream for a delivery, from its oldest record on, as the delivery's role. */
export class KinesisSource {
  private readonly stream: Stream;
  private readonly consumer: StreamConsumer;
  private scheduled = false;
  private pause = POLL;

  /** @throws ServiceError ResourceNotFoundException */
  constructor(private readonly parts: KinesisSourceParts) {
    this.stream = parts.kinesis.stream(parts.streamArn);
    this.consumer = this.stream.addConsumer();
    this.stream.onPut(() => {
      this.schedule();
    });
  }

  /** Records in the stream that were not read yet. */
  get pending(): number {
    return this.consumer.pending();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.parts.clock.at(this.parts.clock.now() + this.pause, async () => {
      this.scheduled = false;
      await this.poll();
      if (this.pending > 0) this.schedule();
    });
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
      for (;;) {
        if (this.parts.blocked()) return;
        const records = this.consumer.read(shard, READ_RECORDS, READ_BYTES);
        const last = records.at(-1);
        if (last === undefined) break;
        await this.parts.accept(
          records.map(({ sequenceNumber, partitionKey, data, arrival }) => ({
            recordId: `${sequenceNumber}${'0'.repeat(14)}`,
            data,
            arrival,
            kinesis: { shardId: shard.id, partitionKey, sequenceNumber },
          })),
        );
        this.consumer.pass(shard, last);
      }
    }
  }
}
