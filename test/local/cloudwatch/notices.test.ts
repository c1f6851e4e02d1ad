import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import type { LogEvent } from '../../../local/service.ts';
import { start } from '../../../local/start.ts';
import { writeAssembly, type Template } from '../assembly/fixture.ts';
import { alarmOf } from './rig.ts';

const CLOUDWATCH = { Service: 'cloudwatch.amazonaws.com' };
const condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:*' } };
const admit = (Action: string | readonly string[], rest: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: CLOUDWATCH, Action, Resource: '*', Condition: condition, ...rest },
});
const policyOf = (document: object) => ({
  Type: 'AWS::SNS::TopicPolicy',
  Properties: { PolicyDocument: document, Topics: [{ Ref: 'Topic' }] },
});
const keyOf = (document: object) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document } });
const topicUnder = (KmsMasterKeyId: unknown) => ({ Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId } });

/** What the log says once an alarm went off that tells a topic. */
async function told(resources: Template['Resources']): Promise<readonly string[]> {
  const lines: LogEvent[] = [];
  const clock = new SimulatedClock(Date.UTC(2001, 0, 1));
  const actions = { AlarmActions: [{ Ref: 'Topic' }], OKActions: [], InsufficientDataActions: [] };
  const alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: alarmOf({ TreatMissingData: 'breaching', ...actions }) };
  const template: Template = { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: {} }, Alarm: alarm, ...resources } };
  const runtime = await start({
    assembly: writeAssembly({ Alarms: { template } }),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
    onLog: (line) => lines.push(line),
  });
  await clock.advance(60_000);
  expect(runtime.alarmed()).toEqual(['Alarms-Alarm']);
  await runtime.stop();
  return lines.map(({ level, message }) => `${level} ${message.split('\n')[0] ?? ''}`);
}

const NOTICE = 'notice ALARM: "Alarms-Alarm" in us-east-1';
const failed = (why: string): unknown => expect.stringMatching(new RegExp(`^error Failed to execute action .*${why}`));
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const USE = ['kms:GenerateDataKey', 'kms:Decrypt'];

test.each<[string, Template['Resources'], unknown]>([
  ['a topic without a policy of its own', {}, NOTICE],
  ['a policy that lets CloudWatch in', { Policy: policyOf(admit('sns:Publish')) }, NOTICE],
  [
    'a policy that names every AWS principal, and the account',
    {
      Policy: policyOf(
        admit('sns:Publish', { Principal: { AWS: '*' }, Condition: { StringEquals: { 'AWS:SourceOwner': '123456789012' } } }),
      ),
    },
    NOTICE,
  ],
  [
    'a policy that lets others in',
    { Policy: policyOf(admit('sns:Publish', { Principal: { Service: 'budgets.amazonaws.com' } })) },
    failed('sns:Publish'),
  ],
  [
    'a policy for alarms of another account',
    { Policy: policyOf(admit('sns:Publish', { Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } })) },
    failed('sns:Publish'),
  ],
  ['a key that lets CloudWatch in', { Key: keyOf(admit(USE)), Topic: topicUnder(KEY) }, NOTICE],
  [
    'a key that lets it only decrypt',
    { Key: keyOf(admit('kms:Decrypt')), Topic: topicUnder(KEY) },
    failed('kms:GenerateDataKey'),
  ],
  ['the key of AWS itself', { Topic: topicUnder('alias/aws/sns') }, failed('may not use the key alias/aws/sns')],
])('an alarm tells a topic, or its log why not: %s', async (_, resources, line) => {
  expect(await told(resources)).toEqual([line]);
});
