import { ARN, definition, failing, pass, refusal, start, states, task, type Answer } from '../states/rig.ts';
import type { FactTable } from './fact.ts';

const guide = (page: string): string => `https://docs.aws.amazon.com/step-functions/latest/dg/${page}.html`;
const api = (operation: string): string => `https://docs.aws.amazon.com/step-functions/latest/apireference/API_${operation}.html`;
const ERRORS = guide('concepts-error-handling');
const DATA = guide('transforming-data');

const DEEP = 'x'.repeat(262_145);
const retry = (rest: object = {}) => [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 10, BackoffRate: 2, MaxAttempts: 3, ...rest },
];
const caught = (...ErrorEquals: string[]) => ({
  Catch: [
    {
      ErrorEquals,
      Next: 'Caught',
      Output: { error: '{% $states.errorOutput.Error %}', cause: '{% $states.errorOutput.Cause %}' },
    },
  ],
});
const each = (rest: object, item: Answer = task()) => ({
  Type: 'Map',
  End: true,
  ItemProcessor: { StartAt: 'Item', States: { Item: item } },
  ...rest,
});
const distributed = (rest: object, item: Answer = task()) =>
  each({
    ...rest,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      StartAt: 'Item',
      States: { Item: item },
    },
  });

/** State machines in JSONata, and those who start them. */
export const statesFacts: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'a state without Output hands on its input, a Task without one its result; Output is JSON whose texts in {% %} are JSONata',
      basis: 'documented',
      source: DATA,
      holds: async () => {
        expect((await states(definition({ A: pass() })).run({ a: 1 })).output).toEqual({ a: 1 });
        expect(
          (await states(definition({ A: task({ Arguments: { b: '{% $states.input.a + 1 %}' } }) })).run({ a: 1 })).output,
        ).toEqual({ b: 2 });
        const shaped = task({ Output: { sum: '{% $states.input.a + $states.result.a %}', text: 'plain' } });
        expect((await states(definition({ A: shaped })).run({ a: 1 })).output).toEqual({ sum: 2, text: 'plain' });
      },
    },
    {
      says: 'an expression that has no value, or fails, ends the state with States.QueryEvaluationError',
      basis: 'documented',
      source: DATA,
      holds: async () => {
        for (const expression of ['{% $states.input.none %}', '{% 1 + "a" %}']) {
          expect(await states(definition({ A: pass({ Output: expression }) })).run()).toMatchObject({
            status: 'FAILED',
            error: 'States.QueryEvaluationError',
          });
        }
      },
    },
    {
      says: 'Step Functions adds $partition, $range, $hash, $random, $uuid and $parse to JSONata; $eval is refused',
      basis: 'documented',
      source: DATA,
      holds: async () => {
        const Output = {
          partition: '{% $partition([1,2,3], 2) %}',
          range: '{% $range(0, 4, 2) %}',
          hash: '{% $hash("a", "SHA-256") %}',
          random: '{% $random() < 1 %}',
          uuid: '{% $length($uuid()) %}',
          parse: '{% $parse("{\\"a\\":1}").a %}',
        };
        expect((await states(definition({ A: pass({ Output }) })).run()).output).toEqual({
          partition: [[1, 2], [3]],
          range: [0, 2, 4],
          hash: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
          random: true,
          uuid: 36,
          parse: 1,
        });
        expect(() => states(definition({ A: pass({ Output: '{% $eval("1") %}' }) }))).toThrow('$eval');
      },
    },
    {
      says: 'variables that a state assigns are there for the states behind it, and its own Output sees those from before',
      basis: 'documented',
      source: guide('workflow-variables'),
      holds: async () => {
        const machine = definition({
          A: pass({ Assign: { n: 1 }, Next: 'B' }),
          B: pass({ Assign: { n: '{% $n + 1 %}' }, Output: '{% $n %}', Next: 'C' }),
          C: pass({ Output: { before: '{% $states.input %}', after: '{% $n %}' } }),
        });
        expect((await states(machine).run()).output).toEqual({ before: 1, after: 2 });
      },
    },
    {
      says: 'a variable of an inner scope must not have the name of one of an outer scope',
      basis: 'documented',
      source: guide('workflow-variables'),
      holds: async () => {
        const inner = pass({ Assign: { n: 2 } });
        const machine = definition({
          A: pass({ Assign: { n: 1 }, Next: 'B' }),
          B: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'C', States: { C: inner } }] },
        });
        expect(() => states(machine)).toThrow("must not assign 'n'");
      },
    },
    {
      says: 'Choice takes the first rule that holds, else its Default; without one it fails with States.Runtime',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        const rules = (rest: object) =>
          definition({
            A: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n > 1 %}', Next: 'Many' }], ...rest },
            Many: pass({ Output: 'many' }),
            ...('Default' in rest && { Few: pass({ Output: 'few' }) }),
          });
        expect((await states(rules({ Default: 'Few' })).run({ n: 2 })).output).toBe('many');
        expect((await states(rules({ Default: 'Few' })).run({ n: 1 })).output).toBe('few');
        expect((await states(rules({})).run({ n: 1 })).error).toBe('States.Runtime');
      },
    },
    {
      says: 'Wait lets Seconds pass, or waits until a Timestamp',
      basis: 'documented',
      source: guide('state-wait'),
      holds: async () => {
        const after = async (wait: object): Promise<unknown> => {
          const { run } = states(definition({ W: { Type: 'Wait', Next: 'A', ...wait }, A: pass({ Output: '{% $millis() %}' }) }));
          return (await run({ at: '2001-01-09T09:00:00Z' })).output;
        };
        expect(await after({ Seconds: 90 })).toBe(start + 90_000);
        expect(await after({ Timestamp: '{% $states.input.at %}' })).toBe(start + 3_600_000);
      },
    },
    {
      says: 'a retrier waits IntervalSeconds, each time BackoffRate times longer, and gives up after MaxAttempts',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        const times: number[] = [];
        const rig = states(definition({ A: task({ Retry: retry() }) }), {
          answer: () => {
            times.push((rig.clock.now() - start) / 1000);
            return failing('Lambda.Unknown')();
          },
        });
        expect((await rig.run()).error).toBe('Lambda.Unknown');
        expect(times).toEqual([0, 10, 30, 70]);
      },
    },
    {
      says: 'MaxDelaySeconds bounds the wait, and JitterStrategy FULL makes it anything up to its length',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        const last = async (rest: object): Promise<number> => {
          let at = 0;
          const rig = states(definition({ A: task({ Retry: retry(rest) }) }), {
            answer: () => {
              at = rig.clock.now() - start;
              return failing('Lambda.Unknown')();
            },
          });
          await rig.run();
          return at / 1000;
        };
        expect(await last({ MaxDelaySeconds: 15 })).toBe(40);
        expect(await last({ JitterStrategy: 'FULL' })).toBeLessThan(70);
      },
    },
    {
      says: 'a catcher takes what no retrier takes any more: its state goes on with Error and Cause in $states.errorOutput',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        const machine = definition({ A: task(caught('Broken')), Caught: pass() });
        expect((await states(machine, { answer: failing('Broken', 'why') }).run()).output).toEqual({
          error: 'Broken',
          cause: 'why',
        });
        expect((await states(machine, { answer: failing('Other') }).run()).error).toBe('Other');
      },
    },
    {
      says: 'States.TaskFailed means every error but States.Timeout; States.ALL means every one but States.DataLimitExceeded and States.Runtime',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        const taken = async (name: string, code: string): Promise<boolean> => {
          const machine = definition({ A: task(caught(name)), Caught: pass() });
          return (await states(machine, { answer: failing(code) }).run()).status === 'SUCCEEDED';
        };
        expect(await taken('States.TaskFailed', 'Anything')).toBe(true);
        expect(await taken('States.TaskFailed', 'States.Timeout')).toBe(false);
        expect(await taken('States.ALL', 'States.Timeout')).toBe(true);
        expect(await taken('States.ALL', 'States.DataLimitExceeded')).toBe(false);
        expect(await taken('States.ALL', 'States.Runtime')).toBe(false);
      },
    },
    {
      says: 'States.ALL stands alone among the names of a retrier or a catcher',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        expect(() => states(definition({ A: task(caught('States.ALL', 'Broken')), Caught: pass() }))).toThrow('States.ALL alone');
      },
    },
    {
      says: 'what a state hands on has at most 262,144 bytes: beyond, the execution fails with States.DataLimitExceeded',
      basis: 'documented',
      source: guide('service-quotas'),
      holds: async () => {
        const machine = definition({ A: task({ ...caught('States.ALL') }), Caught: pass() });
        expect((await states(machine, { answer: () => DEEP.slice(3) }).run()).status).toBe('SUCCEEDED');
        expect((await states(machine, { answer: () => DEEP }).run()).error).toBe('States.DataLimitExceeded');
      },
    },
    {
      says: 'Parallel runs its branches on the same input and answers a list; when one fails, the state fails',
      basis: 'documented',
      source: guide('state-parallel'),
      holds: async () => {
        const branch = (state: Answer, index: number) => ({ StartAt: `B${index}`, States: { [`B${index}`]: state } });
        const both = (...branches: Answer[]) =>
          definition({ A: { Type: 'Parallel', End: true, Branches: branches.map(branch) } });
        expect((await states(both(pass({ Output: '{% $states.input.n %}' }), pass({ Output: 2 }))).run({ n: 1 })).output).toEqual(
          [1, 2],
        );
        const failed = await states(
          both(pass(), { Type: 'Fail', Error: 'Broken', Cause: '{% "n is " & $string($states.input.n) %}' }),
        ).run({ n: 1 });
        expect(failed).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'n is 1' });
      },
    },
    {
      says: 'Map runs its states for each of Items, with $states.context.Map.Item, sees the variables around it, and answers a list in their order',
      basis: 'documented',
      source: guide('state-map-inline'),
      holds: async () => {
        const selector = {
          value: '{% $states.context.Map.Item.Value %}',
          index: '{% $states.context.Map.Item.Index %}',
          n: '{% $n %}',
        };
        const machine = definition({
          A: pass({ Assign: { n: 7 }, Next: 'M' }),
          M: each(
            { Items: '{% $states.input.list %}', ItemSelector: selector },
            pass({ Output: '{% $states.input.value * 10 + $states.input.index + $n %}' }),
          ),
        });
        expect((await states(machine).run({ list: [1, 2, 3] })).output).toEqual([17, 28, 39]);
      },
    },
    {
      says: 'MaxConcurrency bounds how many items of a Map run at once',
      basis: 'documented',
      source: guide('state-map-inline'),
      holds: async () => {
        const took = async (MaxConcurrency: number): Promise<number> => {
          const item = { Type: 'Wait', Seconds: 60, End: true };
          const { begin, clock, describe } = states(definition({ M: each({ Items: [1, 2, 3, 4], MaxConcurrency }, item) }));
          const arn = await begin();
          await clock.advance(86_400_000);
          const { startDate, stopDate } = await describe(arn);
          return Number(stopDate) - Number(startDate);
        };
        expect(await took(1)).toBe(240);
        expect(await took(2)).toBe(120);
        expect(await took(0)).toBe(60);
      },
    },
    {
      says: 'one item that fails fails an inline Map',
      basis: 'documented',
      source: guide('state-map-inline'),
      holds: async () => {
        const machine = definition({ M: each({ Items: [1, 2, 3], ...caught('States.ALL') }), Caught: pass() });
        const answer = (asked: number): unknown => (asked === 2 ? failing('Broken')() : asked);
        expect((await states(machine, { answer }).run()).output).toMatchObject({ error: 'Broken' });
      },
    },
    {
      says: 'a distributed Map answers for its items that succeeded while no more fail than it tolerates, else it fails with States.ExceedToleratedFailureThreshold',
      basis: 'documented',
      source: guide('state-map-distributed'),
      holds: async () => {
        const answer = (asked: number): unknown => (asked === 2 ? failing('Broken')() : asked);
        const machine = (ToleratedFailurePercentage: number) =>
          definition({ M: distributed({ Items: [1, 2, 3, 4], ToleratedFailurePercentage }) });
        expect((await states(machine(25), { answer }).run()).output).toEqual([1, 3, 4]);
        expect((await states(machine(24), { answer }).run()).error).toBe('States.ExceedToleratedFailureThreshold');
      },
    },
    {
      says: 'the children of a distributed Map see no variable of their parent, and their role needs states:StartExecution on the state machine',
      basis: 'documented',
      source: guide('iam-policies-eg-dist-map'),
      holds: async () => {
        const machine = definition({
          A: pass({ Assign: { n: 7 }, Next: 'M' }),
          M: distributed({ Items: [1], ToleratedFailurePercentage: 100 }, pass({ Output: '{% $n %}' })),
        });
        expect((await states(machine).run()).output).toEqual([]);
        const { run, service } = states(definition({ M: distributed({ Items: [1] }) }), { denied: ['states:StartExecution'] });
        expect((await refusal(run())).code).toBe('AccessDeniedException');
        service.start(service.machine(ARN), '{}', 'as-administrator');
        expect(service.executionsOf(ARN)).toHaveLength(1);
      },
    },
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
    {
      says: 'a branch of Parallel that fails stops its neighbours',
      basis: 'documented',
      source: guide('state-parallel'),
      holds: async () => {
        const machine = definition({
          P: {
            Type: 'Parallel',
            End: true,
            Branches: [
              { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'Late' }, Late: task() } },
              { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'No' } } },
            ],
          },
        });
        const { run, asked } = states(machine);
        expect((await run()).error).toBe('No');
        expect(asked).toEqual([]);
      },
    },
  ],
};
