import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SimulatedClock } from '../../../local/clock.ts';
import type { LogEvent } from '../../../local/service.ts';
import { start } from '../../../local/start.ts';
import { topicPolicy, writeAssembly, type Template } from '../assembly/fixture.ts';

const BEGIN = Date.UTC(2001, 0, 9, 8);
const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' },
});
const may = (Role: string, ...Action: readonly string[]) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: {
    PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } },
    Roles: [{ Ref: Role }],
  },
});
const PATTERN = { source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { object: { key: [{ prefix: 'in/' }] } } };
const rule = (Targets: readonly object[], rest: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventPattern: PATTERN, Targets, ...rest },
});
const TOPIC = { Id: 'topic', Arn: { Ref: 'Topic' } };
const MACHINE = { Id: 'machine', Arn: { Ref: 'Machine' }, RoleArn: { 'Fn::GetAtt': ['Starter', 'Arn'] } };

const FUNCTION = { Id: 'function', Arn: { 'Fn::GetAtt': ['Function', 'Arn'] } };
const permission = (rest: object = {}) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] },
    ...rest,
  },
});
/** Says what it got, and fails for what it is asked to. */
const CODE = `
export const handler = async (event) => {
  console.log('got ' + (event['detail-type'] ?? JSON.stringify(event)));
  if (event.fail) throw new Error('as asked');
};`;

const ADMITS = topicPolicy('events.amazonaws.com');

const resources = (more: Template['Resources']): Template['Resources'] => ({
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketName: 'bucket', NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Workflow: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust('states.amazonaws.com') } },
  Starter: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust('events.amazonaws.com') } },
  Runner: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') } },
  Logs: may('Runner', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: { 'Fn::GetAtt': ['Runner', 'Arn'] },
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 60,
      Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
    },
  },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: { 'Fn::GetAtt': ['Workflow', 'Arn'] },
      Definition: { QueryLanguage: 'JSONata', StartAt: 'End', States: { End: { Type: 'Succeed' } } },
    },
  },
  ...more,
});

/** What becomes of two objects that are put, of which one is meant. */
async function putTwo(more: Template['Resources'], lasts = 1000) {
  const lines: LogEvent[] = [];
  const clock = new SimulatedClock(BEGIN);
  const runtime = await start({
    assembly: writeAssembly(
      {
        Drop: { template: { Resources: resources(more), Outputs: { Machine: { Value: { Ref: 'Machine' } } } } },
      },
      CODE,
    ),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
    onLog: (line) => lines.push(line),
  });
  const place = { endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator };
  const s3 = new S3Client({ ...place, forcePathStyle: true });
  const sfn = new SFNClient(place);
  const cloudwatch = new CloudWatchClient(place);
  try {
    for (const Key of ['in/one', 'out/two']) await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key, Body: 'x' }));
    await clock.advance(lasts);
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: runtime.outputs.Drop?.Machine }));
    const measured = async (MetricName: string): Promise<number | undefined> => {
      const { Datapoints = [] } = await cloudwatch.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/Events',
          MetricName,
          Dimensions: [{ Name: 'RuleName', Value: 'Drop-Rule' }],
          Period: 60,
          Statistics: ['Sum'],
          StartTime: new Date(BEGIN),
          EndTime: new Date(BEGIN + 60_000),
        }),
      );
      return Datapoints[0]?.Sum;
    };
    const names = ['MatchedEvents', 'Invocations', 'FailedInvocations'];
    return {
      executions: executions.map(({ status }) => status),
      lines: lines.map(({ level, message }) => `${level} ${message.trim()}`),
      measured: await Promise.all(names.map(measured)),
    };
  } finally {
    for (const client of [s3, sfn, cloudwatch]) client.destroy();
    await runtime.stop();
  }
}

