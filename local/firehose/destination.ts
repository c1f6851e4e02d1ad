import { BatchBuffer, type Held } from './batch-buffer.ts';
import { NO_KEY, partitionKeys } from './partition-query.ts';
import type { DeliveryParts } from './parts.ts';
import { processingFailed, type Failure, type Outgoing } from './records.ts';
import type { S3Writer } from './s3-writer.ts';
import type { DeliverySettings } from './settings.ts';

/** Partitions with a buffer of their own at one time. @see https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const ACTIVE_PARTITIONS = 500;

const NEWLINE = Buffer.from('\n');

/** Takes a line for the error prefix of one kind of failure. */
export type Fail = (errorType: string, line: string, arrival: number) => Promise<void>;

type Keys = Readonly<Record<string, string>>;

interface Partition {
  readonly keys: Keys;
  readonly buffer: BatchBuffer<Outgoing>;
}

/** The last leg of a delivery: partitions, each with a buffer, and the object. */
export class Destination {
  private readonly partitions = new Map<string, Partition>();

  constructor(
    private readonly settings: DeliverySettings,
    private readonly parts: DeliveryParts,
    private readonly writer: S3Writer<Outgoing>,
    private readonly fail: Fail,
  ) {}

  /** Records in buffers. */
  get records(): number {
    return [...this.partitions.values()].reduce((sum, { buffer }) => sum + buffer.count, 0);
  }

  /** What the buffers hold, by the keys of their partition. */
  get held(): readonly (Held<Outgoing> & { readonly keys: Keys })[] {
    return [...this.partitions.values()].map(({ keys, buffer }) => ({ keys, ...buffer.held }));
  }

  async add(record: Outgoing): Promise<void> {
    const found = this.keysOf(record);
    if ('fault' in found) {
      await this.reject(record, 'metadata-extraction-failed', 'DynamicPartitioning.MetadataExtractionFailed', found.fault);
      return;
    }
    const { keys } = found;
    const id = JSON.stringify(keys);
    if (!this.partitions.has(id) && this.partitions.size >= ACTIVE_PARTITIONS) {
      await this.reject(
        record,
        'activePartitionExceeded', // https://docs.aws.amazon.com/firehose/latest/dev/buffering.html
        'DynamicPartitioning.ActivePartitionLimitExceeded',
        `More than ${ACTIVE_PARTITIONS} partitions are active.`,
      );
      return;
    }
    const data = this.settings.appendDelimiter ? Buffer.concat([record.data, NEWLINE]) : record.data;
    await this.partition(id, keys).buffer.add(data === record.data ? record : { ...record, data }, record.arrival);
  }

  /** Hands on what the buffers hold. */
  async flush(): Promise<void> {
    for (const { buffer } of [...this.partitions.values()]) await buffer.flush();
  }

  /** Takes back what a buffer of an earlier process held. */
  refill(keys: Keys, held: Held<Outgoing>): void {
    this.partition(JSON.stringify(keys), keys).buffer.refill(held);
  }

  private partition(id: string, keys: Keys): Partition {
    const found = this.partitions.get(id);
    if (found !== undefined) return found;
    const { clock, work } = this.parts;
    const buffer: BatchBuffer<Outgoing> = new BatchBuffer({
      clock,
      work,
      buffering: this.settings.target.buffering,
      sizeOf: ({ data }) => data.length,
      hand: async (batch) => {
        if (buffer.count === 0) this.partitions.delete(id);
        await this.writer.write(batch, { keys });
      },
    });
    const made = { keys, buffer };
    this.partitions.set(id, made);
    return made;
  }

  private keysOf(record: Outgoing): { readonly keys: Keys } | { readonly fault: string } {
    const { partitions, target } = this.settings;
    if (partitions === undefined) return { keys: {} };
    const queried = partitions.query === undefined ? { keys: {} } : partitionKeys(partitions.query, record.data);
    if ('fault' in queried) return queried;
    const keys = { ...queried.keys, ...record.lambdaKeys };
    return target.prefix.partitionKeys.every(({ key }) => (keys[key] ?? '') !== '') ? { keys } : { fault: NO_KEY };
  }

  private async reject(record: Outgoing, errorType: string, errorCode: string, errorMessage: string): Promise<void> {
    const failure: Failure = { errorCode, errorMessage, attemptsMade: 1, ended: this.parts.clock.now() };
    await this.fail(errorType, processingFailed(record, failure, this.settings.lambda?.arn), record.arrival);
  }
}
