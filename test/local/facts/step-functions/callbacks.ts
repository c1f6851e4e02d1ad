import type { Caller } from '../../../../local/service.ts';
import { publish } from '../../../../local/step-functions/index.ts';
import { definition, pass, refusal, sdkTask, states, task, type Answer, type RigOptions } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, recorded } from './pages.ts';

const RECORDED = recorded('callback/test_callback');
const PATTERNS = `${guide('connect-to-resource')}#connect-wait-token`;
const TOKEN = '{% $states.context.Task.Token %}';
const DAY = 86_400_000;

/** A task that waits until its token is given back. */
const waiting = (rest: object = {}): Answer =>
  task({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Arguments: { Payload: { TOKEN } }, ...rest });

const taking = (...ErrorEquals: string[]) => ({ Catch: [{ ErrorEquals, Next: 'Caught' }] });

/** An execution that waits: it, its token, and what gives that back. */
async function begun(machine: Answer, options: RigOptions = {}) {
  const rig = states(machine, options);
  const arn = await rig.begin();
  await rig.clock.advance(1000);
  const tokens = (): string[] => rig.asked.map((asked) => String((asked as { Payload: { TOKEN: unknown } }).Payload.TOKEN));
  const give = async (operation: string, input: object = {}, taskToken = tokens()[0]) =>
    rig.send(operation, { taskToken, ...input });
  return { ...rig, arn, tokens, give };
}

