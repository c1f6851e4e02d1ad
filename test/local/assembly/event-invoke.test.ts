import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { writeAssembly, type Template } from './fixture.ts';

const HOUR = 3_600_000;
const CODE = `exports.handler = async (event) => {
  console.log('got ' + JSON.stringify(event.requestPayload ?? event));
  if (event.fails) throw new RangeError('no');
  return 'done';
};`;
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const functionOf = (more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  DependsOn: ['Policy'],
  Properties: {
    Code: { ZipFile: CODE },
    Handler: 'index.handler',
    Role: arnOf('Role'),
    Runtime: 'nodejs22.x',
    Timeout: 60,
    ...more,
  },
});

/** A function with a topic, a bucket and another function to be told of its events, as `config` says. */
function template(
  config: object | undefined,
  own: object = {},
  actions = ['sns:Publish', 'lambda:InvokeFunction', 's3:*'],
): Template {
  const trusted = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  const Statement = [{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents', ...actions], Resource: '*' }];
  return {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusted } },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement }, Roles: [{ Ref: 'Role' }] },
      },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'told' } },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'failures' } },
      Other: functionOf({ FunctionName: 'other' }),
      Function: functionOf({ FunctionName: 'work', ...own }),
      ...(config === undefined
        ? {}
        : {
            Config: {
              Type: 'AWS::Lambda::EventInvokeConfig',
              Properties: { FunctionName: { Ref: 'Function' }, Qualifier: '$LATEST', ...config },
            },
          }),
    },
  };
}

let runtime: LocalRuntime | undefined;
afterEach(async () => {
  await runtime?.stop();
  runtime = undefined;
});

async function run(stack: Template) {
  const clock = new SimulatedClock(Date.UTC(2026, 2, 1));
  const lines: string[] = [];
  runtime = await start({
    assembly: writeAssembly({ Stack: { template: stack } }),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
    onLog: ({ logGroup, message }) => lines.push(`${logGroup.split(/[:/]/).at(-1) ?? ''} ${message.trim()}`),
  });
  const { endpoint, region, operator: credentials } = runtime;
  const client = { endpoint, region, credentials };
  const lambda = new LambdaClient(client);
  const send = async (event: object) => {
    const command = new InvokeCommand({
      FunctionName: 'work',
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(event)),
    });
    expect((await lambda.send(command)).StatusCode).toBe(202);
    await clock.advance(HOUR);
  };
  return { send, lines, runtime, s3: new S3Client({ ...client, forcePathStyle: true }) };
}

const FAILED = { fails: true };

test('a topic is told of what was taken, a function of what was not, after as many tries as are set', async () => {
  const destinations = { OnSuccess: { Destination: { Ref: 'Topic' } }, OnFailure: { Destination: arnOf('Other') } };
  const { send, lines } = await run(template({ MaximumRetryAttempts: 1, DestinationConfig: destinations }));
  await send({ n: 1 });
  const told = lines.find((line) => line.startsWith('told '));
  expect(JSON.parse((told ?? '').slice('told '.length))).toMatchObject({
    requestContext: { condition: 'Success', functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:work:$LATEST' },
    requestPayload: { n: 1 },
    responsePayload: 'done',
  });
  lines.length = 0;
  await send(FAILED);
  expect(lines.filter((line) => /^\w+ got /.test(line))).toEqual([
    'work got {"fails":true}',
    'work got {"fails":true}',
    'other got {"fails":true}',
  ]);
});

test('a bucket is told of failures, each in an object of its own', async () => {
  const destinations = { OnFailure: { Destination: arnOf('Bucket') } };
  const { send, s3, runtime: running } = await run(template({ MaximumRetryAttempts: 0, DestinationConfig: destinations }));
  await send(FAILED);
  const [key = ''] = [...running.objects().keys()];
  expect(key).toMatch(/^failures\/aws\/lambda\/async\/work\/2026\/03\/01\/2026-03-01T00\.00\.00-[\w-]{36}$/);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'failures', Key: key.slice('failures/'.length) }));
  expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
    responsePayload: { errorType: 'RangeError', errorMessage: 'no' },
  });
});

test('a dead-letter topic gets the event itself', async () => {
  const { send, lines } = await run(template(undefined, { DeadLetterConfig: { TargetArn: { Ref: 'Topic' } } }));
  await send(FAILED);
  expect(lines.filter((line) => line.startsWith('told '))).toEqual(['told {"fails":true}']);
  expect(lines.filter((line) => /^\w+ got /.test(line))).toHaveLength(3);
});

test.each([
  [
    'more retries than two',
    template({ MaximumRetryAttempts: 3 }),
    "'MaximumRetryAttempts' must be a whole number from 0 to 2, got 3",
  ],
  [
    'an age under a minute',
    template({ MaximumEventAgeInSeconds: 59 }),
    "'MaximumEventAgeInSeconds' must be a whole number from 60",
  ],
  [
    'a FIFO queue',
    template({ DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:q.fifo' } } }),
    "'DestinationConfig.OnFailure.Destination' must be a topic, a queue, a function or a bucket here",
  ],
  [
    'a queue that the role may not tell',
    template({ DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:q' } } }),
    'is not authorized to perform: sqs:sendmessage',
  ],
  [
    'a bucket for what was taken',
    template({ DestinationConfig: { OnSuccess: { Destination: arnOf('Bucket') } } }),
    "'DestinationConfig.OnSuccess.Destination' must be a topic, a queue or a function here",
  ],
  [
    'a topic that the role may not tell',
    template({ DestinationConfig: { OnFailure: { Destination: { Ref: 'Topic' } } } }, {}, ['s3:*']),
    'is not authorized to perform: sns:Publish',
  ],
  [
    'a FIFO queue for dead letters',
    template(undefined, { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:123456789012:q.fifo' } }),
    "'DeadLetterConfig.TargetArn' must be the ARN of a topic or a standard queue",
  ],
  [
    'a queue for dead letters that the role may not tell',
    template(undefined, { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:123456789012:q' } }),
    'is not authorized to perform: sqs:sendmessage',
  ],
  [
    'a dead-letter topic that the role may not tell',
    template(undefined, { DeadLetterConfig: { TargetArn: { Ref: 'Topic' } } }, ['s3:*']),
    'is not authorized to perform: sns:Publish',
  ],
])('refuses %s', async (_what, stack, words) => {
  await expect(run(stack)).rejects.toThrow(words);
});
