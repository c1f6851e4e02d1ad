import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  CreateScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SimulatedClock } from '../../../local/clock.ts';
import type { LogEvent } from '../../../local/service.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { topicPolicy, writeAssembly, type Template } from '../assembly/fixture.ts';

const BEGIN = Date.UTC(2026, 0, 9, 8);
const HOUR = 3_600_000;
const trust = (Service: string, rest: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...rest },
});
const OF_GROUP = {
  Condition: {
    StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' }, 'aws:SourceArn': { 'Fn::GetAtt': ['Group', 'Arn'] } },
  },
};
const may = (Role: string, ...Action: readonly string[]) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: {
    PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } },
    Roles: [{ Ref: Role }],
  },
});
const schedule = (Arn: unknown, target: object = {}, rest: object = {}) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: 'cron(30 * * * ? *)',
    GroupName: { Ref: 'Group' },
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn, RoleArn: { 'Fn::GetAtt': ['Caller', 'Arn'] }, Input: '{"hour":"<aws.scheduler.scheduled-time>"}', ...target },
    ...rest,
  },
});
const role = (service: string, rest: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust(service, rest) },
});
const attribute = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const CODE = "export const handler = async (event) => { console.log('got ' + JSON.stringify(event)); };";
const BUS = { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default' };

const TARGETS: Template['Resources'] = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
  Workflow: role('states.amazonaws.com'),
  Runner: role('lambda.amazonaws.com'),
  Logs: may('Runner', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: attribute('Runner'),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 60,
      Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
    },
  },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: attribute('Workflow'),
      Definition: { QueryLanguage: 'JSONata', StartAt: 'End', States: { End: { Type: 'Succeed' } } },
    },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['mine'] },
      Targets: [{ Id: 'topic', Arn: { Ref: 'Topic' }, InputPath: '$.detail.hour' }],
    },
  },
  Admits: topicPolicy('events.amazonaws.com'),
};

const ACTIONS = ['events:PutEvents', 'kinesis:PutRecord', 'lambda:InvokeFunction', 'sns:Publish', 'states:StartExecution'];

const resources = (actions: readonly string[] = ACTIONS, trusting: object = OF_GROUP): Template['Resources'] => ({
  ...TARGETS,
  Group: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'reports' } },
  Caller: role('scheduler.amazonaws.com', trusting),
  May: may('Caller', ...actions),
  ToTopic: schedule({ Ref: 'Topic' }, { Input: 'told' }, { Name: 'to-topic' }),
  ToFunction: schedule(attribute('Function')),
  ToMachine: schedule({ Ref: 'Machine' }),
  ToStream: schedule(attribute('Stream'), { KinesisParameters: { PartitionKey: 'one' } }),
  ToBus: schedule(BUS, { EventBridgeParameters: { DetailType: 'Hour', Source: 'mine' } }),
});

/** A run on a state, in which `act` moves the clock. */
async function run<Result>(
  Resources: Template['Resources'],
  act: (runtime: LocalRuntime, clock: SimulatedClock) => Promise<Result>,
  { state = mkdtempSync(path.join(tmpdir(), 'state-')), now = BEGIN } = {},
) {
  const lines: LogEvent[] = [];
  const clock = new SimulatedClock(now);
  const template = { Resources, Outputs: { Machine: { Value: { Ref: 'Machine' } }, Stream: { Value: { Ref: 'Stream' } } } };
  const assembly = writeAssembly({ App: { template } }, CODE);
  const runtime = await start({ assembly, state, clock, onLog: (line) => lines.push(line) });
  const told = () => lines.filter(({ level }) => level !== 'info').map(({ level, message }) => `${level} ${message.trim()}`);
  try {
    const result = await act(runtime, clock);
    return { result, told: told(), state, logged: lines.map(({ message }) => message).join('\n') };
  } finally {
    await runtime.stop();
  }
}

const place = ({ endpoint, region, operator: credentials }: LocalRuntime) => ({ endpoint, region, credentials, maxAttempts: 1 });

