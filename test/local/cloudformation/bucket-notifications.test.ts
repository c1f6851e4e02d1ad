import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';

const BEGIN = Date.UTC(2026, 2, 1);
const Bucket = 'inbox';
const CODE = `exports.handler = async ({ Records }) => {
  for (const { eventName, s3 } of Records) console.log('got ' + eventName + ' ' + s3.object.key);
};`;

const worker = (stack: Stack): lambda.Function =>
  new lambda.Function(stack, 'Worker', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(CODE),
    timeout: Duration.minutes(1),
  });

/** A stack whose bucket tells a function of what comes under `prefix`; of none where there is no prefix. */
const inbox = (prefix?: string) => (stack: Stack) => {
  const bucket = new s3.Bucket(stack, 'Bucket', { bucketName: Bucket });
  const destination = new LambdaDestination(worker(stack));
  if (prefix !== undefined) bucket.addEventNotification(s3.EventType.OBJECT_CREATED, destination, { prefix });
};

/** Deploys stacks one after another on one state. */
function state() {
  const folder = mkdtempSync(path.join(tmpdir(), 'notifications-'));
  const clock = new SimulatedClock(BEGIN);
  let count = 0;
  return async (build: (stack: Stack) => void, act: (rig: Rig) => Promise<void>): Promise<string[]> => {
    const outdir = path.join(folder, `out-${count++}`);
    const app = new App({ outdir, analyticsReporting: false, stackTraces: false, treeMetadata: false });
    build(new Stack(app, 'Stack', { env: { account: '123456789012', region: 'us-east-1' } }));
    app.synth();
    const lines: string[] = [];
    const runtime = await start({
      assembly: app.outdir,
      state: path.join(folder, 'state'),
      clock,
      onLog: ({ message }) => lines.push(message),
    });
    const client = new S3Client({
      region: 'us-east-1',
      endpoint: runtime.endpoint,
      forcePathStyle: true,
      credentials: runtime.operator,
    });
    try {
      await act({ client, clock });
    } finally {
      client.destroy();
      await runtime.stop();
    }
    return lines.filter((line) => /^got |not deleted/.test(line));
  };
}

interface Rig {
  readonly client: S3Client;
  readonly clock: SimulatedClock;
}

const put =
  (...keys: readonly string[]) =>
  async ({ client, clock }: Rig): Promise<void> => {
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    await clock.advance(1000);
  };
const configured = ({ client }: Rig) => client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));

test('addEventNotification of CDK: the function gets what fits the filter, on the first start and on the next', async () => {
  const deploy = state();
  expect(await deploy(inbox('in/'), put('in/a', 'out/a'))).toEqual(['got ObjectCreated:Put in/a']);
  expect(await deploy(inbox('in/'), put('in/b', 'out/b'))).toEqual(['got ObjectCreated:Put in/b']);
  expect(await deploy(inbox('out/'), put('in/c', 'out/c'))).toEqual(['got ObjectCreated:Put out/c']);
  const client = async (rig: Rig): Promise<void> => {
    expect((await configured(rig)).LambdaFunctionConfigurations).toBeUndefined();
  };
  expect(await deploy(inbox(), client)).toEqual([]);
}, 120_000);

test('what a call puts stays while the stack says what it said', async () => {
  const deploy = state();
  await deploy(inbox('in/'), async ({ client }) => {
    await client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} }));
  });
  expect(await deploy(inbox('in/'), put('in/a'))).toEqual([]);
  expect(await deploy(inbox('in'), put('in/b'))).toEqual(['got ObjectCreated:Put in/b']);
}, 120_000);

test('eventBridgeEnabled of CDK', async () => {
  const deploy = state();
  const build = (stack: Stack): void => {
    new s3.Bucket(stack, 'Bucket', { bucketName: Bucket, eventBridgeEnabled: true });
  };
  await deploy(build, async (rig) => {
    expect((await configured(rig)).EventBridgeConfiguration).toEqual({});
  });
}, 120_000);

test('what is put at the stop is the function’s on the next start', async () => {
  const deploy = state();
  const early = async ({ client }: Rig): Promise<void> => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'in/a', Body: 'x' }));
  };
  expect(await deploy(inbox('in/'), early)).toEqual([]);
  expect(await deploy(inbox('in/'), put())).toEqual(['got ObjectCreated:Put in/a']);
}, 120_000);
