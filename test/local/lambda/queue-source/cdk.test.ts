import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { SimulatedClock } from '../../../../local/clock.ts';
import { start } from '../../../../local/start.ts';

const CODE = `
  const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
  const s3 = new S3Client({ forcePathStyle: true });
  exports.handler = async ({ Records }) => {
    const lines = Records.map(({ body }) => JSON.parse(body).line);
    await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: lines.join('-'), Body: lines.join('\\n') }));
  };`;

test('an app of the CDK’s own constructs: an encrypted queue, a function that gets it in batches by a filter, and its bucket', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-'));
  const app = new App({ outdir: path.join(folder, 'out'), analyticsReporting: false, stackTraces: false, treeMetadata: false });
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  const queue = new Queue(stack, 'Queue', {
    queueName: 'taps',
    encryption: QueueEncryption.KMS,
    visibilityTimeout: Duration.minutes(6),
    deadLetterQueue: { queue: new Queue(stack, 'Dead'), maxReceiveCount: 5 },
  });
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
    new SqsEventSource(queue, {
      batchSize: 2,
      maxBatchingWindow: Duration.seconds(20),
      reportBatchItemFailures: true,
      maxConcurrency: 2,
      filters: [lambda.FilterCriteria.filter({ body: { line: lambda.FilterRule.notEquals('x') } })],
    }),
  );
  app.synth();
  const clock = new SimulatedClock(Date.UTC(2026, 2, 1));
  const runtime = await start({ assembly: app.outdir, state: path.join(folder, 'state'), clock });
  try {
    const { endpoint, region, operator: credentials } = runtime;
    const sqs = new SQSClient({ endpoint, region, credentials });
    for (const line of ['a', 'x', 'b', 'c'])
      await sqs.send(new SendMessageCommand({ QueueUrl: 'taps', MessageBody: JSON.stringify({ line }) }));
    expect(runtime.undelivered()).toBe(4);
    await clock.advance(60_000);
    expect([...runtime.objects().keys()]).toEqual(['kept/a-b', 'kept/c']);
    expect(runtime.undelivered()).toBe(0);
  } finally {
    await runtime.stop();
  }
}, 60_000);