test('each target is called as its role: topic, function, state machine, stream and event bus', async () => {
  const { result, told, logged } = await run(resources(), async (runtime, clock) => {
    await clock.advance(HOUR);
    const sfn = new SFNClient(place(runtime));
    const kinesis = new KinesisClient(place(runtime));
    try {
      const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: runtime.outputs.App?.Machine }));
      const { ShardIterator } = await kinesis.send(
        new GetShardIteratorCommand({
          StreamName: runtime.outputs.App?.Stream,
          ShardId: 'shardId-000000000000',
          ShardIteratorType: 'TRIM_HORIZON',
        }),
      );
      const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      return { executions: executions.length, records: Records.map(({ Data = [] }) => Buffer.from(Data).toString()) };
    } finally {
      for (const client of [sfn, kinesis]) client.destroy();
    }
  });
  expect(result).toEqual({ executions: 1, records: ['{"hour":"2026-01-09T08:30:00Z"}'] });
  expect(told).toEqual(['notice told']); // what a rule hands on of an event is no notice for people
  expect(logged).toMatch(/^"2026-01-09T08:30:00Z"$/m);
  expect(logged).toContain('got {"hour":"2026-01-09T08:30:00Z"}');
});

test('fails for each target whose action the role may not do, and the log names it', async () => {
  const { told } = await run(resources(['sqs:SendMessage']), async (_runtime, clock) => clock.advance(HOUR));
  const denied = told.map((line) => /is not authorized to perform: (\S+)/.exec(line)?.[1]).sort();
  expect(denied).toEqual(ACTIONS);
});

test('fails where the role trusts Scheduler for another group', async () => {
  const other = {
    Condition: { StringEquals: { 'aws:SourceArn': 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/default' } },
  };
  await expect(run(resources(ACTIONS, other), async () => Promise.resolve())).rejects.toThrow(
    'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
  );
});

test('what a schedule waits for outlives a stop, and what fell due meanwhile comes with the next start', async () => {
  const others = ['ToFunction', 'ToMachine', 'ToStream', 'ToBus'];
  const template = Object.fromEntries(Object.entries(resources()).filter(([id]) => !others.includes(id)));
  const first = await run(template, async (_runtime, clock) => clock.advance(HOUR));
  expect(first.told).toEqual(['notice told']);
  const second = await run(template, async (_runtime, clock) => clock.advance(1), { state: first.state, now: BEGIN + 3 * HOUR });
  expect(second.told).toEqual(['notice told', 'notice told']);
});

test('clients look at schedules and groups, and whatever else they ask is refused by name', async () => {
  const { result } = await run(resources(), async (runtime) => {
    const client = new SchedulerClient(place(runtime));
    const refusal = async (asked: Promise<unknown>) =>
      asked.then(
        () => 'taken',
        (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : ''),
      );
    try {
      const { Schedules = [] } = await client.send(new ListSchedulesCommand({ GroupName: 'reports', MaxResults: 2 }));
      const { ScheduleGroups = [] } = await client.send(new ListScheduleGroupsCommand({}));
      const { CreationDate, Target } = await client.send(new GetScheduleCommand({ Name: 'to-topic', GroupName: 'reports' }));
      const { Arn } = await client.send(new GetScheduleGroupCommand({ Name: 'reports' }));
      return {
        schedules: Schedules.length,
        groups: ScheduleGroups.map(({ Name }) => Name),
        created: CreationDate,
        input: Target?.Input,
        Arn,
        lost: await refusal(client.send(new GetScheduleCommand({ Name: 'lost' }))),
        create: await refusal(client.send(new CreateScheduleGroupCommand({ Name: 'new' }))),
      };
    } finally {
      client.destroy();
    }
  });
  expect(result).toEqual({
    schedules: 2,
    groups: ['default', 'reports'],
    created: new Date(BEGIN),
    input: 'told',
    Arn: 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/reports',
    lost: 'ResourceNotFoundException: Schedule lost does not exist.',
    create: 'NotImplemented: NotImplemented: scheduler:POST /schedule-groups/new',
  });
});
