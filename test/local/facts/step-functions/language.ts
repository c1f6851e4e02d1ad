import { definition, pass, start, states, task } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const DATA = guide('transforming-data');

/** What states do with their data, and where they go on. */
export const stepFunctionsLanguage: FactTable = {
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
      says: '$range with one number answers that number, as a JSONata sequence does',
      basis: 'observed',
      source: recorded('intrinsic_functions/test_array_jsonata'),
      holds: async () => {
        const rangeOf = async (...numbers: number[]) =>
          (await states(definition({ A: pass({ Output: `{% $range(${numbers.join(', ')}) %}` }) })).run()).output;
        expect([await rangeOf(1, 9, 9), await rangeOf(0, 10, 3)]).toEqual([1, [0, 3, 6, 9]]);
      },
    },
    {
      says: '$states.context.State counts the retries of states that may be tried again alone',
      basis: 'observed',
      source: recorded('outputdecl/test_output'),
      holds: async () => {
        const context = async (state: typeof pass) =>
          Object.keys((await states(definition({ A: state({ Output: '{% $states.context.State %}' }) })).run()).output as object);
        expect(await context(pass)).toEqual(['Name', 'EnteredTime']);
        expect(await context(task)).toEqual(['Name', 'EnteredTime', 'RetryCount']);
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
      says: 'a branch may assign a variable that its own Parallel state assigns when it catches',
      basis: 'observed',
      source: recorded('states_variables/test_error_output'),
      holds: () => {
        const Branches = [{ StartAt: 'B', States: { B: pass({ Assign: { n: 1 } }) } }];
        const Catch = [{ ErrorEquals: ['States.ALL'], Assign: { n: 2 }, Next: 'A' }];
        expect(() => states(definition({ P: { Type: 'Parallel', Branches, Catch, Next: 'A' }, A: pass() }))).not.toThrow();
      },
    },
    {
      says: 'a Wait whose Timestamp is no time of RFC 3339 is refused with InvalidDefinition',
      basis: 'observed',
      source: recorded('scenarios/test_base_scenarios'),
      holds: () => {
        for (const Timestamp of ['2001-01-09 09:00:00Z', '2001-01-09T09:00:00', '2001-13-09T09:00:00Z', '09-01-2001T09:00:00Z'])
          expect(() => states(definition({ W: { Type: 'Wait', Timestamp, End: true } }))).toThrow('RFC3339 timestamp');
      },
    },
    {
      says: 'Choice takes the first rule that holds, else its Default; without one it fails with States.Runtime',
      basis: 'documented',
      source: guide('concepts-error-handling'),
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
      says: 'a Choice of which no rule holds, without a Default, says that the state does not point to a next state',
      basis: 'observed',
      source: 'https://github.com/floci-io/floci/pull/3002',
      holds: async () => {
        const machine = definition({ A: { Type: 'Choice', Choices: [{ Condition: false, Next: 'B' }] }, B: pass() });
        expect((await states(machine).run()).cause).toBe(
          "An error occurred while executing the state 'A' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
        );
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
  ],
};
