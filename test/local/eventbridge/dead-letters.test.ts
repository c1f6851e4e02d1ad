import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import type { LogEvent } from '../../../local/service.ts';
import { start } from '../../../local/start.ts';
import { writeAssembly, type Template } from '../assembly/fixture.ts';

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const document = (...Statement: object[]) => ({
  Version: '2012-10-17',
  Statement: Statement.map((one) => ({ Effect: 'Allow', ...one })),
});
const EVENTS = { Service: 'events.amazonaws.com' };
const queue = (name: string, rest: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name, ...rest } });
/** Lets EventBridge send to a queue, for one rule. */
const letIn = (id: string, rule: string) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: id }],
    PolicyDocument: document({
      Principal: EVENTS,
      Action: 'sqs:SendMessage',
      Resource: arnOf(id),
      Condition: {
        ArnEquals: { 'aws:SourceArn': { 'Fn::Sub': `arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:rule/${rule}` } },
      },
    }),
  },
});
const role = (Service: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: document({ Principal: { Service }, Action: 'sts:AssumeRole' }) },
});
const rule = (name: string, ...Targets: object[]) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: name,
    EventPattern: { source: ['app'] },
    Targets: Targets.map((target, index) => ({ Id: `t${index}`, ...target })),
  },
});
const DEAD = { DeadLetterConfig: { Arn: arnOf('Dead') } };
const notThere = (service: string, name: string) => ({
  'Fn::Sub': `arn:aws:${service}:\${AWS::Region}:\${AWS::AccountId}:${name}`,
});

/** What dead-letter queues hold, and what was logged, once an event has been put. */
async function put(more: Template['Resources'], queues: readonly string[] = ['dead']) {
  const lines: LogEvent[] = [];
  const clock = new SimulatedClock(Date.UTC(2026, 2, 1));
  const Resources = { Dead: queue('dead'), LetIn: letIn('Dead', 'rule'), ...more };
  const runtime = await start({
    assembly: writeAssembly({ Stack: { template: { Resources } } }),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
    onLog: (line) => lines.push(line),
  });
  const config = { endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator };
  const [events, sqs] = [new EventBridgeClient(config), new SQSClient(config)];
  try {
    await events.send(new PutEventsCommand({ Entries: [{ Source: 'app', DetailType: 'told', Detail: '{"n":1}' }] }));
    await clock.advance(1000);
    const asked = { MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    const held = await Promise.all(queues.map((QueueUrl) => sqs.send(new ReceiveMessageCommand({ QueueUrl, ...asked }))));
    return {
      letters: held.flatMap(({ Messages = [] }) => Messages),
      lines: lines.map(({ level, message }) => `${level} ${message.trim()}`),
    };
  } finally {
    for (const client of [events, sqs]) client.destroy();
    await runtime.stop();
  }
}

const told = ({ MessageAttributes = {} }: Message, name: string): string | undefined => MessageAttributes[name]?.StringValue;
const codes = (letters: readonly Message[]) =>
  letters
    .map((letter) => [told(letter, 'TARGET_ARN')?.replace(/^arn:aws:([^:]+):.*[:/]/, '$1 '), told(letter, 'ERROR_CODE')])
    .sort();

test('what targets refuse for good is in the dead-letter queue, with why', async () => {
  const { letters } = await put({
    Role: role('events.amazonaws.com'),
    Other: role('lambda.amazonaws.com'),
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'topic' } },
    Closed: queue('closed'),
    LetAnother: letIn('Closed', 'another'),
    Rule: rule(
      'rule',
      { Arn: { Ref: 'Topic' }, ...DEAD },
      { Arn: arnOf('Closed'), ...DEAD },
      { Arn: notThere('sqs', 'gone'), ...DEAD },
      { Arn: notThere('kinesis', 'stream/lines'), RoleArn: arnOf('Role'), ...DEAD },
      { Arn: notThere('states', 'stateMachine:work'), RoleArn: arnOf('Other'), ...DEAD },
    ),
  });
  expect(codes(letters)).toEqual([
    ['kinesis lines', 'NO_PERMISSIONS'],
    ['sns topic', 'NO_PERMISSIONS'],
    ['sqs closed', 'NO_PERMISSIONS'],
    ['sqs gone', 'NO_RESOURCE'],
    ['states work', 'FAILED_TO_ASSUME_ROLE'],
  ]);
  expect(letters.map(({ Body = '' }) => (JSON.parse(Body) as { detail: unknown }).detail)).toEqual(letters.map(() => ({ n: 1 })));
  expect(told(letters[0] ?? {}, 'RULE_ARN')).toMatch(/^arn:aws:events:.*:rule\/rule$/);
});

test('a dead-letter queue must let the rule in: else the event is lost, and the log says so', async () => {
  const { letters, lines } = await put({ Rule: rule('another', { Arn: notThere('sqs', 'gone'), ...DEAD }) });
  expect(letters).toEqual([]);
  expect(lines).toEqual([
    expect.stringMatching(/^error arn:aws:sqs:\S+:gone was not invoked: The specified queue does not exist/),
    expect.stringMatching(
      /^error arn:aws:sqs:\S+:dead did not get the dead letter: .* not authorized to perform: sqs:sendmessage/,
    ),
  ]);
});

const keyed = (...statements: object[]): Template['Resources'] => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: document(
        { Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' },
        ...statements,
      ),
    },
  },
  Dead: queue('dead', { KmsMasterKeyId: { Ref: 'Key' } }),
  Rule: rule('rule', { Arn: notThere('sqs', 'gone'), ...DEAD }),
});

test('a dead-letter queue under a key of its own needs the key to let EventBridge in', async () => {
  const lost = await put(keyed());
  expect(lost.letters).toEqual([]);
  expect(lost.lines.at(-1)).toMatch(/^error \S+:dead did not get the dead letter: .*kms:GenerateDataKey/);
  const open = await put(keyed({ Principal: EVENTS, Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: '*' }));
  expect(codes(open.letters)).toEqual([['sqs gone', 'NO_RESOURCE']]);
});

test('fails for a dead-letter queue that is first in, first out', async () => {
  const Dead = queue('dead.fifo', { FifoQueue: true });
  await expect(put({ Dead, Rule: rule('rule', { Arn: notThere('sqs', 'gone'), ...DEAD }) })).rejects.toThrow(
    'must be the ARN of a standard queue',
  );
});
