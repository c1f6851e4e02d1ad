import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { sendRaw } from '../endpoint/raw.ts';
import { rejection } from '../endpoint/running.ts';
import { writeAssembly, type Template } from './fixture.ts';

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** A queue with its dead-letter queue; a role that may send, and not receive. */
const template = (queue: object = {}): Template => ({
  Resources: {
    Dead: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'orders',
        VisibilityTimeout: 60,
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 1 },
        ...queue,
      },
    },
    Fifo: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true, ContentBasedDeduplication: true } },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Deny', Principal: '*', Action: 'sqs:PurgeQueue', Resource: arnOf('Queue') },
            { Effect: 'Allow', Principal: { AWS: arnOf('Reader') }, Action: 'sqs:ReceiveMessage', Resource: arnOf('Queue') },
          ],
        },
      },
    },
    Sender: role(),
    Reader: role(),
    Send: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('Queue') }],
        },
        Roles: [{ Ref: 'Sender' }],
      },
    },
  },
  Outputs: {
    Url: { Value: { Ref: 'Queue' } },
    Dead: { Value: { 'Fn::GetAtt': ['Dead', 'QueueName'] } },
    Fifo: { Value: { 'Fn::GetAtt': ['Fifo', 'QueueName'] } },
  },
});

function role() {
  const Principal = { AWS: 'arn:aws:iam::123456789012:root' };
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
    },
  };
}

const begin = (assembly: string, state: string): Promise<LocalRuntime> =>
  start({ assembly, state, clock: new SimulatedClock(Date.UTC(2001, 0, 1)) });
const stateFolder = () => path.join(mkdtempSync(path.join(tmpdir(), 'state-')), 'state');

async function as(runtime: LocalRuntime, name: string): Promise<SQSClient> {
  const { endpoint, region, operator } = runtime;
  const arn = runtime.inventory().roles.find(({ arn: one }) => one.includes(name))?.arn;
  const sts = new STSClient({ endpoint, region, credentials: operator });
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'test' }));
  sts.destroy();
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    ...(Credentials?.SessionToken !== undefined && { sessionToken: Credentials.SessionToken }),
  };
  return new SQSClient({ endpoint, region, credentials, maxAttempts: 1 });
}

test('queues of a template are those of clients, by their URL, and hold what was sent over a stop', async () => {
  const [assembly, state] = [writeAssembly({ App: { template: template() } }), stateFolder()];
  const runtime = await begin(assembly, state);
  const { Url: QueueUrl, Dead, Fifo } = runtime.outputs.App ?? {};
  expect(QueueUrl).toBe(`${runtime.endpoint}/123456789012/orders`);
  expect([Dead, Fifo]).toEqual(['App-Dead', 'App-Fifo.fifo']);
  const sender = await as(runtime, 'Sender');
  await sender.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one' }));
  expect(await rejection(sender.send(new ReceiveMessageCommand({ QueueUrl })))).toMatchObject({
    name: 'AccessDenied',
    message: expect.stringMatching(
      /is not authorized to perform: sqs:receivemessage on resource: \S+:orders because no /,
    ) as string,
  });
  sender.destroy();
  await runtime.stop();
  const next = await begin(assembly, state);
  const reader = await as(next, 'Reader'); // let in by the queue's policy alone
  const { Messages } = await reader.send(new ReceiveMessageCommand({ QueueUrl: next.outputs.App?.Url }));
  expect(Messages).toMatchObject([{ Body: 'one' }]);
  reader.destroy();
  await next.stop();
});

test('queues are there over forms too, at their own URL and at that of the endpoint', async () => {
  const runtime = await begin(writeAssembly({ App: { template: template() } }), stateFolder());
  const { pathname } = new URL(runtime.outputs.App?.Url ?? '');
  const form = (path: string, body: string) =>
    sendRaw(
      runtime.endpoint,
      runtime.operator,
      { path, body, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } },
      { service: 'sqs' },
    );
  const sent = await form(pathname, 'Action=SendMessage&Version=2012-11-05&MessageBody=one');
  expect(sent).toMatchObject({ status: 200, text: expect.stringContaining('<SendMessageResult><MessageId>') as string });
  const asked = `Action=ReceiveMessage&Version=2012-11-05&QueueUrl=${encodeURIComponent(runtime.outputs.App?.Url ?? '')}`;
  expect((await form('/', asked)).text).toContain('<Body>one</Body>');
  await runtime.stop();
});

test.each([
  [
    { RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:none', maxReceiveCount: 1 } },
    'Dead letter target does not exist',
  ],
  [{ VisibilityTimeout: 43_201 }, 'Invalid value for the parameter VisibilityTimeout.'],
  [{ ContentBasedDeduplication: true }, 'Unknown Attribute ContentBasedDeduplication.'],
  [{ QueueName: 'orders.fifo' }, 'Value orders.fifo for parameter QueueName is invalid.'],
  [{ Colour: 'red' }, "'Colour' is not known here"],
])('a start is refused for a queue with %j', async (properties, said) => {
  const assembly = writeAssembly({ App: { template: template(properties) } });
  await expect(begin(assembly, stateFolder())).rejects.toThrow(said);
});
