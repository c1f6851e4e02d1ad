import type { Fifo } from './fifo.ts';
import type { Subscription } from './subscription.ts';

/** The ARN of a customer's key; `aws/sns` for AWS's own. */
export type TopicKey = string;
export const AWS_KEY = 'aws/sns';

export interface Topic {
  readonly arn: string;
  readonly key: TopicKey | undefined;
  /** What a template says of it: `DisplayName`, `FifoTopic`, `KmsMasterKeyId`, `SignatureVersion`, `TracingConfig`. */
  readonly settings: Readonly<Record<string, string>>;
  /** The policy in the place of the one that it is born with. */
  policy: object | undefined;
  readonly subscriptions: Subscription[];
  /** Undefined for a standard topic. */
  readonly fifo: Fifo | undefined;
}

/** Whether a topic is first in, first out, by its ARN or its name. */
export const isFifo = (name: string): boolean => name.endsWith('.fifo');

/** What a topic's owner may do with it, by the policy that it is born with. */
const OWNERS = [
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
].map((name) => `SNS:${name}`);

/** The policy of a topic, as it stands. */
export function policyOf({ arn, policy }: Topic): object {
  const [, , , , account = ''] = arn.split(':');
  return (
    policy ?? {
      Version: '2008-10-17',
      Id: '__default_policy_ID',
      Statement: [
        {
          Sid: '__default_statement_ID',
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: OWNERS,
          Resource: arn,
          Condition: { StringEquals: { 'AWS:SourceOwner': account } },
        },
      ],
    }
  );
}

/** How SNS delivers to addresses of HTTP where nobody says otherwise. */
export const DELIVERY_POLICY = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
};
