import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDataset } from '../../../cli/platform/find-dataset.ts';
import { contractDocument, schemaObject } from '../../support/contracts.ts';

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
  expect(findDataset(folder, name, '--dataset')).toMatchObject({ domain, name: name.replace(/.*\./, '') });
});

test.each([
  ['outage', "got 'outage'; did you mean 'outages'?"],
  ['enrgy.outages', "got 'enrgy.outages'; did you mean 'energy.outages'?"],
  ['invoices', "got 'invoices'; name one of energy.readings, energy.outages, water.readings"],
  ['readings', "got 'readings'; write its domain, too: energy.readings or water.readings"],
])('fails with UnknownDataset for %s', (name, message) => {
  expect(() => findDataset(folder, name, '--dataset')).toThrow(
    `UnknownDataset: '--dataset' must name one dataset of the contracts, ${message}`,
  );
});
