import { vi } from 'vitest';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { toReleased } from '../../core/contract/compatibility/released.ts';
import { foundShape } from '../../core/findings/found.ts';
import { contract, contractDocument, schemaObject } from '../support/contracts.ts';
import { builtCommand } from '../support/built-command.ts';
import { TestProject } from '../support/project.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let project: TestProject;
beforeEach(() => {
  project = new TestProject({ contracts: { 'energy/readings.odcs.yaml': stringify(contractDocument()) } });
});
afterEach(() => {
  project.remove();
});

/** Runs the app as the CDK's command does. */
const synth = (
  context: Readonly<Record<string, string>> = {},
  CI = '',
): Promise<{ code: number; stderr: string; stacks: string[] }> => {
  const out = path.join(project.root, 'out');
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    CDK_OUTDIR: out,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    CDK_VALIDATION: 'false',
    CI,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [builtCommand().app], { cwd: project.root, env }, (error, _, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      const stacks = code === 0 ? readdirSync(out).flatMap((name) => /^(.*)\.template\.json$/.exec(name)?.[1] ?? []) : [];
      resolve({ code, stderr, stacks: stacks.sort() });
    });
  });
};

const slotsFile = (): string => path.join(project.root, 'contracts/slots.json');
const NEW_SLOT =
  'contracts/slots.json: new slots for energy.readings; commit it: a dataset stays in the stack that it is recorded in\n';

test('synthesizes dev, or every environment where all are asked for, and says what each takes of the limits and lacks', async () => {
  const of = (environment: string) =>
    ['Domain-energy', 'Foundation', 'Serving'].map((stack) => `Headwaters-${environment}-${stack}`);
  const dev = await synth();
  expect(dev.code).toBe(0);
  expect(dev.stacks).toEqual(expect.arrayContaining(of('dev')));
  expect(dev.stderr).toMatch(/^dev: \d stacks; \d+ of 500 resources in Headwaters-dev-[-\w]+, .*\n/);
  const all = await synth({ env: 'all' });
  expect(all.stacks).toEqual(expect.arrayContaining([...of('dev'), ...of('prod'), ...of('staging')]));
  const said = all.stderr.trimEnd().split('\n');
  expect(said.map((line) => line.split(':')[0])).toEqual(['dev', 'staging', 'prod', 'staging', 'staging', 'prod', 'prod']);
  expect(said.slice(3).map((line) => /alarms reach nobody|names no zone/.test(line))).toEqual([true, true, true, true]);
});

test('leaves what the packs find to who asks for it, and for no account', async () => {
  process.env.CDK_DEFAULT_ACCOUNT = '111122223333';
  try {
    const { code } = await synth({ findings: 'judged', slots: 'unrecorded' });
    expect(code).toBe(0);
  } finally {
    delete process.env.CDK_DEFAULT_ACCOUNT;
  }
  const text = readFileSync(path.join(project.root, 'out/findings.json'), 'utf8');
  const { datasets, findings } = foundShape.parse(JSON.parse(text));
  expect(datasets).toEqual(['readings']);
  expect(findings.filter(({ id }) => id === 'AwsSolutions-KDS3').map(({ type }) => type)).toEqual(['AWS::Kinesis::Stream']);
  expect(text).toContain('<AWS::AccountId>');
  expect(text).not.toContain('111122223333');
});

test('says what stored data has against a version that is not released', async () => {
  project.write('contracts/released/energy/readings@1.2.3.json', toReleased(contract()));
  const changed = schemaObject('readings', [{ name: 'counter', logicalType: 'string' }]);
  project.write('contracts/energy/readings.odcs.yaml', stringify(contractDocument({ version: '2.0.0', schema: [changed] })));
  const { code, stderr } = await synth();
  expect(code).toBe(0);
  expect(stderr).toContain("\nenergy/readings 2.0.0: MigrationNeeded: 'readings.counter' no longer fits ");
});

test('records the slot of a new dataset once, and says to commit it', async () => {
  expect((await synth()).stderr).toContain(NEW_SLOT);
  expect(JSON.parse(readFileSync(slotsFile(), 'utf8'))).toEqual({ energy: { readings: 1 } });
  const again = await synth({}, 'true');
  expect(again.code).toBe(0);
  expect(again.stderr).not.toContain('slots');
});

test('fails in CI where a slot is not committed, and writes none', async () => {
  const { code, stderr } = await synth({}, 'true');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^SlotsNotCommitted: 'contracts\/slots\.json' must hold a slot for every dataset .*\n$/);
  expect(existsSync(slotsFile())).toBe(false);
});

test('fails above a limit of AWS with the path of what is too large, and gives it no slot', async () => {
  project.write(
    'models/questions/huge.sql',
    `-- name: Huge\n-- description: too long to ask\nSELECT '${'x'.repeat(262_144)}' FROM {{ source('energy', 'readings') }}\n`,
  );
  const { code, stderr } = await synth();
  expect(stderr).toMatch(
    /^Headwaters-dev-Serving\/.*: LimitExceeded: bytes of a query must be at most 262,144, got 262,\d{3}; divide the question /,
  );
  expect(code).toBe(1);
  expect(existsSync(slotsFile())).toBe(false);
});

test('gives no slot for who only looks', async () => {
  const { code, stderr } = await synth({ slots: 'unrecorded' });
  expect(code).toBe(0);
  expect(stderr).not.toContain('slots');
  expect(existsSync(slotsFile())).toBe(false);
});

test('names line and remedy of a record of slots that cannot be read', async () => {
  project.write('contracts/slots.json', '{\n  "energy": { "readings": "one" }\n}\n');
  expect(await synth()).toMatchObject({
    code: 1,
    stderr:
      "contracts/slots.json:2:27: InvalidSlot: 'energy.readings' must be the number of a part, from 1, got string; restore the line as it was committed\n",
  });
});

test('says what is wrong with a contract, or with what was asked for, and shows no stack', async () => {
  expect(await synth({ env: 'prd' })).toMatchObject({
    code: 1,
    stderr: "UnknownEnvironment: '-c env' must be one of dev, staging, prod, all, got 'prd'; did you mean 'prod'?\n",
  });
  project.write('contracts/energy/readings.odcs.yaml', stringify(contractDocument({ version: '1' })));
  const { code, stderr } = await synth();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^contracts\/energy\/readings\.odcs\.yaml:5:10: InvalidShape: 'version' must be a version .*\n$/);
});
