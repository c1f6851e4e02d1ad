import { vi } from 'vitest';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
const local = (...args: string[]): Promise<Ran> => run('local', ...args);
async function json(...args: string[]): Promise<Record<string, unknown>> {
  const ran = await run(...args, '--json');
  expect(ran).toMatchObject({ stdout: expect.stringMatching(/^[[{].*[\]}]\n$/) as string });
  return JSON.parse(ran.stdout) as Record<string, unknown>;
}
const file = (name: string): string => path.join(project.root, '.headwaters/local', name);
const START = '2026-03-01T10:00:00.000Z';
let started: Record<string, unknown>;

const event = (id: string): string => JSON.stringify({ reading_id: id, measured_at: '2026-03-01T09:59:00Z', kind: 'power' });

test('says that nothing runs, and what starts it', async () => {
  expect(await local('status')).toMatchObject({ code: 3, stdout: expect.stringContaining('local start') as string });
  for (const args of [
    ['local', 'stop'],
    ['local', 'advance', '1h'],
    ['local', 'export-env'],
    ['put', 'readings'],
  ]) {
    expect(await run(...args)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^NotRunning: /m) as string });
  }
});

test('starts in the background, once', async () => {
  started = await json('local', 'start', '--simulated', '--clock', START);
  expect(started).toMatchObject({ environment: 'dev', region: 'us-east-1', accountId: '123456789012' });
  const again = await local('start');
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(
    new RegExp(`^StateInUse: .*process ${Number(started.pid)} does; .*'headwaters local stop' ends it$`, 'm'),
  );
  expect((await local('reset')).stderr).toMatch(/^StateInUse: /m);
});

test('keeps its keys and its events to its owner, and keys out of the log', () => {
  const { AWS_SECRET_ACCESS_KEY: secret = '' } = started.variables as Record<string, string>;
  expect(readFileSync(file('log'), 'utf8')).not.toContain(secret);
  for (const name of ['..', '.', 'state', 'log', 'run.json', 'settings.json']) expect(statSync(file(name)).mode & 0o077).toBe(0);
});

test('says how it is', async () => {
  expect(await json('local', 'status')).toMatchObject({
    state: 'running',
    pid: started.pid,
    endpoint: started.endpoint,
    clock: START,
    follows: false,
    undelivered: 0,
    lost: 0,
    roles: {
      'energy/readings-producer': expect.stringContaining(':role/headwaters/dev/producer/') as string,
      analyst: expect.stringContaining(':role/headwaters/dev/analyst/') as string,
    },
  });
  expect(await local('status')).toMatchObject({ code: 0, stdout: expect.stringContaining('stands still') as string });
});

test('gives a client the endpoint, and the credentials of any role', async () => {
  const variables = (await json('local', 'export-env', '--as', 'analyst')) as Record<string, string>;
  const sts = new STSClient({
    endpoint: variables.AWS_ENDPOINT_URL,
    region: variables.AWS_REGION,
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: variables.AWS_SESSION_TOKEN ?? '',
    },
  });
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  expect(Arn).toMatch(/assumed-role\/.*Analyst.*\/headwaters-local$/);
  expect((await local('export-env', '--as', 'nobody')).stderr).toMatch(/^UnknownRole: .*analyst/m);
});

test('puts events, lets them arrive and counts them', async () => {
  project.write('events.ndjson', ['a', 'b', 'c'].map(event).join('\n') + '\n{"reading_id":"d"}\nno json\n');
  expect(await json('put', 'readings', 'events.ndjson')).toEqual({ dataset: 'energy.readings', events: 5, records: 1 });
  expect(await json('local', 'status')).toMatchObject({ undelivered: 1 });
  expect(await json('put', 'energy.readings', 'events.ndjson', '--flush')).toMatchObject({
    events: 5,
    accepted: 6, // with those that were put before and still on their way
    quarantined: 4,
    reasons: { 'missing-value': 2, 'not-json': 2 },
  });
  expect(await json('local', 'status')).toMatchObject({ undelivered: 0, lost: 0 });
  const rows = await run('query', 'SELECT count(*) AS n FROM "headwaters_dev_energy"."readings_clean"', '--json');
  expect(rows.stdout).toBe('{"columns":[{"name":"n","type":"bigint"}],"rows":[{"n":6}]}\n');
});

test('refuses what it does not know, by name', async () => {
  expect((await run('put', 'nothing', 'events.ndjson')).stderr).toMatch(
    /^UnknownDataset: .*got 'nothing'; name one of energy\.readings$/m,
  );
  expect((await run('put', 'readings', 'none.ndjson')).stderr).toMatch(/^FileMissing: .*got 'none\.ndjson'/m);
  expect((await run('put', 'readings', 'events.ndjson', '--as', 'analyst')).stderr).toMatch(
    /^AccessDeniedException: .*kinesis:PutRecords/m,
  );
  expect((await local('advance', 'soon')).stderr).toMatch(/^DurationUnknown: /m);
});

