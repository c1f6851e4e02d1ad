import { placeOf, shareFrom } from '../pages.ts';
import { ServiceError, type Caller, type QueryOperation, type QueryService } from '../service.ts';
import { invalidParameter } from './notice.ts';
import { arnIn, readBatch, readKnown, readPublish, topicArnIn } from './read-publish.ts';
import { isPending, type Subscription } from './subscription.ts';
import { DELIVERY_POLICY, policyOf, type Topic } from './topic.ts';
import type { Published, Topics, TopicsParts } from './topics.ts';

type Fields = ReadonlyMap<string, string>;

/** @see https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
const MOST_LISTED = 100;
const ANY = '*';

/** A map as forms answer it. */
const entries = (map: Readonly<Record<string, string>>): object => ({
  entry: Object.entries(map).map(([key, value]) => ({ key, value })),
});

/** SNS as clients see it: they publish, and read what templates declared. */
export function snsService(topics: Topics, { region, accountId, check }: TopicsParts): QueryService {
  const checkAny = (caller: Caller, action: string): void => {
    check(caller, action, `arn:aws:sns:${region}:${accountId}:${ANY}`);
  };
  const subscriptions = (): readonly [Topic, Subscription][] =>
    topics.all().flatMap((topic) => topic.subscriptions.map((one): [Topic, Subscription] => [topic, one]));
  const own = (known: readonly string[], run: QueryOperation): QueryOperation => {
    return (fields, caller) => {
      readKnown(fields, { fields: Object.fromEntries(known.map((name) => [name, 'text'])) });
      return run(fields, caller);
    };
  };
  return {
    name: 'sns',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    wordError,
    operations: {
      Publish: (fields, caller) => answered(topics.publish(caller, readPublish(fields, region))),
      PublishBatch: (fields, caller) => {
        const notices = readBatch(fields, region);
        topics.checkPublish(caller, fields.get('TopicArn') ?? '');
        for (const notice of notices.values()) topics.check(notice);
        const taken = [...notices].map(([Id, notice]) => ({ Id, ...answered(topics.take(notice)) }));
        return { Successful: { member: taken }, Failed: {} };
      },
      ListTopics: own(['NextToken'], (fields, caller) => {
        checkAny(caller, 'sns:ListTopics');
        const { items, rest } = page(topics.all(), fields);
        return { Topics: { member: items.map(({ arn }) => ({ TopicArn: arn })) }, ...rest };
      }),
      GetTopicAttributes: own(['TopicArn'], (fields, caller) => {
        const arn = topicArnIn(fields, region);
        check(caller, 'sns:GetTopicAttributes', arn);
        return { Attributes: entries(topicAttributes(topics.find(arn))) };
      }),
      ListSubscriptions: own(['NextToken'], (fields, caller) => {
        checkAny(caller, 'sns:ListSubscriptions');
        return subscriptionPage(subscriptions(), fields);
      }),
      ListSubscriptionsByTopic: own(['TopicArn', 'NextToken'], (fields, caller) => {
        const arn = topicArnIn(fields, region);
        check(caller, 'sns:ListSubscriptionsByTopic', arn);
        const topic = topics.find(arn);
        return subscriptionPage(
          topic.subscriptions.map((one) => [topic, one]),
          fields,
        );
      }),
      GetSubscriptionAttributes: own(['SubscriptionArn'], (fields, caller) => {
        const arn = arnIn(fields, 'SubscriptionArn');
        check(caller, 'sns:GetSubscriptionAttributes', arn.split(':').slice(0, 6).join(':'));
        const found = subscriptions().find(([, one]) => one.arn === arn);
        if (found === undefined) throw new ServiceError('NotFoundException', 'Subscription does not exist', 404);
        return { Attributes: entries(subscriptionAttributes(...found)) };
      }),
    },
  };
}

const answered = ({ messageId, sequenceNumber }: Published): object => ({
  MessageId: messageId,
  ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
});

/** The codes that forms have for what refuses, where they are others. @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors */
const CODES: Readonly<Record<string, string>> = {
  InvalidParameterValueException: 'ParameterValueInvalid',
  AccessDeniedException: 'AuthorizationError',
};

/** SNS writes its own name large where it says what somebody may not. */
function wordError({ code, message, status }: ServiceError): ServiceError {
  const worded = message.replaceAll(/\bsns:(?=[A-Z])/g, 'SNS:');
  return new ServiceError(CODES[code] ?? code.replace(/Exception$/, ''), worded, code === 'AccessDeniedException' ? 403 : status);
}

function topicAttributes(topic: Topic): Readonly<Record<string, string>> {
  const { arn, settings, subscriptions, fifo } = topic;
  const pending = subscriptions.filter(isPending).length;
  return {
    DisplayName: '',
    ...(fifo !== undefined && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
    ...settings,
    TopicArn: arn,
    Owner: ownerOf(arn),
    Policy: JSON.stringify(policyOf(topic)),
    EffectiveDeliveryPolicy: JSON.stringify(DELIVERY_POLICY),
    SubscriptionsConfirmed: String(subscriptions.length - pending),
    SubscriptionsDeleted: '0',
    SubscriptionsPending: String(pending),
  };
}

const ownerOf = (arn: string): string => arn.split(':')[4] ?? '';

function subscriptionAttributes(topic: Topic, subscription: Subscription): Readonly<Record<string, string>> {
  const { arn, endpoint, protocol, isRaw = false, described = {} } = subscription;
  const pending = isPending(subscription);
  return {
    SubscriptionArn: arn,
    TopicArn: topic.arn,
    Owner: ownerOf(topic.arn),
    Protocol: protocol,
    Endpoint: endpoint,
    RawMessageDelivery: String(isRaw),
    PendingConfirmation: String(pending),
    ConfirmationWasAuthenticated: String(!pending),
    ...described,
  };
}

function subscriptionPage(all: readonly (readonly [Topic, Subscription])[], fields: Fields): object {
  const { items, rest } = page(all, fields);
  const member = items.map(([topic, subscription]) => ({
    TopicArn: topic.arn,
    Protocol: subscription.protocol,
    SubscriptionArn: isPending(subscription) ? 'PendingConfirmation' : subscription.arn,
    Owner: ownerOf(topic.arn),
    Endpoint: subscription.endpoint,
  }));
  return { Subscriptions: { member }, ...rest };
}

/** @throws ServiceError InvalidParameterException */
function page<Item>(all: readonly Item[], fields: Fields): { readonly items: readonly Item[]; readonly rest: object } {
  const asked = fields.get('NextToken') ?? '';
  const from = asked === '' ? 0 : placeOf(asked);
  if (from === undefined) throw invalidParameter('NextToken');
  const { items, token } = shareFrom(all, from, MOST_LISTED);
  return { items, rest: token === undefined ? {} : { NextToken: token } };
}
