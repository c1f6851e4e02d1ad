import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { contractDocument } from '../../support/contracts.ts';
import { TestProject } from '../../support/project.ts';
import { decision, ledgerOf } from '../../core/findings/ledgers.ts';

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

/** A stack whose stream is under a key of its own place. */
const stackAt = (place: string) => ({
  Resources: {
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { StreamEncryption: { EncryptionType: 'KMS', KeyId: `${place}/key` } } },
  },
});
const assemblyAt = (dev: string, prod: string) => ({ 'dev.template.json': stackAt(dev), 'prod.template.json': stackAt(prod) });
const manifestAt = (dev: string, prod: string) => ({
  ...manifest,
  artifacts: {
    'Headwaters-dev-Domain-energy': { ...manifest.artifacts['Headwaters-dev-Domain-energy'], environment: dev },
    'Headwaters-prod-Domain-energy': { ...manifest.artifacts['Headwaters-prod-Domain-energy'], environment: prod },
  },
});

/** An app that goes where it is told to. */
const PLACED_APP = `
import { mkdirSync, writeFileSync } from 'node:fs';
const folder = process.env.CDK_OUTDIR;
const place = 'aws://' + (process.env.CDK_DEFAULT_ACCOUNT ?? 'unknown-account') + '/' + (process.env.CDK_DEFAULT_REGION ?? 'unknown-region');
const placed = (value) => JSON.stringify(value).replaceAll('PLACE', place);
mkdirSync(folder, { recursive: true });
writeFileSync(folder + '/manifest.json', placed(${JSON.stringify(manifestAt('PLACE', 'PLACE'))}));
for (const name of ['dev', 'prod']) writeFileSync(folder + '/' + name + '.template.json', placed(${JSON.stringify(stackAt('PLACE'))}));
`;

