import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { RestoreArchive, type RestoreArchiveProps } from '../../../constructs/orchestration/index.ts';
import { COLD_CLASSES } from '../../../core/restore/find-classes.ts';
import { restoreArchive } from '../../../core/restore/restore-archive.ts';
import { keyArn, someLake } from '../../support/lake.ts';
import { policyStatements, resourcesOfType, synth, theResource } from '../../support/synth.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:notices';
const MACHINE = 'arn:${AWS::Partition}:states:eu-west-1:111122223333:stateMachine:headwaters-dev-restore-archive';

const restore = (rest: (stack: Stack) => Partial<RestoreArchiveProps> = () => ({})) =>
  synth((stack) => {
    new RestoreArchive(stack, 'Restore', {
      environment: 'dev',
      clean: someLake(stack).clean,
      topic: sns.Topic.fromTopicArn(stack, 'Topic', TOPIC),
      removalPolicy: RemovalPolicy.RETAIN,
      ...rest(stack),
    });
  });
const plain = restore();
const keyed = restore((stack) => ({
  topicKey: kms.Key.fromKeyArn(stack, 'TopicKey', keyArn('topic')),
  logKey: kms.Key.fromKeyArn(stack, 'LogKey', keyArn('log')),
  logRetention: RetentionDays.ONE_YEAR,
}));

const allow = (Sid: string, Action: string | string[], Resource: unknown, Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition !== undefined && { Condition }),
});
const COLD = ['keep*-deep/*', 'keep*-flexible/*'];

test('the actor lists and restores keys of cold classes, tells the topic, runs its own days, and nothing else', () => {
  expect(policyStatements(plain, 'Restore')).toEqual([
    allow('ListColdDays', 's3:ListBucket', 'arn:aws:s3:::clean', { StringLike: { 's3:prefix': COLD } }),
    allow(
      'RestoreColdDays',
      's3:RestoreObject',
      COLD.map((keys) => `arn:aws:s3:::clean/${keys}`),
    ),
    allow('Tell', 'sns:Publish', TOPIC),
    allow('RunDays', 'states:StartExecution', MACHINE),
    allow(
      'WatchDays',
      ['states:DescribeExecution', 'states:StopExecution'],
      'arn:${AWS::Partition}:states:eu-west-1:111122223333:execution:headwaters-dev-restore-archive:*',
    ),
    allow(
      'LogAndTrace',
      [
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeLogGroups',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ],
      '*',
    ),
  ]);
});

test('the patterns of the policy match every cold class and no other', () => {
  const patterns = COLD.map((keys) => new RegExp(`^${keys.replaceAll('*', '.*')}$`));
  const allowed = (prefix: string) => patterns.some((pattern) => pattern.test(prefix));
  expect(COLD_CLASSES.filter((name) => !allowed(`${name}/sales/bookings/dt=2026-01-01/`))).toEqual([]);
  expect(['keep365-hot365/sales/bookings/', '_errors/sales/bookings/', 'keep365-hot30-warm365/a/b/'].some(allowed)).toBe(false);
});

test('a topic with a key adds the use of that key through SNS', () => {
  expect(policyStatements(keyed, 'Restore').filter(({ Sid }) => Sid === 'EncryptNotices')).toEqual([
    allow('EncryptNotices', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('topic'), {
      StringEquals: { 'kms:ViaService': 'sns.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:sns:topicArn': TOPIC },
    }),
  ]);
});

test('only Step Functions of this account may become the actor, under its path', () => {
  expect(theResource(plain, 'AWS::IAM::Role').Properties).toMatchObject({
    Path: '/headwaters/dev/restore/',
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'states.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
      ],
    },
  });
});

test('the template holds the definition as an object, nothing lost, and waits for the policy', () => {
  const { Properties, DependsOn } = theResource(plain, 'AWS::StepFunctions::StateMachine');
  const expected = restoreArchive({ environment: 'dev', partition: '${AWS::Partition}', bucket: 'clean', topicArn: TOPIC });
  const text = JSON.stringify(Properties.Definition).replaceAll(
    /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},("[^"]*")\]\]\}/g,
    (_, rest: string) => `"arn:\${AWS::Partition}${rest.slice(1)}`,
  );
  expect(JSON.parse(text)).toEqual(expected);
  expect(DependsOn).toEqual([theResource(plain, 'AWS::IAM::ManagedPolicy').id]);
});

test('logs every event without its data, and traces', () => {
  expect(theResource(plain, 'AWS::StepFunctions::StateMachine').Properties).toMatchObject({
    StateMachineName: 'headwaters-dev-restore-archive',
    StateMachineType: 'STANDARD',
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    TracingConfiguration: { Enabled: true },
  });
});

test.each([
  ['three months without a key by default', plain, { RetentionInDays: 90 }],
  ['as long as asked, with the key given', keyed, { RetentionInDays: 365, KmsKeyId: keyArn('log') }],
])('keeps the log %s', (_, template, properties) => {
  expect(Object.values(resourcesOfType(template, 'AWS::Logs::LogGroup'))).toEqual([
    expect.objectContaining({
      Properties: { LogGroupName: '/aws/vendedlogs/states/headwaters-dev-restore-archive', ...properties },
      DeletionPolicy: 'Retain',
    }),
  ]);
});