test('moves its clock, and says what came of it', async () => {
  const { clock } = await json('local', 'status');
  const moved = await json('local', 'advance', 'PT2H');
  expect(moved).toMatchObject({ from: clock, delivered: 0, lost: 0, expired: 0 });
  expect(Date.parse(String(moved.to)) - Date.parse(String(clock))).toBe(7_200_000);
  expect((await local('advance', '1h')).stdout).toMatch(
    /^The clock went 1 h, from .*\nrecords: 0 delivered, 0 lost\nobjects: 0 written/,
  );
});

test('ends with its state saved, and goes on where it was with the keys that clients know', async () => {
  const { clock } = await json('local', 'status');
  expect(await json('local', 'stop')).toMatchObject({ pid: started.pid, undelivered: 0, lost: 0 });
  expect((await local('status')).code).toBe(3);
  const asking = `Asking the lake that 'headwaters local' has left, as of ${String(clock)} …\n`;
  const query = ['query', 'SELECT count(*) AS n FROM "headwaters_dev_energy"."readings_clean"', '--json'];
  expect(await run(...query)).toEqual({
    code: 0,
    stdout: '{"columns":[{"name":"n","type":"bigint"}],"rows":[{"n":6}]}\n',
    stderr: asking,
  });
  leaveDemo();
  expect((await run(...query)).stderr).toMatch(/^LakeUnclear: .*'--lake demo' or '--lake local'\n$/);
  expect(await run(...query, '--lake', 'local')).toEqual({
    code: 0,
    stdout: '{"columns":[{"name":"n","type":"bigint"}],"rows":[{"n":6}]}\n',
    stderr: asking,
  });
  const next = await json('local', 'start');
  expect(next).toMatchObject({ endpoint: started.endpoint, variables: started.variables });
  expect(await json('local', 'status')).toMatchObject({ clock, follows: false });
  started = next;
});

/** A lake of the demo, by its time and a folder of templates. */
function leaveDemo(): void {
  project.write('.headwaters/lake/clock.json', '{"time":0}');
  project.write('.headwaters/cdk.out/manifest.json', '{"artifacts":{}}');
}

test('a run that was killed says so, and leaves a state that only a reset frees', async () => {
  process.kill(Number(started.pid), 'SIGKILL');
  await ended(Number(started.pid));
  leaveDemo();
  const found = await local('status');
  expect(found).toMatchObject({ code: 1, stdout: expect.stringMatching(/ended without saving.*local reset/) as string });
  expect(found.stdout).toContain('Starting the local runtime');
  for (const args of [
    ['local', 'start'],
    ['query', 'SELECT 1'],
  ])
    expect((await run(...args)).stderr).toMatch(/^StateUnfinished: .*reset/m);
  expect(await json('local', 'reset')).toEqual({ removed: true });
  expect(await json('local', 'reset')).toEqual({ removed: false });
  expect((await local('status')).code).toBe(3);
});

test('says what refuses a start in the background', async () => {
  const other = createServer();
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const refused = await local('start', '--port', String(port));
  other.close();
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^PortInUse: '--port' must be free/m) as string });

  const template = file('cdk.out-dev/Headwaters-dev-Serving.template.json');
  const text = readFileSync(template, 'utf8');
  const { Resources, ...rest } = JSON.parse(text) as { Resources: object };
  writeFileSync(template, JSON.stringify({ ...rest, Resources: { ...Resources, Other: { Type: 'Some::Other::Type' } } }));
  const unknown = await local('start');
  writeFileSync(template, text);
  expect(unknown.stderr).toMatch(/^UnknownResourceType: Headwaters-dev-Serving\.Other: 'Some::Other::Type' is not known/m);
  expect((await local('status')).code).toBe(3);
});

test('follows the wall clock where nothing else is said, and saves on SIGTERM', async () => {
  started = await json('local', 'start', '--clock', START);
  const { clock } = await json('local', 'status');
  await sleep(1000);
  const { clock: later, follows } = await json('local', 'status');
  expect(follows).toBe(true);
  expect(Date.parse(String(later))).toBeGreaterThan(Date.parse(String(clock)));
  process.kill(Number(started.pid), 'SIGTERM');
  await ended(Number(started.pid));
  expect((await local('status')).code).toBe(3);
  expect((await local('start', '--clock', '2026-02-01')).stderr).toMatch(/^ClockBehindState: .*; begin it there or later/m);
  expect((await local('start', '--env', 'prod')).stderr).toMatch(
    /^OtherEnvironment: '--env' must be 'dev'.*deletes it and begins anew/m,
  );
});

test('a fault of the platform ends it, and its last words tell where', async () => {
  const { pid } = await json('local', 'start', '--simulated');
  await run('put', 'readings', 'events.ndjson');
  for (const bucket of readdirSync(file('state/objects'))) {
    rmSync(file(`state/objects/${bucket}`), { recursive: true });
    writeFileSync(file(`state/objects/${bucket}`), 'no folder');
  }
  expect((await local('advance', '1h')).code).toBe(1);
  await ended(Number(pid));
  expect(await json('local', 'status')).toMatchObject({
    state: 'crashed',
    pid,
    tail: expect.arrayContaining([expect.stringContaining('internal fault: Error')]) as string[],
  });
  expect((await local('start')).stderr).toMatch(/^StateUnfinished: /m);
});

/** Waits for the end of a process that is not our child. */
async function ended(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
      if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    } catch {
      return;
    }
    await sleep(50);
  }
}
