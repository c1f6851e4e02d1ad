import { gzipSync } from 'node:zlib';
import type { Caller } from '../service.ts';
import { BatchBuffer } from './batch-buffer.ts';
import { convertBatch } from './convert-batch.ts';
import { deaggregate } from './deaggregate.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { Destination } from './destination.ts';
import type { DeliveryParts } from './parts.ts';
import { placeOf, processingFailed, type Incoming, type Outgoing } from './records.ts';
import { S3Writer, type Encoded, type WriterParts } from './s3-writer.ts';
import type { DeliverySettings, Target } from './settings.ts';
import { transform } from './transform.ts';

export interface PipelineParts {
  readonly settings: DeliverySettings;
  readonly version: number;
  readonly parts: DeliveryParts;
  readonly log: DeliveryLog;
  /** How long a record may wait for S3, from its arrival: milliseconds. */
  readonly patience: () => number;
  readonly onLost: (records: number) => void;
}

/** What one version of a delivery stream's configuration does with records: backup, function, partitions, conversion, objects. */
export class Pipeline {
  readonly main: S3Writer<Outgoing>;
  readonly errors: S3Writer<string>;
  readonly backups: S3Writer<Buffer> | undefined;
  readonly destination: Destination;
  readonly unprocessed: BatchBuffer<Incoming> | undefined;
  readonly backup: BatchBuffer<Buffer> | undefined;
  private readonly failures = new Map<string, BatchBuffer<string>>();
  private inTransform = 0;

  constructor(private readonly pipeline: PipelineParts) {
    const { settings, parts } = pipeline;
    const { target, backup, lambda } = settings;
    this.main = this.writer(target, (items) => this.encode(items));
    this.errors = this.writer(target, async (lines) => ({ bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')) }));
    this.destination = new Destination(settings, parts, this.main, (type, line, arrival) => this.fail(type, line, arrival));
    const { clock, work } = parts;
    if (backup !== undefined) {
      const backups = (this.backups = this.writer(backup, async (items) => ({ bytes: joined(items, backup) }), 'BackupToS3'));
      this.backup = new BatchBuffer({
        clock,
        work,
        buffering: backup.buffering,
        sizeOf: ({ length }) => length,
        hand: (batch) => backups.write(batch),
      });
    }
    if (lambda !== undefined) {
      this.unprocessed = new BatchBuffer({
        clock,
        work,
        buffering: lambda.buffering,
        sizeOf: ({ data }) => data.length,
        hand: ({ items }) => this.transform(items),
      });
    }
  }

  /** Records not yet in S3: those on their way, and payloads that wait for the backup. */
  get undelivered(): number {
    const failed = [...this.failures.values()].reduce((sum, { count }) => sum + count, 0);
    const { unprocessed, inTransform, destination, main, errors, backup, backups } = this;
    const onTheWay = (unprocessed?.count ?? 0) + inTransform + destination.records + main.records + failed + errors.records;
    return Math.max(onTheWay, (backup?.count ?? 0) + (backups?.records ?? 0));
  }

  /** Arrival of the oldest record that is not in S3 yet: milliseconds since the epoch, Infinity where there is none. */
  get oldest(): number {
    const { unprocessed, destination, main, errors } = this;
    const held = [unprocessed?.held, ...destination.held, ...[...this.failures.values()].map((buffer) => buffer.held)];
    return [...held, ...main.waiting, ...errors.waiting].reduce(
      (least, batch) => Math.min(least, batch?.oldest ?? Infinity),
      Infinity,
    );
  }

  /** Whether a refused object waits to be tried again. */
  get blocked(): boolean {
    return this.main.blocked || this.errors.blocked || (this.backups?.blocked ?? false);
  }

  /** Buffers of lines for the error prefix, by kind of failure. */
  get failed(): ReadonlyMap<string, BatchBuffer<string>> {
    return this.failures;
  }

  /** Takes records in: each is in a buffer when this returns. */
  async accept(records: readonly Incoming[]): Promise<void> {
    const { deaggregation } = this.pipeline.settings;
    for (const record of records) {
      await this.backup?.add(record.data, record.arrival);
      if (deaggregation === undefined) await this.take(record);
      else for (const part of deaggregate(record, deaggregation)) await this.take(part);
    }
  }

  /** Hands on all that waits for its time. */
  async flush(): Promise<void> {
    await this.unprocessed?.flush();
    await this.destination.flush();
    await this.backup?.flush();
    for (const buffer of this.failures.values()) await buffer.flush();
  }

  /** The buffer of one kind of failure, made if it is missing. */
  failuresOf(errorType: string): BatchBuffer<string> {
    const found = this.failures.get(errorType);
    if (found !== undefined) return found;
    const { parts, settings } = this.pipeline;
    const made = new BatchBuffer<string>({
      clock: parts.clock,
      work: parts.work,
      buffering: settings.target.buffering,
      sizeOf: ({ length }) => length + 1,
      hand: (batch) => this.errors.write(batch, { errorType }),
    });
    this.failures.set(errorType, made);
    return made;
  }

  private async take(record: Incoming): Promise<void> {
    if (this.unprocessed === undefined) await this.destination.add(untransformed(record));
    else await this.unprocessed.add(record, record.arrival);
  }

  private async transform(batch: readonly Incoming[]): Promise<void> {
    const { settings, parts, log } = this.pipeline;
    const { lambda: step, target, source, arn: deliveryStreamArn } = settings;
    if (step === undefined) return;
    const { clock, region, access, invoke, faults } = parts;
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
        faults,
        onFailure: (errorCode, message) => {
          log.error(target.log, step.arn, errorCode, message);
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

  private async encode(items: readonly Outgoing[]): Promise<Encoded> {
    const { settings, parts } = this.pipeline;
    const { conversion, target } = settings;
    if (conversion === undefined) {
      return {
        bytes: joined(
          items.map(({ data }) => data),
          target,
        ),
      };
    }
    const { bytes, failed } = await convertBatch(items, conversion, parts);
    parts.measure({
      'SucceedConversion.Records': items.length - failed.length,
      'FailedConversion.Records': failed.length,
    });
    return {
      bytes,
      after: async () => {
        for (const { line, arrival } of failed) await this.fail('format-conversion-failed', line, arrival);
      },
    };
  }

  private fail(errorType: string, line: string, arrival: number): Promise<void> {
    return this.failuresOf(errorType).add(line, arrival);
  }

  private writer<Item>(
    target: Target,
    encode: (items: readonly Item[]) => Promise<Encoded>,
    metrics: WriterParts<Item>['metrics'] = 'DeliveryToS3',
  ): S3Writer<Item> {
    const { settings, version, parts, log, patience, onLost } = this.pipeline;
    return new S3Writer({ stream: { name: settings.name, version }, target, parts, log, patience, onLost, encode, metrics });
  }

  private role(): Caller {
    return this.pipeline.parts.assume(this.pipeline.settings.target.roleArn);
  }
}

/** AWS does not say how hard Firehose compresses: this costs about half of the library's own choice, and its objects are 4 to 13 % larger. */
const GZIP = { level: 3 } as const;

function joined(payloads: readonly Buffer[], { gzip }: Target): Buffer {
  const bytes = Buffer.concat(payloads);
  return gzip ? gzipSync(bytes, GZIP) : bytes;
}

function untransformed({ recordId, data, arrival, kinesis }: Incoming): Outgoing {
  return { recordId, data, arrival, ...(kinesis && { place: placeOf(kinesis) }) };
}