/** Tasks that wait until somebody gives their token back. */
export const stepFunctionsCallbacks: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'a task with .waitForTaskToken tells TaskSubmitted with its service’s answer, and ends with what SendTaskSuccess gives: resource invoke.waitForTaskToken',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { arn, clock, give, told } = await begun(definition({ A: waiting() }), { answer: () => ({ StatusCode: 200 }) });
        await clock.advance(DAY);
        await give('SendTaskSuccess', { output: '"test_message_txt"' });
        await clock.advance(0);
        const about = { resource: 'invoke.waitForTaskToken', resourceType: 'lambda' };
        expect((await told(arn)).slice(2)).toMatchObject([
          ['TaskScheduled', about],
          ['TaskStarted', about],
          ['TaskSubmitted', { ...about, output: '{"StatusCode":200}', outputDetails: { truncated: false } }],
          ['TaskSucceeded', { ...about, output: '"test_message_txt"' }],
          ['TaskStateExited', { output: '"test_message_txt"' }],
          ['ExecutionSucceeded', { output: '"test_message_txt"' }],
        ]);
      },
    },
    {
      says: 'SendTaskFailure fails the task with its error and cause, and without them by no name, which States.ALL takes',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const failed = async (failure: object, machine = definition({ A: waiting() })) => {
          const { arn, clock, describe, give, told } = await begun(machine);
          await give('SendTaskFailure', failure);
          await clock.advance(0);
          return { last: (await told(arn)).slice(5), status: (await describe(arn)).status };
        };
        const about = { resource: 'invoke.waitForTaskToken', resourceType: 'lambda' };
        const failure = { error: 'Failure error', cause: 'Failure cause' };
        expect((await failed(failure)).last).toEqual([
          ['TaskFailed', { ...about, ...failure }],
          ['ExecutionFailed', failure],
        ]);
        const nameless = await failed({}, definition({ A: waiting(taking('States.ALL')), Caught: pass() }));
        expect([nameless.status, nameless.last[0]]).toEqual(['SUCCEEDED', ['TaskFailed', about]]);
      },
    },
    {
      says: 'a task that waits longer than TimeoutSeconds tells TaskTimedOut, and the execution fails with States.Timeout and no cause',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { arn, clock, describe, told } = await begun(definition({ A: waiting({ TimeoutSeconds: 5 }) }));
        await clock.advance(3000);
        expect((await describe(arn)).status).toBe('RUNNING');
        await clock.advance(1000);
        expect((await told(arn)).slice(5)).toEqual([
          ['TaskTimedOut', { error: 'States.Timeout', resource: 'invoke.waitForTaskToken', resourceType: 'lambda' }],
          ['ExecutionFailed', { error: 'States.Timeout' }],
        ]);
      },
    },
    {
      says: 'HeartbeatSeconds without SendTaskHeartbeat time the task out as States.Timeout, however long TimeoutSeconds are',
      basis: 'observed',
      source: recorded('timeouts/test_heartbeats'),
      holds: async () => {
        const { arn, clock, told } = await begun(definition({ A: waiting({ HeartbeatSeconds: 5, TimeoutSeconds: 600 }) }));
        await clock.advance(4000);
        const all = await told(arn);
        expect(all[2]?.[1]).toMatchObject({ heartbeatInSeconds: 5, timeoutInSeconds: 600 });
        expect(all.slice(5)).toMatchObject([
          ['TaskTimedOut', { error: 'States.Timeout' }],
          ['ExecutionFailed', { error: 'States.Timeout' }],
        ]);
      },
    },
    {
      says: 'HeartbeatSeconds that are not smaller than TimeoutSeconds are refused with the definition',
      basis: 'documented',
      source: guide('state-task'),
      holds: () => {
        const limited = (HeartbeatSeconds: number) => states(definition({ A: waiting({ HeartbeatSeconds, TimeoutSeconds: 5 }) }));
        expect(() => limited(5)).toThrow('must be smaller than TimeoutSeconds, got 5 and 5');
        expect(limited(4).service.all()[0]?.lacking).toBeUndefined();
      },
    },
    {
      says: 'each SendTaskHeartbeat lets a task wait for HeartbeatSeconds more',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { arn, clock, describe, give } = await begun(definition({ A: waiting({ HeartbeatSeconds: 120 }) }));
        for (let minutes = 0; minutes < 10; minutes++) {
          await clock.advance(60_000);
          await give('SendTaskHeartbeat');
        }
        expect((await describe(arn)).status).toBe('RUNNING');
        await clock.advance(120_000);
        expect(await describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
      },
    },
    {
      says: 'Retry and Catch tell a silence by States.HeartbeatTimeout, and no end of TimeoutSeconds by it',
      basis: 'documented',
      source: guide('concepts-error-handling'),
      holds: async () => {
        const outcome = async (limit: object) => {
          const machine = definition({ A: waiting({ ...limit, ...taking('States.HeartbeatTimeout') }), Caught: pass() });
          const { arn, clock, describe } = await begun(machine);
          await clock.advance(DAY);
          return (await describe(arn)).status;
        };
        expect(await outcome({ HeartbeatSeconds: 5 })).toBe('SUCCEEDED');
        expect(await outcome({ TimeoutSeconds: 5 })).toBe('FAILED');
      },
    },
    {
      says: 'a task whose parameters hold no token waits all the same',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { arn, types } = await begun(definition({ A: waiting({ Arguments: {}, TimeoutSeconds: 1 }) }));
        expect((await types(arn)).slice(4)).toEqual(['TaskSubmitted', 'TaskTimedOut', 'ExecutionFailed']);
      },
    },
    {
      says: 'a branch whose task is failed by its token breaks its Parallel off, whose catcher goes on',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const branch = { StartAt: 'A', States: { A: waiting() } };
        const parallel = { Type: 'Parallel', Branches: [branch], End: true, ...taking('States.ALL') };
        const { arn, clock, give, types } = await begun(definition({ P: parallel, Caught: pass() }));
        await give('SendTaskFailure');
        await clock.advance(0);
        expect((await types(arn)).slice(6)).toEqual([
          'TaskSubmitted',
          'TaskFailed',
          'TaskStateAborted',
          'ParallelStateFailed',
          'ParallelStateExited',
          'PassStateEntered',
          'PassStateExited',
          'ExecutionSucceeded',
        ]);
      },
    },
    {
      says: 'the token is $$.Task.Token in JSONPath, $states.context.Task.Token in JSONata, and another one for each try',
      basis: 'documented',
      source: PATTERNS,
      holds: async () => {
        const Retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 }];
        const again = await begun(definition({ A: waiting({ TimeoutSeconds: 5, Retry }) }));
        await again.clock.advance(10_000);
        expect(new Set(again.tokens()).size).toBe(2);
        const paths = waiting({ Arguments: undefined, Parameters: { Payload: { 'TOKEN.$': '$$.Task.Token' } } });
        const { tokens, give } = await begun({ StartAt: 'A', States: { A: JSON.parse(JSON.stringify(paths)) as Answer } });
        await give('SendTaskHeartbeat');
        expect(tokens()[0]).toMatch(/^[\w-]{40,1024}$/);
      },
    },
    {
      says: "a token that nobody gave out is InvalidToken: Invalid Token: 'Invalid token'",
      basis: 'observed',
      source: recorded('services/test_aws_sdk_task_service'),
      holds: async () => {
        const asked = { Output: 'ParameterOutput', TaskToken: 'NoSuchTaskToken' };
        const { error, cause } = await states(definition({ A: sdkTask('sfn:sendTaskSuccess', asked) })).run();
        expect(error).toBe('Sfn.InvalidTokenException');
        expect(cause).toMatch(
          /^Invalid Token: 'Invalid token' \(Service: Sfn, Status Code: 400, Request ID: [0-9a-f-]{36}\) \(SDK Attempt Count: 1\)$/,
        );
      },
    },
    {
      says: 'a token that was given back, or whose task has ended, is TaskTimedOut: Provided task does not exist anymore',
      basis: 'observed',
      source: 'https://github.com/aws-samples/amazon-mwaa-examples/issues/61',
      holds: async () => {
        const gone = { code: 'TaskTimedOut', message: "Task Timed Out: 'Provided task does not exist anymore'" };
        const used = await begun(definition({ A: waiting() }));
        await used.give('SendTaskSuccess', { output: '1' });
        expect(await refusal(used.give('SendTaskFailure'))).toMatchObject(gone);
        await used.clock.advance(0);
        expect(await refusal(used.give('SendTaskSuccess', { output: '2' }))).toMatchObject(gone);
        expect(await used.describe(used.arn)).toMatchObject({ output: '1' });
        const stopped = await begun(definition({ A: waiting() }));
        await stopped.send('StopExecution', { executionArn: stopped.arn });
        await stopped.clock.advance(0);
        expect(await refusal(stopped.give('SendTaskHeartbeat'))).toMatchObject(gone);
      },
    },
    {
      says: 'SendTaskSuccess refuses an output that is no JSON as InvalidOutput, and the task goes on waiting',
      basis: 'documented',
      source: api('SendTaskSuccess'),
      holds: async () => {
        const { arn, describe, give } = await begun(definition({ A: waiting() }));
        expect((await refusal(give('SendTaskSuccess', { output: '{' }))).code).toBe('InvalidOutput');
        expect((await refusal(give('SendTaskSuccess', { output: JSON.stringify('x'.repeat(262_143)) }))).code).toBe(
          'InvalidOutput',
        );
        expect((await describe(arn)).status).toBe('RUNNING');
      },
    },
    {
      says: 'who gives a token back needs states:SendTaskSuccess, SendTaskFailure or SendTaskHeartbeat for the state machine',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_stepfunctions.StateMachine.html',
      holds: async () => {
        const { checks, give } = await begun(definition({ A: waiting() }), { denied: ['states:SendTaskFailure'] });
        expect((await refusal(give('SendTaskFailure'))).code).toBe('AccessDeniedException');
        await give('SendTaskHeartbeat');
        expect(checks.at(-1)).toBe('states:SendTaskHeartbeat arn:aws:states:us-east-1:123456789012:stateMachine:machine');
        await give('SendTaskSuccess', { output: '1' });
        await refusal(give('SendTaskSuccess', { output: '1' })); // who comes too late needs no more
        expect(checks.at(-1)).toBe('states:SendTaskSuccess arn:aws:states:us-east-1:123456789012:stateMachine:machine');
      },
    },
    {
      says: 'a message of sns:publish that is an object is published as its JSON, the token within',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        let message = '';
        const topics = {
          publish: (_caller: unknown, notice: { readonly message: string }) => ((message = notice.message), { messageId: 'id' }),
        };
        await publish(topics)({ TopicArn: 't', Message: { arg1: 'Hello', TaskToken: 'token' } }, {} as Caller);
        expect(message).toBe('{"arg1":"Hello","TaskToken":"token"}');
      },
    },
    {
      says: 'a task publishes to a FIFO topic with MessageGroupId and MessageDeduplicationId, and is answered the sequence number',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_stepfunctions_tasks.SnsPublishProps.html',
      holds: async () => {
        const notices: object[] = [];
        const topics = {
          publish: (_caller: unknown, notice: object) => (notices.push(notice), { messageId: 'id', sequenceNumber: '1' }),
        };
        const asked = { TopicArn: 't.fifo', Message: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' };
        expect(await publish(topics)(asked, {} as Caller)).toEqual({ MessageId: 'id', SequenceNumber: '1' });
        expect(notices).toMatchObject([{ groupId: 'g', deduplicationId: 'd' }]);
      },
    },
    {
      says: 'an integration has no pattern that it is not documented with: sns:publish.sync is no resource, and neither is lambda:invoke.sync',
      basis: 'documented',
      source: guide('integrate-optimized'),
      holds: () => {
        for (const resource of ['sns:publish.sync', 'lambda:invoke.sync', 'states:startExecution.sync:3']) {
          const machine = definition({ A: task({ Resource: `arn:aws:states:::${resource}` }) });
          if (resource.endsWith('3')) expect(states(machine).service.all()[0]?.lacking).toContain(resource);
          else expect(() => states(machine)).toThrow(`'arn:aws:states:::${resource}' is not recognized`);
        }
      },
    },
  ],
};
