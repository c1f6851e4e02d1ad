import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';

const env = { account: '123456789012', region: 'us-east-1' };
const parentArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:parent';
const folder = (): string => mkdtempSync(path.join(tmpdir(), 'cdk-tasks-'));

/** A state machine that asks Athena, by both integrations, and waits for another one, with no rights but those that CDK gives it. */
function assembly(): string {
  const app = new App({ outdir: folder(), analyticsReporting: false });
  const stack = new Stack(app, 'Stack', { env });
  const bucket = new s3.Bucket(stack, 'Results');
  const wait = new sfn.Wait(stack, 'Wait', { time: sfn.WaitTime.duration(Duration.minutes(5)) });
  const child = new sfn.StateMachine(stack, 'Child', { definitionBody: sfn.DefinitionBody.fromChainable(wait) });
  const query = new tasks.AthenaStartQueryExecution(stack, 'Query', {
    queryString: 'SELECT 1',
    integrationPattern: sfn.IntegrationPattern.RUN_JOB,
    resultConfiguration: { outputLocation: { bucketName: bucket.bucketName, objectKey: 'results' } },
    resultPath: '$.query',
  });
  const list = new tasks.CallAwsService(stack, 'List', {
    service: 'athena',
    action: 'listWorkGroups',
    iamResources: ['*'],
    resultPath: '$.groups',
  });
  const nested = new tasks.StepFunctionsStartExecution(stack, 'Nested', {
    stateMachine: child,
    integrationPattern: sfn.IntegrationPattern.RUN_JOB,
    input: sfn.TaskInput.fromObject({ state: sfn.JsonPath.stringAt('$.query.QueryExecution.Status.State') }),
    resultPath: '$.nested',
  });
  const parent = new sfn.StateMachine(stack, 'Parent', {
    stateMachineName: 'parent',
    definitionBody: sfn.DefinitionBody.fromChainable(query.next(list).next(nested)),
  });
  bucket.grantReadWrite(parent);
  return app.synth().directory;
}

test('tasks as CDK writes them run with the rights that CDK gives them', async () => {
  const clock = new SimulatedClock(Date.UTC(2001, 0, 9));
  const runtime = await start({ assembly: assembly(), state: folder(), clock });
  const { endpoint, region, operator } = runtime;
  const client = new SFNClient({ endpoint, region, credentials: operator, disableHostPrefix: true });
  try {
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: parentArn }));
    await clock.advance(300_000);
    const { output, cause } = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect({ cause, output: JSON.parse(output ?? 'null') as unknown }).toMatchObject({
      cause: undefined,
      output: {
        groups: { WorkGroups: [{ Name: 'primary' }] },
        nested: { Status: 'SUCCEEDED', Output: { state: 'SUCCEEDED' } },
      },
    });
  } finally {
    client.destroy();
    await runtime.stop();
  }
}, 60_000);
