import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { definition, refusal, states, task, type Answer } from './rig.ts';

const OTHER = 'arn:aws:states:us-east-1:123456789012:stateMachine:other';
const waiting = (): Answer =>
  task({
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { Payload: '{% $states.context.Task.Token %}' },
  });
const STOPPED = { status: 'ABORTED', error: 'Headwaters.RuntimeStopped' };

test('what waits for its token when the runtime stops is ABORTED, and its token is one of a task that is no more', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'executions-'));
  const before = states(definition({ A: waiting() }));
  const arn = await before.begin();
  await before.clock.advance(1000);
  before.service.save(folder);
  const after = states(definition({ A: waiting() }));
  after.service.restore(folder);
  expect(await after.describe(arn)).toMatchObject(STOPPED);
  const { Payload: taskToken } = before.asked[0] as { readonly Payload: string };
  expect((await refusal(after.send('SendTaskSuccess', { taskToken, output: '1' }))).code).toBe('TaskTimedOut');
  expect((await refusal(after.send('SendTaskSuccess', { taskToken: 'another', output: '1' }))).code).toBe('InvalidToken');
});

test('both an execution and the one that it waits for are stopped by the runtime, and not one by the other', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'executions-'));
  const nested = { Resource: 'arn:aws:states:::states:startExecution.sync', Arguments: { StateMachineArn: OTHER, Name: 'n' } };
  const rig = states(definition({ A: task(nested) }));
  rig.create('other', definition({ W: { Type: 'Wait', Seconds: 60, End: true } }));
  const arn = await rig.begin();
  await rig.clock.advance(1000);
  rig.service.save(folder);
  for (const each of [arn, `${OTHER.replace(':stateMachine:', ':execution:')}:n`])
    expect(await rig.describe(each)).toMatchObject(STOPPED);
});
