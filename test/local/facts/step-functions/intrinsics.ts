import { byPaths, failed, filled } from '../../step-functions/paths-rig.ts';
import { pass, states, task } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const PAGE = guide('intrinsic-functions');

const called = async (call: string, input: unknown = {}): Promise<unknown> => {
  const outcome = await filled({ 'v.$': call }, input);
  return typeof outcome === 'object' && outcome !== null && 'v' in outcome ? outcome.v : outcome;
};

/** What every call answers. */
const expectEach = async (answers: Readonly<Record<string, unknown>>, input: unknown = {}): Promise<void> => {
  const found = Object.fromEntries(
    await Promise.all(Object.keys(answers).map(async (call) => [call, await called(call, input)] as const)),
  );
  expect(found).toEqual(answers);
};

/** Functions in templates. */
export const stepFunctionsIntrinsics: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'functions of lists: Array, ArrayPartition, ArrayContains, ArrayRange, ArrayGetItem, ArrayLength, ArrayUnique',
      basis: 'documented',
      source: PAGE,
      holds: () =>
        expectEach(
          {
            "States.Array($.id, 'a', 1, null)": [7, 'a', 1, null],
            'States.ArrayPartition($.list, 2)': [
              [1, 2],
              [3, 3],
            ],
            'States.ArrayContains($.list, 3)': true,
            'States.ArrayRange(1, 9, 2)': [1, 3, 5, 7, 9],
            'States.ArrayRange(3, 0, -1)': [3, 2, 1, 0],
            'States.ArrayGetItem($.list, 1)': 2,
            'States.ArrayLength($.list)': 4,
            'States.ArrayUnique($.list)': [1, 2, 3],
          },
          { id: 7, list: [1, 2, 3, 3] },
        ),
    },
    {
      says: 'functions of texts and JSON: Format, StringSplit, StringToJson, JsonToString, JsonMerge, Base64Encode, Base64Decode, Hash',
      basis: 'documented',
      source: PAGE,
      holds: () =>
        expectEach(
          {
            "States.Format('Hello, {} of {}', $.name, 1)": 'Hello, Ann of 1',
            "States.StringSplit('1,2;3', ',;')": ['1', '2', '3'],
            'States.StringToJson($.json)': { a: [1] },
            'States.JsonToString($.one)': '{"a":1}',
            'States.JsonMerge($.one, $.other, false)': { a: 2, b: 3 },
            "States.Base64Encode('Data')": 'RGF0YQ==',
            "States.Base64Decode('RGF0YQ==')": 'Data',
            "States.Hash('a', 'SHA-256')": 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
          },
          { name: 'Ann', json: '{"a":[1]}', one: { a: 1 }, other: { a: 2, b: 3 } },
        ),
    },
    {
      says: 'MathAdd adds whole numbers, to which it rounds; MathRandom is from the start up to the end; UUID has 36 characters',
      basis: 'documented',
      source: PAGE,
      holds: async () => {
        expect(await called('States.MathAdd($.n, -1)', { n: 111.4 })).toBe(110);
        expect([1, 2]).toContain(await called('States.MathRandom(1, 3)'));
        expect(await called('States.UUID()')).toHaveLength(36);
      },
    },
    {
      says: 'calls stand within calls',
      basis: 'documented',
      source: PAGE,
      holds: async () => {
        const call = "States.Format('{}-{}', States.ArrayGetItem(States.StringSplit($.id, '/'), 1), States.MathAdd($.n, 1))";
        expect(await called(call, { id: 'a/b', n: 1 })).toBe('b-2');
      },
    },
    {
      says: "Format writes objects and lists as Java does, and what is null as 'null'",
      basis: 'observed',
      source: recorded('intrinsic_functions/test_generic'),
      holds: async () => {
        expect(await called("States.Format('{}', $)", { a: 1, b: [], c: [null, 'x'] })).toBe('{a=1, b=[], c=[null, x]}');
      },
    },
    {
      says: 'StringToJson of a text without anything in it is null',
      basis: 'observed',
      source: recorded('intrinsic_functions/test_json_manipulation'),
      holds: async () => {
        expect([
          await called('States.StringToJson($.t)', { t: '' }),
          await called('States.StringToJson($.t)', { t: ' ' }),
        ]).toEqual([null, null]);
      },
    },
    {
      says: 'StringSplit cuts at each character of its second argument, and leaves out what is empty',
      basis: 'observed',
      source: recorded('intrinsic_functions/test_string_operations'),
      holds: async () => {
        expect(await called("States.StringSplit($.t, '.+')", { t: '.a.+b+' })).toEqual(['a', 'b']);
      },
    },
    {
      says: "texts stand between ', with a backslash before ', {, } and a backslash, and before nothing else",
      basis: 'observed',
      source: recorded('scenarios/test_base_scenarios'),
      holds: async () => {
        expect(await called(String.raw`States.Format('it\'s \{{}\} \\', 1)`)).toBe(String.raw`it's {1} \ `.trim());
        expect(await called(`States.StringToJson('{"a": "b"}')`)).toEqual({ a: 'b' });
        const refused = (call: string) => () => states(byPaths({ S: pass({ Parameters: { 'v.$': call } }) }));
        expect(refused(String.raw`States.StringToJson('{\"a\": 1}')`)).toThrow('must be a valid JSONPath');
        expect(refused("States.Format('{}, 1)")).toThrow('must be a valid JSONPath');
        expect(refused('States.Unheard($.a)')).toThrow('must be a valid JSONPath');
        expect(refused('States.ArrayLength()')).toThrow('must be a valid JSONPath');
      },
    },
    {
      says: 'an argument that is not there fails the execution with States.Runtime, naming the whole call as it is written',
      basis: 'observed',
      source: 'https://github.com/floci-io/floci/pull/3002',
      holds: async () => {
        const call = "States.Array(States.Format('{}', $.none), 1)";
        const lacking = `The JsonPath argument for the field '$.none' could not be found in the input '{"a":1}'`;
        expect(await called(call, { a: 1 })).toEqual(failed(`The function '${call}' had the following error: ${lacking}`));
      },
    },
    {
      says: 'an argument of another kind than a function takes fails with States.IntrinsicFailure, which a state may catch',
      basis: 'documented',
      source: guide('concepts-error-handling'),
      holds: async () => {
        for (const call of [
          "States.ArrayLength('a')",
          'States.ArrayRange(0, 1000, 1)',
          'States.ArrayRange(0, 1, 0)',
          'States.ArrayGetItem($.list, 9)',
          'States.ArrayPartition($.list, 0)',
          "States.Base64Decode('*')",
          "States.Hash('a', 'CRC')",
          'States.JsonMerge($, $, true)',
          "States.Format('{} {}', 1)",
          "States.StringToJson('no')",
          'States.MathRandom(2, 1)',
          "States.MathAdd('1', 1)",
        ])
          expect([call, await called(call, { list: [1] })]).toMatchObject([call, { error: 'States.IntrinsicFailure' }]);
        const Catch = [{ ErrorEquals: ['States.IntrinsicFailure'], Next: 'B' }];
        const machine = byPaths({ A: task({ Parameters: { 'v.$': "States.StringToJson('no')" }, Catch, Next: 'B' }), B: pass() });
        expect((await states(machine).run()).output).toMatchObject({ Error: 'States.IntrinsicFailure' });
      },
    },
  ],
};
