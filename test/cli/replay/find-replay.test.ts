import { replayFunctionOf } from '../../../cli/replay/find-replay.ts';
import { plainDataset } from '../../support/contracts.ts';

const outputs = {
  'Headwaters-dev-Domain-energy': { OutagesStreamName: 's', ReplayFunctionName: 'first' },
  'Headwaters-dev-Domain-energy-Part2': { ReadingsStreamName: 's', ReplayFunctionName: 'second' },
  'Headwaters-dev-Domain-water': { ReadingsStreamName: 's' },
};
const ofDomain = (name: string) => (stack: string) => stack === name || stack.startsWith(`${name}-Part`);

test('finds the function that stands beside the stream, in whichever part', () => {
  const find = (name: string) => replayFunctionOf(outputs, ofDomain('Headwaters-dev-Domain-energy'), plainDataset(name));
  expect([find('outages'), find('readings')]).toEqual(['first', 'second']);
});

test('fails with OutputMissing for templates that have none', () => {
  expect(() => replayFunctionOf(outputs, ofDomain('Headwaters-dev-Domain-water'), plainDataset('readings', 'water'))).toThrow(
    "OutputMissing: the stack of 'water.readings' must have the output 'ReplayFunctionName'",
  );
});
