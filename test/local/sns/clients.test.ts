import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';
import { writeAssembly, type Template } from '../assembly/fixture.ts';
import { rejection } from '../endpoint/running.ts';

const CODE = `
export const handler = async ({ Records: [{ Sns }] }) => {
  console.log('told ' + JSON.stringify([Sns.Subject, Sns.Message, Sns.MessageAttributes]));
};`;
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:news';
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const resources = (subscription: object): Template['Resources'] => ({
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news', DisplayName: 'News' } },
  Runner: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      },
    },
  },
  Logs: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
      },
      Roles: [{ Ref: 'Runner' }],
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: arnOf('Runner'),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
    },
  },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf('Function'),
      Principal: 'sns.amazonaws.com',
      SourceArn: { Ref: 'Topic' },
    },
  },
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'lambda', Endpoint: arnOf('Function'), ...subscription },
  },
});

/** What clients do with a topic to which a function subscribes, and what the function logs of it. */
async function withTopic<Result>(use: (sns: SNSClient, sts: STSClient) => Promise<Result>, subscription: object = {}) {
  const clock = new SimulatedClock(Date.UTC(2001, 0, 9, 8));
  const lines: string[] = [];
  const runtime = await start({
    assembly: writeAssembly({ News: { template: { Resources: resources(subscription) } } }, CODE),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
    onLog: ({ level, message }) => lines.push(`${level} ${message.trim()}`),
  });
  const place = { endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator };
  const [sns, sts] = [new SNSClient(place), new STSClient(place)];
  try {
    const result = await use(sns, sts);
    await clock.advance(1_000);
    return { result, lines, told: lines.flatMap((line) => /^info told (.*)$/.exec(line)?.[1] ?? []) };
  } finally {
    sns.destroy();
    sts.destroy();
    await runtime.stop();
  }
}

const MessageAttributes = {
  kind: { DataType: 'String', StringValue: 'order <&>' },
  bytes: { DataType: 'Binary', BinaryValue: Buffer.from([2, 3, 4]) },
};

test('a function that subscribes gets what a client publishes, alone and in a batch, with its attributes', async () => {
  const { result, told } = await withTopic(async (sns) => {
    const one = await sns.send(new PublishCommand({ TopicArn: TOPIC, Subject: 'of it', Message: 'a\nb', MessageAttributes }));
    const entries = ['x', 'y'].map((Id) => ({ Id, Message: Id }));
    const two = await sns.send(new PublishBatchCommand({ TopicArn: TOPIC, PublishBatchRequestEntries: entries }));
    return { one, two };
  });
  expect(result.one.MessageId).toMatch(/^[0-9a-f-]{36}$/);
  expect(result.two).toMatchObject({ Successful: [{ Id: 'x' }, { Id: 'y' }], Failed: [] });
  expect(told).toEqual([
    '["of it","a\\nb",{"kind":{"Type":"String","Value":"order <&>"},"bytes":{"Type":"Binary","Value":"AgME"}}]',
    '[null,"x",{}]',
    '[null,"y",{}]',
  ]);
});

test('topics and subscriptions can be read, STS answers beside SNS, and what fails has the client’s own names', async () => {
  const { result } = await withTopic(async (sns, sts) => ({
    topics: (await sns.send(new ListTopicsCommand({}))).Topics,
    attributes: (await sns.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }))).Attributes,
    subscriptions: (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }))).Subscriptions,
    who: (await sts.send(new GetCallerIdentityCommand({}))).Account,
    missing: await rejection(sns.send(new PublishCommand({ TopicArn: `${TOPIC}-2`, Message: 'x' }))),
    empty: await rejection(sns.send(new PublishCommand({ TopicArn: TOPIC, Message: '' }))),
    phone: await rejection(sns.send(new PublishCommand({ PhoneNumber: '+1', Message: 'x' }))),
  }));
  expect(result).toMatchObject({
    topics: [{ TopicArn: TOPIC }],
    attributes: { DisplayName: 'News', SubscriptionsConfirmed: '1' },
    subscriptions: [{ Protocol: 'lambda', Owner: '123456789012', TopicArn: TOPIC }],
    who: '123456789012',
    missing: { name: 'NotFoundException', status: 404 },
    empty: { name: 'InvalidParameterException', message: 'Invalid parameter: Empty message', status: 400 },
    phone: { name: 'NotImplemented', status: 501 },
  });
});

test('a function with a filter policy gets what it means alone, of the attributes or of the body', async () => {
  const publish = async (sns: SNSClient) => {
    const kind = (StringValue: string) => ({ kind: { DataType: 'String', StringValue } });
    for (const one of ['order', 'return'])
      await sns.send(
        new PublishCommand({ TopicArn: TOPIC, Message: JSON.stringify({ place: { name: one } }), MessageAttributes: kind(one) }),
      );
  };
  const byAttribute = await withTopic(publish, { FilterPolicy: { kind: [{ prefix: 'ord' }] } });
  expect(byAttribute.told.map((line) => (JSON.parse(line) as string[])[1])).toEqual(['{"place":{"name":"order"}}']);
  const byBody = await withTopic(publish, {
    FilterPolicy: { place: { name: ['return'] } },
    FilterPolicyScope: 'MessageBody',
  });
  expect(byBody.told.map((line) => (JSON.parse(line) as string[])[1])).toEqual(['{"place":{"name":"return"}}']);
});
