import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { SnsPublish } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';

const CODE = `exports.handler = async ({ Records }) => {
  for (const { EventSource, Sns } of Records) console.log(JSON.stringify([EventSource, Sns.Type, Sns.Subject, Sns.Message, Sns.Timestamp]));
};`;

/** What is logged when a state machine publishes to a topic that a function subscribes to, in an app of the CDK's own constructs. */
async function published(change: (subscription: sns.CfnSubscription, told: lambda.Function) => void = () => undefined) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-'));
  const app = new App({ outdir: path.join(folder, 'out'), analyticsReporting: false, stackTraces: false, treeMetadata: false });
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  const topic = new sns.Topic(stack, 'Topic', { topicName: 'news' });
  const told = new lambda.Function(stack, 'Told', {
    functionName: 'told',
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(CODE),
  });
  topic.addSubscription(new LambdaSubscription(told));
  new stepfunctions.StateMachine(stack, 'Machine', {
    stateMachineName: 'machine',
    definitionBody: stepfunctions.DefinitionBody.fromChainable(
      new SnsPublish(stack, 'Publish', { topic, subject: 'late', message: stepfunctions.TaskInput.fromText('hello') }),
    ),
  });
  const subscription = told.node.findAll().find((each) => each instanceof sns.CfnSubscription);
  if (subscription === undefined) throw new Error('nothing subscribes');
  change(subscription, told);
  app.synth();
  const clock = new SimulatedClock(Date.UTC(2026, 2, 1));
  const lines: string[] = [];
  const runtime = await start({
    assembly: app.outdir,
    state: path.join(folder, 'state'),
    clock,
    onLog: ({ logGroup, message }) => lines.push(`${logGroup.split(/[:/]/).at(-1) ?? ''} ${message.trim()}`),
  });
  const { endpoint, region, operator: credentials } = runtime;
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:machine';
  await new SFNClient({ endpoint, region, credentials }).send(new StartExecutionCommand({ stateMachineArn }));
  await clock.advance(1_000);
  await runtime.stop();
  return lines;
}

test('a function that subscribes to a topic gets what is published', async () => {
  expect(await published()).toEqual([
    'news late\nhello',
    'told ["aws:sns","Notification","late","hello","2026-03-01T00:00:00.000Z"]',
  ]);
});

test('one whose policy does not let the topic invoke it gets nothing, and the log says so', async () => {
  const lines = await published((_subscription, told) => {
    for (const child of told.node.findAll())
      if (child instanceof lambda.CfnPermission) child.addPropertyOverride('Principal', 's3.amazonaws.com');
  });
  expect(lines).toEqual([
    'news late\nhello',
    expect.stringMatching(/^news arn:aws:lambda:\S+ was not invoked: .*not authorized/),
  ]);
});

test.each([
  [
    'a filter that there is not',
    { filterPolicy: { a: [{ regex: 'b' }] } },
    "'FilterPolicy' is not valid: Unrecognized match type regex",
  ],
  ['a filter of another scope', { filterPolicyScope: 'Body' }, 'Please use either MessageBody or MessageAttributes'],
  [
    'dead letters without a queue',
    { redrivePolicy: {} },
    "'RedrivePolicy' must name a standard queue as its 'deadLetterTargetArn'",
  ],
  ['raw messages', { rawMessageDelivery: true }, 'Delivery protocol [lambda] does not support raw message delivery'],
])('refuses %s', async (_what, properties, words) => {
  await expect(published((subscription) => Object.assign(subscription, properties))).rejects.toThrow(words);
});
