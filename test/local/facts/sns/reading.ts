import { attribute, batch, TOPIC, topics } from '../../sns/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const SNS = recorded('sns/test_sns');
const api = (page: string): string => `https://docs.aws.amazon.com/sns/latest/api/API_${page}.html`;

/** An answer's map as an object. */
const mapOf = (answer: object): Record<string, string> =>
  Object.fromEntries(
    (answer as { Attributes: { entry: { key: string; value: string }[] } }).Attributes.entry.map(({ key, value }) => [
      key,
      value,
    ]),
  );
const members = (answer: object, name: string): object[] => (answer as Record<string, { member: object[] }>)[name]?.member ?? [];

/** What clients may ask of topics and of those who subscribe. */
export const snsReading: FactTable = {
  service: 'SNS, reading',
  facts: [
    {
      says: 'a topic has the policy that it is born with until it is given one, which lets its owner’s account in',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { ask, service } = topics();
        const { Policy = '', ...rest } = mapOf(ask('GetTopicAttributes', { TopicArn: TOPIC }));
        expect(rest).toMatchObject({
          TopicArn: TOPIC,
          Owner: '123456789012',
          DisplayName: '',
          SubscriptionsConfirmed: '0',
          SubscriptionsDeleted: '0',
          SubscriptionsPending: '0',
        });
        expect(JSON.parse(Policy)).toMatchObject({
          Version: '2008-10-17',
          Id: '__default_policy_ID',
          Statement: [
            { Principal: { AWS: '*' }, Resource: TOPIC, Condition: { StringEquals: { 'AWS:SourceOwner': '123456789012' } } },
          ],
        });
        service.setPolicy(TOPIC, { Version: '2012-10-17', Statement: [] });
        expect(mapOf(ask('GetTopicAttributes', { TopicArn: TOPIC })).Policy).toBe('{"Version":"2012-10-17","Statement":[]}');
      },
    },
    {
      says: 'a topic is described as its template has it, and what asks for one that is not there is told NotFound',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { ask, refusal, service } = topics();
        const settings = { DisplayName: 'News', SignatureVersion: '2' };
        service.createTopic(`${TOPIC}-2`, undefined, settings);
        expect(mapOf(ask('GetTopicAttributes', { TopicArn: `${TOPIC}-2` }))).toMatchObject(settings);
        expect(refusal('GetTopicAttributes', { TopicArn: `${TOPIC}-3` })).toBe('404 NotFound: Topic does not exist');
      },
    },
    {
      says: 'a function’s subscription is confirmed at once, and is described with its ARN, its owner and its endpoint',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { ask, refusal, subscribe } = topics();
        subscribe({ described: { FilterPolicy: '{"a":["b"]}' } });
        const SubscriptionArn = `${TOPIC}:1`;
        expect(mapOf(ask('GetSubscriptionAttributes', { SubscriptionArn }))).toEqual({
          SubscriptionArn,
          TopicArn: TOPIC,
          Owner: '123456789012',
          Protocol: 'lambda',
          Endpoint: 'arn:aws:lambda:x',
          RawMessageDelivery: 'false',
          PendingConfirmation: 'false',
          ConfirmationWasAuthenticated: 'true',
          FilterPolicy: '{"a":["b"]}',
        });
        expect(refusal('GetSubscriptionAttributes', { SubscriptionArn: `${TOPIC}:2` })).toBe(
          '404 NotFound: Subscription does not exist',
        );
      },
    },
    {
      says: 'subscriptions are listed by topic and of all topics, each with its topic, protocol, endpoint and owner',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { ask, subscribe, service } = topics();
        subscribe();
        service.createTopic(`${TOPIC}-2`, undefined);
        const one = {
          TopicArn: TOPIC,
          Protocol: 'lambda',
          SubscriptionArn: `${TOPIC}:1`,
          Owner: '123456789012',
          Endpoint: 'arn:aws:lambda:x',
        };
        expect(members(ask('ListSubscriptions', {}), 'Subscriptions')).toEqual([one]);
        expect(members(ask('ListSubscriptionsByTopic', { TopicArn: TOPIC }), 'Subscriptions')).toEqual([one]);
        expect(members(ask('ListSubscriptionsByTopic', { TopicArn: `${TOPIC}-2` }), 'Subscriptions')).toEqual([]);
      },
    },
    {
      says: 'an address of mail or HTTP is listed as PendingConfirmation, for nobody confirms it here',
      basis: 'undecided',
      source: api('ListSubscriptions'),
      holds: () => {
        const { ask, subscribe } = topics();
        for (const protocol of ['email', 'https', 'sms']) subscribe({ protocol });
        expect(members(ask('ListSubscriptions', {}), 'Subscriptions')).toMatchObject([
          { SubscriptionArn: 'PendingConfirmation' },
          { SubscriptionArn: 'PendingConfirmation' },
          { SubscriptionArn: `${TOPIC}:3` },
        ]);
        const counted = { SubscriptionsConfirmed: '1', SubscriptionsPending: '2' };
        expect(mapOf(ask('GetTopicAttributes', { TopicArn: TOPIC }))).toMatchObject(counted);
      },
    },
    {
      says: 'a page lists 100 topics or subscriptions at most, and NextToken gives the rest',
      basis: 'documented',
      source: api('ListTopics'),
      holds: () => {
        const { ask, subscribe, service } = topics();
        for (let number = 0; number < 100; number++) service.createTopic(`${TOPIC}-${number}`, undefined);
        for (let number = 0; number < 101; number++) subscribe();
        for (const [action, list] of [
          ['ListTopics', 'Topics'],
          ['ListSubscriptions', 'Subscriptions'],
        ] as const) {
          const first = ask(action, {}) as { NextToken: string };
          const rest = ask(action, { NextToken: first.NextToken });
          expect([first, rest].map((answer) => members(answer, list).length)).toEqual([100, 1]);
          expect(rest).not.toHaveProperty('NextToken');
        }
      },
    },
    {
      says: 'what reads a topic is asked for on the topic, a subscription’s attributes too',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html',
      holds: () => {
        const { refusal, subscribe, role } = topics();
        subscribe();
        const reads = [
          ['GetTopicAttributes', { TopicArn: TOPIC }],
          ['ListSubscriptionsByTopic', { TopicArn: TOPIC }],
          ['GetSubscriptionAttributes', { SubscriptionArn: `${TOPIC}:1` }],
        ] as const;
        const reader = role('reader', { allows: [{ Action: reads.map(([name]) => `sns:${name}`), Resource: TOPIC }] });
        for (const [action, fields] of reads) {
          expect(refusal(action, fields, reader)).toBe('taken');
          expect(refusal(action, fields, role(`not-${action}`))).toContain(`is not authorized to perform: SNS:${action} on`);
        }
      },
    },
    {
      says: 'what a form says that nobody reads here is refused by name, whatever it stands in',
      basis: 'undecided',
      source: api('Publish'),
      holds: () => {
        const { refusal } = topics();
        expect(refusal('Publish', { PhoneNumber: '+1', Message: 'x' })).toContain("NotImplemented: sns with 'PhoneNumber'");
        const named = (action: string, fields: Readonly<Record<string, string>>, name: string) => {
          expect(refusal(action, fields)).toBe(
            `501 NotImplemented: NotImplemented: sns with '${name}' is not simulated by headwaters`,
          );
        };
        named('ListTopics', attribute({ DataType: 'String' }), 'MessageAttributes.entry.1.Name');
        const first = 'MessageAttributes.entry.1';
        const [message, one] = [{ TopicArn: TOPIC, Message: 'x' }, attribute({ DataType: 'String', StringValue: 'x' })];
        for (const strange of [
          `${first}.Value.StringListValue.1`,
          `${first}.Colour`,
          'MessageAttributes.member.1.Name',
          'MessageAttributes.entry.x.Name',
          'Message.Colour',
        ])
          named('Publish', { ...message, ...one, [strange]: 'x' }, strange);
        const entry = 'PublishBatchRequestEntries.member.1';
        for (const strange of [`${entry}.Colour`, `${entry}.${first}.Value.Colour`, 'PublishBatchRequestEntries.entry.1.Id'])
          named('PublishBatch', { ...batch([{ Id: '1', Message: 'x' }]), [strange]: 'x' }, strange);
      },
    },
  ],
};
