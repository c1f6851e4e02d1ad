import { randomBytes } from 'node:crypto';
import type { Lambda } from '../../lambda/lambda.ts';
import { ServiceError, type Log } from '../../service.ts';
import type { Topics } from '../../sns/topics.ts';
import type { Queues } from '../../sqs/index.ts';
import { BY_S3 } from '../happening.ts';
import type { NewBucket } from '../new-bucket.ts';
import { lacking } from '../s3-error.ts';
import type { Destinations } from './destinations.ts';

/** What policies are asked about S3 in its own name, for a bucket. */
interface AsBucket {
  readonly service: string;
  readonly sourceArn: string;
  readonly accountId: string;
}

export interface DestinationParts {
  readonly accountId: string;
  readonly topics: Pick<Topics, 'has' | 'publish'>;
  readonly queues: Pick<Queues, 'find' | 'send'>;
  readonly lambda: () => Pick<Lambda, 'has' | 'strangeRuntime' | 'enqueueFor'>;
  /** @throws ServiceError where the resource's policy does not let S3 */
  readonly check: (bucket: AsBucket, action: string, resource: string) => void;
  readonly now: () => number;
  readonly onLog: Log;
  /** Whether an existing state is only looked at: nobody is told so. */
  readonly ephemeral: boolean;
}

const SUBJECT = 'Amazon S3 Notification';

/** What a topic or a queue gets that is named in a configuration. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const testEvent = (bucket: NewBucket, now: number): object => ({
  Service: 'Amazon S3',
  Event: 's3:TestEvent',
  Time: new Date(now).toISOString(),
  Bucket: bucket.name,
  RequestId: randomBytes(8).toString('hex').toUpperCase(),
  HostId: randomBytes(48).toString('base64'),
});

/** Whether something is refused; what is no refusal of a service is a fault. */
function isRefused(act: () => void): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof ServiceError) return true;
    throw error;
  }
}

/** Functions get a notification through Lambda's queue, topics and queues of SQS at once; the policy of each must let S3. */
export function notifyDestinations({
  accountId,
  topics,
  queues,
  lambda,
  check,
  now,
  onLog,
  ephemeral,
}: DestinationParts): Destinations {
  const asBucket = ({ arn: sourceArn }: NewBucket): AsBucket => ({ service: BY_S3, sourceArn, accountId });
  const publish = (bucket: NewBucket, topicArn: string, message: object): void => {
    topics.publish(asBucket(bucket), { topicArn, subject: SUBJECT, message: JSON.stringify(message) });
  };
  const ofFunction = (bucket: NewBucket, arn: string): string | undefined => {
    if (
      !lambda().has(arn) ||
      isRefused(() => {
        check(asBucket(bucket), 'lambda:InvokeFunction', arn);
      })
    )
      return `Not authorized to invoke function [${arn}]`;
    const runtime = lambda().strangeRuntime(arn);
    if (runtime === undefined) return undefined;
    throw lacking(`notifications to ${arn}: its runtime ${runtime} does not run here`);
  };
  const ofTopic = (bucket: NewBucket, arn: string): string | undefined => {
    if (!topics.has(arn)) return 'The destination topic does not exist';
    return isRefused(() => {
      if (ephemeral) check(asBucket(bucket), 'sns:Publish', arn);
      else publish(bucket, arn, testEvent(bucket, now()));
    })
      ? 'Permissions on the destination topic do not allow S3 to publish notifications from this bucket'
      : undefined;
  };
  const send = (bucket: NewBucket, queueArn: string, message: object): void => {
    queues.send(asBucket(bucket), queueArn, { body: JSON.stringify(message), attributes: new Map() });
  };
  const ofQueue = (bucket: NewBucket, arn: string): string | undefined => {
    if (queues.find(arn) === undefined) return 'The destination queue does not exist';
    return isRefused(() => {
      if (ephemeral) check(asBucket(bucket), 'sqs:SendMessage', arn);
      else send(bucket, arn, testEvent(bucket, now()));
    })
      ? 'Permissions on the destination queue do not allow S3 to publish notifications from this bucket'
      : undefined;
  };
  const refused = { function: ofFunction, queue: ofQueue, topic: ofTopic };
  const told = {
    function: (bucket: NewBucket, arn: string, message: object): void => {
      lambda().enqueueFor(asBucket(bucket), arn, message);
    },
    queue: send,
    topic: publish,
  };
  let held: (() => void)[] | undefined = []; // a bucket may notify before a deployment comes to whom it notifies
  const tell: Destinations['tell'] = (bucket, notification, message) => {
    const { kind, arn } = notification;
    try {
      told[kind](bucket, arn, message);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const again = (): void => {
        tell(bucket, notification, message);
      };
      if (held === undefined)
        onLog({ time: now(), logGroup: bucket.arn, level: 'error', message: `${arn} was not notified: ${error.message}` });
      else held.push(again);
    }
  };
  return {
    refusal: (bucket, { kind, arn }) => {
      const reason = refused[kind](bucket, arn);
      return reason === undefined ? undefined : { destination: kind === 'function' ? `${arn}, null` : arn, reason };
    },
    tell,
    open: () => {
      const waiting = held ?? [];
      held = undefined;
      for (const again of waiting) again();
    },
  };
}
