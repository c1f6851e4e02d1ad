import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { SimulatedClock } from '../../../local/clock.ts';
import type { LogEvent } from '../../../local/service.ts';
import { start, type LocalRuntime, type StartOptions } from '../../../local/start.ts';
import { writeAssembly, type Template } from '../assembly/fixture.ts';

const trusted = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const logs = { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' };

/** A stack of one custom resource, made by a function whose code stands in the template. */
function seeded(code: string, properties: object = {}, more: Template['Resources'] = {}, runtime = 'nodejs22.x'): string {
  const template: Template = {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusted } },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'p',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [logs, { Effect: 'Allow', Action: ['s3:PutObject', 'kinesis:PutRecord'], Resource: '*' }],
          },
          Roles: [{ Ref: 'Role' }],
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { ZipFile: code },
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Runtime: runtime,
          Timeout: 60,
        },
      },
      Seed: {
        Type: 'Custom::Seed',
        DependsOn: ['Policy'],
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ...properties },
      },
      ...more,
    },
    Outputs: {
      Id: { Value: { Ref: 'Seed' } },
      Rows: { Value: { 'Fn::GetAtt': ['Seed', 'Rows'] } },
      Second: { Value: { 'Fn::Select': [1, { 'Fn::GetAtt': ['Seed', 'List'] }] } },
    },
  };
  return writeAssembly({ Stack: { template } });
}

const running: LocalRuntime[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
});

const emptyState = (): string => mkdtempSync(path.join(tmpdir(), 'state-'));
async function begin(assembly: string, rest: Partial<StartOptions> = {}) {
  const lines: LogEvent[] = [];
  const runtime = await start({
    assembly,
    state: emptyState(),
    clock: new SimulatedClock(Date.UTC(2026, 2, 1)),
    onLog: (line) => lines.push(line),
    ...rest,
  });
  running.push(runtime);
  return { runtime, lines };
}

/** What an answer says, in code of a function. */
const ANSWER = `
  const answer = (event, Data) => JSON.stringify({
    Status: 'SUCCESS', PhysicalResourceId: 'seed', StackId: event.StackId, RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId, Data: { Rows: Number(event.ResourceProperties.Rows ?? 0) + 1, List: ['a', 'b'], ...Data },
  });`;
const BY_FETCH = `${ANSWER}
  exports.handler = async (event) => {
    console.log(event.RequestType);
    await fetch(event.ResponseURL, { method: 'PUT', body: answer(event) });
  };`;
const BY_HTTPS = `${ANSWER}
  const https = require('node:https');
  exports.handler = (event) => new Promise((resolve, reject) => {
    https.request(event.ResponseURL, { method: 'PUT' }, (response) => resolve(response.resume())).on('error', reject).end(answer(event));
  });`;
const BY_CFN_RESPONSE = `
  const response = require('cfn-response');
  exports.handler = (event, context) => {
    response.send(event, context, response.SUCCESS, { Rows: Number(event.ResourceProperties.Rows) + 1, List: ['a', 'b'] }, 'seed');
  };`;

test.each([
  ['fetch', BY_FETCH],
  ['https.request, as CDK does', BY_HTTPS],
  ['the module that lies beside the code of a template', BY_CFN_RESPONSE],
])('a function answers by %s, and others read what it made', async (_how, code) => {
  const { runtime } = await begin(seeded(code, { Rows: 41 }));
  expect(runtime.outputs).toEqual({ Stack: { Id: 'seed', Rows: '42', Second: 'b' } });
});

test('the next start asks for what has changed, and for nothing else', async () => {
  const state = emptyState();
  const asked = async (rows: number): Promise<string[]> => {
    const { runtime, lines } = await begin(seeded(BY_FETCH, { Rows: rows }), { state });
    expect(runtime.outputs.Stack).toMatchObject({ Rows: String(rows + 1) });
    await runtime.stop();
    return lines.map(({ message }) => message);
  };
  expect(await asked(1)).toEqual(['Create']);
  expect(await asked(1)).toEqual([]);
  expect(await asked(2)).toEqual(['Update']);
});

test('what a function stores is there when all runs, and not if the start fails', async () => {
  const store = (fails: boolean) => `${ANSWER}
    const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
    exports.handler = async (event) => {
      const { Bucket } = event.ResourceProperties;
      await new S3Client({ forcePathStyle: true }).send(new PutObjectCommand({ Bucket, Key: 'seed', Body: 'x' }));
      const body = ${fails ? "answer(event).replace('SUCCESS', 'FAILED')" : 'answer(event)'};
      await fetch(event.ResponseURL, { method: 'PUT', body });
    };`;
  const bucket = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'seeds' } } };
  const state = emptyState();
  await expect(begin(seeded(store(true), { Bucket: { Ref: 'Bucket' } }, bucket), { state })).rejects.toThrow(
    'Stack.Seed (Custom::Seed): Received response status [FAILED] from custom resource.',
  );
  const { runtime } = await begin(writeAssembly({ Stack: { template: { Resources: bucket } } }), { state });
  expect([...runtime.objects().keys()]).toEqual([]);
  await runtime.stop();
  const { runtime: second } = await begin(seeded(store(false), { Bucket: { Ref: 'Bucket' } }, bucket), { state });
  expect([...second.objects().keys()]).toEqual(['seeds/seed']);
});

const PUTS = `${ANSWER}
  const { KinesisClient, PutRecordCommand } = require('@aws-sdk/client-kinesis');
  exports.handler = async (event) => {
    const put = new PutRecordCommand({ StreamName: event.ResourceProperties.Stream, PartitionKey: 'p', Data: Buffer.from('x') });
    const { SequenceNumber } = await new KinesisClient().send(put);
    await fetch(event.ResponseURL, { method: 'PUT', body: answer(event, { Rows: SequenceNumber }) });
  };`;

