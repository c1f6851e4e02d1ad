import type { Request } from '../statements/account.ts';
import {
  arnOf,
  declared,
  keyArnOf,
  listAt,
  member,
  ofType,
  onBehalfOf,
  textAt,
  type Declare,
  type Standing,
} from './declared.ts';
import { PLACE } from '../statements/place.ts';

const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** A service that tells a topic, whose key it uses in its own name. */
function publication(standing: Standing, topicArn: string, service: string, sourceArn: string): readonly Request[] {
  const topic = ofType(standing, 'AWS::SNS::Topic').find(({ ref }) => ref === topicArn);
  const key = topic && textAt(topic, 'KmsMasterKeyId');
  const asked = { principal: { service }, context: onBehalfOf(sourceArn) };
  return [
    { ...asked, action: 'sns:Publish', resource: topicArn },
    ...(key === undefined ? [] : KEY_ACTIONS.map((action) => ({ ...asked, action, resource: keyArnOf(standing, key) }))),
  ];
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
const alarms: Declare = (standing) =>
  declared(
    'an alarm tells its topic',
    ofType(standing, 'AWS::CloudWatch::Alarm').flatMap((alarm) =>
      listAt(alarm, 'AlarmActions').flatMap((topic) =>
        publication(standing, String(topic), 'cloudwatch.amazonaws.com', arnOf(alarm)),
      ),
    ),
  );

/** @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html */
const budgets: Declare = (standing) =>
  declared(
    'a budget tells its topic',
    ofType(standing, 'AWS::Budgets::Budget').flatMap((budget) =>
      listAt(budget, 'NotificationsWithSubscribers')
        .flatMap((notification) => member(notification, 'Subscribers') as readonly unknown[])
        .filter((subscriber) => member(subscriber, 'SubscriptionType') === 'SNS')
        .flatMap((subscriber) =>
          publication(
            standing,
            String(member(subscriber, 'Address')),
            'budgets.amazonaws.com',
            `arn:aws:budgets::${PLACE.account}:budget/${budget.ref}`,
          ),
        ),
    ),
  );

export const notices: Declare = (standing) => [...alarms(standing), ...budgets(standing)];
