import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareAssembly } from '../../../cli/local/assembly.ts';
import { projectAt } from '../../../cli/project.ts';
import type { Out } from '../../../cli/output.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'project-'));
  write('app.mjs', APP);
  write('cdk.json', JSON.stringify({ app: `${process.execPath} app.mjs` }));
  write('contracts/a/b.odcs.yaml', 'x');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Writes for which environment it was run, and something into its own project, as an app that files its slots does. */
const APP = `
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
const folder = process.env.CDK_OUTDIR;
mkdirSync(folder, { recursive: true });
writeFileSync(folder + '/manifest.json', JSON.stringify({ artifacts: {}, context: process.env.CDK_CONTEXT_JSON }));
await new Promise((resolve) => setTimeout(resolve, 20));
writeFileSync('contracts/slots.json', '{}');
`;

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
}
/** Sets the time of the templates and of all that they came from an hour back. */
function age(): void {
  const hourAgo = new Date(Date.now() - 3_600_000);
  const sources = ['.', 'app.mjs', 'cdk.json', 'contracts', 'contracts/a', 'contracts/a/b.odcs.yaml', 'contracts/slots.json'];
  for (const name of [...sources, '.headwaters/local/cdk.out-dev/manifest.json'])
    utimesSync(path.join(root, name), hourAgo, hourAgo);
}

/** Whether it was synthesized. */
async function prepared(environment = 'dev'): Promise<boolean> {
  const steps: string[] = [];
  const quiet = (): void => undefined;
  const out: Out = { line: quiet, step: async (text) => void steps.push(text), detail: quiet, done: quiet, failed: quiet };
  const assembly = path.join(root, `.headwaters/local/cdk.out-${environment}`);
  await prepareAssembly(projectAt(root), assembly, environment, out);
  expect(existsSync(path.join(assembly, 'manifest.json'))).toBe(true);
  return steps.length > 0;
}

test('synthesizes once, although the app writes into its project', async () => {
  expect([await prepared(), await prepared(), await prepared()]).toEqual([true, false, false]);
});

test.each<[string, () => void]>([
  [
    'a file was changed',
    () => {
      write('contracts/a/b.odcs.yaml', 'y');
    },
  ],
  [
    'a file was added',
    () => {
      write('contracts/a/c.odcs.yaml', 'x');
    },
  ],
  [
    'a file was removed',
    () => {
      rmSync(path.join(root, 'contracts/a/b.odcs.yaml'));
    },
  ],
])('synthesizes anew where %s', async (_, change) => {
  await prepared();
  age();
  expect(await prepared()).toBe(false);
  change();
  expect(await prepared()).toBe(true);
});

test('synthesizes anew where a file was changed while the templates were made', async () => {
  write(
    'app.mjs',
    `${APP}if (!existsSync('edited')) {\n  writeFileSync('edited', '');\n  writeFileSync('contracts/a/b.odcs.yaml', 'y');\n}`,
  );
  expect([await prepared(), await prepared(), await prepared()]).toEqual([true, true, false]);
});

test('makes the home of the project for its owner alone', async () => {
  await prepared();
  for (const name of ['.headwaters', '.headwaters/local']) expect(statSync(path.join(root, name)).mode & 0o777).toBe(0o700);
});

test('a synthesis that failed is tried again, and leaves the templates as they were', async () => {
  write('app.mjs', APP.replace('await', "if (existsSync('broken')) process.exit(1);\nawait")); // after its manifest
  await prepared();
  age();
  const manifest = path.join(root, '.headwaters/local/cdk.out-dev/manifest.json');
  const { ino } = statSync(manifest);
  write('broken', '');
  for (let tries = 0; tries < 2; tries += 1) await expect(prepared()).rejects.toThrow('SynthesisFailed');
  expect(statSync(manifest).ino).toBe(ino);
  rmSync(path.join(root, 'broken'));
  expect([await prepared(), await prepared()]).toEqual([true, false]);
});

test('what each synthesis writes anew is its own', async () => {
  write('cdk.json', JSON.stringify({ app: `${process.execPath} app.mjs`, build: 'mkdir -p built && echo 1 > built/app.js' }));
  expect([await prepared(), await prepared(), await prepared()]).toEqual([true, true, false]);
});

test('follows links, and not in circles', async () => {
  const beside = mkdtempSync(path.join(tmpdir(), 'beside-'));
  writeFileSync(path.join(beside, 'x'), 'x');
  for (const [name, target] of [
    ['latest', '.'],
    ['itself', 'itself'],
    ['nothing', 'none'],
    ['beside', beside],
  ] as const)
    symlinkSync(target, path.join(root, name));
  expect([await prepared(), await prepared()]).toEqual([true, false]);
  const soon = new Date(Date.now() + 1000); // a file system tells times by a few milliseconds
  utimesSync(path.join(beside, 'x'), soon, soon);
  expect(await prepared()).toBe(true);
  rmSync(beside, { recursive: true });
});

test.each(['node_modules/x/index.js', '.git/HEAD', 'coverage/x'])('passes over %s', async (name) => {
  write(name, 'x');
  await prepared();
  age();
  write(name, 'y');
  expect(await prepared()).toBe(false);
});

test('each environment has its own', async () => {
  write('app.mjs', APP.split('await')[0] ?? '');
  expect([await prepared('dev'), await prepared('prod'), await prepared('dev')]).toEqual([true, true, false]);
  expect(process.env.CDK_CONTEXT_JSON).toBeUndefined();
});
