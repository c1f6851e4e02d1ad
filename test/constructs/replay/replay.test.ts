import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Domain, type DomainProps } from '../../../constructs/domain/index.ts';
import { LakeStorage } from '../../../constructs/storage/index.ts';
import { compileContract } from '../../../core/record/compiled-contract.ts';
import { replayWorkflow } from '../../../core/replay/workflow.ts';
import { plainDataset } from '../../support/contracts.ts';
import { keyArn, someLake } from '../../support/lake.ts';
import {
  ACCOUNT,
  policyStatements,
  readable,
  REGION,
  resourcesOfType,
  statementsOf,
  synth,
  testApp,
  theResource,
  type Resource,
} from '../../support/synth.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:notices';
const datasets = ['readings', 'outages'].map((name) => plainDataset(name));
const domain = (stack: Stack, rest: Partial<DomainProps> = {}): Domain =>
  new Domain(stack, 'Default', {
    environment: 'dev',
    domain: 'energy',
    datasets,
    lake: someLake(stack),
    removalPolicy: RemovalPolicy.RETAIN,
    ...rest,
  });
const plain = synth((stack) => {
  domain(stack);
});
const told = synth((stack) => {
  domain(stack, {
    replayTopic: sns.Topic.fromTopicArn(stack, 'Topic', TOPIC),
    replayTopicKey: kms.Key.fromKeyArn(stack, 'TopicKey', keyArn('topic')),
    logRetention: RetentionDays.ONE_YEAR,
  });
});

