import { vi } from 'vitest';
import { stringify } from 'yaml';
import { contractDocument, type JsonDocument } from '../support/contracts.ts';
import { TestProject } from '../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** A contract of one small dataset, whose id is of a type. */
const contractOf = (name: string, id: JsonDocument): string =>
  stringify(
    contractDocument({
      dataProduct: name,
      id: name,
      schema: [
        {
          name,
          customProperties: [
            { property: 'eventIdFields', value: ['reading_id'] },
            { property: 'eventTimeField', value: 'measured_at' },
          ],
          properties: [
            { name: 'reading_id', required: true, ...id },
            { name: 'measured_at', required: true, logicalType: 'timestamp', logicalTypeOptions: { timezone: true } },
          ],
        },
      ],
    }),
  );
const WITHOUT_IDS: JsonDocument = { logicalType: 'integer', logicalTypeOptions: { minimum: 1, maximum: 9, multipleOf: 10 } };
const REASON = "'energy.outages.reading_id' is an id that no integer fits; widen its bounds, or mend its 'multipleOf'";

async function run(contracts: Readonly<Record<string, string>>) {
  const project = new TestProject({ contracts });
  try {
    return await project.headwaters('demo', '--json', '--rows', '50');
  } finally {
    project.remove();
  }
}

test('a dataset without events is left out with its reason, one of few ids has fewer, and the others run', async () => {
  const { code, stdout } = await run({
    'energy/readings.odcs.yaml': contractOf('readings', {
      logicalType: 'string',
      logicalTypeOptions: { pattern: '^R-[0-9]{6}$' },
    }),
    'energy/outages.odcs.yaml': contractOf('outages', WITHOUT_IDS),
    'energy/sites.odcs.yaml': contractOf('sites', { logicalType: 'integer', logicalTypeOptions: { minimum: 1, maximum: 7 } }),
  });
  expect(code).toBe(0);
  const { datasets, leftOut, fewer } = JSON.parse(stdout) as Record<string, readonly { name: string; produced?: number }[]>;
  expect(datasets?.map(({ name, produced }) => [name, produced])).toEqual([
    ['readings', 50],
    ['sites', 7],
  ]);
  expect(leftOut).toEqual([{ name: 'energy.outages', code: 'NoIds', reason: REASON }]);
  expect(fewer).toEqual([{ name: 'energy.sites', events: 7 }]);
});

test('fails with NoEvents where no dataset is left', async () => {
  const { code, stdout, stderr } = await run({ 'energy/outages.odcs.yaml': contractOf('outages', WITHOUT_IDS) });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`NoEvents: no dataset is left to show:\nNoIds: ${REASON}`);
});
