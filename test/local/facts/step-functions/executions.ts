import { ARN, definition, failing, pass, refusal, start, states, task, type Answer } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, recorded } from './pages.ts';

/** Executions, those who start and read them, and the state machines that may be made. */
export const stepFunctionsExecutions: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'an execution that takes longer than TimeoutSeconds of its definition is TIMED_OUT',
      basis: 'documented',
      source: guide('statemachine-structure'),
      holds: async () => {
        const machine = definition({ W: { Type: 'Wait', Seconds: 120, End: true } }, { TimeoutSeconds: 60 });
        const { begin, clock, describe, types } = states(machine);
        const arn = await begin();
        await clock.advance(86_400_000);
        expect(await describe(arn)).toMatchObject({ status: 'TIMED_OUT', stopDate: start / 1000 + 60 });
        expect((await types(arn)).at(-1)).toBe('ExecutionTimedOut');
      },
    },
    {
      says: 'StartExecution by a name that runs with the same input answers that execution; with another input, or once it has ended, ExecutionAlreadyExists',
      basis: 'documented',
      source: api('StartExecution'),
      holds: async () => {
        const { begin, clock } = states(definition({ W: { Type: 'Wait', Seconds: 60, End: true } }));
        const name = { name: 'once' };
        expect(await begin({ n: 1 }, name)).toBe(await begin({ n: 1 }, name));
        expect((await refusal(begin({ n: 2 }, name))).code).toBe('ExecutionAlreadyExists');
        await clock.advance(60_000);
        expect((await refusal(begin({ n: 1 }, name))).code).toBe('ExecutionAlreadyExists');
      },
    },
    {
      says: 'StartExecution refuses an input that is no JSON, a name with a colon or of 81 characters, and a state machine that is not there, each by its code',
      basis: 'documented',
      source: api('StartExecution'),
      holds: async () => {
        const { send } = states(definition({ A: pass() }));
        const code = async (input: object): Promise<string> =>
          (await refusal(send('StartExecution', { stateMachineArn: ARN, ...input }))).code;
        expect(await code({ input: '{' })).toBe('InvalidExecutionInput');
        expect(await code({ name: 'a:b' })).toBe('InvalidName');
        expect(await code({ name: 'x'.repeat(81) })).toBe('InvalidName');
        expect(await code({ stateMachineArn: `${ARN}2` })).toBe('StateMachineDoesNotExist');
        expect(await code({ stateMachineArn: 'machine' })).toBe('InvalidArn');
      },
    },
    {
      says: 'StopExecution ends an execution at once as ABORTED, with the error and cause given; what has ended stays as it is',
      basis: 'documented',
      source: api('StopExecution'),
      holds: async () => {
        const { begin, clock, describe, send, asked } = states(
          definition({ W: { Type: 'Wait', Seconds: 60, Next: 'A' }, A: task() }),
        );
        const executionArn = await begin();
        await clock.advance(30_000);
        await send('StopExecution', { executionArn, error: 'Enough', cause: 'of it' });
        await clock.advance(60_000);
        expect(await describe(executionArn)).toMatchObject({
          status: 'ABORTED',
          error: 'Enough',
          cause: 'of it',
          stopDate: start / 1000 + 30,
        });
        expect(asked).toEqual([]);
        await send('StopExecution', { executionArn, error: 'Again' });
        expect(await describe(executionArn)).toMatchObject({ error: 'Enough' });
      },
    },
    {
      says: 'GetExecutionHistory lists the events in pages, the first ExecutionStarted; each names the one before it; reverseOrder begins with the last',
      basis: 'documented',
      source: api('GetExecutionHistory'),
      holds: async () => {
        const { begin, clock, send, types } = states(definition({ A: task({ Next: 'B' }), B: pass() }));
        const executionArn = await begin();
        await clock.advance(1000);
        expect(await types(executionArn)).toEqual([
          'ExecutionStarted',
          'TaskStateEntered',
          'TaskScheduled',
          'TaskStarted',
          'TaskSucceeded',
          'TaskStateExited',
          'PassStateEntered',
          'PassStateExited',
          'ExecutionSucceeded',
        ]);
        const first = await send('GetExecutionHistory', { executionArn, maxResults: 2 });
        const second = await send('GetExecutionHistory', { executionArn, maxResults: 2, nextToken: first.nextToken });
        expect((second.events as Answer[]).map(({ id, previousEventId }) => [id, previousEventId])).toEqual([
          [3, 2],
          [4, 3],
        ]);
        const last = (await send('GetExecutionHistory', { executionArn, reverseOrder: true })).events as Answer[];
        expect(last[0]).toMatchObject({ id: 9, type: 'ExecutionSucceeded' });
      },
    },
    {
      says: 'ListExecutions begins with the latest, and filters by status',
      basis: 'documented',
      source: api('ListExecutions'),
      holds: async () => {
        const { begin, clock, send } = states(definition({ A: task() }), {
          answer: (asked: { n: number }) => (asked.n === 2 ? failing('No')() : asked),
        });
        for (const n of [1, 2, 3]) {
          await begin({ n }, { name: `e${n}` });
          await clock.advance(1000);
        }
        const names = async (more: object = {}) =>
          ((await send('ListExecutions', { stateMachineArn: ARN, ...more })).executions as Answer[]).map(({ name }) => name);
        expect(await names()).toEqual(['e3', 'e2', 'e1']);
        expect(await names({ statusFilter: 'FAILED' })).toEqual(['e2']);
      },
    },
    {
      says: 'a history holds 25,000 events; an execution that needs more fails, and no state catches that',
      basis: 'documented',
      source: guide('service-quotas'),
      holds: async () => {
        const machine = definition({
          A: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'B' }], Default: 'A' },
          B: pass(),
        });
        const { begin, clock, describe, types } = states(machine);
        const arn = await begin();
        await clock.advance(1000);
        expect(await describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
        expect(await types(arn)).toHaveLength(1000);
      },
    },
    {
      says: 'a definition that names a state it lacks, gives both Next and End, or no JSONata, is refused with InvalidDefinition',
      basis: 'documented',
      source: api('CreateStateMachine'),
      holds: async () => {
        expect(() => states(definition({ A: pass({ Next: 'B' }) }))).toThrow("must hold the state 'B'");
        expect(() => states(definition({ A: pass({ Next: 'A', End: true }) }))).toThrow('one alone');
        expect(() => states(definition({ A: pass({ Output: '{% 1 + %}' }) }))).toThrow('no JSONata');
        expect(() => states(definition({ A: pass({ Otput: 1 }) }))).toThrow("'States.A.Otput' is not known");
      },
    },
    {
      says: 'a role that does not trust Step Functions, or may not log what is to be logged, is refused when the state machine is made',
      basis: 'documented',
      source: guide('cw-logs'),
      holds: async () => {
        const machine = definition({ A: pass() });
        expect(() => states(machine, { denied: ['sts:AssumeRole'] })).toThrow('states.amazonaws.com');
        expect(() => states(machine, { denied: ['logs:PutResourcePolicy'], logged: true })).toThrow('Log Destination');
        expect(() => states(machine, { denied: ['logs:PutResourcePolicy'] })).not.toThrow();
      },
    },
    {
      says: 'DescribeExecution and ListExecutions count redrives; what failed could be redriven, what succeeded or runs could not',
      basis: 'observed',
      source: recorded('test_sfn_api'),
      holds: async () => {
        const { begin, clock, describe, send } = states(definition({ A: task() }), {
          answer: (asked: { fail: boolean }) => (asked.fail ? failing('No')() : asked),
        });
        const [failed, succeeded] = [await begin({ fail: true }), await begin({ fail: false })];
        expect(await describe(failed)).toMatchObject({
          redriveStatus: 'NOT_REDRIVABLE',
          redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
        });
        await clock.advance(1000);
        expect(await describe(succeeded)).toMatchObject({
          redriveStatus: 'NOT_REDRIVABLE',
          redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        });
        const { redriveStatus, redriveStatusReason } = await describe(failed);
        expect([redriveStatus, redriveStatusReason]).toEqual(['REDRIVABLE', undefined]);
        const { executions } = await send('ListExecutions', { stateMachineArn: ARN });
        expect((executions as Answer[]).map(({ redriveCount }) => redriveCount)).toEqual([0, 0]);
      },
    },
    {
      says: 'a state machine is described with its logging, tracing and encryption, which are OFF, off and AWS’s own unless it says otherwise; for an execution with updateDate in the place of status, type and creationDate',
      basis: 'observed',
      source: recorded('test_sfn_api_variable_references'),
      holds: async () => {
        const { begin, send } = states(definition({ A: pass() }));
        const defaults = {
          loggingConfiguration: { level: 'OFF', includeExecutionData: false },
          tracingConfiguration: { enabled: false },
          encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
        };
        expect(await send('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({ ...defaults, status: 'ACTIVE' });
        const executed = await send('DescribeStateMachineForExecution', { executionArn: await begin() });
        expect(Object.keys(executed).toSorted()).toEqual(
          ['definition', 'name', 'roleArn', 'stateMachineArn', 'updateDate', ...Object.keys(defaults)].toSorted(),
        );
        const logging = { level: 'ALL', destinations: [] };
        const told = states(definition({ A: pass() }), { configurations: { logging } });
        expect(await told.send('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({
          loggingConfiguration: { ...logging, includeExecutionData: false },
        });
      },
    },
    {
      says: 'a page of more than 1,000, a token that is too long and a status that there is not are refused with ValidationException, an ARN that is none with InvalidArn, and an empty input with InvalidExecutionInput',
      basis: 'observed',
      source: recorded('test_sfn_api'),
      holds: async () => {
        const { send } = states(definition({ A: pass() }));
        const said = async (operation: string, input: object): Promise<string> => {
          const { code, message } = await refusal(send(operation, input));
          return `${code}: ${message}`;
        };
        const list = (more: object) => said('ListExecutions', { stateMachineArn: ARN, ...more });
        const unlawful = 'ValidationException: 1 validation error detected: Value';
        expect(await list({ maxResults: 1001 })).toBe(
          `${unlawful} '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000`,
        );
        const long = 'x'.repeat(3097);
        expect(await list({ nextToken: long })).toBe(
          `${unlawful} '${long}' at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to 3096`,
        );
        expect(await said('ListStateMachines', { nextToken: 'x'.repeat(1025) })).toContain('less than or equal to 1024');
        expect(await list({ statusFilter: 'succeeded' })).toBe(
          `${unlawful} 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]`,
        );
        expect(await said('DescribeExecution', { executionArn: 'no_arn' })).toBe(
          "InvalidArn: Invalid Arn: 'Invalid ARN prefix: no_arn'",
        );
        expect(await said('StartExecution', { stateMachineArn: ARN, input: '' })).toBe(
          "InvalidExecutionInput: Invalid State Machine Execution Input: 'Invalid execution input.'",
        );
      },
    },
    {
      says: 'the rights to start, stop, list, describe and read the history are asked of the caller, on the state machine or the execution',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html',
      holds: async () => {
        const { begin, send, checks } = states(definition({ A: pass() }));
        const executionArn = await begin({}, { name: 'e' });
        await send('DescribeExecution', { executionArn });
        await send('GetExecutionHistory', { executionArn });
        await send('StopExecution', { executionArn });
        await send('ListExecutions', { stateMachineArn: ARN });
        expect(checks).toEqual([
          `states:StartExecution ${ARN}`,
          `states:DescribeExecution ${executionArn}`,
          `states:GetExecutionHistory ${executionArn}`,
          `states:StopExecution ${executionArn}`,
          `states:ListExecutions ${ARN}`,
        ]);
      },
    },
  ],
};
