import { jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { contractDocument } from '../support/contracts.ts';
import { REPOSITORY, TestProject, TSX } from '../support/project.ts';

jest.setTimeout(60_000);

let project: TestProject;
beforeEach(() => {
  project = new TestProject({ contracts: { 'energy/readings.odcs.yaml': stringify(contractDocument()) } });
});
afterEach(() => {
  project.remove();
});

/** Runs the app as the CDK's command does. */
const synth = (context: Readonly<Record<string, string>> = {}): Promise<{ code: number; stderr: string; stacks: string[] }> => {
  const out = path.join(project.root, 'out');
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    CDK_OUTDIR: out,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    CDK_VALIDATION: 'false',
  };
  const app = ['--import', TSX, path.join(REPOSITORY, 'bin/headwaters.ts')];
  return new Promise((resolve) => {
    execFile(process.execPath, app, { cwd: project.root, env }, (error, _, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      const stacks = code === 0 ? readdirSync(out).flatMap((name) => /^(.*)\.template\.json$/.exec(name)?.[1] ?? []) : [];
      resolve({ code, stderr, stacks: stacks.sort() });
    });
  });
};

test('synthesizes dev, or every environment where all are asked for', async () => {
  const of = (environment: string) =>
    ['Domain-energy', 'Foundation', 'Serving'].map((stack) => `Headwaters-${environment}-${stack}`);
  expect(await synth()).toEqual({ code: 0, stderr: '', stacks: of('dev') });
  expect((await synth({ env: 'all' })).stacks).toEqual([...of('dev'), ...of('prod'), ...of('staging')]);
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
