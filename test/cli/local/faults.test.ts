import { vi } from 'vitest';
import { contractDocument, schemaObject } from '../../support/contracts.ts';
import { TestProject, type Ran } from '../../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const readings = contractDocument({ schema: [schemaObject('readings', [], {})] });
const project = new TestProject({ contracts: { 'energy/readings.odcs.yaml': JSON.stringify(readings) } });
afterAll(async () => {
  await project.headwaters('local', 'stop');
  project.remove();
});

const run = (...args: string[]): Promise<Ran> => project.headwaters(...args);
const json = async (...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await run(...args, '--json')).stdout) as Record<string, unknown>;

const event = (id: number): string =>
  JSON.stringify({ reading_id: `r-${id}`, measured_at: '2026-03-01T09:59:00Z', kind: 'power' });

project.write(
  'faults.yaml',
  `rules:
  - { at: kinesis:put, fault: answerLost, where: readings, times: 1 }
  - { at: firehose:s3, fault: unavailable, times: 2 }
  - { at: kinesis:put, fault: throttle, where: no_such_dataset }
  - { at: clock, step: +1h, when: +2h }
`,
);
project.write('events.ndjson', [1, 2, 3].map(event).join('\n'));

test('fails before anything is synthesized where the file is wrong', async () => {
  project.write('wrong.yaml', 'rules: [{ at: clock, step: -1h, when: +1h }]');
  const refused = await run('local', 'start', '--faults', 'wrong.yaml');
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^InvalidFaults: .*wrong\.yaml:1:28: ClockGoesBack: /m) as string,
  });
  expect(refused.stderr).not.toContain('Synthesizing');
});

test('gives the faults of a file, tells how often each came, and forgets them with the run', async () => {
  const begun = await json('local', 'start', '--simulated', '--clock', '2026-03-01T10:00:00Z', '--faults', 'faults.yaml');
  expect(begun).toMatchObject({ environment: 'dev' });
  expect(await json('put', 'readings', 'events.ndjson', '--flush')).toMatchObject({ events: 3, accepted: 6, quarantined: 0 });
  const faults = [
    { at: 'kinesis:put', fault: 'answerLost', where: 'readings', line: 2, met: 2, taken: 1 },
    { at: 'firehose:s3', fault: 'unavailable', line: 3, met: expect.any(Number) as number, taken: 2 },
    { at: 'kinesis:put', fault: 'throttle', where: 'no_such_dataset', line: 4, met: 0, taken: 0 },
    { at: 'clock', fault: 'step', line: 5, met: 0, taken: 0 },
  ];
  expect(await json('local', 'status')).toMatchObject({ lost: 0, faults });
  const { stdout } = await run('local', 'status');
  expect(stdout).toMatch(/4 .*kinesis:put .*throttle .*no_such_dataset .*0 .*0 .*never met/);

  const moved = await json('local', 'advance', '2h');
  expect(Date.parse(String(moved.to)) - Date.parse(String(moved.from))).toBe(3 * 3_600_000);
  const ended = await run('local', 'stop');
  expect(ended.stdout).toMatch(/clock .*step .*1 .*1/);

  await json('local', 'start');
  expect(await json('local', 'status')).not.toHaveProperty('faults');
});
