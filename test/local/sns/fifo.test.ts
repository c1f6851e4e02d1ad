import { PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';
import { writeAssembly, type Template } from '../assembly/fixture.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:news.fifo';
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const topic = (more: object = {}) => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName: 'news.fifo', FifoTopic: true, ContentBasedDeduplication: true, ...more },
});
const queue = (QueueName: string) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...(QueueName.endsWith('.fifo') && { FifoQueue: true }) },
});
const letIn = (...queues: readonly string[]) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: queues.map((name) => ({ Ref: name })),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
    },
  },
});
const subscription = (Endpoint: string, more: object = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint, ...more },
});
const QUEUES = { Fifo: queue('fifo.fifo'), Raw: queue('raw.fifo'), Plain: queue('plain'), Dead: queue('dead.fifo') };

const begin = (resources: Template['Resources']) =>
  start({
    assembly: writeAssembly({ App: { template: { Resources: { Topic: topic(), ...resources } } } }),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock: new SimulatedClock(Date.UTC(2001, 0, 9, 8)),
  });

/** What each queue holds once a client has published. */
async function held(resources: Template['Resources'], publish: (sns: SNSClient) => Promise<unknown>) {
  const runtime = await begin({ ...QUEUES, ...resources });
  const { endpoint, region, operator: credentials } = runtime;
  const [sns, sqs] = [new SNSClient({ endpoint, region, credentials }), new SQSClient({ endpoint, region, credentials })];
  try {
    await publish(sns);
    const messages = async (QueueUrl: string): Promise<readonly Message[]> => {
      const asked = {
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All' as const],
        MessageAttributeNames: ['All'],
      };
      return (await sqs.send(new ReceiveMessageCommand(asked))).Messages ?? [];
    };
    const [fifo, raw, plain, dead] = await Promise.all(['fifo.fifo', 'raw.fifo', 'plain', 'dead.fifo'].map(messages));
    return { fifo, raw, plain, dead };
  } finally {
    sns.destroy();
    sqs.destroy();
    await runtime.stop();
  }
}

test('FIFO and standard queues that subscribe to a FIFO topic get each message once, in order, with its number', async () => {
  const sent = (Message: string, MessageGroupId: string) => new PublishCommand({ TopicArn: TOPIC, Message, MessageGroupId });
  const { fifo, raw, plain } = await held(
    {
      Let: letIn('Fifo', 'Raw', 'Plain'),
      ToFifo: subscription(queueArn('fifo.fifo')),
      ToRaw: subscription(queueArn('raw.fifo'), { RawMessageDelivery: true }),
      ToPlain: subscription(queueArn('plain')),
    },
    async (sns) => {
      const first = await sns.send(sent('Test', 'g'));
      const again = await sns.send(sent('Test', 'g'));
      expect([again.MessageId, again.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
      const PublishBatchRequestEntries = ['b', 'c'].map((Message) => ({ Id: Message, Message, MessageGroupId: 'g' }));
      await sns.send(new PublishBatchCommand({ TopicArn: TOPIC, PublishBatchRequestEntries }));
    },
  );
  const [told] = fifo ?? [];
  expect(JSON.parse(told?.Body ?? '')).toEqual({
    Type: 'Notification',
    MessageId: expect.stringMatching(/^[\w-]{36}$/) as string,
    SequenceNumber: '10000000000000001000',
    TopicArn: TOPIC,
    Message: 'Test',
    Timestamp: '2001-01-09T08:00:00.000Z',
    UnsubscribeURL: expect.stringContaining(`SubscriptionArn=${TOPIC}:`) as string,
  });
  expect(told?.Attributes).toMatchObject({
    MessageGroupId: 'g',
    MessageDeduplicationId: '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25',
    SequenceNumber: expect.stringMatching(/^\d{20}$/) as string,
  });
  expect(raw?.map(({ Body }) => Body)).toEqual(['Test', 'b', 'c']);
  expect(plain).toHaveLength(3);
  expect(JSON.parse(plain?.[0]?.Body ?? '')).toMatchObject({ Message: 'Test', SequenceNumber: '10000000000000001000' });
  expect(plain?.[0]?.Attributes).not.toHaveProperty('MessageGroupId');
  expect(plain?.[0]?.Attributes).not.toHaveProperty('MessageDeduplicationId');
});

test('what a FIFO queue refuses goes to a FIFO queue of dead letters, with its group and its id', async () => {
  const RedrivePolicy = { deadLetterTargetArn: queueArn('dead.fifo') };
  const { dead } = await held(
    { Let: letIn('Dead'), ToRaw: subscription(queueArn('raw.fifo'), { RawMessageDelivery: true, RedrivePolicy }) },
    (sns) =>
      sns.send(
        new PublishCommand({ TopicArn: TOPIC, Message: 'test-message', MessageGroupId: 'g', MessageDeduplicationId: 'd' }),
      ),
  );
  expect(dead).toMatchObject([{ Body: 'test-message', Attributes: { MessageGroupId: 'g', MessageDeduplicationId: 'd' } }]);
});

test('a FIFO topic that a template does not name has a name that ends with .fifo', async () => {
  const runtime = await begin({ Topic: topic({ TopicName: undefined }) });
  const { endpoint, region, operator: credentials } = runtime;
  const sns = new SNSClient({ endpoint, region, credentials });
  const TopicArn = 'arn:aws:sns:us-east-1:123456789012:App-Topic.fifo';
  await expect(sns.send(new PublishCommand({ TopicArn, Message: 'x', MessageGroupId: 'g' }))).resolves.toBeDefined();
  sns.destroy();
  await runtime.stop();
});

const STANDARD = { deadLetterTargetArn: queueArn('plain') };
test.each<[string, Template['Resources'], string]>([
  ['a FIFO topic whose name says nothing of it', { Topic: topic({ TopicName: 'news' }) }, 'Invalid parameter: Topic Name'],
  ['a standard topic whose name says that it is FIFO', { Topic: topic({ FifoTopic: false }) }, 'Invalid parameter: Topic Name'],
  [
    'a standard topic that goes by content',
    { Topic: topic({ FifoTopic: false, TopicName: 'news' }) },
    "'ContentBasedDeduplication' can be set for FIFO topics alone",
  ],
  ['another scope', { Topic: topic({ FifoThroughputScope: 'Queue' }) }, "'FifoThroughputScope' must be Topic or MessageGroup"],
  ['an archive', { Topic: topic({ ArchivePolicy: { MessageRetentionPeriod: 1 } }) }, "'ArchivePolicy' is not known here"],
  [
    'a function that subscribes',
    { To: subscription('arn:aws:lambda:us-east-1:123456789012:function:f', { Protocol: 'lambda' }) },
    'queues alone subscribe to a FIFO topic',
  ],
  [
    'a standard queue for dead letters of a FIFO queue',
    { To: subscription(queueArn('fifo.fifo'), { RedrivePolicy: STANDARD }) },
    'must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.',
  ],
  [
    'a FIFO queue that subscribes to a standard topic',
    {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
      To: subscription(queueArn('fifo.fifo')),
    },
    'FIFO SQS Queues can not be subscribed to standard SNS topics',
  ],
])('a start is refused for %s', async (_, resources, said) => {
  await expect(begin({ ...QUEUES, ...resources })).rejects.toThrow(said);
});