test('an object that is meant is counted, told to a topic and starts a state machine; another is not', async () => {
  const { executions, lines, measured } = await putTwo({
    Rule: rule([TOPIC, MACHINE]),
    Admits: ADMITS,
    May: may('Starter', 'states:StartExecution'),
  });
  expect(measured).toEqual([1, 2, undefined]);
  expect(executions).toEqual(['SUCCEEDED']);
  expect(lines).toEqual([expect.stringMatching(/^notice \{.*"key":"in\/one"/)]);
});

test.each<[string, Template['Resources'], string]>([
  ['whose topic has the policy that it is born with', { Rule: rule([TOPIC]) }, 'is not authorized to perform: sns:Publish'],
  ['whose role may not start it', { Rule: rule([MACHINE]) }, 'is not authorized to perform: states:StartExecution'],
  ['whose function has no permission', { Rule: rule([FUNCTION]) }, 'is not authorized to perform: lambda:InvokeFunction'],
  [
    'whose function has one for another rule',
    { Rule: rule([FUNCTION]), Permission: permission({ SourceArn: 'arn:aws:events:us-east-1:123456789012:rule/other' }) },
    'is not authorized to perform: lambda:InvokeFunction',
  ],
  [
    'that nothing here runs',
    { Rule: rule([{ Id: 'q', Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/q' }]) },
    'are not simulated',
  ],
])('a target %s fails, and the log says so', async (_, more, why) => {
  const { lines, measured, executions } = await putTwo(more);
  expect(measured).toEqual([1, 1, 1]);
  expect(executions).toEqual([]);
  expect(lines).toEqual([expect.stringMatching(/^error arn:aws:.* was not invoked: /)]);
  expect(lines[0]).toContain(why);
});

test('a target that is given a text gets it in the place of the event', async () => {
  const { lines } = await putTwo({ Rule: rule([{ ...TOPIC, Input: '"filed"' }]), Admits: ADMITS });
  expect(lines).toEqual(['notice "filed"']);
});

test.each<[string, object, string]>([
  [
    'a role for a topic',
    { Targets: [{ ...TOPIC, RoleArn: { 'Fn::GetAtt': ['Starter', 'Arn'] } }] },
    "'RoleArn' of a target that is a function, a topic or a queue",
  ],
  ['a path that is none here', { Targets: [{ ...TOPIC, InputPath: '$..detail' }] }, "the path '$..detail' of an input"],
  ['parameters of HTTP', { Targets: [{ ...TOPIC, HttpParameters: {} }] }, "'HttpParameters' of a target"],
])('a rule with %s is kept and not run, and the log says why', async (_, rest, why) => {
  const { lines, measured } = await putTwo({ Rule: rule([TOPIC], rest) });
  expect(measured).toEqual([undefined, undefined, undefined]);
  expect(lines).toEqual([expect.stringContaining(`warn the rule is not run, not simulated: `)]);
  expect(lines[0]).toContain(why);
});

test('a target that is given a part of the event, or a text made of parts, gets that', async () => {
  const InputTransformer = { InputPathsMap: { key: '$.detail.object.key' }, InputTemplate: '"filed <key>"' };
  const { lines } = await putTwo({
    Rule: rule([
      { ...TOPIC, InputPath: '$.detail.object.key' },
      { ...TOPIC, Id: 'other', InputTransformer },
    ]),
    Admits: ADMITS,
  });
  expect(lines).toEqual(['notice "in/one"', 'notice "filed in/one"']);
});

test('a rule that is disabled means nothing', async () => {
  expect((await putTwo({ Rule: rule([TOPIC], { State: 'DISABLED' }) })).lines).toEqual([]);
});

const got = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('info got '));

test('a function gets the event that it is permitted to get, and its failures are tried again', async () => {
  const told = await putTwo({ Rule: rule([FUNCTION]), Permission: permission() });
  expect(got(told.lines)).toEqual(['info got Object Created']);
  expect(told.measured).toEqual([1, 1, undefined]);
  const failing = await putTwo({ Rule: rule([{ ...FUNCTION, Input: '{"fail":true}' }]), Permission: permission() }, 3_600_000);
  expect(got(failing.lines)).toEqual(Array.from({ length: 3 }, () => 'info got {"fail":true}'));
  expect(failing.lines.at(-1)).toMatch(
    /^error arn:aws:lambda:\S+ failed each of 3 times that it got an event: the event is dropped$/,
  );
});

test('a schedule invokes its targets at its times', async () => {
  const scheduled = rule([FUNCTION, TOPIC], { EventPattern: undefined, ScheduleExpression: 'cron(30 8 * * ? *)' });
  const { lines } = await putTwo({ Rule: scheduled, Permission: permission(), Admits: ADMITS }, 2 * 86_400_000);
  expect(got(lines)).toEqual(Array.from({ length: 2 }, () => 'info got Scheduled Event'));
  expect(lines.filter((line) => line.startsWith('notice ')).map((line) => /"time":"([^"]+)"/.exec(line)?.[1])).toEqual([
    '2001-01-09T08:30:00Z',
    '2001-01-10T08:30:00Z',
  ]);
});

test.each<[string, Template['Resources'], string]>([
  ['a schedule that is none', { Rule: rule([TOPIC], { ScheduleExpression: 'rate(1 days)' }) }, "'ScheduleExpression'"],
  [
    'a pattern with a filter that there is not',
    { Rule: rule([TOPIC], { EventPattern: { source: [{ regex: '.' }] } }) },
    "'EventPattern' is not valid. Reason: Unrecognized match type regex",
  ],
  ['a rule that means nothing', { Rule: rule([TOPIC], { EventPattern: undefined }) }, "or 'ScheduleExpression' must be there"],
  ['a state that there is not', { Rule: rule([TOPIC], { State: 'off' }) }, "'State' must be one of ENABLED, DISABLED"],
  ['two targets of one id', { Rule: rule([TOPIC, TOPIC]) }, "'Targets' must have an Id each of their own"],
  ['six targets', { Rule: rule('abcdef'.split('').map((Id) => ({ ...TOPIC, Id }))) }, "'Targets' must hold 5 at most, got 6"],
  [
    'a schedule of another bus',
    { Rule: rule([TOPIC], { EventBusName: 'mine', ScheduleExpression: 'rate(1 day)' }) },
    "must be of the default event bus, got 'mine'",
  ],
  [
    'a permission for nobody',
    { Rule: rule([]), Permission: permission({ Principal: 'no body' }) },
    "'Principal' must be a service",
  ],
  [
    'a permission of another service',
    { Rule: rule([]), Permission: permission({ Action: 's3:GetObject' }) },
    "'Action' must be an action of Lambda",
  ],
  [
    'two kinds of input',
    { Rule: rule([{ ...TOPIC, Input: '1', InputPath: '$.detail' }]) },
    'Only one of Input, InputPath, or InputTransformer must be provided for target topic.',
  ],
  [
    'a template that names what it does not define',
    { Rule: rule([{ ...TOPIC, InputTransformer: { InputTemplate: '"<x>"' } }]) },
    'InputTemplate for target topic contains invalid placeholder x.',
  ],
  ['a bus that is not there', { Rule: rule([TOPIC], { EventBusName: 'mine' }) }, 'Event bus mine does not exist.'],
  [
    'a retry policy without bounds',
    { Rule: rule([{ ...TOPIC, RetryPolicy: { MaximumRetryAttempts: 186 } }]) },
    "'Targets[0].RetryPolicy.MaximumRetryAttempts' must be 0 to 185, got 186",
  ],
  ['an input that is no JSON', { Rule: rule([{ ...TOPIC, Input: 'filed' }]) }, "'Targets[0].Input' must be JSON"],
  [
    'a permission of a function that is not there',
    { Rule: rule([]), Permission: permission({ FunctionName: 'other' }) },
    'Function not found',
  ],
])('fails for %s', async (_, more, why) => {
  await expect(putTwo(more)).rejects.toThrow(why);
});
