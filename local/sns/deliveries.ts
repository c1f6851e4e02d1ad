import type { Lambda } from '../lambda/lambda.ts';
import { ServiceError, type CallingService } from '../service.ts';
import type { MessageAttributes, Queues } from '../sqs/index.ts';
import { functionEvent, toldAttributes, UNSIGNED } from './function-event.ts';
import type { TakenNotice } from './notice.ts';
import type { Deliver, Subscription } from './subscription.ts';
import { isFifo } from './topic.ts';

export interface DeliveriesParts {
  readonly accountId: string;
  readonly region: string;
  readonly queues: () => Pick<Queues, 'send'>;
  readonly lambda: () => Pick<Lambda, 'enqueueFor'>;
}

/** Attributes that a queue gets of a message that goes alone: with more it gets none. @see https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html */
const MOST_RAW_ATTRIBUTES = 10;

/** What a queue gets of a notice. @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
function envelope(notice: TakenNotice, { arn }: Subscription, region: string): string {
  const { topicArn, subject, message, messageId, sequenceNumber, time, attributes = new Map(), signatureVersion = '1' } = notice;
  const service = `https://sns.${region}.amazonaws.com/`;
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: new Date(time).toISOString(),
    ...(sequenceNumber === undefined && {
      // what a FIFO topic tells has no signature
      SignatureVersion: signatureVersion,
      Signature: UNSIGNED,
      SigningCertURL: `${service}SimpleNotificationService.pem`,
    }),
    UnsubscribeURL: `${service}?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(attributes.size > 0 && { MessageAttributes: toldAttributes(attributes) }),
  });
}

const rawAttributes = ({ attributes = new Map() }: TakenNotice): MessageAttributes =>
  new Map(
    [...attributes].map(([name, { type, value }]) => [
      name,
      { dataType: type, value: type.startsWith('Binary') ? Buffer.from(value, 'base64') : value },
    ]),
  );

/** How those are told who subscribe, by their protocol: SNS calls them in its own name, for the topic. Whoever refuses has a dead letter, where the subscription has a queue for it. */
export function deliveries({ accountId, region, queues, lambda }: DeliveriesParts): Readonly<Record<string, Deliver>> {
  const asTopic = ({ topicArn }: TakenNotice): CallingService => ({
    service: 'sns.amazonaws.com',
    sourceArn: topicArn,
    accountId,
  });
  const toQueue = (notice: TakenNotice, subscription: Subscription, queueArn: string): void => {
    const { isRaw = false } = subscription;
    if (isRaw && (notice.attributes?.size ?? 0) > MOST_RAW_ATTRIBUTES)
      throw new ServiceError('InvalidParameterValue', `a message that goes alone has at most ${MOST_RAW_ATTRIBUTES} attributes`);
    queues().send(asTopic(notice), queueArn, {
      body: isRaw ? notice.message : envelope(notice, subscription, region),
      attributes: isRaw ? rawAttributes(notice) : new Map(),
      ...(!(isFifo(notice.topicArn) && !isFifo(queueArn)) && { groupId: notice.groupId }),
      ...(isFifo(queueArn) && { deduplicationId: notice.deduplicationId }),
    });
  };
  const orDead =
    (deliver: Deliver): Deliver =>
    (notice, subscription) => {
      try {
        deliver(notice, subscription);
      } catch (error) {
        if (error instanceof ServiceError && subscription.deadLetterArn !== undefined)
          toQueue(notice, subscription, subscription.deadLetterArn);
        throw error;
      }
    };
  return {
    lambda: orDead((notice, { arn: subscriptionArn, endpoint }) => {
      lambda().enqueueFor(asTopic(notice), endpoint, functionEvent(notice, { subscriptionArn, region }));
    }),
    sqs: orDead((notice, subscription) => {
      toQueue(notice, subscription, subscription.endpoint);
    }),
  };
}
