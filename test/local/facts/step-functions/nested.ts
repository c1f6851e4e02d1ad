import { ARN, definition, failing, pass, start, states, task, type Answer, type RigOptions } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const RECORDED = recorded('callback/test_callback');
const PATTERNS = `${guide('connect-to-resource')}#connect-sync`;
const OTHER = ARN.replace(/machine$/, 'other');
const CHILD = `${OTHER.replace(':stateMachine:', ':execution:')}:TestStartTarget`;
const wait = (seconds: number): Answer => ({ Type: 'Wait', Seconds: seconds, End: true });
const nested = (pattern = '', rest: object = {}): Answer =>
  task({
    Resource: `arn:aws:states:::states:startExecution${pattern}`,
    Arguments: { StateMachineArn: OTHER, Name: 'TestStartTarget', Input: null },
    ...rest,
  });

/** A state machine that starts another one; nothing has run. */
async function parentOf(other: Answer, parent: Answer = definition({ A: nested('.sync') }), options: RigOptions = {}) {
  const rig = states(parent, options);
  rig.create('other', other);
  return { ...rig, arn: await rig.begin() };
}

const causeIn = (told: readonly (readonly [string, Answer | undefined])[]): unknown =>
  JSON.parse(String(told.find(([type]) => type === 'TaskFailed')?.[1]?.cause));

