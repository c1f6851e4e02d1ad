import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import type { LogEvent } from '../../../local/service.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { writeAssembly, type Template } from './fixture.ts';

const begin = Date.UTC(2001, 0, 1);
const HOUR = 3_600_000;

/** Logs its records; fails for as long as one says so. */
const CODE = `
export const handler = async ({ Records }) => {
  const texts = Records.map(({ kinesis: { data } }) => Buffer.from(data, 'base64').toString());
  console.log(JSON.stringify({ texts }));
  if (texts.includes('bad')) throw new Error('no');
};`;

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const READ = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
];

const policyOf = (actions: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: actions, Resource: arnOf('Stream') },
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
    { Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: 'Topic' } },
    { Effect: 'Allow', Action: ['s3:PutObject', 's3:ListBucket'], Resource: [arnOf('Bucket'), { 'Fn::Sub': '${Bucket.Arn}/*' }] },
  ],
});

/** A stream, a function that reads it as its alias, and a topic. */
function template(mapping: object, actions = READ): Template {
  const AssumeRolePolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  return {
    Resources: {
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument } },
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policyOf(actions), Roles: [{ Ref: 'Role' }] } },
      Function: {
        Type: 'AWS::Lambda::Function',
        DependsOn: ['Policy'],
        Properties: {
          FunctionName: 'process',
          Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Role: arnOf('Role'),
          Timeout: 60,
        },
      },
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'Function' },
          FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
          Name: 'live',
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: arnOf('Stream'), FunctionName: { Ref: 'Live' }, StartingPosition: 'LATEST', ...mapping },
      },
    },
    Outputs: {
      StreamName: { Value: { Ref: 'Stream' } },
      Id: { Value: { Ref: 'Mapping' } },
      Arn: { Value: { 'Fn::GetAtt': ['Mapping', 'EventSourceMappingArn'] } },
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
  const assembly = writeAssembly({ Reading: { template: stack } }, CODE);
  const runtime = await start({ assembly, state, clock, onLog: (line) => lines.push(line) });
  running.add(runtime);
  return {
    runtime,
    clock,
    state,
    lines,
    texts: () =>
      lines
        .filter(({ message }) => message.startsWith('{"texts"'))
        .map(({ message }) => (JSON.parse(message) as { texts: string[] }).texts),
  };
}

async function put({ endpoint, operator, outputs }: LocalRuntime, ...texts: readonly string[]): Promise<void> {
  const client = new KinesisClient({ endpoint, region: 'us-east-1', credentials: operator });
  const Records = texts.map((text) => ({ PartitionKey: 'k', Data: Buffer.from(text) }));
  await client.send(new PutRecordsCommand({ StreamName: outputs.Reading?.StreamName, Records }));
  client.destroy();
}

test('a mapping of a template invokes its function, counts what waits for it, and goes on in the next run', async () => {
  const { runtime, clock, texts, state } = await run(
    template({ BatchSize: 2, Tags: [{ Key: 'a', Value: 'b' }], MetricsConfig: { Metrics: ['EventCount'] } }),
  );
  expect(runtime.outputs.Reading?.Arn).toBe(
    `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${runtime.outputs.Reading?.Id ?? ''}`,
  );
  await put(runtime, 'a', 'b', 'bad', 'c');
  expect(runtime.undelivered()).toBe(4);
  await clock.advance(5_000);
  expect(texts().slice(0, 2)).toEqual([
    ['a', 'b'],
    ['bad', 'c'],
  ]);
  expect(runtime.deliveries()).toEqual([
    { name: 'process:live', source: runtime.outputs.Reading?.StreamName, undelivered: 2, lost: 0, blocked: true },
  ]);
  expect(await stop(runtime)).toEqual({ undelivered: 2, lost: 0 });
  const next = await run(
    template({ BatchSize: 2, MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: { Ref: 'Topic' } } } }),
    { state, now: clock.now() },
  );
  await next.clock.advance(5_000);
  expect(next.texts()).toEqual([['bad', 'c']]);
  expect(next.lines.filter(({ level }) => level === 'notice')).toHaveLength(1);
  expect(next.runtime.undelivered()).toBe(0);
});

