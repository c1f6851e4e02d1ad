import { runOnLake } from './lake-platform.ts';
import { definition, pass, sdkTask } from './rig.ts';

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
