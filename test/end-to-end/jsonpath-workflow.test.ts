import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  JsonPath,
  Map,
  Parallel,
  Pass,
  StateMachine,
  Succeed,
  TaskInput,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../local/clock.ts';
import { start } from '../../local/start.ts';

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
  const app = new App({ outdir: path.join(folder, 'cdk.out') });
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
  new StateMachine(stack, 'Machine', {
    stateMachineName: 'orders',
    definitionBody: DefinitionBody.fromChainable(chain),
    timeout: Duration.hours(1),
  });
  return app.synth().directory;
}

test('a state machine of an app of somebody’s own runs as CDK writes it', async () => {
  const clock = new SimulatedClock(Date.UTC(2001, 0, 9, 8));
  const runtime = await start({ assembly: assembly(), state: path.join(folder, 'state'), clock });
  const { endpoint, region, operator: credentials } = runtime;
  const sfn = new SFNClient({ endpoint, region, credentials });
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:orders';
  const run = async (input: object) => {
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
    await clock.advance(120_000);
    const { status, output = 'null', error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return { status, error, cause, output: JSON.parse(output) as unknown };
  };
  try {
    const order = { order: 'A-1', times: 3, waits: 60, lines: [{ price: 4 }, { price: 1 }] };
    expect(await run(order)).toMatchObject({ status: 'SUCCEEDED', output: ['order A-1', { n: 2 }] });
    expect(await run({ ...order, times: 1 })).toMatchObject({ status: 'SUCCEEDED', output: [4, 1] });
    expect(await run({ ...order, lines: [{ price: -1 }] })).toMatchObject({
      status: 'FAILED',
      error: 'RangeError',
      cause: 'order A-1',
    });
  } finally {
    sfn.destroy();
    await runtime.stop();
  }
}, 120_000);
