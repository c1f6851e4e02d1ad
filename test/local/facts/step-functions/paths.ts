import { byPaths, failed, filled, runState } from '../../step-functions/paths-rig.ts';
import { pass, states, task } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const SCENARIOS = recorded('scenarios/test_base_scenarios');
const BASE = recorded('base/test_base');
const JAYWAY = 'https://github.com/json-path/JsonPath/tree/json-path-2.0.0';

/** State machines in JSONPath, the language of a definition that names none: what paths choose, and where they find nothing. */
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
  ],
};
