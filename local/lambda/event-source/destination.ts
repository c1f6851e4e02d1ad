import { randomUUID } from 'node:crypto';
import { ServiceError, type Caller } from '../../service.ts';
import { checkDestination, destinationKey, kindOfDestination, tellDestination, type DestinationParts } from '../destination.ts';
import { failureRecord, type Discarded, type DiscardedFrom } from './failure-record.ts';

/** Whether something is told of what is discarded: a topic, a queue or a bucket. */
export const isDestination = (arn: string): boolean => {
  const kind = kindOfDestination(arn);
  return kind !== undefined && kind !== 'function' && !arn.endsWith('.fifo');
};

/** What Lambda's refusal names; of a bucket it asks nothing. */
const CALLED: Readonly<Record<string, string>> = { topic: 'Publish on SNS', queue: 'SendMessage on SQS' };

/** Asks, when a mapping is made, for what Lambda asks. @throws ServiceError InvalidParameterValueException */
export function checkTold(arn: string, caller: Caller, parts: DestinationParts): void {
  const called = CALLED[kindOfDestination(arn) ?? ''];
  if (called === undefined) return;
  try {
    checkDestination(arn, caller, parts);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new ServiceError(
      'InvalidParameterValueException',
      `The provided execution role does not have permissions to call ${called}`,
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

  /** @throws ServiceError what SNS, SQS, S3 or KMS refuse */
  async tell(caller: Caller, discarded: Discarded, from: DiscardedFrom): Promise<void> {
    const record = failureRecord(discarded, from);
    const payload = JSON.stringify(discarded.event ?? { Records: discarded.records.map(({ event }) => event) });
    const key = destinationKey(`aws/lambda/${this.uuid}/${discarded.shardId}`, from.now, randomUUID());
    const object = { key, body: JSON.stringify({ ...record, payload }) };
    await tellDestination(this.arn, caller, { message: JSON.stringify(record), object }, this.parts);
  }
}
