import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { writeAssembly, type Template } from './fixture.ts';

/** What tells queues here: each of its own. */
const QUEUES = ['Success', 'Failure', 'Dead', 'Notified', 'Ruled'] as const;
/** First in, first out: a rule and a schedule tell it, each in a group. */
const FIFO = 'Grouped.fifo';
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const CODE = "exports.handler = async ({ fails }) => { if (fails) throw new RangeError('no'); return 'done'; };";

const letIn = (queue: string, Service: string) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: queue }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sqs:SendMessage', Resource: arnOf(queue) },
    },
  },
});

const template = (): Template => ({
  Resources: {
    ...Object.fromEntries(QUEUES.map((id) => [id, { Type: 'AWS::SQS::Queue', Properties: { QueueName: id } }])),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        },
        Policies: [
          {
            PolicyName: 'p',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'],
                Resource: '*',
              },
            },
          },
        ],
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'work',
        Code: { ZipFile: CODE },
        Handler: 'index.handler',
        Role: arnOf('Role'),
        Runtime: 'nodejs22.x',
        Timeout: 60,
        DeadLetterConfig: { TargetArn: arnOf('Dead') },
      },
    },
    Config: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Function' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnSuccess: { Destination: arnOf('Success') }, OnFailure: { Destination: arnOf('Failure') } },
      },
    },
    LetS3: letIn('Notified', 's3.amazonaws.com'),
    Bucket: {
      Type: 'AWS::S3::Bucket',
      DependsOn: ['LetS3'],
      Properties: {
        BucketName: 'lake',
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: arnOf('Notified') }],
          EventBridgeConfiguration: { EventBridgeEnabled: true },
        },
      },
    },
    LetEvents: letIn('Ruled', 'events.amazonaws.com'),
    Grouped: { Type: 'AWS::SQS::Queue', Properties: { QueueName: FIFO, FifoQueue: true, ContentBasedDeduplication: true } },
    LetEventsGroup: letIn('Grouped', 'events.amazonaws.com'),
    Sender: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' },
        },
        Policies: [
          {
            PolicyName: 'p',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('Grouped') },
            },
          },
        ],
      },
    },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: 'at(2026-03-01T00:00:30)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: arnOf('Grouped'),
          RoleArn: arnOf('Sender'),
          Input: 'due',
          SqsParameters: { MessageGroupId: 'schedules' },
        },
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.s3'] },
        Targets: [
          { Id: 'queue', Arn: arnOf('Ruled') },
          { Id: 'fifo', Arn: arnOf('Grouped'), Input: '"put"', SqsParameters: { MessageGroupId: 'rules' } },
        ],
      },
    },
  },
});

let runtime: LocalRuntime | undefined;
afterEach(async () => {
  await runtime?.stop();
  runtime = undefined;
});

async function run() {
  const clock = new SimulatedClock(Date.UTC(2026, 2, 1));
  runtime = await start({
    assembly: writeAssembly({ Stack: { template: template() } }),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
  });
  const { endpoint, region, operator: credentials } = runtime;
  const config = { endpoint, region, credentials };
  const [lambda, s3] = [new LambdaClient(config), new S3Client({ ...config, forcePathStyle: true })];
  const sqs = new SQSClient(config);
  return {
    clock,
    s3,
    invoke: async (event: object) => {
      const Payload = Buffer.from(JSON.stringify(event));
      await lambda.send(new InvokeCommand({ FunctionName: 'work', InvocationType: 'Event', Payload }));
      await clock.advance(60_000);
    },
    received: async (queue: (typeof QUEUES)[number] | typeof FIFO): Promise<readonly Message[]> => {
      const asked = { MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All' as const] };
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, ...asked }));
      return Messages ?? [];
    },
  };
}

const bodyOf = ({ Body = '' }: Message): unknown => JSON.parse(Body);

test('queues are told what became of events, and dead letters with what went wrong', async () => {
  const { invoke, received } = await run();
  await invoke({ n: 1 });
  expect((await received('Success')).map(bodyOf)).toMatchObject([
    { requestContext: { condition: 'Success' }, requestPayload: { n: 1 }, responsePayload: 'done' },
  ]);
  await invoke({ fails: true });
  expect((await received('Failure')).map(bodyOf)).toMatchObject([
    { requestContext: { condition: 'RetriesExhausted' }, responsePayload: { errorType: 'RangeError' } },
  ]);
  expect(await received('Dead')).toMatchObject([
    {
      Body: '{"fails":true}',
      MessageAttributes: {
        RequestID: { DataType: 'String', StringValue: expect.stringMatching(/^[\w-]{36}$/) as string },
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: { DataType: 'String', StringValue: 'no' },
      },
    },
  ]);
});

test('queues are told of objects, by S3 and by a rule of EventBridge', async () => {
  const { s3, clock, received } = await run();
  await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: 'a', Body: 'x' }));
  await clock.advance(1_000);
  expect((await received('Notified')).map(bodyOf)).toMatchObject([
    { Event: 's3:TestEvent', Bucket: 'lake' },
    { Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key: 'a' } } }] },
  ]);
  expect((await received('Ruled')).map(bodyOf)).toMatchObject([{ source: 'aws.s3', detail: { object: { key: 'a' } } }]);
});

test('a rule and a schedule send to a queue that is first in, first out, each in its group', async () => {
  const { s3, clock, received } = await run();
  await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: 'a', Body: 'x' }));
  await clock.advance(60_000);
  const grouped = (await received(FIFO)).map(({ Body, Attributes }) => [Attributes?.MessageGroupId, Body]);
  expect(grouped).toEqual([
    ['rules', '"put"'],
    ['schedules', 'due'],
  ]);
});
