import { renderPrefix } from '../../core/aws/prefix-expression.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { Batch } from './batch-buffer.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { Outbox } from './outbox.ts';
import type { DeliveryParts } from './parts.ts';
import { objectName } from './records.ts';
import type { Target } from './settings.ts';

/** What one object is made of, and where it goes. */
export interface ObjectPlan<Item> extends Batch<Item> {
  readonly key: string;
}

/** The bytes of an object, none where nothing is left to write; `after` runs once they are in S3. */
export interface Encoded {
  readonly bytes: Buffer | undefined;
  readonly after?: () => Promise<void>;
}

export interface WriterParts<Item> {
  /** Name and version, as objects' names hold them. */
  readonly stream: { readonly name: string; readonly version: number };
  readonly target: Target;
  readonly parts: DeliveryParts;
  readonly log: DeliveryLog;
  readonly patience: () => number;
  readonly onLost: (records: number) => void;
  /** How the metrics of what it writes begin. */
  readonly metrics: 'DeliveryToS3' | 'BackupToS3';
  /** Makes the bytes; called once for each object, or once more in a later process. */
  readonly encode: (items: readonly Item[]) => Promise<Encoded>;
}

/** What Firehose asks a bucket before it writes. @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html */
const BUCKET_ACTIONS = ['s3:GetBucketLocation', 's3:ListBucket'];

/** Writes a delivery's objects to one target, in order; a refused object stays first in line. */
export class S3Writer<Item> {
  private readonly outbox: Outbox<ObjectPlan<Item>>;
  private lookedUp = false;

  constructor(private readonly writer: WriterParts<Item>) {
    const { target, parts, log, patience, onLost } = writer;
    const destination = `arn:aws:s3:::${target.bucket}`;
    this.outbox = new Outbox({
      clock: parts.clock,
      work: parts.work,
      patience,
      refused: (error) => {
        log.error(target.log, destination, errorCode(error), error.message);
      },
      lost: (records) => {
        onLost(records);
        log.error(target.log, destination, 'S3.DataExpired', `${records} records were not delivered in their time and are lost`);
      },
    });
  }

  get records(): number {
    return this.outbox.records;
  }

  get blocked(): boolean {
    return this.outbox.blocked;
  }

  /** Objects that are not in S3 yet. */
  get waiting(): readonly ObjectPlan<Item>[] {
    return this.outbox.contents;
  }

  /** Writes an object under the prefix of its data, or, with the kind of failure, under the error prefix. */
  async write(
    { items, oldest }: Batch<Item>,
    { errorType, keys }: { readonly errorType?: string; readonly keys?: Readonly<Record<string, string>> } = {},
  ): Promise<void> {
    const { target, stream } = this.writer;
    const failure = errorType !== undefined;
    const prefix = renderPrefix(failure ? target.errorPrefix : target.prefix, {
      time: oldest,
      ...(failure && { errorType }),
      ...(keys && { keys }),
    });
    const key = prefix + objectName(stream, oldest, failure ? '' : target.extension);
    await this.outbox.send(this.parcel({ items, oldest, key }));
  }

  /** Takes back an object that an earlier process could not write. */
  refill(plan: ObjectPlan<Item>): void {
    this.outbox.refill(this.parcel(plan));
  }

  private parcel(plan: ObjectPlan<Item>) {
    const { items, oldest } = plan;
    let encoded: Encoded | undefined;
    return {
      content: plan,
      records: items.length,
      oldest,
      run: async () => {
        encoded ??= await this.writer.encode(items);
        if (encoded.bytes !== undefined) await this.putMeasured(plan, encoded.bytes);
        await encoded.after?.();
      },
    };
  }

  private async putMeasured({ key, items, oldest }: ObjectPlan<Item>, bytes: Buffer): Promise<void> {
    const { metrics, parts } = this.writer;
    try {
      await this.put(key, bytes);
    } catch (error) {
      if (error instanceof ServiceError) parts.measure({ [`${metrics}.Success`]: 0 });
      throw error;
    }
    parts.measure({
      [`${metrics}.Success`]: 1,
      [`${metrics}.Records`]: items.length,
      [`${metrics}.Bytes`]: bytes.length,
      [`${metrics}.DataFreshness`]: (parts.clock.now() - oldest) / 1000,
    });
  }

  private async put(key: string, bytes: Buffer): Promise<void> {
    const { target, parts } = this.writer;
    const caller = parts.assume(target.roleArn);
    this.lookUp(caller);
    const resource = `arn:aws:s3:::${target.bucket}/${key}`;
    const fault = parts.faults?.take('firehose:s3', { operation: 's3:PutObject', resource, time: parts.clock.now() });
    if (fault === 'unavailable') throw new ServiceError('SlowDown', 'Please reduce your request rate.', 503);
    const { kmsKeyArn } = target;
    const options = kmsKeyArn === undefined ? {} : { sse: { algorithm: 'aws:kms', keyId: kmsKeyArn } as const };
    await parts.objects.putObject(caller, target.bucket, key, bytes, options);
  }

  /** Until it was let in once. @throws ServiceError AccessDenied */
  private lookUp(caller: Caller): void {
    if (this.lookedUp) return;
    const { target, parts } = this.writer;
    for (const action of BUCKET_ACTIONS) parts.access.check(caller, action, `arn:aws:s3:::${target.bucket}`);
    this.lookedUp = true;
  }
}

/** @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html#monitoring-s3-errors */
function errorCode({ code }: ServiceError): string {
  if (code === 'KMS.ThrottlingException') return 'S3.KMS.RequestLimitExceeded';
  return code.includes('.') && !code.startsWith('KMS.') ? code : `S3.${code}`;
}