/** State machines that start others. */
export const stepFunctionsNested: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'states:startExecution answers ExecutionArn and StartDate, and does not wait for the execution',
      basis: 'observed',
      source: recorded('services/test_sfn_task_service'),
      holds: async () => {
        const { arn, clock, describe, told } = await parentOf(definition({ W: wait(60) }), definition({ A: nested() }));
        await clock.advance(1000);
        expect((await describe(arn)).status).toBe('SUCCEEDED');
        expect((await describe(CHILD)).status).toBe('RUNNING');
        const about = { resource: 'startExecution', resourceType: 'states' };
        const { output, ...succeeded } = (await told(arn))[4]?.[1] ?? {};
        expect(succeeded).toEqual({ ...about, outputDetails: { truncated: false } });
        expect(JSON.parse(String(output))).toEqual({ ExecutionArn: CHILD, StartDate: expect.any(Number) as number });
      },
    },
    {
      says: 'dates of states:startExecution are milliseconds since the epoch, as those of Athena’s integration are',
      basis: 'undecided',
      source: guide('connect-stepfunctions'),
      holds: async () => {
        const { arn, clock, describe } = await parentOf(definition({ W: wait(60) }));
        await clock.advance(61_000);
        expect(JSON.parse(String((await describe(arn)).output))).toMatchObject({ StartDate: start, StopDate: start + 60_000 });
      },
    },
    {
      says: '.sync waits for the execution, and answers what DescribeExecution tells of it in PascalCase, its Input and Output as text',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { arn, clock, describe, told } = await parentOf(
          definition({ W: { ...wait(3600), Output: { Arg1: 'argument1' } } }),
        );
        await clock.advance(3_599_000);
        expect((await describe(arn)).status).toBe('RUNNING');
        await clock.advance(1000);
        const about = { resource: 'startExecution.sync', resourceType: 'states' };
        const all = await told(arn);
        expect(all.map(([type]) => type).slice(2)).toEqual([
          'TaskScheduled',
          'TaskStarted',
          'TaskSubmitted',
          'TaskSucceeded',
          'TaskStateExited',
          'ExecutionSucceeded',
        ]);
        expect(all[4]?.[1]).toMatchObject({ ...about, output: expect.stringContaining(`"ExecutionArn":"${CHILD}"`) as string });
        expect(JSON.parse(String(all[5]?.[1]?.output))).toEqual({
          ExecutionArn: CHILD,
          Input: '{}',
          InputDetails: { Included: true },
          Name: 'TestStartTarget',
          Output: '{"Arg1":"argument1"}',
          OutputDetails: { Included: true },
          StartDate: expect.any(Number) as number,
          StateMachineArn: OTHER,
          Status: 'SUCCEEDED',
          StopDate: expect.any(Number) as number,
        });
      },
    },
    {
      says: '.sync:2 answers Input and Output as what their JSON says',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const other = definition({ B: pass({ Output: { Arg1: 'argument1' } }) });
        const { arn, clock, describe, told } = await parentOf(other, definition({ A: nested('.sync:2') }));
        await clock.advance(0);
        expect(JSON.parse(String((await describe(arn)).output))).toMatchObject({ Input: {}, Output: { Arg1: 'argument1' } });
        expect((await told(arn))[5]?.[1]).toMatchObject({ resource: 'startExecution.sync:2', resourceType: 'states' });
      },
    },
    {
      says: 'an execution that fails fails .sync with States.TaskFailed, whose cause is the JSON of what DescribeExecution tells',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const other = definition({ F: { Type: 'Fail', Error: 'SomeFailure', Cause: 'This state machine fails.' } });
        const { arn, clock, describe, told } = await parentOf(other);
        await clock.advance(0);
        expect((await describe(arn)).error).toBe('States.TaskFailed');
        expect(causeIn(await told(arn))).toEqual({
          Cause: 'This state machine fails.',
          Error: 'SomeFailure',
          ExecutionArn: CHILD,
          Input: '{}',
          InputDetails: { Included: true },
          Name: 'TestStartTarget',
          StartDate: expect.any(Number) as number,
          StateMachineArn: OTHER,
          Status: 'FAILED',
          StopDate: expect.any(Number) as number,
        });
      },
    },
    {
      says: 'a state machine that is not there fails with StepFunctions.StateMachineDoesNotExistException, and says it with the service AWSStepFunctions',
      basis: 'observed',
      source: recorded('error_handling/test_task_service_sfn'),
      holds: async () => {
        const { error, cause } = await states(definition({ A: nested() })).run();
        expect(error).toBe('StepFunctions.StateMachineDoesNotExistException');
        expect(cause).toMatch(
          /^State Machine Does Not Exist: '.*:other' \(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
        );
      },
    },
    {
      says: 'who has the token of .sync answers the task before the execution ends',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const Arguments = {
          StateMachineArn: OTHER,
          Name: 'TestStartTarget',
          Input: { TaskToken: '{% $states.context.Task.Token %}' },
        };
        const rig = await parentOf(definition({ W: wait(3600) }), definition({ A: nested('.sync', { Arguments }) }));
        await rig.clock.advance(1000);
        const { TaskToken } = JSON.parse(String((await rig.describe(CHILD)).input)) as { readonly TaskToken: string };
        await rig.send('SendTaskSuccess', { taskToken: TaskToken, output: '"SQS_SEND_MESSAGE_AND_WAIT"' });
        await rig.clock.advance(0);
        expect(await rig.describe(rig.arn)).toMatchObject({ status: 'SUCCEEDED', output: '"SQS_SEND_MESSAGE_AND_WAIT"' });
      },
    },
    {
      says: 'when the execution that waits is stopped, Step Functions stops the one that it waits for',
      basis: 'documented',
      source: PATTERNS,
      holds: async () => {
        const { arn, clock, describe, send } = await parentOf(definition({ W: wait(3600) }));
        await clock.advance(1000);
        await send('StopExecution', { executionArn: arn });
        expect(await describe(CHILD)).toMatchObject({ status: 'ABORTED', stopDate: start / 1000 + 1 });
      },
    },
    {
      says: 'when another branch fails, Step Functions stops what a branch waits for, as well as its role may',
      basis: 'documented',
      source: PATTERNS,
      holds: async () => {
        const failed = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, Next: 'F' }, F: { Type: 'Fail' } } };
        const branches = [{ StartAt: 'A', States: { A: nested('.sync') } }, failed];
        const parallel = definition({ P: { Type: 'Parallel', Branches: branches, End: true } });
        const childOf = async (denied: readonly string[]) => {
          const { arn, clock, describe } = await parentOf(definition({ W: wait(3600) }), parallel, { denied });
          await clock.advance(61_000);
          expect((await describe(arn)).status).toBe('FAILED');
          return (await describe(CHILD)).status;
        };
        expect(await childOf([])).toBe('ABORTED');
        expect(await childOf(['states:StopExecution'])).toBe('RUNNING');
      },
    },
    {
      says: 'an execution that takes longer than TimeoutSeconds of the task is stopped, and the task times out',
      basis: 'undecided',
      source: PATTERNS,
      holds: async () => {
        const { arn, clock, describe, types } = await parentOf(
          definition({ W: wait(3600) }),
          definition({ A: nested('.sync', { TimeoutSeconds: 60 }) }),
        );
        await clock.advance(60_000);
        expect(await describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
        expect((await types(arn)).slice(4)).toEqual(['TaskSubmitted', 'TaskTimedOut', 'ExecutionFailed']);
        expect((await describe(CHILD)).status).toBe('ABORTED');
      },
    },
    {
      says: 'the role needs states:StartExecution for the state machine, and states:DescribeExecution for its executions',
      basis: 'documented',
      source: guide('connect-stepfunctions'),
      holds: async () => {
        const { clock, checks } = await parentOf(definition({ B: pass() }));
        await clock.advance(0);
        expect(checks.slice(-2)).toEqual([`states:StartExecution ${OTHER}`, `states:DescribeExecution ${CHILD}`]);
        const denied = await parentOf(definition({ B: pass() }), undefined, { denied: ['states:DescribeExecution'] });
        await denied.clock.advance(0);
        expect(await denied.told(denied.arn).then((told) => told.at(-2)?.[0])).toBe('TaskFailed');
      },
    },
    {
      says: 'a state machine with .sync is refused where its role may not make the rule by which Step Functions hears of the end',
      basis: 'observed',
      source: 'https://github.com/nasa/cumulus/pull/2693',
      holds: () => {
        for (const action of ['events:PutTargets', 'events:PutRule', 'events:DescribeRule']) {
          const denied = { denied: [action] };
          expect(() => states(definition({ A: nested('.sync:2') }), denied)).toThrow('is not authorized to create managed-rule.');
          expect(() => states(definition({ A: nested() }), denied)).not.toThrow();
        }
        const { checks } = states(definition({ A: nested('.sync') }));
        const rule = 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';
        expect(checks).toContain(`events:PutRule arn:aws:events:us-east-1:123456789012:${rule}`);
      },
    },
    {
      says: 'an execution whose own time is over stops what it waits for',
      basis: 'documented',
      source: PATTERNS,
      holds: async () => {
        const parent = definition({ A: nested('.sync') }, { TimeoutSeconds: 30 });
        const { arn, clock, describe } = await parentOf(definition({ A: task() }), parent, { answer: failing('Never') });
        await clock.advance(0);
        expect((await describe(arn)).status).toBe('FAILED');
        const late = await parentOf(definition({ W: wait(3600) }), parent);
        await late.clock.advance(30_000);
        expect((await late.describe(late.arn)).status).toBe('TIMED_OUT');
        expect((await late.describe(CHILD)).status).toBe('ABORTED');
      },
    },
  ],
};
