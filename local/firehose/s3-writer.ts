import { renderPrefix } from '../../core/aws/prefix-expression.ts';
import type { Caller, ServiceError } from '../service.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { Outbox } from './outbox.ts';
import type { DeliveryParts } from './parts.ts';
import { objectName } from './records.ts';
import type { Target } from './settings.ts';

/** What one object holds, and where it goes. */
export interface ObjectPlan {
  readonly records: number;
  /** Arrival of the oldest record: the time of the prefix. Milliseconds since the epoch. */
  readonly oldest: number;
  /** Absent for data; the kind of failure for what goes to the error prefix. */
  readonly errorType?: string;
  readonly keys?: Readonly<Record<string, string>>;
  /** Makes the bytes, once; undefined where nothing is left to write. */
  readonly body: () => Promise<Buffer | undefined>;
  /** Runs after the bytes are in S3. */
  readonly then?: () => Promise<void>;
}

/** What Firehose asks a bucket before it writes. @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html */
const BUCKET_ACTIONS = ['s3:GetBucketLocation', 's3:ListBucket'];

/** Writes a delivery's objects to one target, in order; a refused object stays first in line. */
export class S3Writer {
  private readonly outbox: Outbox;
  private lookedUp = false;

  constructor(
    private readonly stream: string,
    private readonly target: Target,
    private readonly parts: DeliveryParts,
    log: DeliveryLog,
    patience: () => number,
    onLost: (records: number) => void,
  ) {
    const destination = `arn:aws:s3:::${target.bucket}`;
    this.outbox = new Outbox({
      clock: parts.clock,
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

  async write(plan: ObjectPlan): Promise<void> {
    const { records, oldest, errorType, keys } = plan;
    const failure = errorType !== undefined;
    const prefix = renderPrefix(failure ? this.target.errorPrefix : this.target.prefix, {
      time: oldest,
      ...(failure && { errorType }),
      ...(keys && { keys }),
    });
    const key = prefix + objectName(this.stream, oldest, failure ? '' : this.target.extension);
    let body: { readonly bytes: Buffer | undefined } | undefined;
    await this.outbox.send({
      records,
      oldest,
      run: async () => {
        body ??= { bytes: await plan.body() };
        if (body.bytes !== undefined) {
          const caller = this.parts.assume(this.target.roleArn);
          this.lookUp(caller);
          await this.parts.objects.putObject(caller, this.target.bucket, key, body.bytes);
        }
        await plan.then?.();
      },
    });
  }

  /** Until it was let in once. @throws ServiceError AccessDenied */
  private lookUp(caller: Caller): void {
    if (this.lookedUp) return;
    for (const action of BUCKET_ACTIONS) this.parts.access.check(caller, action, `arn:aws:s3:::${this.target.bucket}`);
    this.lookedUp = true;
  }
}

function errorCode({ code }: ServiceError): string {
  return code.includes('.') ? code : `S3.${code}`;
}
