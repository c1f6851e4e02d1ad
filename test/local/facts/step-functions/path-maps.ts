import { byPaths, failed, runState } from '../../step-functions/paths-rig.ts';
import { pass, states, type Answer } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from './pages.ts';

const SCENARIOS = recorded('scenarios/test_base_scenarios');
const each = (rest: object, item: Answer = pass(), config: object = {}): Answer => ({
  Type: 'Map',
  End: true,
  ...rest,
  ItemProcessor: { ...config, StartAt: 'Item', States: { Item: item } },
});
const DISTRIBUTED = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } };

/** Paths in a Map of JSONPath: of its items, its concurrency and the failures that it tolerates. */
export const stepFunctionsPathMaps: FactTable = {
  service: 'Step Functions',
  facts: [
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
  ],
};