test('a mapping that a run was without begins anew: what came in the meantime is not its own with LATEST', async () => {
  const stack = template({});
  const bare = structuredClone(stack);
  delete bare.Resources.Mapping;
  bare.Outputs = { StreamName: { Value: { Ref: 'Stream' } } };
  const seen: string[][] = [];
  let next: { state?: string; now?: number } = {};
  for (const [text, each] of Object.entries({ one: stack, two: bare, three: stack })) {
    const { runtime, clock, state, texts } = await run(each, next);
    await put(runtime, text);
    await clock.advance(5_000);
    seen.push(...texts());
    next = { state, now: clock.now() };
    await stop(runtime);
  }
  expect(seen).toEqual([['one'], ['three']]);
});

test('a bucket is told of what is discarded, with the records', async () => {
  const { runtime, clock } = await run(
    template({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: arnOf('Bucket') } } }),
  );
  await put(runtime, 'bad');
  await clock.advance(5_000);
  expect([...runtime.objects().keys()]).toEqual([
    expect.stringMatching(
      /^reading-bucket[^/]*\/aws\/lambda\/[0-9a-f-]{36}\/shardId-000000000000\/2001\/01\/01\/2001-01-01T00\.00\.0\d-[0-9a-f-]{36}$/,
    ),
  ]);
});

test('a handler that lasts longer than its function may is tried again', async () => {
  const stack = template({ MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: { Ref: 'Topic' } } } });
  (stack.Resources.Function?.Properties as Record<string, unknown>).Timeout = 1;
  const clock = new SimulatedClock(begin);
  const lines: LogEvent[] = [];
  const assembly = writeAssembly(
    { Reading: { template: stack } },
    'export const handler = () => new Promise(() => setInterval(() => {}, 1000));',
  );
  const runtime = await start({
    assembly,
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
    onLog: (line) => lines.push(line),
  });
  running.add(runtime);
  await put(runtime, 'a');
  await clock.advance(60_000);
  expect(lines.filter(({ message }) => message.includes('Sandbox.Timedout'))).toHaveLength(2);
  expect(lines.find(({ level }) => level === 'notice')?.message).toContain('"approximateInvokeCount":2');
});

test.each([
  [{ FunctionName: 'process' }, 'process'],
  [{ FunctionName: '123456789012:function:process:live' }, 'process:live'],
  [{ FunctionName: '123456789012:function:process:$LATEST' }, 'process'],
  [{ FunctionName: { Ref: 'Version' } }, 'process:1'],
  [{ FunctionName: arnOf('Function') }, 'process'],
])('a function is named as %j', async (named, name) => {
  const stack = template(named);
  Object.assign(stack.Resources.Mapping ?? {}, { DependsOn: ['Live'] });
  const { runtime } = await run(stack);
  expect(runtime.deliveries()).toMatchObject([{ name }]);
});

