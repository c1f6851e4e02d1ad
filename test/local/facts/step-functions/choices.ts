import { byPaths, failed } from '../../step-functions/paths-rig.ts';
import { pass, states } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const PAGE = guide('state-choice');

/** Where a rule sends an input: true where it holds. */
async function holds(rule: object, input: unknown): Promise<unknown> {
  const S = { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' };
  const outcome = await states(byPaths({ S, Yes: pass({ Result: true }), No: pass({ Result: false }) })).run(input);
  return outcome.status === 'SUCCEEDED' ? outcome.output : { error: outcome.error, cause: outcome.cause };
}

/** Rules of a Choice in JSONPath. */
export const stepFunctionsChoices: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'texts, numbers, truths and times are compared each with operators of their own, with a value or with what a path finds',
      basis: 'documented',
      source: PAGE,
      holds: async () => {
        const values = {
          String: ['a', 'b', 'c'],
          Numeric: [1, 2, 3],
          Timestamp: ['2001-01-09T10:00:00+01:00', '2001-01-09T09:30:00Z', '2001-01-09T10:00:00Z'],
        };
        const orders = {
          Equals: [false, true, false],
          LessThan: [true, false, false],
          LessThanEquals: [true, true, false],
          GreaterThan: [false, false, true],
          GreaterThanEquals: [false, true, true],
        };
        const ordered = Object.entries(values).flatMap(([type, all]) =>
          Object.entries(orders).flatMap(([order, expected]) =>
            all.map((value, index) => [`${type}${order}`, all[1], value, expected[index]] as const),
          ),
        );
        const cases = [
          ...ordered,
          ['BooleanEquals', false, false, true],
          ['BooleanEquals', false, true, false],
          ['TimestampEquals', '2001-01-09T09:00:00Z', '2001-01-09T10:00:00+01:00', true],
        ] as const;
        for (const [operator, operand, value, expected] of cases) {
          expect([operator, await holds({ Variable: '$.v', [operator]: operand }, { v: value })]).toEqual([operator, expected]);
          const byPath = { Variable: '$.v', [`${operator}Path`]: '$.o' };
          expect([operator, await holds(byPath, { v: value, o: operand })]).toEqual([operator, expected]);
        }
      },
    },
    {
      says: 'a value of another type than the operator takes does not match, and is no error',
      basis: 'observed',
      source: recorded('choice_operators/test_numeric'),
      holds: async () => {
        expect(await holds({ Variable: '$.v', NumericEquals: 1 }, { v: '1' })).toBe(false);
        expect(await holds({ Variable: '$.v', StringEquals: '1' }, { v: 1 })).toBe(false);
        expect(await holds({ Variable: '$.v', BooleanEquals: true }, { v: 'true' })).toBe(false);
      },
    },
    {
      says: 'StringMatches has * for any characters, and \\* for a star',
      basis: 'documented',
      source: PAGE,
      holds: async () => {
        expect(await holds({ Variable: '$.v', StringMatches: 'log-*.txt' }, { v: 'log-1.txt' })).toBe(true);
        expect(await holds({ Variable: '$.v', StringMatches: 'log-*.txt' }, { v: 'log-1.txt.gz' })).toBe(false);
        expect(await holds({ Variable: '$.v', StringMatches: 'a\\*' }, { v: 'ab' })).toBe(false);
        expect(await holds({ Variable: '$.v', StringMatches: 'a\\*' }, { v: 'a*' })).toBe(true);
      },
    },
    {
      says: 'IsPresent, IsNull, IsString, IsNumeric, IsBoolean and IsTimestamp ask of what kind a value is, and may ask for the contrary',
      basis: 'observed',
      source: recorded('choice_operators/test_is_operators'),
      holds: async () => {
        const kinds = [null, 'text', 1.5, true, '2001-01-09T09:00:00Z'];
        const asked = async (operator: string) => {
          const found: unknown[] = [];
          for (const v of kinds) found.push(await holds({ Variable: '$.v', [operator]: true }, { v }));
          return found;
        };
        expect(await asked('IsPresent')).toEqual([true, true, true, true, true]);
        expect(await asked('IsNull')).toEqual([true, false, false, false, false]);
        expect(await asked('IsString')).toEqual([false, true, false, false, true]);
        expect(await asked('IsNumeric')).toEqual([false, false, true, false, false]);
        expect(await asked('IsBoolean')).toEqual([false, false, false, true, false]);
        expect(await asked('IsTimestamp')).toEqual([false, false, false, false, true]);
        expect(await holds({ Variable: '$.none', IsPresent: false }, {})).toBe(true);
      },
    },
    {
      says: 'And, Or and Not join rules, which need no Next of their own',
      basis: 'documented',
      source: PAGE,
      holds: async () => {
        const rule = {
          And: [
            { Variable: '$.a', NumericGreaterThan: 1 },
            {
              Not: {
                Or: [
                  { Variable: '$.b', StringEquals: 'x' },
                  { Variable: '$.b', StringEquals: 'y' },
                ],
              },
            },
          ],
        };
        expect(await holds(rule, { a: 2, b: 'z' })).toBe(true);
        expect(await holds(rule, { a: 2, b: 'y' })).toBe(false);
        expect(await holds(rule, { a: 1, b: 'z' })).toBe(false);
      },
    },
    {
      says: 'a Variable that is not there fails the execution, unless IsPresent asks for it, or an And or Or is decided before it',
      basis: 'undecided',
      source: PAGE,
      holds: async () => {
        const invalid = failed("Invalid path '$.none': The choice state's condition path references an invalid value.");
        expect(await holds({ Variable: '$.none', StringEquals: 'x' }, {})).toEqual(invalid);
        expect(await holds({ Variable: '$.a', StringEqualsPath: '$.none' }, { a: 'x' })).toEqual(invalid);
        const guarded = {
          And: [
            { Variable: '$.none', IsPresent: true },
            { Variable: '$.none', StringEquals: 'x' },
          ],
        };
        expect(await holds(guarded, {})).toBe(false);
      },
    },
    {
      says: 'InputPath chooses what the rules see, OutputPath what goes on, and a rule that holds may assign variables',
      basis: 'documented',
      source: PAGE,
      holds: async () => {
        const S = {
          Type: 'Choice',
          InputPath: '$.in',
          Choices: [{ Variable: '$.n', NumericEquals: 1, Assign: { 'n.$': '$.n' }, Next: 'Yes' }],
          OutputPath: '$.rest',
        };
        const machine = byPaths({ S, Yes: pass({ Parameters: { 'n.$': '$n', 'all.$': '$' } }) });
        expect((await states(machine).run({ in: { n: 1, rest: { a: 2 } } })).output).toEqual({ n: 1, all: { a: 2 } });
      },
    },
  ],
};
