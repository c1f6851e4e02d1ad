import { vi } from 'vitest';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { gunzipSync } from 'node:zlib';
import { ask, rowsByName } from '../../cli/platform/ask.ts';
import { Platform } from '../../cli/platform/platform.ts';
import { assume } from '../../cli/platform/session.ts';
import { ControlClient } from '../../cli/local/control-client.ts';
import { flush } from '../../cli/local/flush.ts';
import { LocalHome } from '../../cli/local/home.ts';
import type { Out } from '../../cli/output.ts';
import { projectAround } from '../../cli/project.ts';
import { invokeFunction } from '../../cli/replay/invoke-function.ts';
import type { ReplayResult } from '../../cli/replay/replay.ts';
import { tableName, viewName } from '../../core/naming.ts';
import { BEGIN } from '../../core/replay/operations.ts';
import type { Row } from '../../core/replay/rows.ts';
import { changed, columnPath, contractDocument, dataset } from '../support/contracts.ts';
import { TestProject, type Ran } from '../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const FILE = 'energy/readings.odcs.yaml';
const before = contractDocument();
const after = changed(
  changed(before, columnPath('kind', 'quality', 0, 'arguments', 'validValues'), ['gas', 'heat', 'power', 'steam']),
  ['version'],
  '1.3.0',
);
const contract = dataset(before);
const project = new TestProject({ contracts: { [FILE]: JSON.stringify(before) } });
afterAll(async () => {
  await project.headwaters('local', 'stop');
  project.remove();
});

const run = (...args: string[]): Promise<Ran> => project.headwaters(...args);
async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const ran = await run(...args, '--json');
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[[{].*[\]}]\n$/) as string });
  return JSON.parse(ran.stdout) as T;
}
const DAY = '2026-03-01';
const RANGE = ['--dataset', 'energy.readings', '--from', DAY, '--to', DAY];
const replay = (...args: string[]): Promise<ReplayResult> => json<ReplayResult>('replay', ...args, ...RANGE);

/** Three waves, each an object of quarantine for each reason; a copy of an event is in each. */
const WAVES = [1, 2, 3];
const EACH = { power: 20, steam: 30, timeless: 10 } as const;
const wave = (number: number): string =>
  [
    ...(['power', 'steam'] as const).flatMap((kind) =>
      Array.from({ length: EACH[kind] }, (_, index) =>
        JSON.stringify({ reading_id: `${kind}-${number}-${index}`, measured_at: `${DAY}T09:59:00Z`, kind }),
      ),
    ),
    JSON.stringify({ reading_id: `steam-${number}-0`, measured_at: `${DAY}T09:59:00Z`, kind: 'steam' }),
    ...Array.from({ length: EACH.timeless }, (_, index) =>
      JSON.stringify({ reading_id: `timeless-${number}-${index}`, kind: 'gas' }),
    ),
  ].join('\n');
const STEAM = WAVES.length * EACH.steam;
const TIMELESS = WAVES.length * EACH.timeless;
const POWER = WAVES.length * EACH.power;

/** All that a replay could change, or must not, as the analyst and the steward see it. */
async function lake() {
  const run = theRun();
  const platform = new Platform(run.environment, await outputs());
  const { stewardRoleArn, cleanTable, prefix } = platform.dataset(contract);
  const analyst = await assume(run, platform.analystRoleArn, 'test');
  const steward = await assume(run, stewardRoleArn, 'test');
  const sql = `SELECT count(*) AS n, count(DISTINCT _event_id) AS ids FROM ${cleanTable}`;
  const [clean] = rowsByName(await ask(analyst.athena, platform.workGroup, sql));
  const Bucket = platform.bucket('quarantine');
  const listed = await steward.s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix.replace(/[^/]+\/$/, '') }));
  const keys = (listed.Contents ?? []).map(({ Key = '', ETag = '' }) => ({ key: Key, known: `${Key} ${ETag}` }));
  const rejected = new Map<string, string>();
  for (const { key } of keys.filter((found) => found.key.startsWith(prefix))) {
    const { Body } = await steward.s3.send(new GetObjectCommand({ Bucket, Key: key }));
    const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
    for (const line of text.trim().split('\n')) {
      const { sha256, reason } = JSON.parse(line) as { sha256: string; reason: string };
      rejected.set(sha256, reason);
    }
  }
  analyst.close();
  steward.close();
  const of = (reason: string): number => [...rejected.values()].filter((found) => found === reason).length;
  return {
    rows: Number(clean?.n),
    ids: Number(clean?.ids),
    notListed: of('not-listed'),
    missing: of('missing-value'),
    objects: keys.filter(({ key }) => key.startsWith(prefix)).map(({ known }) => known),
    marks: keys.filter(({ key }) => !key.startsWith(prefix)).map(({ known }) => known),
  };
}

