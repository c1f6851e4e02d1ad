import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';
import { topicPolicy, writeAssembly, type Template } from '../assembly/fixture.ts';

const Bucket = 'bucket';
const trust = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
};
const logs = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
};
const CODE = `exports.handler = async ({ Records: [{ eventName, s3 }] }) => { console.log('got ' + eventName + ' ' + s3.object.key); };`;
const ARN = { 'Fn::GetAtt': ['Function', 'Arn'] };
const permission = (rest: object = {}) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: ARN,
    Principal: 's3.amazonaws.com',
    SourceArn: `arn:aws:s3:::${Bucket}`,
    SourceAccount: { Ref: 'AWS::AccountId' },
    ...rest,
  },
});
const bucket = (NotificationConfiguration: object, ...DependsOn: readonly string[]) => ({
  Type: 'AWS::S3::Bucket',
  DependsOn,
  Properties: { BucketName: Bucket, NotificationConfiguration },
});
const toFunction = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: ARN }] };
const toQueue = { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] } }] };
const toTopic = { TopicConfigurations: [{ Event: 's3:ObjectCreated:*', Topic: { Ref: 'Topic' } }] };

/** A function and a topic, and what may notify them. */
const assembly = (more: Template['Resources'], Runtime = 'nodejs22.x'): string =>
  writeAssembly({
    Stack: {
      template: {
        Resources: {
          Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
          Logs: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: logs, Roles: [{ Ref: 'Role' }] } },
          Function: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              Code: { ZipFile: CODE },
              Handler: 'index.handler',
              Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
              Runtime,
              Timeout: 60,
            },
          },
          Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
          ...more,
        },
      },
    },
  });

/** Runs templates one after another on one state; the lines that functions and topics wrote. */
function runs() {
  const state = path.join(mkdtempSync(path.join(tmpdir(), 'state-')), 'state');
  const clock = new SimulatedClock(Date.UTC(2026, 2, 1));
  return async (folder: string, act: (client: S3Client) => Promise<unknown> = () => Promise.resolve()): Promise<string[]> => {
    const lines: string[] = [];
    const runtime = await start({ assembly: folder, state, clock, onLog: ({ message }) => lines.push(message) });
    const { endpoint, operator: credentials } = runtime;
    const client = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true, credentials });
    try {
      await act(client);
      await clock.advance(1000);
    } finally {
      client.destroy();
      await runtime.stop();
    }
    return lines.filter((line) => /^got |^Amazon S3 Notification|not notified/.test(line));
  };
}

const put = (client: S3Client) => client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
const names = async (client: S3Client): Promise<unknown[]> => {
  const told = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  return (told.LambdaFunctionConfigurations ?? []).map(({ Events }) => Events);
};

test('a function and a topic that a template names get what is put', async () => {
  const both = {
    LambdaConfigurations: toFunction.LambdaConfigurations,
    TopicConfigurations: [{ Event: 's3:ObjectTagging:*', Topic: { Ref: 'Topic' } }],
  };
  const lines = await runs()(
    assembly({ Permission: permission(), Policy: topicPolicy('s3.amazonaws.com'), Bucket: bucket(both, 'Permission', 'Policy') }),
    put,
  );
  expect(lines).toEqual([expect.stringContaining('"Event":"s3:TestEvent"'), 'got ObjectCreated:Put a']);
}, 60_000);

test.each([
  [
    'a permission that comes later',
    { Bucket: bucket(toFunction), Permission: permission() },
    'Not authorized to invoke function',
  ],
  [
    'a permission for another bucket',
    { Bucket: bucket(toFunction, 'Permission'), Permission: permission({ SourceArn: 'arn:aws:s3:::other' }) },
    'Not authorized to invoke function',
  ],
  ['a topic whose policy does not let S3', { Bucket: bucket(toTopic) }, 'Permissions on the destination topic do not allow S3'],
  [
    'a queue that is not there',
    { Bucket: bucket({ QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:us-east-1:123456789012:q' }] }) },
    'The destination queue does not exist',
  ],
  [
    'a queue whose policy does not let S3',
    { Queue: { Type: 'AWS::SQS::Queue' }, Bucket: bucket(toQueue) },
    'Permissions on the destination queue do not allow S3',
  ],
  [
    'an event of which no record is known',
    { Bucket: bucket({ LambdaConfigurations: [{ Event: 's3:ObjectRetention:Put', Function: ARN }] }) },
    "NotImplemented: s3:notifications of 's3:ObjectRetention:Put'",
  ],
])('fails for %s', async (_what, more, words) => {
  await expect(runs()(assembly(more))).rejects.toThrow(words);
});

test('fails for a function that does not run here, by its runtime', async () => {
  const more = { Bucket: bucket(toFunction, 'Permission'), Permission: permission() };
  await expect(runs()(assembly(more, 'python3.13'))).rejects.toThrow('its runtime python3.13 does not run here');
});

test('what a call put stays until the template says otherwise', async () => {
  const run = runs();
  const of = (configuration: object): string =>
    assembly({ Permission: permission(), Bucket: bucket(configuration, 'Permission') });
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:';
  await run(of(toFunction), async (client) => {
    const { LambdaFunctionConfigurations: [one] = [] } = await client.send(
      new GetBucketNotificationConfigurationCommand({ Bucket }),
    );
    expect(one?.LambdaFunctionArn).toContain(arn);
    const NotificationConfiguration = {
      LambdaFunctionConfigurations: [{ LambdaFunctionArn: one?.LambdaFunctionArn, Events: ['s3:ObjectRemoved:*' as const] }],
    };
    await client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  });
  const seen: unknown[] = [];
  const look = async (client: S3Client): Promise<void> => {
    seen.push(...(await names(client)));
  };
  await run(of(toFunction), look);
  await run(of({ LambdaConfigurations: [{ Event: 's3:ObjectTagging:*', Function: ARN }] }), look);
  await run(of({}), look);
  expect(seen).toEqual([['s3:ObjectRemoved:*'], ['s3:ObjectTagging:*']]);
}, 60_000);

test('a function that no longer lets S3 is not notified, and the log says so', async () => {
  const run = runs();
  const closed = permission({ SourceArn: 'arn:aws:s3:::other' });
  await run(assembly({ Permission: permission(), Bucket: bucket(toFunction, 'Permission') }));
  const lines = await run(assembly({ Permission: closed, Bucket: bucket(toFunction, 'Permission') }), put);
  expect(lines).toEqual([expect.stringMatching(/was not notified: User: s3\.amazonaws\.com is not authorized/)]);
}, 60_000);
