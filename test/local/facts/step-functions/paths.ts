import { byPaths, failed, filled, runState } from '../../step-functions/paths-rig.ts';
import { failing, pass, states, task, type Answer } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const SCENARIOS = recorded('scenarios/test_base_scenarios');
const BASE = recorded('base/test_base');
const JAYWAY = 'https://github.com/json-path/JsonPath/tree/json-path-2.0.0';
const echo = task({ Parameters: { 'a.$': '$.a' } });
const each = (rest: object, item: Answer = pass(), config: object = {}): Answer => ({
  Type: 'Map',
  End: true,
  ...rest,
  ItemProcessor: { ...config, StartAt: 'Item', States: { Item: item } },
});
const DISTRIBUTED = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } };

/** State machines in JSONPath, the language of a definition that names none. */
export const stepFunctionsPaths: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'a definition that names no QueryLanguage is in JSONPath; a state of it may be in JSONata, and none the other way round',
      basis: 'observed',
      source: recorded('test_sfn_api_validation'),
      holds: async () => {
        const mixed = byPaths({
          A: pass({ Parameters: { 'n.$': '$.n' }, Next: 'B' }),
          B: pass({ QueryLanguage: 'JSONata', Output: '{% $states.input.n + 1 %}' }),
        });
        expect((await states(mixed).run({ n: 1 })).output).toBe(2);
        const down = byPaths({ A: pass({ QueryLanguage: 'JSONPath' }) }, { QueryLanguage: 'JSONata' });
        expect(() => states(down)).toThrow(
          "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine".slice(16),
        );
      },
    },
    {
      says: 'InputPath chooses, Parameters fills in, ResultSelector shapes the result, ResultPath puts it into the raw input, OutputPath chooses of both',
      basis: 'documented',
      source: guide('concepts-input-output-filtering'),
      holds: async () => {
        const machine = byPaths({
          A: task({
            InputPath: '$.order',
            Parameters: { 'id.$': '$.id', kind: 'order' },
            ResultSelector: { 'asked.$': '$' },
            ResultPath: '$.answer',
            OutputPath: '$.answer.asked',
          }),
        });
        const { run, asked } = states(machine);
        expect((await run({ order: { id: 7 }, other: 1 })).output).toEqual({ id: 7, kind: 'order' });
        expect(asked).toEqual([{ id: 7, kind: 'order' }]);
        const whole = task({ InputPath: '$.order', ResultSelector: { 'of.$': '$.id' }, ResultPath: '$.answer' });
        expect((await states(byPaths({ A: whole })).run({ order: { id: 7 }, other: 1 })).output).toEqual({
          order: { id: 7 },
          other: 1,
          answer: { of: 7 },
        });
      },
    },
    {
      says: 'InputPath or OutputPath null stands for an empty object, ResultPath null hands on the input',
      basis: 'observed',
      source: BASE,
      holds: async () => {
        expect(await runState({ InputPath: null }, { a: 1 })).toEqual({});
        expect(await runState({ OutputPath: null }, { a: 1 })).toEqual({});
        expect(await runState({ Result: 2, ResultPath: null }, { a: 1 })).toEqual({ a: 1 });
      },
    },
    {
      says: 'Pass hands on Result, else Parameters, else its input, and puts it where ResultPath says',
      basis: 'documented',
      source: guide('state-pass'),
      holds: async () => {
        expect(await runState({ Result: [1], ResultPath: '$.a.b' }, { a: { c: 2 } })).toEqual({ a: { c: 2, b: [1] } });
        expect(await runState({ Parameters: { x: 1 }, ResultPath: '$.p' }, { a: 1 })).toEqual({ a: 1, p: { x: 1 } });
      },
    },
    {
      says: 'ResultPath on an input that is no object fails with States.ResultPathMatchFailure, which a state may catch',
      basis: 'documented',
      source: guide('concepts-error-handling'),
      holds: async () => {
        expect(await runState({ Result: 1, ResultPath: '$.a' }, 'text')).toEqual(
          failed('Unable to apply ReferencePath $.a to input "text"', 'States.ResultPathMatchFailure'),
        );
        const Catch = [{ ErrorEquals: ['States.ResultPathMatchFailure'], Next: 'B' }];
        const machine = byPaths({ A: task({ ResultPath: '$.a', Catch, Next: 'B' }), B: pass({ OutputPath: '$.Error' }) });
        expect((await states(machine).run([1])).output).toBe('States.ResultPathMatchFailure');
      },
    },
    {
      says: 'in a template, members that end in .$ are paths or functions, also within objects and lists; the context begins at $$',
      basis: 'documented',
      source: guide('input-output-inputpath-params'),
      holds: async () => {
        const template = { 'a.$': '$.list[1]', b: [{ 'c.$': '$$.State.Name' }, '$.list'], d: '$.list', 'e.$': '$' };
        expect(await filled(template, { list: [1, 2] })).toEqual({
          a: 2,
          b: [{ c: 'S' }, '$.list'],
          d: '$.list',
          e: { list: [1, 2] },
        });
      },
    },
    {
      says: 'a path that may find several answers a list, empty where even its beginning is not there',
      basis: 'observed',
      source: BASE,
      holds: async () => {
        const paths = [
          '$[*]',
          '$.items[*]',
          '$.items[1:]',
          '$.items[:1]',
          '$.item.items[1:5]',
          '$.items[*].v',
          '$.item.items[1:5].v',
        ];
        for (const path of paths) expect(await filled({ 'found.$': path })).toEqual({ found: [] });
        expect(await filled({ 'found.$': '$.users[?(@.year == 1997)]' }, { users: [{ year: 1997 }, { year: 1998 }] })).toEqual({
          found: [{ year: 1997 }],
        });
      },
    },
    {
      says: 'a path that finds nothing fails the execution with States.Runtime: a template names path, member and input',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        expect(await filled({ 'v.$': '$.none' }, { a: 0 })).toEqual(
          failed(`The JSONPath '$.none' specified for the field 'v.$' could not be found in the input '{"a":0}'`),
        );
        const fail = (rest: object) => states(byPaths({ S: { Type: 'Fail', ...rest } })).run({ e: 'E' });
        expect(await fail({ ErrorPath: '$.none' })).toMatchObject(
          failed(`The JSONPath '$.none' specified for the field 'ErrorPath' could not be found in the input '{"e":"E"}'`),
        );
      },
    },
    {
      says: 'InputPath, OutputPath and TimeoutSecondsPath that find nothing say it in the words of the library that reads them',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const missing = failed("Invalid path '$.none' : No results for path: $['none']");
        expect(await runState({ InputPath: '$.none' })).toEqual(missing);
        expect(await runState({ OutputPath: '$.none' })).toEqual(missing);
        expect(await runState(task({ TimeoutSecondsPath: '$.none' }))).toEqual(missing);
        expect(await runState({ OutputPath: '$.no.such' })).toEqual(
          failed("Invalid path '$.no.such' : Missing property in path $['no']"),
        );
      },
    },
    {
      says: 'no Catch takes the States.Runtime of a path, not even by its name, and no event but ExecutionFailed tells of it',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const Catch = [
          { ErrorEquals: ['States.Runtime'], Next: 'B' },
          { ErrorEquals: ['States.ALL'], Next: 'B' },
        ];
        const machine = byPaths({ A: task({ OutputPath: '$.no.such', Catch, Next: 'B' }), B: pass() });
        const { begin, clock, describe, types } = states(machine);
        const arn = await begin();
        await clock.advance(1000);
        expect(await describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
        expect((await types(arn)).slice(-2)).toEqual(['TaskSucceeded', 'ExecutionFailed']);
      },
    },
    {
      says: 'a path of a template fails with States.Runtime where the input is null',
      basis: 'observed',
      source:
        'https://cplus-django.wekeepcoding.com/article/12193469/AWS+Step+function+parameters+are+not+moving+to+the+next+step',
      holds: async () => {
        expect(await filled({ 'all.$': '$' }, null)).toEqual(
          failed('Unable to apply Path transformation to null or empty input.'),
        );
        expect(await runState({}, null)).toBeNull();
      },
    },
    {
      says: 'a variable that is null is taken as it is',
      basis: 'observed',
      source: recorded('assign/test_assign_base'),
      holds: async () => {
        const machine = byPaths({ A: pass({ Assign: { n: null }, Next: 'B' }), B: pass({ Parameters: { 'n.$': '$n' } }) });
        expect((await states(machine).run()).output).toEqual({ n: null });
      },
    },
    {
      says: 'a place past the end of a list is null, as it is in the library whose words AWS uses, which is of 2015',
      basis: 'undecided',
      source: JAYWAY,
      holds: async () => {
        expect(await filled({ 'v.$': '$.a[5]', 'w.$': '$.a[-1]', 'x.$': '$.a[(@.length-1)]' }, { a: [1, 2] })).toEqual({
          v: null,
          w: null,
          x: 2,
        });
      },
    },
    {
      says: 'length() and sum() are no functions but names: nothing is found',
      basis: 'observed',
      source: 'https://github.com/awsdocs/aws-step-functions-developer-guide/pull/5',
      holds: async () => {
        expect(await runState({ InputPath: '$.list.length()' }, { list: [1] })).toEqual(
          failed("Invalid path '$.list.length()' : Property ['length()'] not found in path $['list']"),
        );
        expect(await filled({ 'Jobs.$': '$.Jobs.sum()' }, { Jobs: [0] })).toEqual(
          failed(`The JSONPath '$.Jobs.sum()' specified for the field 'Jobs.$' could not be found in the input '{"Jobs":[0]}'`),
        );
      },
    },
    {
      says: 'a name with a hyphen needs no brackets',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        expect(await filled({ 'v.$': '$.delivery-partner' }, { 'delivery-partner': 'U' })).toEqual({ v: 'U' });
      },
    },
    {
      says: 'Wait waits as many seconds as SecondsPath finds: one that is negative, no whole number or not there fails it by name',
      basis: 'observed',
      source: recorded('base/test_wait'),
      holds: async () => {
        const wait = (n: unknown) => runState({ Type: 'Wait', SecondsPath: '$.n' }, n === undefined ? {} : { n });
        expect(await wait(1)).toEqual({ n: 1 });
        expect(await wait(-1)).toEqual(failed('The SecondsPath parameter references a negative value: $.n == -1'));
        expect(await wait(1.5)).toEqual(failed('The SecondsPath parameter cannot be parsed as a long value: $.n == 1.5'));
        expect(await wait(undefined)).toEqual(failed('The SecondsPath parameter does not reference an input value: $.n'));
      },
    },
    {
      says: 'Wait waits until the time that TimestampPath finds, which must be written as RFC 3339 does, and at most 2^31 - 1 seconds',
      basis: 'observed',
      source: recorded('base/test_wait'),
      holds: async () => {
        const wait = (t: string) => runState({ Type: 'Wait', TimestampPath: '$.t' }, { t });
        expect(await wait('2001-01-09T09:00:00Z')).toEqual({ t: '2001-01-09T09:00:00Z' });
        const fault = 'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string';
        for (const t of ['2001-01-09 09:00:00Z', '2001-01-09T09:00:00', '2001-13-09T09:00:00Z'])
          expect(await wait(t)).toEqual(failed(`${fault}: $.t == ${t}`));
        expect(await wait('2069-12-31T00:00:00Z')).toEqual(failed('Wait state delay is too long.'));
      },
    },
    {
      says: 'Fail tells the error and the cause that paths find, or functions make',
      basis: 'documented',
      source: guide('state-fail'),
      holds: async () => {
        const machine = byPaths({ S: { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('{} of {}', $.n, $.all)" } });
        expect(await states(machine).run({ e: 'Lost', n: 1, all: 2 })).toMatchObject({ error: 'Lost', cause: '1 of 2' });
      },
    },
    {
      says: 'an ErrorPath or a CausePath that finds no text fails the execution',
      basis: 'undecided',
      source: guide('state-fail'),
      holds: async () => {
        const fail = (CausePath: string) => states(byPaths({ S: { Type: 'Fail', CausePath } })).run({ a: { b: 1 } });
        expect(await fail('$.a')).toMatchObject(failed("The value of the field 'CausePath' must be a string."));
        expect(await fail('States.JsonToString($.a)')).toMatchObject({ cause: '{"b":1}' });
      },
    },
    {
      says: 'a catcher puts Error and Cause into the input at its ResultPath; a Cause that is not there is empty',
      basis: 'observed',
      source: recorded('error_handling/test_task_service_lambda'),
      holds: async () => {
        const caught = async (rest: object, cause?: string) => {
          const machine = byPaths({
            P: {
              Type: 'Parallel',
              Branches: [
                { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'No', ...(cause !== undefined && { Cause: cause }) } } },
              ],
              Catch: [{ ErrorEquals: ['No'], Next: 'B', ...rest }],
              Next: 'B',
            },
            B: pass(),
          });
          return (await states(machine).run({ a: 1 })).output;
        };
        expect(await caught({}, 'why')).toEqual({ Error: 'No', Cause: 'why' });
        expect(await caught({ ResultPath: '$.error' })).toEqual({ a: 1, error: { Error: 'No', Cause: '' } });
      },
    },
    {
      says: 'Assign takes the result of a Task as it is, the error in a catcher, what a Pass makes, and else what the state was given; paths begin at $name',
      basis: 'observed',
      source: recorded('assign/test_assign_reference_variables'),
      holds: async () => {
        const machine = byPaths({
          A: task({ Parameters: { b: [1, 2] }, ResultSelector: { c: 3 }, Assign: { 'kept.$': '$.b', plain: 'p' }, Next: 'B' }),
          B: pass({ Parameters: { 'last.$': '$kept[1]', 'plain.$': '$plain', 'from.$': '$.c' } }),
        });
        expect((await states(machine).run()).output).toEqual({ last: 2, plain: 'p', from: 3 });
        const broken = byPaths({
          A: task({ Catch: [{ ErrorEquals: ['No'], Assign: { 'error.$': '$.Error' }, Next: 'B' }], Next: 'B' }),
          B: pass({ Parameters: { 'error.$': '$error' } }),
        });
        expect((await states(broken, { answer: failing('No') }).run()).output).toEqual({ error: 'No' });
        const others = byPaths({
          A: pass({ Result: { x: 1 }, Assign: { 'made.$': '$.x' }, ResultPath: null, Next: 'W' }),
          W: { Type: 'Wait', Seconds: 1, InputPath: '$.in', Assign: { 'given.$': '$.x' }, Next: 'B' },
          B: pass({ Parameters: { 'made.$': '$made', 'given.$': '$given' } }),
        });
        expect((await states(others).run({ x: 2, in: { x: 3 } })).output).toEqual({ made: 1, given: 3 });
      },
    },
    {
      says: 'Map takes the list that ItemsPath finds, hands each item over as ItemSelector says, and answers a list',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const ItemSelector = { 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index', 'all.$': '$.n' };
        const map = each({ ItemsPath: '$.list', ItemSelector, ResultPath: '$.done' });
        expect((await states(byPaths({ M: map })).run({ list: ['x', 'y'], n: 2 })).output).toEqual({
          list: ['x', 'y'],
          n: 2,
          done: [
            { v: 'x', i: 0, all: 2 },
            { v: 'y', i: 1, all: 2 },
          ],
        });
      },
    },
    {
      says: 'the older Iterator and Parameters of a Map mean what ItemProcessor and ItemSelector do',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const Iterator = { StartAt: 'Item', States: { Item: pass() } };
        const map = { Type: 'Map', End: true, Iterator, Parameters: { 'v.$': '$$.Map.Item.Value' } };
        expect((await states(byPaths({ M: map })).run([1])).output).toEqual([{ v: 1 }]);
      },
    },
    {
      says: 'ItemsPath that finds no list fails the Map with States.Runtime',
      basis: 'observed',
      source: recorded('test_state/test_state_context_object'),
      holds: async () => {
        expect(await runState(each({ ItemsPath: '$.a' }), { a: 1 })).toEqual(failed('Reference path "$.a" must point to array.'));
        expect(await runState(each({ ItemsPath: '$$.Execution.Input' }), {})).toEqual(
          failed('Reference path "$.Execution.Input" must point to array.'),
        );
      },
    },
    {
      says: 'MaxConcurrencyPath must find a whole number, also as text, before the Map begins',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const map = each({ ItemsPath: '$.list', MaxConcurrencyPath: '$.n', ResultPath: null });
        expect(await runState(map, { list: [1], n: '1' })).toEqual({ list: [1], n: '1' });
        const said = (value: string) =>
          failed(`The MaxConcurrencyPath field refers to value "${value}" which is not a valid integer: $.n`);
        expect(await runState(map, { list: [1], n: {} })).toEqual(said('{}'));
        expect(await runState(map, { list: [1], n: 'NoNumber' })).toEqual(said('NoNumber'));
      },
    },
    {
      says: 'thresholds of failures that paths find are judged once the Map has begun, and before its run: a count from 0, a percentage up to 100',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const run = async (threshold: object, n: unknown) => {
          const { begin, clock, describe, types } = states(
            byPaths({ S: each({ ItemsPath: '$.list', ...threshold }, pass(), DISTRIBUTED) }),
          );
          const arn = await begin({ list: [1], n });
          await clock.advance(1000);
          const { cause } = await describe(arn);
          return [String(cause).replace(/^.*\(entered at the event id #2\)\. /, ''), ...(await types(arn)).slice(-2)];
        };
        const [count, percentage] = [{ ToleratedFailureCountPath: '$.n' }, { ToleratedFailurePercentagePath: '$.n' }];
        const broken = ['MapStateStarted', 'ExecutionFailed'];
        expect(await run(count, -1)).toEqual(['ToleratedFailureCount cannot be negative.', ...broken]);
        expect(await run(count, {})).toEqual([
          'The ToleratedFailureCountPath field refers to value "{}" which is not a valid integer: $.n',
          ...broken,
        ]);
        expect(await run(percentage, 100.1)).toEqual(['ToleratedFailurePercentage must be between 0 and 100.', ...broken]);
        expect(await run(percentage, 'x')).toEqual([
          'The ToleratedFailurePercentagePath field refers to value "x" which is not a valid float: $.n',
          ...broken,
        ]);
      },
    },
    {
      says: 'a function may be the resource of a Task: its answer is the result, and events of its own tell of it',
      basis: 'observed',
      source: recorded('services/test_lambda_task'),
      holds: async () => {
        const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:f';
        const { begin, clock, describe, types, asked } = states(byPaths({ A: { ...echo, Resource } }), {
          answer: () => ({ b: 2 }),
        });
        const arn = await begin({ a: 1 });
        await clock.advance(1000);
        expect((await describe(arn)).output).toBe('{"b":2}');
        expect(asked).toEqual([{ FunctionName: Resource, Payload: { a: 1 } }]);
        expect(await types(arn)).toEqual([
          'ExecutionStarted',
          'TaskStateEntered',
          'LambdaFunctionScheduled',
          'LambdaFunctionStarted',
          'LambdaFunctionSucceeded',
          'TaskStateExited',
          'ExecutionSucceeded',
        ]);
      },
    },
  ],
};