/** What readers see, by the contract that judged it. */
async function versionsShown() {
  const run = theRun();
  const platform = new Platform(run.environment, await outputs());
  const { cleanTable } = platform.dataset(contract);
  const analyst = await assume(run, platform.analystRoleArn, 'test');
  const view = cleanTable.replace(tableName(contract.name), viewName(contract.name));
  const sql = `SELECT _contract_version, count(*) AS shown FROM ${view} GROUP BY 1 ORDER BY 1`;
  return rowsByName(await ask(analyst.athena, platform.workGroup, sql));
}

const quiet: Out = {
  line: () => undefined,
  step: async () => undefined,
  detail: () => undefined,
  done: () => undefined,
  failed: () => undefined,
};
/** Until all that is in the stream has arrived. */
const settle = (): Promise<void> => flush(new ControlClient(theRun()), quiet);

function theRun() {
  const { run: found } = new LocalHome(projectAround(project.root));
  if (found === undefined) throw new Error('no platform runs');
  return found;
}
const outputs = async () => (await new ControlClient(theRun()).status()).outputs;

/** What the state machine of the platform that runs answers, run by whoever operates it. */
async function stateMachine(asks: object): Promise<{ readonly rows: Row[]; readonly outcome: string; readonly objects: number }> {
  const { endpoint, region, operator: credentials } = theRun();
  const sfn = new SFNClient({ endpoint, region, credentials });
  const stateMachineArn = (await outputs())['Headwaters-dev-Domain-energy']?.ReplayStateMachineArn;
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(asks) }));
  await json('local', 'advance', '1m');
  const { status, output = '', cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  expect({ status, cause }).toEqual({ status: 'SUCCEEDED', cause: undefined });
  sfn.destroy();
  return JSON.parse(output) as Awaited<ReturnType<typeof stateMachine>>;
}

/** What is left of a run that is killed after the first object of the first group. */
async function killedRun(request: object): Promise<void> {
  const { endpoint, region, operator: keys } = theRun();
  const name = (await outputs())['Headwaters-dev-Domain-energy']?.ReplayFunctionName ?? '';
  const run = { ...request, arrival: (await new ControlClient(theRun()).status()).now };
  const call = (asked: object) => invokeFunction({ endpoint, region, keys }, name, asked);
  const listed = await call({ operation: 'list', request: run, after: '', objectsLeft: 100, bytesLeft: 1e9 });
  const [[first] = []] = (listed as { readonly groups: readonly (readonly string[])[] }).groups;
  await call({ operation: 'replay', request: run, keys: [first], position: BEGIN });
}
const input = (source: string, rest: object = {}) => ({ source, dataset: 'readings', from: DAY, to: DAY, ...rest });

const row = (reason: string, counts: Partial<Row>): Row => ({
  reason,
  found: 0,
  fixable: 0,
  replayed: 0,
  stillBad: 0,
  before: 0,
  ...counts,
});
const byReason = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => (a.reason < b.reason ? -1 : 1));
const STILL_BAD = row('missing-value', { found: TIMELESS, stillBad: TIMELESS });

let rejected: Awaited<ReturnType<typeof lake>>;

test('before the contract is mended, nothing is fixable and nothing is put', async () => {
  await json('local', 'start', '--simulated', '--clock', `${DAY}T10:00:00.000Z`);
  for (const number of WAVES) {
    project.write('events.ndjson', wave(number));
    await json('put', 'readings', 'events.ndjson', '--flush');
  }
  rejected = await lake();
  expect(rejected).toMatchObject({ rows: POWER, ids: POWER, notListed: STEAM, missing: TIMELESS, marks: [] });
  expect(rejected.objects).toHaveLength(2 * WAVES.length);
  const { rows, objects } = await replay('quarantine', '--dry-run');
  expect(objects).toBe(rejected.objects.length);
  expect(byReason(rows)).toEqual([STILL_BAD, row('not-listed', { found: STEAM, stillBad: STEAM })]);
  expect(await lake()).toEqual(rejected);
});

