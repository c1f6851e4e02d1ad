import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { runOnLake, startOnLake } from './lake-platform.ts';
import { caught, definition, pass, sdkTask, task } from './rig.ts';

const glue = (...Action: string[]) => ({
  Effect: 'Allow',
  Action: Action.map((name) => `glue:${name}`),
  Resource: ['catalog', 'database/*'].map((resource) => `arn:aws:glue:us-east-1:123456789012:${resource}`),
});

test('a state machine asks the Data Catalog that others ask, with the rights of its role', async () => {
  const Parameters = { owner: 'sales', transient_lastDdlTime: '1' };
  const machine = definition({
    Create: sdkTask('glue:createDatabase', { DatabaseInput: { Name: 'made', Parameters } }, { Next: 'Get' }),
    Get: sdkTask('glue:getDatabase', { Name: 'made' }),
  });
  expect(await runOnLake(machine, ['athena:GetWorkGroup'], [glue('CreateDatabase', 'GetDatabase')])).toMatchObject({
    status: 'SUCCEEDED',
    output: { Database: { Name: 'made', Parameters, CreateTime: '2001-01-09T08:00:00Z' } },
  });
  expect(await runOnLake(machine, ['athena:GetWorkGroup'], [glue('GetDatabase')])).toMatchObject({
    status: 'FAILED',
    error: 'Glue.AccessDeniedException',
    cause: expect.stringMatching(
      /is not authorized to perform: glue:CreateDatabase .*\(Service: Glue, Status Code: 400/,
    ) as string,
  });
});

test('what the Data Catalog does not find is caught by the name that AWS gives it', async () => {
  const machine = definition({
    Get: sdkTask('glue:getDatabase', { Name: 'none' }, caught('Glue.EntityNotFoundException')),
    Caught: pass(),
  });
  expect(await runOnLake(machine, ['athena:GetWorkGroup'], [glue('GetDatabase')])).toMatchObject({ status: 'SUCCEEDED' });
});

test('a client gives back the token that a topic was told', async () => {
  const TopicArn = 'arn:aws:sns:us-east-1:123456789012:topic';
  const machine = definition({
    Ask: task({
      Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
      Arguments: { TopicArn, Message: { token: '{% $states.context.Task.Token %}' } },
    }),
  });
  const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: TopicArn };
  const { client, clock, ran, stop } = await startOnLake(machine, ['athena:GetWorkGroup'], [publish]);
  try {
    const { status, events } = await ran();
    expect(status).toBe('RUNNING');
    const asked = JSON.parse(events[2]?.taskScheduledEventDetails?.parameters ?? '') as {
      readonly Message: { readonly token: string };
    };
    await client.send(new SendTaskSuccessCommand({ taskToken: asked.Message.token, output: '{"approved":true}' }));
    await clock.advance(0);
    expect(await ran()).toMatchObject({ status: 'SUCCEEDED', output: { approved: true } });
  } finally {
    await stop();
  }
});

test('a state machine that waits for another one is not deployed with a role that may not make the rule', async () => {
  const nested = { Resource: 'arn:aws:states:::states:startExecution.sync:2', Arguments: { StateMachineArn: 'arn' } };
  await expect(runOnLake(definition({ A: task(nested) }), ['athena:GetWorkGroup'])).rejects.toThrow(
    'is not authorized to create managed-rule.',
  );
});
