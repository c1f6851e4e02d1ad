import { ARN, caught, definition, failing, pass, states, task, type Answer, type RigOptions } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from './pages.ts';

const SCENARIOS = recorded('scenarios/test_base_scenarios');
const ERRORS = recorded('states_variables/test_error_output');
const REFERENCES = recorded('assign/test_assign_reference_variables');

const map = (item: Answer, rest: object = {}): Answer => ({
  Type: 'Map',
  End: true,
  Items: [1, 2],
  MaxConcurrency: 1,
  ItemProcessor: { StartAt: 'Item', States: { Item: item } },
  ...rest,
});
const parallel = (state: Answer, rest: object = {}): Answer => ({
  Type: 'Parallel',
  End: true,
  Branches: [{ StartAt: 'Branch', States: { Branch: state } }],
  ...rest,
});
const fail: Answer = { Type: 'Fail', Error: 'No' };

/** The events of a run to its end. */
async function eventsOf(machine: Readonly<Record<string, Answer>>, options?: RigOptions): Promise<Answer[]> {
  const { begin, clock, send } = states(definition(machine), options);
  const executionArn = await begin();
  await clock.advance(86_400_000);
  return (await send('GetExecutionHistory', { executionArn })).events as Answer[];
}

/** Each event by its type, and the number of the one that it names as the one before it. */
const linesOf = async (...of: Parameters<typeof eventsOf>): Promise<string[]> =>
  (await eventsOf(...of)).map(({ type, previousEventId }) => `${String(previousEventId)} ${String(type)}`);

async function failureOf(machine: Readonly<Record<string, Answer>>): Promise<{ failure: unknown; cause: unknown }> {
  const events = await eventsOf(machine);
  const last = events.at(-1)?.executionFailedEventDetails as Answer | undefined;
  return {
    failure: events.find(({ type }) => type === 'EvaluationFailed')?.evaluationFailedEventDetails,
    cause: last?.cause,
  };
}

