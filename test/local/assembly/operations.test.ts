import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { topicPolicy, writeAssembly, type Template } from './fixture.ts';

const running: LocalRuntime[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
});

const operations = (): Template['Resources'] => ({
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
  Topic: {
    Type: 'AWS::SNS::Topic',
    Properties: { DisplayName: 'Alarms', KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
  },
  Policy: topicPolicy('cloudwatch.amazonaws.com'),
  Mail: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'on-call@example.com' },
  },
  Late: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: 'late',
      AlarmActions: [{ Ref: 'Topic' }],
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      MetricName: 'IncomingRecords',
      Namespace: 'AWS/Kinesis',
      Period: 300,
      Statistic: 'Sum',
      Threshold: 5,
    },
  },
  Budget: {
    Type: 'AWS::Budgets::Budget',
    Properties: { Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY' }, NotificationsWithSubscribers: [] },
  },
});
async function deploy(change: (resources: Template['Resources']) => void = () => undefined): Promise<LocalRuntime> {
  const Resources = operations();
  change(Resources);
  const at = (id: string, attribute?: string) => ({
    Value: attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] },
  });
  const Outputs = {
    TopicRef: at('Topic'),
    TopicArn: at('Topic', 'TopicArn'),
    TopicName: at('Topic', 'TopicName'),
    MailRef: at('Mail'),
    MailArn: at('Mail', 'Arn'),
    AlarmRef: at('Late'),
    AlarmArn: at('Late', 'Arn'),
    BudgetRef: at('Budget'),
  };
  const runtime = await start({
    assembly: writeAssembly({ Operations: { template: { Resources, Outputs } } }),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock: new SimulatedClock(Date.UTC(2001, 0, 1)),
  });
  running.push(runtime);
  return runtime;
}
const properties = (resources: Template['Resources'], id: string) => resources[id]?.Properties as Record<string, unknown>;

test('topics, what subscribes to them and budgets are recorded, each with its reason', async () => {
  expect((await deploy()).recordedOnly.map(({ type, count, reason }) => [type, count, reason])).toEqual(
    expect.arrayContaining([
      ['AWS::SNS::Topic', 1, expect.stringContaining('is written to the log')],
      ['AWS::SNS::Subscription', 1, expect.stringContaining('lies outside of this machine')],
      ['AWS::Budgets::Budget', 1, 'nothing is billed here'],
    ]),
  );
});

test('they give what AWS gives for Ref and Fn::GetAtt', async () => {
  const topic = 'arn:aws:sns:us-east-1:123456789012:Operations-Topic';
  const mail = expect.stringMatching(new RegExp(`^${topic}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)) as string;
  expect((await deploy()).outputs.Operations).toEqual({
    TopicRef: topic,
    TopicArn: topic,
    TopicName: 'Operations-Topic',
    MailRef: mail,
    MailArn: mail,
    AlarmRef: 'Operations-Late',
    AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:Operations-Late',
    BudgetRef: 'Operations-Budget',
  });
});

test.each<[string, (resources: Template['Resources']) => void, string]>([
  [
    'a property of alarms that CloudFormation does not know',
    (all) => (properties(all, 'Late').Colour = 'red'),
    "'Colour' is not known here",
  ],
  [
    'a description that CloudWatch would refuse',
    (all) => (properties(all, 'Late').AlarmDescription = 'x'.repeat(1025)),
    "'AlarmDescription' must hold at most 1024 characters, got 1025",
  ],
  [
    'a topic under a key that does not exist',
    (all) => (properties(all, 'Topic').KmsMasterKeyId = 'none'),
    "key 'none' does not exist",
  ],
  ['a topic with an archive', (all) => (properties(all, 'Topic').ArchivePolicy = {}), "'ArchivePolicy' is not known here"],
  ['a subscription to nothing', (all) => (properties(all, 'Mail').TopicArn = undefined), "'TopicArn' is required"],
  ['a budget of nothing', (all) => (properties(all, 'Budget').Budget = undefined), "'Budget' is required"],
])('fails for %s', async (_name, change, message) => {
  await expect(deploy(change)).rejects.toThrow(message);
});
