import { SimulatedClock } from '../../../local/clock.ts';
import type { JsonService } from '../../../local/service.ts';
import { SqsRig } from '../sqs/rig.ts';
import { runOnLake } from './lake-platform.ts';
import { ARN, definition, pass, sdkTask, start, states, task } from './rig.ts';

const MAY = ['athena:GetWorkGroup', 'athena:StartQueryExecution', 'athena:GetQueryExecution'];
const query = { QueryString: 'SELECT 1', ResultConfiguration: { OutputLocation: 's3://the-lake/results/' } };

test('a state machine that asks again and again for its query, with no wait between, hears of its end', async () => {
  const machine = definition({
    Start: sdkTask('athena:startQueryExecution', query, { Next: 'Poll' }),
    Poll: sdkTask(
      'athena:getQueryExecution',
      { QueryExecutionId: '{% $states.input.QueryExecutionId %}' },
      { Next: 'Which', Output: '{% $states.result.QueryExecution %}' },
    ),
    Which: {
      Type: 'Choice',
      Choices: [{ Condition: "{% $states.input.Status.State in ['QUEUED', 'RUNNING'] %}", Next: 'Poll' }],
      Default: 'Done',
    },
    Done: pass({ Output: '{% $states.input.Status.State %}' }),
  });
  const { status, output, events } = await runOnLake(machine, MAY);
  expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: 'SUCCEEDED' });
  expect(events.filter(({ stateEnteredEventDetails: entered }) => entered?.name === 'Poll')).toHaveLength(2);
});

test('a state machine that asks again and again for an execution that it has started hears of its end', async () => {
  const child = ARN.replace(/machine$/, 'child');
  const rig = states(
    definition({
      Start: sdkTask('sfn:startExecution', { StateMachineArn: child }, { Next: 'Poll' }),
      Poll: sdkTask(
        'sfn:describeExecution',
        { ExecutionArn: '{% $states.input.ExecutionArn %}' },
        { Next: 'Which', Output: '{% $states.result %}' },
      ),
      Which: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $states.input.Status = 'RUNNING' %}", Next: 'Poll' }],
        Default: 'Done',
      },
      Done: pass({ Output: '{% $states.input.Status %}' }),
    }),
  );
  rig.create('child', definition({ A: pass() }));
  expect(await rig.run()).toMatchObject({ status: 'SUCCEEDED', output: 'SUCCEEDED' });
});

test('a state machine that starts itself without end does not hold the clock', async () => {
  const rig = states(
    definition({ Again: task({ Resource: 'arn:aws:states:::states:startExecution', Arguments: { StateMachineArn: ARN } }) }),
  );
  await rig.begin();
  await rig.clock.advance(1_000);
  const { executions } = (await rig.send('ListExecutions', { stateMachineArn: ARN, maxResults: 1_000 })) as {
    executions: { stopDate: number }[];
  };
  const ended = executions.filter(({ stopDate }) => stopDate * 1_000 === start + 1_000);
  expect(ended.length).toBeGreaterThan(0);
  expect(rig.clock.now()).toBe(start + 1_000);
}, 60_000);

test('what a task waits for at a queue passes on the simulated clock', async () => {
  const QueueUrl = 'jobs';
  const received: unknown[] = [];
  const clock = new SimulatedClock(start);
  const sqs: JsonService = {
    name: 'sqs',
    targetPrefix: 'AmazonSQS',
    version: '1.0',
    operations: {
      ReceiveMessage: async (input) => {
        received.push(input);
        return Promise.resolve(clock.now() < start + 6500 ? {} : { Messages: [{ Body: 'here' }] });
      },
    },
  };
  const receive = sdkTask('sqs:receiveMessage', { QueueUrl, WaitTimeSeconds: 5 });
  const { run } = states(definition({ A: { ...receive, End: undefined, Next: 'B' }, B: receive }), { clock, services: [sqs] });
  expect(await run()).toMatchObject({ status: 'SUCCEEDED', output: { Messages: [{ Body: 'here' }] } });
  expect(received).toEqual(Array.from({ length: 9 }, () => ({ QueueUrl, WaitTimeSeconds: 0 })));
});

test('a wait that is written as text passes on the simulated clock as well', async () => {
  const sqs = new SqsRig({ time: start });
  const receive = sdkTask('sqs:receiveMessage', { QueueUrl: await sqs.queue('jobs'), WaitTimeSeconds: '5' });
  const began = performance.now();
  const { run } = states(definition({ A: receive }), { clock: sqs.clock, services: [sqs.queues.service] });
  expect(await run()).toMatchObject({ status: 'SUCCEEDED' });
  expect(performance.now() - began).toBeLessThan(4_000);
});

test('the wait that a queue has of its own passes on the simulated clock too', async () => {
  const sqs = new SqsRig({ time: start });
  const url = await sqs.queue('jobs', { ReceiveMessageWaitTimeSeconds: '5' });
  sqs.clock.at(start + 6500, () => sqs.send(url, 'here').then(() => undefined));
  const receive = sdkTask('sqs:receiveMessage', { QueueUrl: url, MessageSystemAttributeNames: ['All'] });
  const began = performance.now();
  const { run } = states(definition({ A: { ...receive, End: undefined, Next: 'B' }, B: receive }), {
    clock: sqs.clock,
    services: [sqs.queues.service],
  });
  const Attributes = { ApproximateFirstReceiveTimestamp: String(start + 7_000) };
  expect(await run()).toMatchObject({ status: 'SUCCEEDED', output: { Messages: [{ Body: 'here', Attributes }] } });
  expect(performance.now() - began).toBeLessThan(4_000);
});
