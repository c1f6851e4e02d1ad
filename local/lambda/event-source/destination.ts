import type { ObjectStore } from '../../s3/object-store.ts';
import { ServiceError, type Access, type Caller } from '../../service.ts';
import type { Topics } from '../../sns/topics.ts';
import { failureKey, failureRecord, type Discarded, type DiscardedFrom } from './failure-record.ts';

export interface DestinationParts {
  readonly access: Access;
  readonly topics: Pick<Topics, 'publish'>;
  readonly objects: Pick<ObjectStore, 'putObject'>;
}

/** Whether something is told of what is discarded: a topic or a bucket. */
export const isDestination = (arn: string): boolean => /^arn:aws:(sns:[^:]+:\d{12}:[^:]+|s3:::[^/]+)$/.test(arn);

/** Asks, when a mapping is made, for what Lambda asks. @throws ServiceError InvalidParameterValueException */
export function checkDestination(arn: string, caller: Caller, access: Access): void {
  if (!arn.startsWith('arn:aws:sns:')) return;
  try {
    access.check(caller, 'sns:Publish', arn);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new ServiceError(
      'InvalidParameterValueException',
      'The provided execution role does not have permissions to call Publish on SNS',
    );
  }
}

/** Where a mapping tells of what it discards, as its function's role: a bucket gets the records too. */
export class Destination {
  constructor(
    private readonly arn: string,
    private readonly uuid: string,
    private readonly parts: DestinationParts,
  ) {}

  /** @throws ServiceError what SNS, S3 or KMS refuse */
  async tell(caller: Caller, discarded: Discarded, from: DiscardedFrom): Promise<void> {
    const { access, topics, objects } = this.parts;
    const record = failureRecord(discarded, from);
    if (this.arn.startsWith('arn:aws:sns:')) {
      topics.publish(caller, { topicArn: this.arn, subject: undefined, message: JSON.stringify(record) });
      return;
    }
    access.check(caller, 's3:ListBucket', this.arn);
    const payload = JSON.stringify(discarded.event ?? { Records: discarded.records.map(({ event }) => event) });
    const key = failureKey(this.uuid, discarded.shardId, from.now);
    await objects.putObject(
      caller,
      this.arn.slice('arn:aws:s3:::'.length),
      key,
      Buffer.from(JSON.stringify({ ...record, payload })),
    );
  }
}
