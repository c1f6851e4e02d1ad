import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';
import { writeAssembly, type Template } from '../assembly/fixture.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:news';
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
const letIn = (name: string) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: name }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn(name),
        Condition: { ArnEquals: { 'aws:SourceArn': TOPIC } },
      },
    },
  },
});
const subscription = (Endpoint: unknown, more: object = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint, ...more },
});

const template = (resources: Template['Resources']): string =>
  writeAssembly({
    App: {
      template: {
        Resources: {
          Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
          Whole: queue('Whole'),
          Raw: queue('Raw'),
          Closed: queue('Closed'),
          Dead: queue('Dead'),
          LetWhole: letIn('Whole'),
          LetRaw: letIn('Raw'),
          LetDead: letIn('Dead'),
          ...resources,
        },
      },
    },
  });

/** Publishes, and answers what each queue then holds, and what was logged of it. */
async function published(resources: Template['Resources'], message: object) {
  const lines: string[] = [];
  const runtime = await start({
    assembly: template(resources),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock: new SimulatedClock(Date.UTC(2001, 0, 9, 8)),
    onLog: ({ level, message: line }) => {
      if (level === 'error') lines.push(line);
    },
  });
  const { endpoint, region, operator: credentials } = runtime;
  const [sns, sqs] = [new SNSClient({ endpoint, region, credentials }), new SQSClient({ endpoint, region, credentials })];
  try {
    await sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'hello', ...message }));
    const held: Record<string, readonly Message[]> = {};
    for (const QueueUrl of ['Whole', 'Raw', 'Closed', 'Dead']) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }));
      held[QueueUrl] = Messages;
    }
    return { held, lines };
  } finally {
    sns.destroy();
    sqs.destroy();
    await runtime.stop();
  }
}

const attributes = {
  attr1: { DataType: 'Number', StringValue: '99.12' },
  attr2: { DataType: 'Binary', BinaryValue: Uint8Array.of(2, 3, 4) },
};

test('a queue gets a notification as JSON, or the message alone with its attributes', async () => {
  const { held } = await published(
    {
      ToWhole: subscription(queueArn('Whole')),
      ToRaw: subscription(queueArn('Raw'), { RawMessageDelivery: true, FilterPolicy: { attr1: [{ numeric: ['>', 99] }] } }),
    },
    { Subject: 'News', MessageAttributes: attributes },
  );
  expect(JSON.parse(held.Whole?.[0]?.Body ?? '')).toEqual({
    Type: 'Notification',
    MessageId: expect.stringMatching(/^[\w-]{36}$/) as string,
    TopicArn: TOPIC,
    Subject: 'News',
    Message: 'hello',
    Timestamp: '2001-01-09T08:00:00.000Z',
    SignatureVersion: '1',
    Signature: expect.any(String) as string,
    SigningCertURL: expect.stringMatching(/\.pem$/) as string,
    UnsubscribeURL: expect.stringContaining(`SubscriptionArn=${TOPIC}:`) as string,
    MessageAttributes: { attr1: { Type: 'Number', Value: '99.12' }, attr2: { Type: 'Binary', Value: 'AgME' } },
  });
  expect(held.Whole?.[0]?.MessageAttributes).toBeUndefined();
  expect(held.Raw).toMatchObject([{ Body: 'hello', MessageAttributes: attributes }]);
});

test('what a queue refuses is a dead letter, or a line of the log alone', async () => {
  const refused = 'sqs:sendmessage on resource: arn:aws:sqs:us-east-1:123456789012:Closed';
  const RedrivePolicy = { deadLetterTargetArn: queueArn('Dead') };
  const kept = await published({ ToClosed: subscription(queueArn('Closed'), { RedrivePolicy, RawMessageDelivery: true }) }, {});
  expect(kept.held).toMatchObject({ Closed: [], Dead: [{ Body: 'hello' }] });
  expect(kept.lines).toEqual([expect.stringContaining(refused)]);
  const lost = await published({ ToClosed: subscription(queueArn('Closed')) }, {});
  expect(lost.held).toMatchObject({ Closed: [], Dead: [] });
  expect(lost.lines).toEqual([expect.stringContaining(refused)]);
});

test('of eleven attributes a message that goes alone is refused', async () => {
  const MessageAttributes = Object.fromEntries(
    Array.from({ length: 11 }, (_, n) => [`a${n}`, { DataType: 'String', StringValue: 'x' }]),
  );
  const { held, lines } = await published(
    { ToRaw: subscription(queueArn('Raw'), { RawMessageDelivery: true }) },
    { MessageAttributes },
  );
  expect(held.Raw).toEqual([]);
  expect(lines).toEqual([expect.stringContaining('at most 10 attributes')]);
});

test.each([
  ['a URL', 'http://127.0.0.1/123456789012/Whole', 'Invalid parameter: SQS endpoint ARN'],
  ['a FIFO queue', queueArn('Whole.fifo'), 'FIFO SQS Queues can not be subscribed to standard SNS topics'],
])('a start is refused where %s subscribes', async (_what, endpoint, words) => {
  await expect(published({ ToIt: subscription(endpoint) }, {})).rejects.toThrow(words);
});
