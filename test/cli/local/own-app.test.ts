import { vi } from 'vitest';
import path from 'node:path';
import { onceInARun, TestProject, TSX, type Ran } from '../../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const project = new TestProject({ contracts: {} });
project.write(
  'cdk.json',
  JSON.stringify({ app: onceInARun(`node --import ${TSX} ${path.join(import.meta.dirname, 'own-app/app.ts')}`) }),
);
afterAll(async () => {
  await project.headwaters('local', 'stop');
  project.remove();
});

const run = (...args: string[]): Promise<Ran> => project.headwaters(...args);
async function json(...args: string[]): Promise<unknown> {
  const ran = await run(...args, '--json');
  expect(ran).toMatchObject({ code: 0 });
  return JSON.parse(ran.stdout);
}
async function refusal(...args: string[]): Promise<string> {
  const { code, stderr } = await run(...args);
  expect(code).toBe(1);
  return stderr;
}
const SQL = 'SELECT reading_id FROM "headwaters_lab_energy"."readings"';

test.each([
  [
    ['--parameters', 'TapsName=taps'],
    /^UnknownResourceType: Site\.Cluster: 'AWS::ECS::Cluster' is not known .*leave 'Site' out: name the stacks that are to run$/m,
  ],
  [['Lap'], /^UnknownStack: no stack and no stage of the templates is called 'Lap'; take one of Lab, Lab\/Meters, Site$/m],
  [
    ['Lab'],
    /^ParameterMissing: Meters: Parameters: \[TapsName\] must have values; give them: '--parameters Meters:TapsName=<value>'$/m,
  ],
  [
    ['Lab', '--parameters', 'Other=1'],
    /^UnknownParameter: no stack that runs has a parameter 'Other'; take one of Meters:TapsName$/m,
  ],
  [
    ['Lab', '--parameters', 'Site:TapsName=taps'],
    /^UnknownParameter: no stack that runs and is called 'Site' has a parameter 'TapsName'; take one of Meters:TapsName$/m,
  ],
  [['Lab', '--parameters', 'TapsName'], /--parameters.*must be a parameter's name and its value, such as 'Stack:Name=value'/],
  [['Lab', '--all'], /^TwoTargets: '--all' must stand alone, got 'Lab' beside it; leave one out$/m],
])('does not start with %j', async (args, message) => {
  expect(await refusal('local', 'start', ...args)).toMatch(message);
});

test('starts a stage, and says that it runs alone', async () => {
  await json('local', 'start', 'Lab', '--parameters', 'TapsName=taps', '--simulated', '--clock', '2026-03-01T10:00:00Z');
  expect(await json('local', 'status')).toMatchObject({ stacks: ['Lab'] });
  expect((await run('local', 'status')).stdout).toMatch(/^Lab of dev run at http/);
});

test('names every role that can be taken', async () => {
  const { roles } = (await json('local', 'status')) as { readonly roles: Readonly<Record<string, string>> };
  expect(Object.keys(roles).sort()).toEqual(['analyst', 'energy/readings-producer', 'energy/steward', 'plumber', 'who-looks']);
  expect(roles.analyst).toMatch(/:role\/headwaters\/lab\/analyst\/Meters-guests/);
});

test('puts into a dataset as its producer, and counts what became of the events', async () => {
  const event = { reading_id: 'a', measured_at: '2026-03-01T09:59:00Z', kind: 'power' };
  project.write('events.ndjson', [JSON.stringify(event), '{"reading_id":"b"}', 'no json'].join('\n'));
  expect(await json('put', 'readings', 'events.ndjson', '--flush')).toEqual({
    dataset: 'energy.readings',
    events: 3,
    records: 1,
    accepted: 1,
    quarantined: 2,
    reasons: { 'missing-value': 1, 'not-json': 1 },
  });
});

test.each([
  ['the analyst', []],
  ['a role that an output names', ['--as', 'who-looks']],
  ['the role that may ask in a workgroup', ['--work-group', 'headwaters-lab-scientists']],
])('asks as %s', async (_, who) => {
  expect(await json('query', SQL, ...who)).toMatchObject({ rows: [{ reading_id: 'a' }] });
});

test('gives a client the credentials of any role of the app', async () => {
  expect(await json('local', 'export-env', '--as', 'plumber')).toHaveProperty('AWS_SESSION_TOKEN');
});

test('puts into a stream by its name, and says that it cannot count what it carries', async () => {
  const put = await run('put', '--stream-name', 'taps', 'events.ndjson', '--flush');
  expect(put.stdout).toBe(
    "3 events were put into taps, in 1 record.\nWhat became of them is not counted: no delivery writes the stream's events to a table of a dataset.\n",
  );
});

test.each([
  [['put', 'reading', 'events.ndjson'], /^UnknownDataset: .*got 'reading'; did you mean 'readings'\?$/m],
  [
    ['put', '--stream-name', 'taps', 'readings', 'events.ndjson'],
    /^TwoTargets: .*got both 'readings' and 'taps'; leave one out$/m,
  ],
  [['put'], /^TargetMissing: a dataset, '--stream-name' or '--delivery-stream-name' must say where events go/m],
  [
    ['query', SQL, '--as', 'plumber', '--work-group', 'headwaters-lab-guests'],
    /^AccessDeniedException: .*athena:StartQueryExecution/m,
  ],
])('fails for %j', async (args, message) => {
  expect(await refusal(...args)).toMatch(message);
});

test('asks the lake that it has left, and starts with the stacks of the last run', async () => {
  await json('local', 'stop');
  expect(await json('query', SQL)).toMatchObject({ rows: [{ reading_id: 'a' }] });
  await json('local', 'start');
  expect(await json('query', SQL)).toMatchObject({ rows: [{ reading_id: 'a' }] });
});
