import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { SimulatedClock } from '../../../../local/clock.ts';
import { start } from '../../../../local/start.ts';

const CODE = `
  const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
  const s3 = new S3Client({ forcePathStyle: true });
  exports.handler = async ({ Records }) => {
    const lines = Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());
    await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: lines.join('-'), Body: lines.join('\\n') }));
  };`;

test('an app of the CDK’s own constructs: a stream, a function that reads it in batches, and its bucket', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-'));
  const app = new App({ outdir: path.join(folder, 'out'), analyticsReporting: false, stackTraces: false, treeMetadata: false });
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  const stream = new Stream(stack, 'Stream', { streamName: 'taps' });
  const bucket = new Bucket(stack, 'Bucket', { bucketName: 'kept' });
  const reader = new lambda.Function(stack, 'Reader', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(CODE),
    timeout: Duration.minutes(1),
    environment: { BUCKET: bucket.bucketName },
  });
  bucket.grantPut(reader);
  reader.addEventSource(
    new KinesisEventSource(stream, { startingPosition: lambda.StartingPosition.TRIM_HORIZON, batchSize: 2, retryAttempts: 3 }),
  );
  app.synth();
  const clock = new SimulatedClock(Date.UTC(2026, 2, 1));
  const runtime = await start({ assembly: app.outdir, state: path.join(folder, 'state'), clock });
  try {
    const { endpoint, region, operator: credentials } = runtime;
    const Records = ['a', 'b', 'c'].map((text) => ({ PartitionKey: 'p', Data: Buffer.from(text) }));
    await new KinesisClient({ endpoint, region, credentials }).send(new PutRecordsCommand({ StreamName: 'taps', Records }));
    expect(runtime.undelivered()).toBe(3);
    await clock.advance(60_000);
    expect([...runtime.objects().keys()]).toEqual(['kept/a-b', 'kept/c']);
    expect(runtime.undelivered()).toBe(0);
  } finally {
    await runtime.stop();
  }
}, 60_000);
