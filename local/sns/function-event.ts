import type { Notice } from './topics.ts';

/** A notice as SNS has taken it. */
export interface TakenNotice extends Notice {
  readonly messageId: string;
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
}

/** Nobody here holds the key of AWS: whoever checks the signature finds it wrong. */
const UNSIGNED = Buffer.from('not signed: this is the local runtime of Headwaters').toString('base64');

/**
 * What a function gets that subscribes to a topic.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
export function functionEvent(
  { topicArn, subject, message, messageId, time }: TakenNotice,
  { subscriptionArn, region }: { readonly subscriptionArn: string; readonly region: string },
): object {
  const service = `https://sns.${region}.amazonaws.com/`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: messageId,
          TopicArn: topicArn,
          Subject: subject ?? null,
          Message: message,
          Timestamp: new Date(time).toISOString(),
          SignatureVersion: '1',
          Signature: UNSIGNED,
          SigningCertUrl: `${service}SimpleNotificationService.pem`,
          UnsubscribeUrl: `${service}?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
          MessageAttributes: {},
        },
      },
    ],
  };
}
