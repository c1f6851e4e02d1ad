import { byPaths, failed, runState } from '../../step-functions/paths-rig.ts';
import { failing, pass, states, task } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const echo = task({ Parameters: { 'a.$': '$.a' } });

/** Paths in states of JSONPath: Wait, Fail, catchers, variables, and functions that are the resource of a Task. */
export const stepFunctionsPathStates: FactTable = {
  service: 'Step Functions',
  facts: [
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
