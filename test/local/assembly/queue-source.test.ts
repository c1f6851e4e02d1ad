import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import type { LogEvent } from '../../../local/service.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { writeAssembly, type Template } from './fixture.ts';

const begin = Date.UTC(2001, 0, 1);

/** Logs its bodies, reports the bad ones, and sends the good ones of a loop to its own queue again. */
const CODE = `
import { createRequire } from 'node:module';
const { SQSClient, SendMessageCommand } = createRequire(import.meta.url)('@aws-sdk/client-sqs');
const sqs = new SQSClient({});
export const handler = async ({ Records }) => {
  console.log(JSON.stringify({ bodies: Records.map(({ body }) => body) }));
  for (const { body, eventSourceARN } of Records)
    if (body.startsWith('loop'))
      await sqs.send(new SendMessageCommand({ QueueUrl: eventSourceARN.split(':').at(-1), MessageBody: body }));
  const bad = Records.filter(({ body }) => body === 'bad');
  return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const NEEDED = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

interface Granted {
  readonly actions?: readonly string[];
  readonly resource?: unknown;
  /** Seconds. */
  readonly timeout?: number;
}

/** A queue with its dead-letter queue, and a function that it invokes. */
function template(mapping: object = {}, { actions = NEEDED, resource = arnOf('Queue'), timeout = 30 }: Granted = {}): Template {
  const Principal = { Service: 'lambda.amazonaws.com' };
  const statement = (Action: readonly string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
  return {
    Resources: {
      Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: { QueueName: 'orders', RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 2 } },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
          },
        },
      },
      Policy: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              statement([...actions, 'sqs:SendMessage'], resource),
              statement(['logs:CreateLogStream', 'logs:PutLogEvents'], '*'),
            ],
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        DependsOn: ['Policy'],
        Properties: {
          FunctionName: 'process',
          Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Role: arnOf('Role'),
          Timeout: timeout,
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: arnOf('Queue'),
          FunctionName: { Ref: 'Function' },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ...mapping,
        },
      },
    },
    Outputs: {
      Url: { Value: { Ref: 'Queue' } },
      Dead: { Value: { Ref: 'Dead' } },
      Id: { Value: { Ref: 'Mapping' } },
    },
  };
}

const running = new Set<LocalRuntime>();
afterEach(async () => {
  await Promise.all([...running].map((runtime) => stop(runtime)));
});

async function stop(runtime: LocalRuntime): Promise<{ readonly undelivered: number; readonly lost: number }> {
  running.delete(runtime);
  return runtime.stop();
}

async function run(stack: Template, { state = mkdtempSync(path.join(tmpdir(), 'state-')), now = begin } = {}) {
  const clock = new SimulatedClock(now);
  const lines: LogEvent[] = [];
  const runtime = await start({
    assembly: writeAssembly({ Orders: { template: stack } }, CODE),
    state,
    clock,
    onLog: (line) => lines.push(line),
  });
  running.add(runtime);
  const { endpoint, operator, outputs } = runtime;
  const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials: operator });
  return {
    runtime,
    clock,
    state,
    lines,
    sqs,
    url: outputs.Orders?.Url ?? '',
    send: (...bodies: readonly string[]) =>
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: outputs.Orders?.Url,
          Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
        }),
      ),
    dead: async (): Promise<unknown> => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: outputs.Orders?.Dead, MaxNumberOfMessages: 10 }),
      );
      return Messages.map(({ Body }) => Body);
    },
    batches: () =>
      lines
        .filter(({ message }) => message.startsWith('{"bodies"'))
        .map(({ message }) => (JSON.parse(message) as { bodies: string[] }).bodies),
  };
}

test('a mapping of a template invokes its function, counts what waits for it, and leaves dead letters to the queue', async () => {
  const { runtime, clock, send, batches, dead } = await run(template());
  await send('one', 'bad', 'three');
  expect(runtime.undelivered()).toBe(3);
  await clock.advance(1_000);
  expect(batches()).toEqual([['one', 'bad', 'three']]);
  expect(runtime.deliveries()).toEqual([{ name: 'process', source: 'orders', undelivered: 1, lost: 0, blocked: true }]);
  await clock.advance(120_000);
  expect(batches()).toEqual([['one', 'bad', 'three'], ['bad']]);
  expect(runtime.undelivered()).toBe(0);
  expect(await dead()).toEqual(['bad']);
});

test('a function that sends to its own queue ends after 16 times, and the queue’s dead-letter queue has the message', async () => {
  const { clock, send, batches, dead, lines } = await run(template());
  await send('loop');
  await clock.advance(120_000);
  expect(batches()).toHaveLength(16);
  expect(await dead()).toEqual(['loop']);
  expect(lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual(
    Array.from({ length: 2 }, () => expect.stringContaining('one chain of events has invoked functions 16 times') as string),
  );
});

test('a stop while a batch is gathered loses nothing and counts for no receiving, and the next run processes it', async () => {
  const stack = template({ MaximumBatchingWindowInSeconds: 20 });
  const { runtime, clock, send, batches, state } = await run(stack);
  await send('one', 'bad');
  await clock.advance(10_000);
  expect(await stop(runtime)).toEqual({ undelivered: 2, lost: 0 });
  expect(batches()).toEqual([]);
  const next = await run(template(), { state, now: clock.now() });
  await next.clock.advance(120_000);
  expect(next.batches()).toEqual([['one', 'bad'], ['bad']]);
  expect(await next.dead()).toEqual(['bad']);
});

test('messages of an earlier run are processed by a mapping that is new', async () => {
  const stack = template();
  delete stack.Resources.Mapping;
  delete (stack.Outputs as Record<string, unknown>).Id;
  const { runtime, clock, send, state } = await run(stack);
  await send('one');
  await stop(runtime);
  const next = await run(template(), { state, now: clock.now() });
  await next.clock.advance(10);
  expect(next.batches()).toEqual([['one']]);
});

test('a mapping goes on where its queue is deleted and made again', async () => {
  const { runtime, clock, sqs, url, lines, send, batches } = await run(template());
  await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
  await clock.advance(600_000);
  expect(lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
    'The specified queue does not exist.',
  ]);
  expect(runtime.deliveries()).toEqual([{ name: 'process', source: 'orders', undelivered: 0, lost: 0, blocked: true }]);

  await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  await send('one');
  await clock.advance(600_000);
  expect(batches()).toEqual([['one']]);
  await send('two');
  await clock.advance(10);
  expect(batches()).toEqual([['one'], ['two']]);
});

test('GetEventSourceMapping tells what the template says', async () => {
  const { runtime } = await run(
    template({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
      Enabled: false,
      ScalingConfig: { MaximumConcurrency: 2 },
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] },
    }),
  );
  const { endpoint, operator, outputs } = runtime;
  const lambda = new LambdaClient({ endpoint, region: 'us-east-1', credentials: operator });
  const { $metadata, ...mapping } = await lambda.send(new GetEventSourceMappingCommand({ UUID: outputs.Orders?.Id }));
  expect($metadata.httpStatusCode).toBe(200);
  expect(mapping).toEqual({
    UUID: outputs.Orders?.Id,
    EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:orders',
    EventSourceMappingArn: `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${outputs.Orders?.Id ?? ''}`,
    FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:process',
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 1,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] },
    ScalingConfig: { MaximumConcurrency: 2 },
    State: 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    LastModified: new Date(begin),
  });
  lambda.destroy();
});

test.each([
  [{ BatchSize: 0 }, "'BatchSize' must be a whole number from 1 to 10000, got 0"],
  [{ BatchSize: 11 }, 'Maximum batch window in seconds must be greater than 0'],
  [{ MaximumBatchingWindowInSeconds: 301 }, "'MaximumBatchingWindowInSeconds' must be a whole number from 0 to 300, got 301"],
  [{ StartingPosition: 'LATEST' }, 'StartingPosition is not valid for SQS event sources.'],
  [{ MaximumRetryAttempts: 1 }, 'Unsupported MaximumRetryAttempts parameter for given event source mapping type.'],
  [{ ScalingConfig: { MaximumConcurrency: 1 } }, "'ScalingConfig.MaximumConcurrency' must be a whole number from 2 to 1000"],
  [{ ProvisionedPollerConfig: { MinimumPollers: 2 } }, "'ProvisionedPollerConfig' is not known here"],
  [{ FilterCriteria: { Filters: [{ Pattern: '{"body":"text"}' }] } }, 'Invalid filter pattern definition.'],
  [{ EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:none' }, 'AWS.SimpleQueueService.NonExistentQueue'],
])('fails for %j', async (mapping, message) => {
  const refusal = run(template(mapping, { resource: '*' }));
  await expect(refusal).rejects.toThrow(message);
});

test.each(NEEDED)('fails for a role that may not do %s', async (action) => {
  const stack = template({}, { actions: NEEDED.filter((other) => other !== action) });
  await expect(run(stack)).rejects.toThrow(`does not have permissions to call ${action.slice(4)} on SQS`);
});

test('fails for a function that may take longer than its messages are hidden', async () => {
  await expect(run(template({}, { timeout: 31 }))).rejects.toThrow(
    'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds',
  );
});
