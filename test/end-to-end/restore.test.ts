import { vi } from 'vitest';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ask } from '../../cli/platform/ask.ts';
import { Platform } from '../../cli/platform/platform.ts';
import { assume } from '../../cli/platform/session.ts';
import { ControlClient } from '../../cli/local/control-client.ts';
import { LocalHome } from '../../cli/local/home.ts';
import { projectAround } from '../../cli/project.ts';
import { contractDocument, dataset } from '../support/contracts.ts';
import { TestProject } from '../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const contract = contractDocument();
const project = new TestProject({ contracts: { 'energy/readings.odcs.yaml': JSON.stringify(contract) } });
const home = new LocalHome(projectAround(project.root));
afterAll(async () => {
  await project.headwaters('local', 'stop');
  project.remove();
});

async function headwaters(...args: string[]): Promise<void> {
  const { code, stderr } = await project.headwaters(...args);
  expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
}
const theRun = () => home.run ?? fail('no platform runs');
const fail = (message: string): never => {
  throw new Error(message);
};
const outputs = async () => (await new ControlClient(theRun()).status()).outputs;

const DAY = '2026-03-01';
const EVENTS = 4000;
const name = (index: number): string => createHash('sha256').update(String(index)).digest('hex');
/** What S3 archives has 128 KB at least: hashes of names do not shrink. */
const events = Array.from({ length: EVENTS }, (_, index) =>
  JSON.stringify({ reading_id: `r-${index}`, measured_at: `${DAY}T09:59:00Z`, kind: 'gas', customer_name: name(index) }),
).join('\n');

/** Events of the day that the analyst finds in the base table. */
async function found(): Promise<number> {
  const platform = new Platform(theRun().environment, await outputs());
  const analyst = await assume(theRun(), platform.analystRoleArn, 'test');
  const { cleanTable } = platform.dataset(dataset(contract));
  const { rows } = await ask(analyst.athena, platform.workGroup, `SELECT count(*) FROM ${cleanTable} WHERE dt = '${DAY}'`);
  analyst.close();
  return Number(rows[0]?.[0]);
}

const INPUT = { domain: 'energy', dataset: 'readings', from: DAY, to: DAY, tier: 'Standard' };

/** Starts the state machine that the template has made, lets time pass, and answers what it then says. */
async function restore(input: object, passes: string) {
  const { endpoint, region, operator: credentials } = theRun();
  const sfn = new SFNClient({ endpoint, region, credentials });
  const { RestoreArchiveStateMachineArn: stateMachineArn } = (await outputs())['Headwaters-dev-Operations'] ?? {};
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  await headwaters('local', 'advance', passes);
  const { status, output = 'null', error } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  sfn.destroy();
  return { executionArn, status, error, output: JSON.parse(output) as unknown };
}

test('days that became cold are passed over by a query', async () => {
  await headwaters('local', 'start', '--simulated', '--clock', `${DAY}T10:00:00.000Z`);
  project.write('events.ndjson', events);
  await headwaters('put', 'readings', 'events.ndjson', '--flush');
  expect(await found()).toBe(EVENTS);
  await headwaters('local', 'advance', '100d');
  expect(await found()).toBe(0);
});

test('the price is said first, and nothing is restored by that', async () => {
  const { status, output } = await restore(INPUT, '13h');
  expect({ status, output }).toMatchObject({
    status: 'SUCCEEDED',
    output: { outcome: 'Priced', objects: 1, say: expect.stringContaining('start again with maxUsd to restore') as string },
  });
  expect(await found()).toBe(0);
});

let restored: string | undefined;

test('with leave to spend it they come back, the topic is told, and the copies go again', async () => {
  const { executionArn, status, output } = await restore({ ...INPUT, maxUsd: 1 }, '13h');
  expect({ status, output }).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'Queryable', objects: 1 } });
  expect(await found()).toBe(EVENTS);
  expect(readFileSync(home.log, 'utf8')).toMatch(/notice arn:aws:sns:.*Headwaters dev: restored energy\.readings\n/);
  await headwaters('local', 'advance', '9d');
  expect(await found()).toBe(0);
  restored = executionArn;
});

test('a wrong input is refused by its code', async () => {
  expect(await restore({ ...INPUT, to: '2026-02-28' }, '1m')).toMatchObject({ status: 'FAILED', error: 'DaysReversed' });
});

test('a role that may not start it is told so', async () => {
  const platform = new Platform(theRun().environment, await outputs());
  const { RestoreArchiveStateMachineArn: stateMachineArn } = (await outputs())['Headwaters-dev-Operations'] ?? {};
  const analyst = await assume(theRun(), platform.analystRoleArn, 'test');
  const { endpoint, region } = theRun();
  const sfn = new SFNClient({ endpoint, region, credentials: analyst.athena.config.credentials });
  await expect(sfn.send(new StartExecutionCommand({ stateMachineArn }))).rejects.toThrow(
    /Analyst.* is not authorized to perform: states:StartExecution on resource: .*restore-archive/,
  );
  sfn.destroy();
  analyst.close();
});

test('what has run is known to the next start', async () => {
  await headwaters('local', 'stop');
  await headwaters('local', 'start');
  const { endpoint, region, operator: credentials } = theRun();
  const sfn = new SFNClient({ endpoint, region, credentials });
  expect(await sfn.send(new DescribeExecutionCommand({ executionArn: restored }))).toMatchObject({ status: 'SUCCEEDED' });
  sfn.destroy();
});