const KINESIS = 'arn:aws:kinesis:us-east-1:123456789012:stream/none';
test.each([
  [{ BatchSize: 0 }, "'BatchSize' must be a whole number from 1 to 10000, got 0"],
  [{ BatchSize: 10_001 }, "'BatchSize' must be a whole number from 1 to 10000, got 10001"],
  [{ MaximumBatchingWindowInSeconds: 301 }, "'MaximumBatchingWindowInSeconds' must be a whole number from 0 to 300, got 301"],
  [{ ParallelizationFactor: 11 }, "'ParallelizationFactor' must be a whole number from 1 to 10, got 11"],
  [{ MaximumRetryAttempts: -2 }, "'MaximumRetryAttempts' must be a whole number from -1 to 10000, got -2"],
  [{ MaximumRecordAgeInSeconds: 604_801 }, "'MaximumRecordAgeInSeconds' must be a whole number from -1 to 604800, got 604801"],
  [{ MaximumRecordAgeInSeconds: 59 }, "'MaximumRecordAgeInSeconds' must be -1 or at least 60, got 59"],
  [{ TumblingWindowInSeconds: 901 }, "'TumblingWindowInSeconds' must be a whole number from 0 to 900, got 901"],
  [{ TumblingWindowInSeconds: 60, ParallelizationFactor: 2 }, "'ParallelizationFactor' must be 1 with a tumbling window, got 2"],
  [{ StartingPosition: 'START' }, 'Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]'],
  [{ StartingPosition: undefined }, "Value null at 'startingPosition' failed to satisfy constraint"],
  [{ StartingPosition: 'AT_TIMESTAMP' }, "'StartingPositionTimestamp' is required with AT_TIMESTAMP"],
  [
    { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: begin / 1000 + 1 },
    "'StartingPositionTimestamp' cannot be in the future",
  ],
  [{ StartingPositionTimestamp: 1 }, "'StartingPositionTimestamp' is only valid with AT_TIMESTAMP, got LATEST"],
  [{ FunctionResponseTypes: ['Other'] }, "'FunctionResponseTypes' must hold ReportBatchItemFailures at most, got 'Other'"],
  [{ ScalingConfig: { MaximumConcurrency: 2 } }, 'Unsupported ScalingConfig parameter for given event source mapping type.'],
  [
    { EventSourceArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/s' },
    "got one of 'dynamodb': other event sources are not",
  ],
  [{ EventSourceArn: `${KINESIS}/consumer/c:1` }, 'consumers with enhanced fan-out are not simulated'],
  [{ EventSourceArn: KINESIS }, `Stream not found: ${KINESIS}`],
  [{ FunctionName: 'none' }, 'Function does not exist'],
  [{ Topics: ['t'] }, "'Topics' is not known here"],
  [
    { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:queue.fifo' } } },
    "'DestinationConfig.OnFailure.Destination' must be a topic of SNS, a standard queue of SQS or a bucket of S3 here",
  ],
  [
    { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:queue' } } },
    'The provided execution role does not have permissions to call SendMessage on SQS',
  ],
  [{ DestinationConfig: { OnSuccess: { Destination: { Ref: 'Topic' } } } }, 'Unsupported DestinationConfig parameter'],
  [{ FilterCriteria: { Filters: [{ Pattern: 'x' }] } }, 'Invalid filter pattern definition.'],
  [{ FilterCriteria: { Filters: [{ Pattern: '{"data":["x"]}' }] } }, "must have an object as 'data'"],
  [
    { FilterCriteria: { Filters: [{ Pattern: '{"partitionKey":["x"]}' }] } },
    "must filter on 'data' alone, as a Kinesis event source does, got 'partitionKey'",
  ],
  [
    { FilterCriteria: { Filters: Array.from({ length: 6 }, () => ({ Pattern: '{"data":{"a":[1]}}' })) } },
    "'FilterCriteria.Filters' must hold 5 at most, got 6",
  ],
])('fails for %j', async (mapping, message) => {
  await expect(run(template(mapping))).rejects.toMatchObject({
    code: 'ResourceRefused',
    message: expect.stringContaining(message) as string,
  });
});

test.each(READ.filter((action) => action !== 'kinesis:DescribeStreamSummary'))(
  'fails for a role that may not do %s',
  async (action) => {
    await expect(
      run(
        template(
          {},
          READ.filter((other) => other !== action),
        ),
      ),
    ).rejects.toThrow(/Cannot access stream .*Please ensure the role can perform/);
  },
);

test('a role without kinesis:DescribeStreamSummary reads, and the log says what it lacks', async () => {
  const { runtime, clock, texts, lines } = await run(
    template(
      {},
      READ.filter((other) => other !== 'kinesis:DescribeStreamSummary'),
    ),
  );
  await put(runtime, 'a');
  await clock.advance(HOUR);
  expect(texts()).toEqual([['a']]);
  expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('fails where the policy of the function’s role is not awaited', async () => {
  const stack = template({});
  delete stack.Resources.Function?.DependsOn;
  await expect(run(stack)).rejects.toMatchObject({
    code: 'PolicyNotAwaited',
    message: expect.stringContaining("'Policy'") as string,
  });
});

test('fails for a second mapping of one stream and one function', async () => {
  const stack = template({});
  stack.Resources.Other = structuredClone(stack.Resources.Mapping ?? {});
  await expect(run(stack)).rejects.toThrow(
    /provided mapping already exists\. Please update or delete the existing mapping with UUID [0-9a-f-]{36}/,
  );
});

test('fails for a function that does not run here', async () => {
  const stack = template({});
  Object.assign(stack.Resources.Function?.Properties ?? {}, { Runtime: 'python3.13' });
  await expect(run(stack)).rejects.toThrow('the function does not run here: its runtime is python3.13');
});
