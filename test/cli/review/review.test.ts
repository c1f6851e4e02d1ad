import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { contractDocument } from '../../support/contracts.ts';
import { TestProject } from '../../support/project.ts';
import { entry, ledgerOf } from '../../core/findings/ledgers.ts';

const stack = (hours: number) => ({
  Resources: { Stream: { Type: 'AWS::Kinesis::Stream', Properties: { RetentionPeriodHours: hours }, DeletionPolicy: 'Retain' } },
});
const manifest = {
  version: '48.0.0',
  artifacts: {
    'Headwaters-dev-Domain-energy': {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-west-1',
      properties: { templateFile: 'dev.template.json', terminationProtection: false },
    },
    'Headwaters-prod-Domain-energy': {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-west-1',
      properties: { templateFile: 'prod.template.json', terminationProtection: true },
    },
    Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
  },
};

/** An app without the CDK: it copies what lies in the project, once for each environment, and insists on being asked for all. */
const APP = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const folder = process.env.CDK_OUTDIR;
if (JSON.parse(process.env.CDK_CONTEXT_JSON).env !== 'all') throw new Error('all environments must be asked for');
mkdirSync(folder, { recursive: true });
writeFileSync(folder + '/manifest.json', ${JSON.stringify(JSON.stringify(manifest))});
for (const name of ['dev', 'prod']) writeFileSync(folder + '/' + name + '.template.json', readFileSync('stack.json'));
`;

let project: TestProject;
const others: string[] = [];
beforeEach(() => {
  project = new TestProject({ contracts: {} });
  project.write('cdk.json', JSON.stringify({ app: 'node app.mjs' }));
  project.write('app.mjs', APP);
  project.write('stack.json', JSON.stringify(stack(24)));
  project.write('contracts/energy/readings.odcs.yaml', stringify(contractDocument()));
  project.write('ledger.yaml', stringify(ledgerOf(entry({ stacks: ['Headwaters-dev-Domain-energy'] }))));
});
afterEach(() => {
  project.remove();
  for (const folder of others.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: project.root }).toString();
function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'state');
}

/** A folder elsewhere, with some files. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-review-'));
  others.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), JSON.stringify(content));
  }
  return folder;
}

interface Json {
  readonly before: string;
  readonly fails: readonly string[];
  readonly environments: readonly string[];
  readonly resources: readonly { readonly id: string; readonly stack: string; readonly kind: string }[];
  readonly contracts?: readonly object[];
  readonly ledger?: { readonly added: readonly object[] };
  readonly notes: readonly string[];
}
const review = async (...args: readonly string[]) => {
  const ran = await project.headwaters('review', ...args);
  return { ...ran, json: () => JSON.parse(ran.stdout) as Json };
};

describe('against a commit', () => {
  beforeEach(() => {
    git('init', '--quiet', '--initial-branch', 'main');
    project.write('.gitignore', '.headwaters/\n');
    commit();
  });

  test('compares the project as it lies there with the project as it was', async () => {
    project.write('stack.json', JSON.stringify(stack(12)));
    project.write('contracts/energy/readings.odcs.yaml', stringify({ ...contractDocument(), version: '1.2.4' }));
    project.write(
      'ledger.yaml',
      stringify(ledgerOf(entry({ stacks: ['Headwaters-dev-Domain-energy'], findings: ['A-S1', 'A-S2'] }))),
    );
    const { code, json, stderr } = await review('--base', 'main', '--json');
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      before: expect.stringMatching(/^main \([0-9a-f]{7}\)$/) as unknown,
      fails: ['shortening'],
      environments: ['dev', 'prod'],
      contracts: [{ name: 'energy/readings', before: '1.2.3', after: '1.2.4' }],
      ledger: { added: [{ id: 'A-S2' }], removed: [], reworded: [] },
      notes: ['findings are compared by what the ledgers accept, which npm test holds equal to what is found'],
    });
    expect(stderr).toMatch(/^Synthesizing main \([0-9a-f]{7}\) …\nSynthesizing the working tree …\nComparing …\n$/);
  });

  test('passes, and leaves nothing behind: neither files nor a change of the index', async () => {
    project.write('staged.txt', 'staged');
    git('add', 'staged.txt');
    const { code, stdout } = await review('--base', 'HEAD');
    expect(stdout).toContain('**Passes.**');
    expect(stdout).toContain('Nothing differs.');
    expect(code).toBe(0);
    expect(readdirSync(path.join(project.root, '.headwaters'))).toEqual([]);
    expect(git('status', '--short')).toBe('A  staged.txt\n');
  });

  test('finds a project that is not at the root of its repository', async () => {
    const inner = path.join(project.root, 'inner');
    mkdirSync(inner);
    for (const name of ['cdk.json', 'app.mjs', 'stack.json']) git('mv', name, `inner/${name}`);
    commit();
    project.write('inner/stack.json', JSON.stringify(stack(12)));
    const { code, stdout } = await project.headwatersIn('inner', 'review', '--base', 'main', '--env', 'prod');
    expect(stdout).toContain('`Headwaters-prod-Domain-energy/Stream`');
    expect(stdout).toContain('dev: left out');
    expect(code).toBe(1);
  });

  test('says that packages differ', async () => {
    project.write('package-lock.json', '{"a":1}');
    commit();
    project.write('package-lock.json', '{"a":2}');
    const { json } = await review('--base', 'main', '--json');
    expect(json().notes[0]).toContain('other package-lock.json');
  });

  test('fails with 2 when the base does not synthesize', async () => {
    project.write('app.mjs', 'console.error("too old"); process.exit(1);');
    commit();
    project.write('app.mjs', APP);
    const { code, stderr, stdout } = await review('--base', 'main');
    expect(stderr).toContain("SynthesisFailed: 'node app.mjs' of cdk.json must succeed; mend what it says:\ntoo old");
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(readdirSync(path.join(project.root, '.headwaters'))).toEqual([]);
  });
});

describe('against a folder', () => {
  test('of templates, of the environments that it holds', async () => {
    const base = folderOf({ 'prod/Headwaters-prod-Domain-energy.json': stack(48) });
    const { json, code } = await review('--base', base, '--json');
    expect(json()).toMatchObject({
      environments: ['prod'],
      resources: [{ stack: 'Headwaters-prod-Domain-energy', id: 'Stream', kind: 'shortened' }],
      notes: [
        "dev: left out: one of the versions has nothing of it, or '--env' asks for another",
        'templates alone do not say whether their stacks are protected from termination, nor to which account and region they go',
        `${base} holds no contracts: contracts and cost were not compared`,
        `${base} holds no ledger: accepted findings were not compared`,
        'findings are compared by what the ledgers accept, which npm test holds equal to what is found',
      ],
    });
    expect(code).toBe(1);
  });

  test('of an assembly, protection from termination included', async () => {
    const unprotected = structuredClone(manifest);
    unprotected.artifacts['Headwaters-prod-Domain-energy'].properties.terminationProtection = false;
    const files = { 'dev.template.json': stack(24), 'prod.template.json': stack(24) };
    const [base, head] = [
      folderOf({ ...files, 'manifest.json': manifest }),
      folderOf({ ...files, 'manifest.json': unprotected }),
    ];
    const { stdout, stderr, code } = await review('--base', base, '--head', head);
    expect(stdout).toContain(
      '- **changed** stack `Headwaters-prod-Domain-energy`\n  - `TerminationProtectionOff`: one call may delete the stack\n',
    );
    expect(stderr).toBe('Comparing …\n');
    expect(code).toBe(1);
  });

  test('of an assembly, the account and region of each stack included', async () => {
    const moved = structuredClone(manifest);
    moved.artifacts['Headwaters-prod-Domain-energy'].environment = 'aws://111122223333/eu-west-3';
    const files = { 'dev.template.json': stack(24), 'prod.template.json': stack(24) };
    const [base, head] = [folderOf({ ...files, 'manifest.json': manifest }), folderOf({ ...files, 'manifest.json': moved })];
    const { stdout, code } = await review('--base', base, '--head', head);
    expect(stdout).toContain(
      '- **changed** stack `Headwaters-prod-Domain-energy`\n  - `StackMoved`: it goes to aws://111122223333/eu-west-3, and went to aws://111122223333/eu-west-1: all is made anew there, empty, and what is here stays behind\n',
    );
    expect(code).toBe(1);
  });

  test('of another project, with its contracts', async () => {
    const base = new TestProject({
      contracts: { 'energy/readings.odcs.yaml': stringify({ ...contractDocument(), version: '1.2.2' }) },
    });
    others.push(base.root);
    base.write('cdk.json', JSON.stringify({ app: 'node app.mjs' }));
    base.write('app.mjs', APP);
    base.write('stack.json', JSON.stringify(stack(24)));
    const { json } = await review('--base', base.root, '--json');
    expect(json().contracts).toMatchObject([{ before: '1.2.2', after: '1.2.3' }]);
  });

  test('within this project, whose contracts are not those of the templates', async () => {
    project.write('recorded/Headwaters-dev-Domain-energy.json', JSON.stringify(stack(24)));
    const { json, code } = await review('--base', path.join(project.root, 'recorded'), '--json', '--fail-on', 'any');
    expect(json().contracts).toBe(undefined);
    expect(code).toBe(0);
  });
});

test.each([
  ['2 without a base', [], "BaseMissing: '--base' must be given"],
  [
    '2 on a base that is neither',
    ['--base', 'nowhere'],
    "UnknownBase: '--base' must be a commit that git knows or a folder, got 'nowhere'",
  ],
  ['2 on a level that there is not', ['--base', '.', '--fail-on', 'deletions'], "UnknownLevel: '--fail-on' must be of"],
  ['2 on an option that there is not', ['--base', '.', '--strict'], "unknown option '--strict'"],
  [
    '2 on an environment that there is not',
    ['--base', '.', '--env', 'prd'],
    "UnknownEnvironment: '--env' must be an environment of one of the versions, got 'prd'",
  ],
  ['2 on a folder without templates', ['--base', 'contracts/energy'], "NoTemplates: 'contracts/energy' must be a CDK project"],
])('fails with %s', async (_, args, says) => {
  const { code, stderr, stdout } = await review(...args);
  expect(stderr).toContain(says);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('fails with 2 on an environment that one version holds nothing of: comparing it with nothing would pass', async () => {
  project.write('old/Headwaters-dev-Domain-energy.template.json', JSON.stringify(stack(24)));
  const { code, stderr } = await review('--base', 'old', '--env', 'prod');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(
      "EnvironmentMissing: '--env' must be an environment that both versions hold, got 'prod', of which 'old' holds nothing; synthesize it with '-c env=all'",
    ) as string,
  });
});

test('fails with 2 on JSON that is no template', async () => {
  const { code, stderr } = await review('--base', folderOf({ 'package.json': { name: 'x' } }));
  expect(stderr).toMatch(/^NotATemplate: '.*package\.json' must be a CloudFormation template in JSON/);
  expect(code).toBe(2);
});

test('fails with 2 where a stack has two templates', async () => {
  const { code, stderr } = await review('--base', folderOf({ 'a/S.json': stack(24), 'b/S.json': stack(24) }));
  expect(stderr).toContain('StackTwice');
  expect(code).toBe(2);
});
