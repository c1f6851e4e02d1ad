import { gzipSync } from 'node:zlib';
import { BatchBuffer, type Batch } from './batch-buffer.ts';
import { convertBatch, type Converted } from './convert-batch.ts';
import { partitionKeys } from './partition-query.ts';
import type { DeliveryParts } from './parts.ts';
import { processingFailed, type Failure, type Outgoing } from './records.ts';
import type { S3Writer } from './s3-writer.ts';
import type { DeliverySettings } from './settings.ts';

/** Partitions with a buffer of their own at one time. @see https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const ACTIVE_PARTITIONS = 500;

/** Takes a line for the error prefix of one kind of failure. */
export type Fail = (errorType: string, line: string, arrival: number) => Promise<void>;

interface Partition {
  readonly keys: Readonly<Record<string, string>>;
  readonly buffer: BatchBuffer<Outgoing>;
}

/** The last leg of a delivery: partitions, buffers, conversion, and the object. */
export class Destination {
  private readonly partitions = new Map<string, Partition>();

  constructor(
    private readonly settings: DeliverySettings,
    private readonly parts: DeliveryParts,
    private readonly writer: S3Writer,
    private readonly fail: Fail,
  ) {}

  /** Records in buffers. */
  get records(): number {
    return [...this.partitions.values()].reduce((sum, { buffer }) => sum + buffer.count, 0);
  }

  async add(record: Outgoing): Promise<void> {
    const keys = this.keysOf(record);
    if (keys === undefined) {
      await this.reject(
        record,
        'metadata-extraction-failed',
        'DynamicPartitioning.MetadataExtractionFailed',
        'A key of the partition is missing, or the record is no single JSON object.',
      );
      return;
    }
    const id = JSON.stringify(keys);
    if (!this.partitions.has(id) && this.partitions.size >= ACTIVE_PARTITIONS) {
      // the name of this folder is documented nowhere that was found
      await this.reject(
        record,
        'active-partition-limit-exceeded',
        'DynamicPartitioning.ActivePartitionLimitExceeded',
        `More than ${ACTIVE_PARTITIONS} partitions are active.`,
      );
      return;
    }
    const data = this.settings.appendDelimiter ? Buffer.concat([record.data, Buffer.from('\n')]) : record.data;
    await this.partition(id, keys).buffer.add({ ...record, data }, data.length, record.arrival);
  }

  private partition(id: string, keys: Readonly<Record<string, string>>): Partition {
    const found = this.partitions.get(id);
    if (found !== undefined) return found;
    const made = {
      keys,
      buffer: new BatchBuffer(this.parts.clock, this.settings.target.buffering, (batch: Batch<Outgoing>) =>
        this.deliver(id, keys, batch),
      ),
    };
    this.partitions.set(id, made);
    return made;
  }

  private async deliver(id: string, keys: Readonly<Record<string, string>>, { items, oldest }: Batch<Outgoing>): Promise<void> {
    if (this.partitions.get(id)?.buffer.count === 0) this.partitions.delete(id);
    const { conversion, target } = this.settings;
    let converted: Converted = { bytes: undefined, failed: [] };
    await this.writer.write({
      records: items.length,
      oldest,
      keys,
      body: async () => {
        converted =
          conversion === undefined
            ? { bytes: Buffer.concat(items.map(({ data }) => data)), failed: [] }
            : await convertBatch(items, conversion, this.parts);
        return converted.bytes === undefined || !target.gzip ? converted.bytes : gzipSync(converted.bytes);
      },
      then: async () => {
        for (const { line, arrival } of converted.failed) await this.fail('format-conversion-failed', line, arrival);
      },
    });
  }

  private keysOf(record: Outgoing): Record<string, string> | undefined {
    const { partitions, target } = this.settings;
    if (partitions === undefined) return {};
    const queried = partitions.query === undefined ? {} : partitionKeys(partitions.query, record.data);
    if (queried === undefined) return undefined;
    const keys = { ...queried, ...record.lambdaKeys };
    return target.prefix.partitionKeys.every(({ key }) => (keys[key] ?? '') !== '') ? keys : undefined;
  }

  private async reject(record: Outgoing, errorType: string, errorCode: string, errorMessage: string): Promise<void> {
    const failure: Failure = { errorCode, errorMessage, attemptsMade: 1, ended: this.parts.clock.now() };
    await this.fail(errorType, processingFailed(record, failure, this.settings.lambda?.arn), record.arrival);
  }
}