const allow = (Sid: string, Action: string | string[], Resource: unknown, Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition !== undefined && { Condition }),
});
const STREAMS = ['${DatasetsOutagesStream.Arn}', '${DatasetsReadingsStream.Arn}'];
const viaS3 = (bucket: string) => ({
  StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}` },
});

test("the function reads the domain's originals, marks them, puts into the domain's streams, and nothing else", () => {
  expect(policyStatements(plain, 'ReplayFunction')).toEqual([
    allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], '${ReplayFunctionLogs.Arn}'),
    allow('ListOriginals', 's3:ListBucket', ['arn:aws:s3:::raw', 'arn:aws:s3:::quarantine'], {
      StringLike: { 's3:prefix': ['keep', 'keep*/energy/*'] },
    }),
    allow('ReadOriginals', 's3:GetObject', ['arn:aws:s3:::raw/keep*/energy/*', 'arn:aws:s3:::quarantine/keep*/energy/*']),
    allow('WriteMarks', 's3:PutObject', 'arn:aws:s3:::quarantine/keep*/energy/_replay/*'),
    allow('DecryptRaw', 'kms:Decrypt', keyArn('closed'), viaS3('raw')),
    allow('UseQuarantineKey', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('closed'), viaS3('quarantine')),
    allow('PutAgain', 'kinesis:PutRecords', STREAMS),
    allow('EncryptStreams', 'kms:GenerateDataKey', keyArn('stream'), {
      StringEquals: {
        'kms:ViaService': 'kinesis.eu-west-1.amazonaws.com',
        'kms:EncryptionContext:aws:kinesis:arn': STREAMS,
      },
    }),
  ]);
});

const LOG_AND_TRACE = allow(
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
);

test('the workflow invokes that function, and cannot read what it reads', () => {
  const replay = allow('Replay', 'lambda:InvokeFunction', '${ReplayFunction.Arn}');
  expect(policyStatements(plain, 'ReplayWorkflow')).toEqual([replay, LOG_AND_TRACE]);
  expect(policyStatements(told, 'ReplayWorkflow')).toEqual([
    replay,
    allow('Tell', 'sns:Publish', TOPIC),
    allow('EncryptNotices', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('topic'), {
      StringEquals: { 'kms:ViaService': 'sns.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:sns:topicArn': TOPIC },
    }),
    LOG_AND_TRACE,
  ]);
});

test.each([
  ['ReplayFunctionActor', 'replay', 'lambda.amazonaws.com'],
  ['ReplayWorkflow', 'replay-workflow', 'states.amazonaws.com'],
])('only its service of this account may become %s, under its path', (id, actor, Service) => {
  expect(theResource(plain, 'AWS::IAM::Role', id).Properties).toMatchObject({
    Path: `/headwaters/dev/${actor}/`,
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service },
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
      ],
    },
  });
});

test('the function has the streams and the compiled contracts of its datasets, and no secret', () => {
  const { Properties } = theResource(plain, 'AWS::Lambda::Function', 'ReplayFunction');
  expect(readable(Properties.Environment)).toEqual({
    Variables: {
      HEADWATERS_DOMAIN: 'energy',
      STREAM_OUTAGES: '${DatasetsOutagesStream}',
      STREAM_READINGS: '${DatasetsReadingsStream}',
      RAW_BUCKET: 'raw',
      QUARANTINE_BUCKET: 'quarantine',
    },
  });
  expect(Properties).toMatchObject({ Timeout: 900, MemorySize: 1024, Runtime: 'nodejs24.x', Architectures: ['arm64'] });
});

test('the layer holds what the transform functions judge by', () => {
  const app = testApp();
  domain(new Stack(app, 'Test', { env: { account: ACCOUNT, region: REGION } }));
  const { directory } = app.synth();
  const template = JSON.parse(readFileSync(path.join(directory, 'Test.template.json'), 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  const layer = Object.entries(template.Resources).find(([id]) => id.startsWith('ReplayFunctionContracts'))?.[1];
  const hash = /[0-9a-f]{64}/.exec(JSON.stringify(layer?.Properties.Content))?.[0] ?? '';
  const found: unknown = JSON.parse(readFileSync(path.join(directory, `asset.${hash}`, 'contracts.json'), 'utf8'));
  expect(found).toEqual(
    Object.fromEntries(datasets.map((dataset) => [dataset.name, JSON.parse(JSON.stringify(compileContract(dataset)))])),
  );
});

test('the function changes after the functions of its streams, and starts with its policy', () => {
  const { DependsOn } = theResource(plain, 'AWS::Lambda::Function', 'ReplayFunction');
  const aliases = Object.keys(resourcesOfType(plain, 'AWS::Lambda::Alias'));
  expect(aliases).toHaveLength(2);
  expect(DependsOn).toEqual(
    expect.arrayContaining([...aliases, theResource(plain, 'AWS::IAM::ManagedPolicy', 'ReplayFunctionActor').id]),
  );
});

test.each([
  ['without a topic', plain, undefined],
  ['with a topic', told, TOPIC],
])('the template holds the definition as an object, nothing lost, %s', (_, template, topicArn) => {
  const { Properties, DependsOn } = theResource(template, 'AWS::StepFunctions::StateMachine');
  const expected = replayWorkflow({
    environment: 'dev',
    domain: 'energy',
    partition: '${AWS::Partition}',
    functionArn: '${ReplayFunction.Arn}',
    ...(topicArn === undefined ? {} : { topicArn }),
  });
  expect(readable(Properties.Definition)).toEqual(expected);
  expect(DependsOn).toEqual([theResource(template, 'AWS::IAM::ManagedPolicy', 'ReplayWorkflow').id]);
});

test('logs every event without its data, and traces', () => {
  expect(theResource(plain, 'AWS::StepFunctions::StateMachine').Properties).toMatchObject({
    StateMachineType: 'STANDARD',
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    TracingConfiguration: { Enabled: true },
  });
});

test.each([
  ['two weeks by default', plain, 14],
  ['as long as asked', told, 365],
])('keeps its logs %s, with the key of logs', (_, template, RetentionInDays) => {
  const logs = Object.entries(resourcesOfType(template, 'AWS::Logs::LogGroup')).filter(([id]) => id.startsWith('Replay'));
  expect(logs).toHaveLength(2);
  for (const [, { Properties, DeletionPolicy }] of logs) {
    expect(Properties).toMatchObject({ RetentionInDays, KmsKeyId: keyArn('log') });
    expect(DeletionPolicy).toBe('Retain');
  }
  const name = logs.map(([, { Properties }]) => Properties.LogGroupName).find((found) => found !== undefined);
  expect(name).toMatch(/^\/aws\/vendedlogs\/states\/[A-Za-z0-9-]+$/);
});

test('a domain whose datasets stand in other stacks has none', () => {
  const empty = synth((stack) => {
    expect(domain(stack, { datasets: [], owner: 'grid@example.com' }).replay).toBeUndefined();
  });
  expect(resourcesOfType(empty, 'AWS::StepFunctions::StateMachine')).toEqual({});
});

test('a dataset called replay stands beside it', () => {
  const named = synth((stack) => {
    domain(stack, { datasets: [plainDataset('replay')] });
  });
  expect(Object.keys(resourcesOfType(named, 'AWS::StepFunctions::StateMachine'))).toHaveLength(1);
});

test('adds nine resources to a stack, for up to sixteen datasets', () => {
  const count = (names: readonly string[]) => {
    const template = synth((stack) => {
      domain(stack, { datasets: names.map((name) => plainDataset(name)) });
    });
    return Object.keys(template.toJSON().Resources as object).filter((id) => id.startsWith('Replay')).length;
  };
  expect([count(['readings']), count(['readings', 'outages', 'meters'])]).toEqual([9, 9]);
});

test('one policy names the streams of as many datasets as a part of a domain holds', () => {
  const names = Array.from({ length: 16 }, (_, index) => `a_dataset_with_a_name_of_some_length_${index}`);
  expect(() =>
    synth((stack) => {
      domain(stack, { datasets: names.map((name) => plainDataset(name)) });
    }),
  ).not.toThrow();
});

describe('what a lake closes', () => {
  const lake = synth((stack) => {
    new LakeStorage(stack, 'Lake', {
      environment: 'dev',
      removalPolicy: RemovalPolicy.RETAIN,
      accessLogRetention: Duration.days(90),
    });
  });
  const role = (actor: string) => `arn:\${AWS::Partition}:iam::111122223333:role/headwaters/dev/${actor}/*`;

  test.each([
    ['Raw', ['delivery', 'replay']],
    ['Quarantine', ['quarantine-delivery', 'steward', 'replay']],
  ])('%s is open to the function, and not to the workflow', (zone, actors) => {
    const { PolicyDocument } = theResource(lake, 'AWS::S3::BucketPolicy', `Lake${zone}`).Properties;
    expect(statementsOf(PolicyDocument).find(({ Sid }) => Sid === 'ClosedToAllOthers')?.Condition).toEqual({
      ArnNotLike: { 'aws:PrincipalArn': actors.map(role) },
    });
  });

  test.each(['StreamKey', 'ClosedKey'])('%s admits the function, and not the workflow', (id) => {
    const { KeyPolicy } = theResource(lake, 'AWS::KMS::Key', id).Properties;
    const admitted = statementsOf(KeyPolicy).find(({ Sid }) => Sid === 'UseByActors')?.Condition as {
      ArnLike: { 'aws:PrincipalArn': string[] };
    };
    expect(admitted.ArnLike['aws:PrincipalArn']).toContain(role('replay'));
    expect(admitted.ArnLike['aws:PrincipalArn'].some((pattern) => pattern.includes('workflow'))).toBe(false);
  });

  test('nothing else admits it', () => {
    const text = JSON.stringify(lake.toJSON());
    expect(text.match(/role\/headwaters\/dev\/replay\//g)).toHaveLength(4);
  });
});
