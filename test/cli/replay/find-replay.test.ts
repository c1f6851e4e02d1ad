import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { datasetToReplay, replayFunctionOf } from '../../../cli/replay/find-replay.ts';
import { contractDocument, plainDataset, schemaObject } from '../../support/contracts.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'contracts-'));
for (const domain of ['energy', 'water']) {
  mkdirSync(path.join(folder, domain));
  const names = domain === 'energy' ? ['readings', 'outages'] : ['readings'];
  const document = contractDocument({
    id: `${domain}-readings`,
    domain,
    schema: names.map((name) => schemaObject(name)),
  });
  writeFileSync(path.join(folder, domain, 'readings.odcs.yaml'), JSON.stringify(document));
}

test.each([
  ['outages', 'energy'],
  ['energy.outages', 'energy'],
  ['water.readings', 'water'],
])('finds %s', (name, domain) => {
  expect(datasetToReplay(folder, name)).toMatchObject({ domain, name: name.replace(/.*\./, '') });
});

test.each([
  ['outage', "got 'outage'; did you mean 'outages'?"],
  ['enrgy.outages', "got 'enrgy.outages'; did you mean 'energy.outages'?"],
  ['invoices', "got 'invoices'; name one of energy.readings, energy.outages, water.readings"],
  ['readings', "got 'readings'; write its domain, too: energy.readings or water.readings"],
])('fails with UnknownDataset for %s', (name, message) => {
  expect(() => datasetToReplay(folder, name)).toThrow(
    `UnknownDataset: '--dataset' must name one dataset of the contracts, ${message}`,
  );
});

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
