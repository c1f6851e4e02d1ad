import { GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  CsvHeaders,
  DefinitionBody,
  DistributedMap,
  Fail,
  ItemBatcher,
  JsonPath,
  Map,
  Parallel,
  Pass,
  ResultWriterV2,
  S3CsvItemReader,
  StateMachine,
  Succeed,
  TaskInput,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../local/clock.ts';
import { start, type LocalRuntime } from '../../local/start.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'jsonpath-workflow-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** An app of somebody's own, with what CDK makes where nothing is said: JSONPath. */
function assembly(): string {
  const code = path.join(folder, 'code');
  mkdirSync(code);
  writeFileSync(
    path.join(code, 'index.mjs'),
    'export const handler = async ({ price, times }) => { if (price < 0) throw new RangeError("too low"); return { total: price * times }; };',
  );
  const app = new App({
    outdir: path.join(folder, 'cdk.out'),
    context: { '@aws-cdk/aws-stepfunctions:useDistributedMapResultWriterV2': true },
  });
  const stack = new Stack(app, 'Orders', { env: { account: '123456789012', region: 'us-east-1' } });
  const lambdaFunction = new LambdaFunction(stack, 'Price', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromAsset(code),
  });
  const refused = new Fail(stack, 'Refused', {
    errorPath: '$.error.Error',
    causePath: JsonPath.format('order {}', JsonPath.stringAt('$.order')),
  });
  const price = new LambdaInvoke(stack, 'PriceLine', {
    lambdaFunction,
    payload: TaskInput.fromObject({ price: JsonPath.numberAt('$.line.price'), times: JsonPath.numberAt('$.times') }),
    resultSelector: { 'total.$': '$.Payload.total' },
  });
  const lines = new Map(stack, 'Lines', {
    itemsPath: '$.lines',
    itemSelector: { 'line.$': '$$.Map.Item.Value', 'times.$': '$.times' },
    resultPath: '$.priced',
  });
  lines.itemProcessor(price).addCatch(refused, { errors: ['RangeError'], resultPath: '$.error' });
  const greeting = new Parallel(stack, 'Both', { resultPath: '$.said' })
    .branch(new Pass(stack, 'Hello', { parameters: { 'text.$': "States.Format('order {}', $.order)" }, outputPath: '$.text' }))
    .branch(new Pass(stack, 'Count', { parameters: { 'n.$': 'States.ArrayLength($.priced)' } }));
  const chain = lines
    .next(new Wait(stack, 'Later', { time: WaitTime.secondsPath('$.waits') }))
    .next(greeting)
    .next(
      new Choice(stack, 'Large?')
        .when(Condition.numberGreaterThan('$.priced[0].total', 10), new Succeed(stack, 'Large', { outputPath: '$.said' }))
        .otherwise(new Pass(stack, 'Small', { outputPath: '$.priced[*].total' })),
    );
  const bucket = new Bucket(stack, 'Files');
  const rows = new DistributedMap(stack, 'Rows', {
    itemReader: new S3CsvItemReader({ bucket, key: 'orders.csv', csvHeaders: CsvHeaders.useFirstRow() }),
    itemBatcher: new ItemBatcher({ maxItemsPerBatch: 2 }),
    resultWriterV2: new ResultWriterV2({ bucket, prefix: 'priced' }),
    toleratedFailureCount: 1,
  });
  rows.itemProcessor(
    new LambdaInvoke(stack, 'PriceBatch', {
      lambdaFunction,
      payload: TaskInput.fromObject({
        price: JsonPath.numberAt('States.StringToJson($.Items[0].price)'),
        times: JsonPath.arrayLength(JsonPath.objectAt('$.Items')),
      }),
      outputPath: '$.Payload',
    }),
  );
  new StateMachine(stack, 'Files Machine', {
    stateMachineName: 'files',
    definitionBody: DefinitionBody.fromChainable(rows),
  });
  new StateMachine(stack, 'Machine', {
    stateMachineName: 'orders',
    definitionBody: DefinitionBody.fromChainable(chain),
    timeout: Duration.hours(1),
  });
  return app.synth().directory;
}

let runtime: LocalRuntime;
const clock = new SimulatedClock(Date.UTC(2001, 0, 9, 8));
beforeAll(async () => {
  runtime = await start({ assembly: assembly(), state: path.join(folder, 'state'), clock });
}, 120_000);
afterAll(async () => {
  await runtime.stop();
});

const clientSettings = () => ({ endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator });

async function run(name: string, input: object) {
  const sfn = new SFNClient(clientSettings());
  const stateMachineArn = `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  await clock.advance(120_000);
  const { status, output = 'null', error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  sfn.destroy();
  return { status, error, cause, output: JSON.parse(output) as unknown };
}

test('a state machine of an app of somebody’s own runs as CDK writes it', async () => {
  const order = { order: 'A-1', times: 3, waits: 60, lines: [{ price: 4 }, { price: 1 }] };
  expect(await run('orders', order)).toMatchObject({ status: 'SUCCEEDED', output: ['order A-1', { n: 2 }] });
  expect(await run('orders', { ...order, times: 1 })).toMatchObject({ status: 'SUCCEEDED', output: [4, 1] });
  expect(await run('orders', { ...order, lines: [{ price: -1 }] })).toMatchObject({
    status: 'FAILED',
    error: 'RangeError',
    cause: 'order A-1',
  });
});

test('a distributed Map reads rows from S3, hands them on in batches, and writes what came of them', async () => {
  const s3 = new S3Client({ ...clientSettings(), forcePathStyle: true });
  const { Buckets: [{ Name: Bucket } = {}] = [] } = await s3.send(new ListBucketsCommand({}));
  expect(await run('files', {})).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
  await s3.send(new PutObjectCommand({ Bucket, Key: 'orders.csv', Body: 'price,name\n4,"a, b"\n1,c\n-3,d\n' }));
  const { status, output } = await run('files', {});
  expect({ status, output }).toMatchObject({ status: 'SUCCEEDED', output: { ResultWriterDetails: { Bucket } } });
  const { Key: manifest } = (output as { readonly ResultWriterDetails: { readonly Key: string } }).ResultWriterDetails;
  const read = async (Key: string): Promise<unknown> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? 'null');
  };
  const of = (named: string) => read(manifest.replace('manifest', `${named}_0`));
  expect(await of('SUCCEEDED')).toMatchObject([{ Output: '{"total":8}' }]);
  expect(await of('FAILED')).toMatchObject([{ Error: 'RangeError' }]);
  s3.destroy();
});
