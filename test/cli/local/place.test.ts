import { vi } from 'vitest';
import { contractDocument, schemaObject } from '../../support/contracts.ts';
import { TestProject } from '../../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const readings = contractDocument({ schema: [schemaObject('readings', [], {})] });
const project = new TestProject({ contracts: { 'energy/readings.odcs.yaml': JSON.stringify(readings) } });
const place = { CDK_DEFAULT_ACCOUNT: '111122223333', CDK_DEFAULT_REGION: 'eu-west-1' };
const before = Object.keys(place).map((name) => [name, process.env[name]] as const);
beforeAll(() => {
  Object.assign(process.env, place);
});
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  await project.headwaters('local', 'stop');
  project.remove();
});

test('runs and asks in the account and the region that the templates name', async () => {
  const started = await project.headwaters('local', 'start', '--simulated', '--clock', '2026-03-01T10:00:00Z', '--json');
  expect(JSON.parse(started.stdout)).toMatchObject({ accountId: '111122223333', region: 'eu-west-1' });
  project.write('events.ndjson', '{"reading_id":"a","measured_at":"2026-03-01T09:59:00Z","kind":"power"}');
  const put = await project.headwaters('put', 'readings', 'events.ndjson', '--flush', '--json');
  expect(JSON.parse(put.stdout)).toMatchObject({ accepted: 1 });
  await project.headwaters('local', 'stop');
  const sql = 'SELECT count(*) AS n FROM "headwaters_dev_energy"."readings_clean"';
  expect(await project.headwaters('query', sql, '--json')).toMatchObject({
    code: 0,
    stdout: '{"columns":[{"name":"n","type":"bigint"}],"rows":[{"n":1}]}\n',
  });
});
