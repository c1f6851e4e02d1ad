import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
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
const role = (service: string, ...Action: string[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: document({ Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }),
    ...(Action.length > 0 && { Policies: [{ PolicyName: 'may', PolicyDocument: document({ Action, Resource: '*' }) }] }),
  },
});
const queue = (name: string, rest: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name, ...rest } });
const schedule = (action: string, request: object, rest: object = {}) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: 'at(2026-03-01T00:00:30)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: `arn:aws:scheduler:::aws-sdk:${action}`,
      RoleArn: arnOf('Caller'),
      Input: { 'Fn::Sub': JSON.stringify(request) },
      DeadLetterConfig: { Arn: arnOf('Dead') },
      ...rest,
    },
  },
});
const ACTIONS = ['sqs:SendMessage', 'states:StartExecution', 'lambda:InvokeFunction', 'sns:Publish'];
const DETAIL = { n: 1 };
const CODE = "exports.handler = async (event) => { console.log('got ' + JSON.stringify(event)); };";

const resources = (actions: readonly string[] = ACTIONS): Template['Resources'] => ({
  Caller: role('scheduler', ...actions),
  Workflow: role('states'),
  Runner: role('lambda', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  Told: queue('told'),
  Dead: queue('dead'),
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'topic' } },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: arnOf('Workflow'),
      StateMachineName: 'work',
      Definition: { QueryLanguage: 'JSONata', StartAt: 'End', States: { End: { Type: 'Succeed' } } },
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { ZipFile: CODE }, Handler: 'index.handler', Role: arnOf('Runner'), Runtime: 'nodejs22.x', Timeout: 60 },
  },
  Send: schedule('sqs:sendMessage', { QueueUrl: '${Told}', MessageBody: { due: '<aws.scheduler.scheduled-time>' } }),
  Start: schedule('sfn:startExecution', { StateMachineArn: '${Machine}', Input: '{}' }),
  Invoke: schedule('lambda:invoke', {
    FunctionName: '${Function}',
    InvocationType: 'Event',
    Payload: JSON.stringify(DETAIL),
  }),
  Publish: schedule('sns:publish', { TopicArn: '${Topic}', Message: 'due' }),
});

async function run(Resources: Template['Resources']) {
  const lines: LogEvent[] = [];
  const clock = new SimulatedClock(Date.UTC(2026, 2, 1));
  const runtime = await start({
    assembly: writeAssembly({ Stack: { template: { Resources, Outputs: { Machine: { Value: { Ref: 'Machine' } } } } } }),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
    onLog: (line) => lines.push(line),
  });
  const config = { endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator };
  const [sqs, sfn] = [new SQSClient(config), new SFNClient(config)];
  const received = async (QueueUrl: string): Promise<readonly Message[]> => {
    const asked = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    return (await sqs.send(new ReceiveMessageCommand(asked))).Messages ?? [];
  };
  try {
    await clock.advance(60_000);
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: runtime.outputs.Stack?.Machine }));
    return {
      executions: executions.length,
      told: (await received('told')).map(({ Body }) => Body),
      dead: await received('dead'),
      lines: lines.map(({ level, message }) => `${level} ${message.trim()}`),
    };
  } finally {
    for (const client of [sqs, sfn]) client.destroy();
    await runtime.stop();
  }
}

test('schedules call actions as their role: of services over JSON, of Lambda and of SNS', async () => {
  const { executions, told, dead, lines } = await run(resources());
  expect(executions).toBe(1);
  expect(told).toEqual(['{"due":"2026-03-01T00:00:30Z"}']);
  expect(lines).toEqual(expect.arrayContaining(['notice due', `info got ${JSON.stringify(DETAIL)}`]));
  expect(dead).toEqual([]);
});

test('what the role may not do is in the dead-letter queue, if the role may send there', async () => {
  const { dead, lines } = await run(resources(['sqs:SendMessage']));
  const told = dead.map(({ MessageAttributes: { ERROR_CODE, TARGET_ARN } = {} }) => [
    TARGET_ARN?.StringValue?.replace('arn:aws:scheduler:::aws-sdk:', ''),
    ERROR_CODE?.StringValue,
  ]);
  expect(told.sort()).toEqual([
    ['lambda:invoke', 'AccessDeniedException'],
    ['sfn:startExecution', 'AccessDeniedException'],
    ['sns:publish', 'AuthorizationError'],
  ]);
  expect(lines.filter((line) => line.includes('did not get the dead letter'))).toEqual([]);
  const lost = await run(resources(['sns:Publish']));
  expect(lost.dead).toEqual([]);
  expect(lost.lines.filter((line) => /:dead did not get the dead letter: .* sqs:sendmessage/.test(line))).toHaveLength(3);
});

test('a request that the action does not have fails, and one that is not served is not run', async () => {
  const { dead, lines } = await run({
    ...resources(),
    Send: schedule('sqs:sendMessage', { queueUrl: '${Told}' }),
    Stop: schedule('rds:stopDBInstance', { DbInstanceIdentifier: 'x' }),
  });
  expect(dead.map(({ MessageAttributes }) => MessageAttributes?.ERROR_CODE?.StringValue)).toEqual(['ValidationException']);
  expect(lines).toContain("warn the schedule is not run, not simulated: the universal target 'aws-sdk:rds:stopDBInstance'");
});