test('a stream takes what a function puts at deployment, behind what it held', async () => {
  const stream = { Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } } };
  const state = emptyState();
  const numbers = [];
  for (const Rows of [1, 2]) {
    const { runtime } = await begin(seeded(PUTS, { Stream: { Ref: 'Stream' }, Rows }, stream), { state });
    numbers.push(BigInt(runtime.outputs.Stack?.Rows ?? '0'));
    const { endpoint, region, operator: credentials } = runtime;
    const kinesis = new KinesisClient({ endpoint, region, credentials });
    const [{ StreamName = '' } = {}] = (await kinesis.send(new ListStreamsCommand({}))).StreamSummaries ?? [];
    const iterator = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const;
    const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(iterator));
    expect((await kinesis.send(new GetRecordsCommand({ ShardIterator }))).Records).toHaveLength(Rows);
    await runtime.stop();
  }
  expect(numbers[1]).toBeGreaterThan(numbers[0] ?? 0n);
});

test('a function that takes longer than the resource lets it has not answered', async () => {
  const code = `${ANSWER}
    exports.handler = async (event) => {
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      await fetch(event.ResponseURL, { method: 'PUT', body: answer(event) });
    };`;
  await expect(begin(seeded(code, { ServiceTimeout: 1 }))).rejects.toThrow('its function did not answer within 1 s');
});

test('a start that is interrupted leaves the state as it was', async () => {
  const interruption = new AbortController();
  const state = emptyState();
  const code =
    "exports.handler = async () => { console.log('begun'); await new Promise((resolve) => setTimeout(resolve, 30_000)); };";
  const starting = begin(seeded(code), {
    state,
    signal: interruption.signal,
    onLog: () => {
      interruption.abort();
    },
  });
  await expect(starting).rejects.toMatchObject({ code: 'StartInterrupted' });
  const { runtime } = await begin(seeded(BY_FETCH, { Rows: 1 }), { state });
  expect(runtime.outputs.Stack).toMatchObject({ Id: 'seed' });
});

test('one that was interrupted before it deployed anything does not go on', async () => {
  const state = emptyState();
  await expect(begin(seeded(BY_FETCH), { state, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'StartInterrupted',
  });
  const { runtime } = await begin(seeded(BY_FETCH, { Rows: 1 }), { state });
  expect(runtime.outputs.Stack).toMatchObject({ Id: 'seed' });
});

test('an answer is what is put, and nothing else that is sent', async () => {
  const code = `${ANSWER}
    exports.handler = async (event) => {
      const { status } = await fetch(event.ResponseURL);
      await fetch(event.ResponseURL, { method: 'PUT', body: answer(event, { Rows: status }) });
    };`;
  const { runtime } = await begin(seeded(code));
  expect(runtime.outputs.Stack).toMatchObject({ Rows: '403' });
});

test('code that stands in a template finds the SDK as an ES module, too', async () => {
  const code = `${ANSWER}
    exports.handler = async (event) => {
      const { S3Client } = await import('@aws-sdk/client-s3');
      await fetch(event.ResponseURL, { method: 'PUT', body: answer(event, { Rows: typeof S3Client }) });
    };`;
  const { runtime } = await begin(seeded(code));
  expect(runtime.outputs.Stack).toMatchObject({ Rows: 'function' });
});

test.each([
  [
    'code that throws',
    "exports.handler = async () => { throw new TypeError('no seed'); };",
    'its function failed with TypeError: no seed',
  ],
  ['an SDK that the project has not', "require('@aws-sdk/client-nothing');", 'npm install --save-dev @aws-sdk/client-nothing'],
])('fails by name for %s', async (_what, code, words) => {
  await expect(begin(seeded(code))).rejects.toThrow(words);
});

test('fails by name for a function of another runtime', async () => {
  await expect(begin(seeded('', {}, {}, 'python3.13'))).rejects.toThrow(
    "'ServiceToken' names a function that does not run here: its runtime is python3.13",
  );
});

test.each([
  ['no token', { ServiceToken: undefined }, "'ServiceToken' is required"],
  ['a topic', { ServiceToken: 'arn:aws:sns:us-east-1:123456789012:topic' }, "'ServiceToken' must be a function's ARN here"],
  ['a function that is not there', { ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:none' }, 'Function not found'],
  ['a timeout beyond an hour', { ServiceTimeout: 3601 }, "'ServiceTimeout' must be 1 to 3600 seconds, got '3601'"],
])('refuses %s', async (_what, properties, words) => {
  await expect(begin(seeded(BY_FETCH, properties))).rejects.toThrow(words);
});

test('a client outside waits until all is deployed', async () => {
  const operator = { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret' };
  const told: string[] = [];
  let asked: Promise<unknown> = Promise.resolve();
  const onLog = ({ message }: LogEvent): void => {
    const s3 = new S3Client({ endpoint: message, credentials: operator, region: 'us-east-1' });
    asked = s3.send(new ListBucketsCommand({})).then(() => told.push('answered'));
  };
  const code = `${ANSWER}
    exports.handler = async (event) => {
      console.log(process.env.AWS_ENDPOINT_URL);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await fetch(event.ResponseURL, { method: 'PUT', body: answer(event) });
    };`;
  const { runtime } = await begin(seeded(code), { operator, onLog });
  told.push('deployed');
  await asked;
  expect(told).toEqual(['deployed', 'answered']);
  expect(runtime.outputs.Stack).toMatchObject({ Id: 'seed' });
});