test('a dry run says what the mended contract accepts, and changes nothing', async () => {
  await json('local', 'stop');
  project.write(`contracts/${FILE}`, JSON.stringify(after));
  await json('local', 'start');
  const { rows } = await replay('quarantine', '--dry-run');
  expect(byReason(rows)).toEqual([STILL_BAD, row('not-listed', { found: STEAM, fixable: STEAM })]);
  expect((await replay('quarantine', '--dry-run', '--reason', 'missing-value')).rows).toEqual([STILL_BAD]);
  const machine = await stateMachine(input('quarantine', { dryRun: true }));
  expect(byReason(machine.rows)).toEqual(byReason(rows));
  await settle();
  expect(await lake()).toEqual(rejected);
});

test('fails with AccessDenied as a role that may not start it', async () => {
  const { code, stderr } = await run('replay', 'quarantine', ...RANGE, '--as', 'analyst');
  expect(code).toBe(1);
  expect(stderr).toMatch(/AccessDeniedException: .*Analyst.* is not authorized to perform: lambda:InvokeFunction/);
  expect(await lake()).toEqual(rejected);
});

test('a run that is killed in the middle loses nothing, and the next goes on where it was', async () => {
  await killedRun(input('quarantine', { reason: 'not-listed' }));
  const { rows, objects } = await replay('quarantine');
  expect(objects).toBeGreaterThan(0);
  const found = byReason(rows);
  expect(found[0]).toEqual(STILL_BAD);
  const { replayed = 0, before = 0, fixable } = found[1] ?? {};
  expect(before).toBe(EACH.steam);
  expect(found[1]).toEqual(row('not-listed', { found: STEAM, fixable: STEAM - before, replayed: STEAM - before, before }));
  expect(replayed).toBe(fixable);
  await settle();
  const { marks, ...rest } = await lake();
  expect({ ...rest, marks: [] }).toEqual({ ...rejected, rows: POWER + STEAM, ids: POWER + STEAM });
  expect(marks.length).toBeGreaterThan(0);
});

test('a second run changes nothing', async () => {
  const fixed = await lake();
  const result = await replay('quarantine');
  expect(result).toMatchObject({ objects: 0, doneObjects: rejected.objects.length, limited: false });
  expect(byReason(result.rows)).toEqual([STILL_BAD, row('not-listed', { found: STEAM, before: STEAM })]);
  expect(await stateMachine(input('quarantine'))).toMatchObject({ outcome: 'Done', objects: 0 });
  await settle();
  expect(await lake()).toEqual(fixed);
});

test('the state machine replays raw, once for each contract, and the command finds nothing left', async () => {
  const fixed = await lake();
  const dry = await replay('raw', '--dry-run');
  const { rows } = await stateMachine(input('raw'));
  const counts = (found: readonly Row[]) => byReason(found).map(({ replayed: _, ...others }) => others);
  expect(counts(rows)).toEqual(counts(dry.rows));
  expect(rows.map(({ reason, replayed, fixable }) => [reason, replayed, fixable]).sort()).toEqual([
    ['accepted', dry.rows[0]?.fixable, dry.rows[0]?.fixable],
    ['rejected', 0, 0],
  ]);
  expect(rows.find(({ reason }) => reason === 'accepted')?.replayed).toBeGreaterThanOrEqual(POWER + 2 * STEAM);
  await settle();
  const redelivered = await lake();
  expect(redelivered).toMatchObject({ ids: fixed.ids, objects: fixed.objects });
  expect(redelivered.rows).toBeGreaterThan(fixed.rows);
  expect(await versionsShown()).toEqual([{ _contract_version: '1.3.0', shown: String(fixed.ids) }]);
  // what it put lies in raw by now, and is no original
  const again = await replay('raw');
  expect(again.objects).toBeGreaterThan(0);
  expect(again.rows.map(({ reason, fixable }) => [reason, fixable])).toEqual([
    ['accepted', 0],
    ['rejected', 0],
  ]);
  await settle();
  expect(await lake()).toMatchObject({ rows: redelivered.rows, objects: fixed.objects });
});

test('says that nothing was found, and what a person can mend', async () => {
  const of = (...args: string[]) => run('replay', ...args);
  expect(await of('quarantine', '--dataset', 'readings', '--from', '2026-02-01', '--to', '2026-02-03')).toMatchObject({
    code: 0,
    stdout: 'Nothing was found in quarantine of energy.readings, dt=2026-02-01 to dt=2026-02-03.\n',
  });
  expect((await of('quarantine', '--dataset', 'readngs', '--from', DAY, '--to', DAY)).stderr).toMatch(
    /^UnknownDataset: .*got 'readngs'; did you mean 'readings'\?$/m,
  );
});