/** What an execution tells of itself, event by event. */
export const stepFunctionsHistories: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'the first state names no event before it, as ExecutionStarted does',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        expect(await linesOf({ A: pass() })).toEqual([
          '0 ExecutionStarted',
          '0 PassStateEntered',
          '2 PassStateExited',
          '3 ExecutionSucceeded',
        ]);
      },
    },
    {
      says: 'no event names a MapIterationSucceeded but the MapStateSucceeded after the last; the exit names the same as it',
      basis: 'observed',
      source: recorded('evaluate_jsonata/test_base_evaluate_expressions'),
      holds: async () => {
        expect((await linesOf({ M: map(pass()) })).slice(2)).toEqual([
          '2 MapStateStarted',
          '3 MapIterationStarted',
          '4 PassStateEntered',
          '5 PassStateExited',
          '6 MapIterationSucceeded',
          '6 MapIterationStarted',
          '8 PassStateEntered',
          '9 PassStateExited',
          '10 MapIterationSucceeded',
          '11 MapStateSucceeded',
          '11 MapStateExited',
          '13 ExecutionSucceeded',
        ]);
      },
    },
    {
      says: 'a Map or a Parallel state that is tried again tells MapStateStarted or ParallelStateStarted anew, and MapStateFailed or ParallelStateFailed once it is not tried any more',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const Retry = [{ ErrorEquals: ['No'], MaxAttempts: 1 }];
        expect((await linesOf({ P: parallel(fail, { Retry }) })).slice(2)).toEqual([
          '2 ParallelStateStarted',
          '3 FailStateEntered',
          '4 ParallelStateStarted',
          '5 FailStateEntered',
          '6 ParallelStateFailed',
          '7 ExecutionFailed',
        ]);
        expect((await linesOf({ M: map(fail, { Retry, Items: [1] }) })).slice(2)).toEqual([
          '2 MapStateStarted',
          '3 MapIterationStarted',
          '4 FailStateEntered',
          '5 MapIterationFailed',
          '5 MapStateStarted',
          '7 MapIterationStarted',
          '8 FailStateEntered',
          '9 MapIterationFailed',
          '9 MapStateFailed',
          '11 ExecutionFailed',
        ]);
      },
    },
    {
      says: 'a Task that breaks a branch of Parallel off is told of as TaskStateAborted, which no event names',
      basis: 'observed',
      source: recorded('callback/test_callback'),
      holds: async () => {
        const machine = { P: parallel(task(), caught('States.ALL')), Caught: pass() };
        expect((await linesOf(machine, { answer: failing('No') })).slice(5, 10)).toEqual([
          '5 TaskStarted',
          '6 TaskFailed',
          '7 TaskStateAborted',
          '7 ParallelStateFailed',
          '9 ParallelStateExited',
        ]);
      },
    },
    {
      says: 'when an item of a Map fails, the others that run are told of as MapIterationAborted, with the states that they stand in',
      basis: 'observed',
      source: recorded('timeouts/test_timeouts'),
      holds: async () => {
        const item = {
          StartAt: 'C',
          States: {
            C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'T' }], Default: 'W' },
            T: task(),
            W: { Type: 'Wait', Seconds: 60, End: true },
          },
        };
        const lines = await linesOf({ M: map(pass(), { MaxConcurrency: 2, ItemProcessor: item }) }, { answer: failing('No') });
        const at = lines.findIndex((line) => line.endsWith('TaskFailed'));
        expect(lines.slice(at + 1).map((line) => line.replace(String(at + 1), 'failed'))).toEqual([
          'failed MapIterationFailed',
          'failed TaskStateAborted',
          'failed MapIterationAborted',
          'failed WaitStateAborted',
          'failed MapStateFailed',
          expect.stringContaining('ExecutionFailed'),
        ]);
      },
    },
    {
      says: 'StopExecution ends the history with ExecutionAborted, which names no event before it',
      basis: 'observed',
      source: recorded('test_sfn_api'),
      holds: async () => {
        const { begin, clock, send } = states(definition({ W: { Type: 'Wait', Seconds: 60, End: true } }));
        const executionArn = await begin();
        await clock.advance(1000);
        await send('StopExecution', { executionArn });
        const events = (await send('GetExecutionHistory', { executionArn })).events as Answer[];
        expect(events.at(-1)).toMatchObject({ id: 3, previousEventId: 0, type: 'ExecutionAborted' });
      },
    },
    {
      says: 'the run of a distributed Map has an ARN with its Label, or with a UUID in its place, and another UUID',
      basis: 'observed',
      source: recorded('test_sfn_api_map_run'),
      holds: async () => {
        const processor = {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Item',
          States: { Item: pass() },
        };
        const run = async (rest: object) => {
          const events = await eventsOf({ M: map(pass(), { ItemProcessor: processor, ...rest }) });
          return (events.find(({ type }) => type === 'MapRunStarted')?.mapRunStartedEventDetails as Answer).mapRunArn;
        };
        const prefix = ARN.replace(':stateMachine:', ':mapRun:');
        expect(await run({ Label: 'each' })).toMatch(new RegExp(`^${prefix}/each:[0-9a-f-]{36}$`));
        expect(await run({})).toMatch(new RegExp(`^${prefix}/[0-9a-f-]{36}:[0-9a-f-]{36}$`));
      },
    },
    {
      says: 'MapStateExited of a distributed Map names MapRunStarted; MapRunSucceeded and MapStateSucceeded follow each other beside it',
      basis: 'observed',
      source: recorded('assign/test_assign_reference_variables'),
      holds: async () => {
        const processor = {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'I',
          States: { I: pass() },
        };
        const events = await eventsOf({ M: map(pass(), { ItemProcessor: processor }) });
        expect(events.slice(-5).map(({ type, id, previousEventId }) => [type, Number(id) - Number(previousEventId)])).toEqual([
          ['MapRunStarted', 1],
          ['MapRunSucceeded', 1],
          ['MapStateSucceeded', 1],
          ['MapStateExited', 3],
          ['ExecutionSucceeded', 1],
        ]);
      },
    },
    {
      says: 'an expression without a value is told of as EvaluationFailed, which names the event before its state’s entrance; the cause names state, event and field',
      basis: 'observed',
      source: REFERENCES,
      holds: async () => {
        const machine = { A: pass({ Next: 'B' }), B: pass({ Output: { sum: '{% $none %}' } }) };
        const cause =
          "An error occurred while executing the state 'B' (entered at the event id #4). The JSONata expression '$none' specified for the field 'Output/sum' returned nothing (undefined).";
        expect((await linesOf(machine)).slice(3)).toEqual(['3 PassStateEntered', '3 EvaluationFailed', '5 ExecutionFailed']);
        expect(await failureOf(machine)).toEqual({
          failure: { error: 'States.QueryEvaluationError', cause, location: 'Output/sum', state: 'B' },
          cause,
        });
      },
    },
    {
      says: 'an expression that fails is told of with the code of JSONata’s error',
      basis: 'observed',
      source: recorded('intrinsic_functions/test_math_operations_jsonata'),
      holds: async () => {
        expect((await failureOf({ A: pass({ Output: '{% $nothing(1) %}' }) })).cause).toBe(
          "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '$nothing(1)' specified for the field 'Output' threw an error during evaluation. T1006: Attempted to invoke a non-function",
        );
      },
    },
    {
      says: 'Items that are no list fail the Map before it starts, with their type and value in the cause; so does an input that is none',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const entered = "An error occurred while executing the state 'M' (entered at the event id #2).";
        const cases: [unknown, string][] = [
          [
            '{% {"a": 1} %}',
            `The JSONata expression '{"a": 1}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'object' for value: {"a":1}`,
          ],
          [
            '{% null %}',
            "The JSONata expression 'null' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'null' for value: null",
          ],
          [
            '{% $f := function($x){$x} %}',
            "The JSONata expression '$f := function($x){$x}' specified for the field 'Items' returned an unsupported result type.",
          ],
          [undefined, 'Map state input must be an array but was: {}'],
        ];
        for (const [Items, said] of cases) {
          const machine = { M: map(pass(), { Items }) };
          expect((await failureOf(machine)).cause).toBe(`${entered} ${said}`);
          expect((await linesOf(machine)).slice(2)).toEqual(['0 EvaluationFailed', '3 MapStateFailed', '4 ExecutionFailed']);
        }
      },
    },
    {
      says: 'a Timestamp that is no time fails the Wait; its EvaluationFailed follows the entrance',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const machine: Record<string, Answer> = { W: { Type: 'Wait', Timestamp: '{% "2001-01-09 09:00:00Z" %}', End: true } };
        const { failure } = await failureOf(machine);
        expect(failure).toMatchObject({
          cause:
            "An error occurred while executing the state 'W' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: 2001-01-09 09:00:00Z",
          location: 'Timestamp',
        });
        expect((await linesOf(machine)).slice(2)).toEqual(['2 EvaluationFailed', '3 ExecutionFailed']);
      },
    },
    {
      says: 'what an item fails with in its own states is told of before MapIterationFailed, and is what the execution fails with',
      basis: 'observed',
      source: ERRORS,
      holds: async () => {
        expect((await linesOf({ M: map(pass({ Output: '{% $none %}' }), { Items: [1] }) })).slice(2)).toEqual([
          '2 MapStateStarted',
          '3 MapIterationStarted',
          '4 PassStateEntered',
          '4 EvaluationFailed',
          '6 MapIterationFailed',
          '6 MapStateFailed',
          '8 ExecutionFailed',
        ]);
      },
    },
    {
      says: 'an exit that assigns tells the variables as JSON, and that they are whole',
      basis: 'observed',
      source: REFERENCES,
      holds: async () => {
        const [, , exit] = await eventsOf({ A: pass({ Assign: { n: 1, text: 'a' } }) });
        expect(exit?.stateExitedEventDetails).toMatchObject({
          assignedVariables: { n: '1', text: '"a"' },
          assignedVariablesDetails: { truncated: false },
        });
      },
    },
    {
      says: 'a Fail state without Error or Cause fails the execution without them',
      basis: 'observed',
      source: recorded('base/test_base'),
      holds: async () => {
        const details = async (state: object) =>
          (await eventsOf({ F: { Type: 'Fail', ...state } })).at(-1)?.executionFailedEventDetails;
        expect(await details({})).toEqual({});
        expect(await details({ Error: 'No' })).toEqual({ error: 'No' });
        expect(await details({ Cause: '{% "be" & "cause" %}' })).toEqual({ cause: 'because' });
      },
    },
  ],
};
