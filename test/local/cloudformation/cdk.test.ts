import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnOutput, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';

const BEGIN = Date.UTC(2026, 2, 1);
const inline = (scope: Construct, id: string, code: string): lambda.Function =>
  new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(code),
    timeout: Duration.minutes(1),
  });

/** Deploys what `build` puts into a stack; its outputs, its objects, and the simulated seconds that it took. */
async function deployed(build: (stack: Stack) => void) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-'));
  const app = new App({ outdir: path.join(folder, 'out'), analyticsReporting: false, stackTraces: false, treeMetadata: false });
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  build(stack);
  app.synth();
  const clock = new SimulatedClock(BEGIN);
  const runtime = await start({ assembly: app.outdir, state: path.join(folder, 'state'), clock });
  const told = { outputs: runtime.outputs.Stack, objects: [...runtime.objects().keys()], took: (clock.now() - BEGIN) / 1000 };
  await runtime.stop();
  return told;
}

test('a bucket that empties itself, and a call of the SDK into it', async () => {
  const { outputs, objects } = await deployed((stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket', {
      bucketName: 'seeds',
      autoDeleteObjects: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const seed = new AwsCustomResource(stack, 'Seed', {
      onCreate: {
        service: 'S3',
        action: 'putObject',
        parameters: { Bucket: bucket.bucketName, Key: 'seed', Body: 'hello' },
        physicalResourceId: PhysicalResourceId.of('seed'),
      },
      policy: AwsCustomResourcePolicy.fromStatements([
        new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('seed')] }),
      ]),
    });
    new CfnOutput(stack, 'ETag', { value: seed.getResponseField('ETag') });
  });
  expect(outputs).toEqual({ ETag: '"5d41402abc4b2a76b9719d911017c592"' });
  expect(objects).toEqual(['seeds/seed']);
}, 120_000);

test('a provider that asks again until it is done, by the clock of its state machine', async () => {
  const { outputs, took } = await deployed((stack) => {
    const provider = new Provider(stack, 'Provider', {
      onEventHandler: inline(stack, 'OnEvent', "exports.handler = async () => ({ PhysicalResourceId: 'slow' });"),
      isCompleteHandler: inline(
        stack,
        'IsComplete',
        'let n = 0; exports.handler = async () => (++n < 3 ? { IsComplete: false } : { IsComplete: true, Data: { Tries: n } });',
      ),
      queryInterval: Duration.seconds(10),
    });
    const slow = new CustomResource(stack, 'Slow', { serviceToken: provider.serviceToken });
    new CfnOutput(stack, 'Id', { value: slow.ref });
    new CfnOutput(stack, 'Tries', { value: slow.getAttString('Tries') });
  });
  expect(outputs).toEqual({ Id: 'slow', Tries: '3' });
  expect(took).toBe(20);
}, 120_000);