let project: TestProject;
const others: string[] = [];
beforeEach(() => {
  project = new TestProject({ contracts: {} });
  project.write('cdk.json', JSON.stringify({ app: 'node app.mjs' }));
  project.write('app.mjs', APP);
  project.write('stack.json', JSON.stringify(stack(24)));
  project.write('contracts/energy/readings.odcs.yaml', stringify(contractDocument()));
  project.write('ledger.yaml', stringify(ledgerOf(decision({ stacks: ['Headwaters-dev-Domain-energy'] }))));
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
      stringify(ledgerOf(decision({ stacks: ['Headwaters-dev-Domain-energy'], findings: ['A-S1', 'A-S2'] }))),
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
        `${base} holds no contracts: contracts were not compared, and the cost is that of no events`,
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
      '- **moved** stack `Headwaters-prod-Domain-energy`\n  - `StackMoved`: it goes to the region eu-west-3, and went to the region eu-west-1: all is made anew there, empty, and what is here stays behind\n',
    );
    expect(code).toBe(1);
  });

  test('of an assembly for other accounts, for which the project is synthesized where it leaves them open', async () => {
    project.write('app.mjs', PLACED_APP);
    const [first, second] = ['aws://444455556666/eu-central-1', 'aws://777788889999/eu-west-3'] as const;
    const base = folderOf({ ...assemblyAt(first, second), 'manifest.json': manifestAt(first, second) });
    const { json, stderr, code } = await review('--base', base, '--json');
    expect(json()).toMatchObject({ fails: [], moves: [], resources: [] });
    expect(stderr).toBe(
      `Synthesizing the working tree for ${first} …\nSynthesizing the working tree for ${second} …\nComparing …\n`,
    );
    expect(code).toBe(0);
  });

  test('of an assembly that leaves account and region open, as the project then does', async () => {
    project.write('app.mjs', PLACED_APP);
    const open = 'aws://unknown-account/unknown-region';
    const base = folderOf({ ...assemblyAt(open, open), 'manifest.json': manifestAt(open, open) });
    expect((await review('--base', base, '--json')).json()).toMatchObject({ fails: [], moves: [], resources: [] });
  });

  test('of an assembly elsewhere, where an environment has a place of its own: that it moved is said once', async () => {
    project.write('app.mjs', PLACED_APP.replaceAll('process.env.CDK_DEFAULT_REGION', "'eu-north-1'"));
    const place = 'aws://444455556666/eu-central-1';
    const base = folderOf({ ...assemblyAt(place, place), 'manifest.json': manifestAt(place, place) });
    const { json, code } = await review('--base', base, '--json');
    expect(json()).toMatchObject({
      fails: ['replacement'],
      counts: { replacement: 1 },
      moves: [{ stacks: ['Headwaters-dev-Domain-energy', 'Headwaters-prod-Domain-energy'] }],
      resources: [],
    });
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

describe('an acceptance', () => {
  const stacks = ['Headwaters-dev-Domain-energy', 'Headwaters-prod-Domain-energy'];
  const reason = 'records are delivered within minutes, and nobody replays from the stream';
  interface Draft {
    readonly change: string;
  }
  const accept = (draft: Draft, words: object = { reason, owner: 'lake@example.com' }): void => {
    project.write('accepted-dangers.yaml', stringify({ acceptances: [{ ...draft, ...words }] }));
  };
  const draftOf = async (): Promise<Draft> => {
    const { stdout } = await review('--base', 'main', '--json');
    const [draft] = (JSON.parse(stdout) as { acceptances: { drafts: readonly Draft[] } }).acceptances.drafts;
    if (draft === undefined) throw new Error('the review must offer an entry');
    return draft;
  };
  beforeEach(() => {
    git('init', '--quiet', '--initial-branch', 'main');
    project.write('.gitignore', '.headwaters/\n');
    commit();
    project.write('stack.json', JSON.stringify(stack(12)));
  });

  test('as the review prints it, with a reason, lets its change pass, and the reason is shown', async () => {
    const draft = await draftOf();
    expect(draft).toEqual({
      code: 'StreamRetentionShortened',
      stacks,
      resource: 'Stream',
      property: 'RetentionPeriodHours',
      change: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      reason: '',
      owner: '',
    });
    accept(draft);
    const { stdout, code } = await review('--base', 'main');
    expect(stdout).toContain('**Passes.**');
    expect(stdout).toContain(
      `## Accepted dangers\n\n- **shortened** AWS::Kinesis::Stream \`Headwaters-<env>-Domain-energy/Stream\` (dev, prod)\n  - \`StreamRetentionShortened\`: 'RetentionPeriodHours' from 24 hours to 12 hours: older records go at once, and an outage of delivery may last no longer\n  - accepted by lake@example.com: ${reason}\n`,
    );
    expect(stdout).not.toContain('To accept a danger');
    expect(code).toBe(0);
  });

  test('of another change accepts nothing, and fails as stale', async () => {
    accept(await draftOf());
    project.write('stack.json', JSON.stringify(stack(6)));
    const { stdout, code } = await review('--base', 'main', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      fails: ['shortening', 'stale'],
      counts: { shortening: 2, stale: 2 },
      acceptances: { stale: [{ stack: stacks[0] }, { stack: stacks[1] }], spent: [] },
    });
    expect(code).toBe(1);
  });

  test('is spent once it is merged: it passes with a note, and accepts the same no second time', async () => {
    accept(await draftOf());
    commit();
    const merged = await review('--base', 'main');
    expect(merged.stdout).toContain('spent `StreamRetentionShortened`');
    expect(merged.code).toBe(0);
    project.write('stack.json', JSON.stringify(stack(24)));
    commit();
    project.write('stack.json', JSON.stringify(stack(12)));
    expect((await review('--base', 'main')).code).toBe(1);
  });

  test('fails with 2 where it cannot be believed', async () => {
    accept(await draftOf(), { reason: 'it is meant', owner: 'lake@example.com' });
    const { code, stderr, stdout } = await review('--base', 'main');
    expect(stderr).toContain(
      "InvalidAcceptance: 'accepted-dangers.yaml': 'acceptances.0.reason': must be at least 40 characters",
    );
    expect(stdout).toBe('');
    expect(code).toBe(2);
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
  [
    '2 on levels of which one excludes the other',
    ['--base', '.', '--fail-on', 'any,none'],
    "LevelsExclude: '--fail-on' must name 'any' alone, as it means every level, got 'any,none'; leave out 'any', or 'none'",
  ],
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
