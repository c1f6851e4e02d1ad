import type { MessageAttributes } from './message-attributes.ts';
import type { TakenNotice } from './notice.ts';

/** Nobody here holds the key of AWS: whoever checks the signature finds it wrong. */
export const UNSIGNED = Buffer.from('not signed: this is the local runtime of Headwaters').toString('base64');

/** Attributes as who subscribes gets them. */
export const toldAttributes = (attributes: MessageAttributes): object =>
  Object.fromEntries([...attributes].map(([name, { type, value }]) => [name, { Type: type, Value: value }]));

/**
 * What a function gets that subscribes to a topic.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
export function functionEvent(
  { topicArn, subject, message, messageId, time, attributes = new Map(), signatureVersion = '1' }: TakenNotice,
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
          SignatureVersion: signatureVersion,
          Signature: UNSIGNED,
          SigningCertUrl: `${service}SimpleNotificationService.pem`,
          UnsubscribeUrl: `${service}?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
          MessageAttributes: toldAttributes(attributes),
        },
      },
    ],
  };
}
