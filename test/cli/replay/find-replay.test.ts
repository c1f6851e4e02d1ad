import { replayFunctionOf } from '../../../cli/replay/find-replay.ts';
import { plainDataset } from '../../support/contracts.ts';

const outputs = {
  'Headwaters-dev-Domain-energy': { OutagesPrefix: 'p', ReplayFunctionName: 'first' },
  'Headwaters-dev-Domain-energy-Part2': {
    ReadingsPrefix: 'p',
    ReplayFunctionName: 'second',
    LevelsPrefix: 'p',
    LevelsReplay: '2',
    ReplayFunctionName2: 'third',
  },
  'Headwaters-dev-Domain-water': { ReadingsPrefix: 'p' },
};
const ofDomain = (name: string) => (stack: string) => stack === name || stack.startsWith(`${name}-Part`);

test('finds the function that stands beside the dataset, in whichever part, and of several the dataset’s own', () => {
  const find = (name: string) => replayFunctionOf(outputs, ofDomain('Headwaters-dev-Domain-energy'), plainDataset(name));
  expect([find('outages'), find('readings'), find('levels')]).toEqual(['first', 'second', 'third']);
});

test('fails with OutputMissing for templates that have none', () => {
  expect(() => replayFunctionOf(outputs, ofDomain('Headwaters-dev-Domain-water'), plainDataset('readings', 'water'))).toThrow(
    "OutputMissing: the stack of 'water.readings' must have the output 'ReplayFunctionName'",
  );
});
