import { gzipSync } from 'node:zlib';
import type { Caller } from '../service.ts';
import { BatchBuffer } from './batch-buffer.ts';
import { checkSchema } from './convert-batch.ts';
import { DeliveryLog } from './delivery-log.ts';
import { Destination } from './destination.ts';
import { KinesisSource } from './kinesis-source.ts';
import type { DeliveryParts } from './parts.ts';
import { processingFailed, type Incoming, type Outgoing } from './records.ts';
import { S3Writer } from './s3-writer.ts';
import type { DeliverySettings } from './settings.ts';
import { transform } from './transform.ts';

/** How long Firehose itself keeps a record that was put to it. @see https://docs.aws.amazon.com/firehose/latest/dev/retry.html */
const DIRECT_PUT_PATIENCE = 24 * 3_600_000;

/** One delivery stream at work. */
export class Delivery {
  private readonly destination: Destination;
  private readonly main: S3Writer;
  private readonly errorWriter: S3Writer;
  private readonly backupWriter: S3Writer | undefined;
  private readonly errors = new Map<string, BatchBuffer<string>>();
  private readonly backup: BatchBuffer<Buffer> | undefined;
  private readonly unprocessed: BatchBuffer<Incoming> | undefined;
  private readonly source: KinesisSource | undefined;
  private readonly log: DeliveryLog;
  private inTransform = 0;
  private lostCount = 0;

  /** @throws ServiceError when a role, the source stream or the table of the schema does not exist, or a role does not trust Firehose or may not read the table */
  constructor(
    readonly settings: DeliverySettings,
    private readonly parts: DeliveryParts,
  ) {
    const { target, source, backup, lambda, conversion, name } = settings;
    for (const role of [target.roleArn, source?.roleArn, backup?.roleArn, conversion?.roleArn]) {
      if (role !== undefined) parts.assume(role);
    }
    if (conversion !== undefined) checkSchema(conversion, parts);
    const deliveryStreamArn = settings.arn;
    this.log = new DeliveryLog({ ...parts, deliveryStreamArn, caller: () => this.role() });
    const patience = () => (source === undefined ? DIRECT_PUT_PATIENCE : parts.kinesis.stream(source.streamArn).retention);
    const writer = (to: typeof target) =>
      new S3Writer(name, to, parts, this.log, patience, (records) => {
        this.lostCount += records;
      });
    this.main = writer(target);
    this.errorWriter = writer(target);
    this.destination = new Destination(settings, parts, this.main, (type, line, arrival) => this.fail(type, line, arrival));
    if (backup !== undefined) {
      const backupWriter = (this.backupWriter = writer(backup));
      this.backup = new BatchBuffer(parts.clock, backup.buffering, ({ items, oldest }) => {
        const body = async () => (backup.gzip ? gzipSync(Buffer.concat(items)) : Buffer.concat(items));
        return backupWriter.write({ records: items.length, oldest, body });
      });
    }
    if (lambda !== undefined) {
      this.unprocessed = new BatchBuffer(parts.clock, lambda.buffering, ({ items }) => this.transform(items));
    }
    if (source !== undefined) {
      this.source = new KinesisSource({
        clock: parts.clock,
        kinesis: parts.kinesis,
        streamArn: source.streamArn,
        caller: () => parts.assume(source.roleArn),
        accept: (records) => this.accept(records),
        blocked: () => this.blocked,
        refused: (error) => {
          this.log.error(target.log, source.streamArn, `Kinesis.${error.code}`, error.message);
        },
      });
    }
  }

  /** Records not yet in S3: those in the stream, those on their way, and payloads that wait for the backup. */
  get undelivered(): number {
    const failed = [...this.errors.values()].reduce((sum, { count }) => sum + count, 0);
    const onTheWay =
      (this.unprocessed?.count ?? 0) +
      this.inTransform +
      this.destination.records +
      this.main.records +
      failed +
      this.errorWriter.records;
    const toBackup = (this.backup?.count ?? 0) + (this.backupWriter?.records ?? 0);
    return (this.source?.pending ?? 0) + Math.max(onTheWay, toBackup);
  }

  /** Records whose time ran out before S3 took them. */
  get lost(): number {
    return this.lostCount;
  }

  /** Whether a refused object waits to be tried again. */
  get blocked(): boolean {
    return this.main.blocked || this.errorWriter.blocked || (this.backupWriter?.blocked ?? false);
  }

  /** Takes records in: each is in a buffer when this returns. */
  async accept(records: readonly Incoming[]): Promise<void> {
    for (const record of records) {
      await this.backup?.add(record.data, record.data.length, record.arrival);
      if (this.unprocessed === undefined) await this.destination.add(untransformed(record));
      else await this.unprocessed.add(record, record.data.length, record.arrival);
    }
  }

  private async transform(batch: readonly Incoming[]): Promise<void> {
    const { lambda: step, target, source, arn: deliveryStreamArn } = this.settings;
    if (step === undefined) return;
    const { clock, region, access, invoke } = this.parts;
    this.inTransform += batch.length;
    try {
      const { ok, failed } = await transform(batch, {
        step,
        deliveryStreamArn,
        sourceStreamArn: source?.streamArn,
        region,
        now: () => clock.now(),
        caller: () => this.role(),
        invoke: async (caller, arn, event) => {
          access.check(caller, 'lambda:GetFunctionConfiguration', arn); // tells the timeout; asked for beside the invocation in Firehose's own policy
          return invoke(caller, arn, event);
        },
        onFailure: (errorCode, message) => {
          this.log.error(target.log, step.arn, errorCode, message);
        },
      });
      for (const record of ok) await this.destination.add(record);
      for (const { record, failure } of failed) {
        await this.fail('processing-failed', processingFailed(record, failure, step.arn), record.arrival);
      }
    } finally {
      this.inTransform -= batch.length;
    }
  }

  private async fail(errorType: string, line: string, arrival: number): Promise<void> {
    let buffer = this.errors.get(errorType);
    if (buffer === undefined) {
      buffer = new BatchBuffer(this.parts.clock, this.settings.target.buffering, ({ items, oldest }) =>
        this.errorWriter.write({
          records: items.length,
          oldest,
          errorType,
          body: async () => Buffer.from(items.map((item) => `${item}\n`).join('')),
        }),
      );
      this.errors.set(errorType, buffer);
    }
    await buffer.add(line, line.length + 1, arrival);
  }

  private role(): Caller {
    return this.parts.assume(this.settings.target.roleArn);
  }
}

function untransformed({ recordId, data, arrival, kinesis }: Incoming): Outgoing {
  return { recordId, data, arrival, ...(kinesis && { sequenceNumber: kinesis.sequenceNumber }) };
}
