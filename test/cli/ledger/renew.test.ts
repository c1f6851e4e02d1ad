import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { addLedger } from '../../../cli/commands/ledger.ts';
import type { Finding } from '../../../core/findings/finding.ts';
import type { Decision } from '../../../core/findings/ledger.ts';
import { readLedger } from '../../../core/findings/read-ledger.ts';
import { decision, finding, ledgerOf, place } from '../../core/findings/ledgers.ts';

const home = process.cwd();
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'headwaters-renew-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

/** A project whose app finds what it is told, for who asks it; `meanwhile` is what it does beside. */
function project(findings: readonly Finding[], decisions: readonly Decision[], meanwhile = ''): string {
  const found = JSON.stringify({ datasets: ['tides', 'ebbs'], findings });
  writeFileSync('found.json', found);
  writeFileSync(
    'app.mjs',
    `import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
    mkdirSync(process.env.CDK_OUTDIR, { recursive: true });
    const asked = JSON.parse(process.env.CDK_CONTEXT_JSON);
    if (asked.findings === 'judged' && asked.env === 'all' && asked.slots === 'unrecorded')
      copyFileSync('found.json', process.env.CDK_OUTDIR + '/findings.json');
    ${meanwhile}`,
  );
  writeFileSync('cdk.json', JSON.stringify({ app: 'node app.mjs' }));
  const text = stringify(ledgerOf(...decisions), { aliasDuplicateObjects: false });
  writeFileSync('ledger.yaml', text);
  return text;
}

/** What a run writes to stdout, its exit code, and what it throws. */
async function run(...args: readonly string[]) {
  const lines: string[] = [];
  let code = 0;
  let refusal = '';
  const program = new Command().enablePositionalOptions();
  const out = { step: async () => {}, detail: () => {}, done: () => {}, failed: () => {} };
  addLedger(program, { ...out, line: (text) => void lines.push(text) }, (given) => {
    code = given;
  });
  try {
    await program.parseAsync(['node', 'headwaters', 'ledger', 'renew', ...args]);
  } catch (error) {
    refusal = (error as Error).message;
  }
  return { text: lines.join('\n'), code, refusal };
}
const ledger = (): string => readFileSync('ledger.yaml', 'utf8');

const stream = (dataset: string) => finding({ resource: `Datasets${dataset}Stream0123ABCD` });
const onTides = decision({ resource: 'DatasetsTidesStream0123ABCD' });
const onEbbs = decision({ resource: 'DatasetsEbbsStream0123ABCD' });
const gone = decision({ rule: 'S9', findings: ['A-S9'] });
const foreign = finding({ id: 'A-S2', resource: 'Foreign' });

test('shows what is new and what is gone under each reason, and writes nothing', async () => {
  const text = project([stream('Ebbs')], [onTides, gone]);
  const shown = await run();
  expect(shown.text.split('\n')).toEqual([
    'S1: 1 new place, 1 gone',
    '  the log of a log would have to be logged, and that without an end',
    '  + DatasetsEbbsStream0123ABCD in Headwaters-dev-Foundation',
    '  - DatasetsTidesStream0123ABCD in Headwaters-dev-Foundation',
    '',
    'S9: no place is left: the decision goes, and its reason with it',
    '  the log of a log would have to be logged, and that without an end',
    '  - Logs in Headwaters-dev-Foundation',
    '',
    '1 new place under 1 decision, 2 gone; 1 decision without a place',
    '',
    'Nothing is written. If the reasons hold in the new places: headwaters ledger renew --confirm',
  ]);
  expect([shown.code, shown.refusal, ledger()]).toEqual([1, '', text]);
  expect(readdirSync('.headwaters')).toEqual([]);
});

const inUat = finding({ resource: onTides.places[0]?.resource ?? '', stack: 'Headwaters-uat-Foundation' });

test('a new environment takes the decisions of one that it is like, where that is said', async () => {
  const text = project([stream('Tides'), inUat], [onTides]);
  const shown = await run();
  expect(shown.text).toContain(" If 'uat' is to be as another environment: headwaters ledger renew --like uat=<that one>.");
  expect(shown.text).toContain('1 place for which no decision answers');
  const like = await run('--like', 'uat=dev');
  expect(like.text).toContain('S1: 1 new place, 0 gone');
  expect(like.text).toContain('If the reasons hold in the new places: headwaters ledger renew --like uat=dev --confirm');
  expect(ledger()).toBe(text);
  expect((await run('--like', 'uat=dev', '--confirm')).code).toBe(0);
  expect((await run()).text).toBe('The ledger says exactly what is found.');
});

test.each([
  ['uta=dev', "'--like' must name an environment of the app, got 'uta'; did you mean 'uat'?"],
  ['uat=uat', "'--like' must name an environment of the ledger, got 'uat'; name one of dev"],
])('fails with UnknownEnvironment for --like %s', async (pair, message) => {
  project([stream('Tides'), inUat], [onTides]);
  expect((await run('--like', pair)).refusal).toBe(`UnknownEnvironment: ${message}`);
});

test('says in one line of JSON the same', async () => {
  const text = project([stream('Ebbs'), foreign], [onTides]);
  const shown = await run('--json');
  expect(shown.text).not.toContain('\n');
  expect(JSON.parse(shown.text)).toEqual({
    isRenewed: false,
    decisions: [
      { rule: 'S1', reason: onTides.reason, owner: onTides.owner, isDropped: false, added: onEbbs.places, gone: onTides.places },
    ],
    uncovered: [{ rule: 'S2', lack: 'undecided', near: [], places: [place({ resource: 'Foreign', findings: ['A-S2'] })] }],
    unjudged: [],
    faults: [],
    isWritten: false,
  });
  expect([shown.code, ledger()]).toEqual([1, text]);
});

test('writes the places that a person confirms; then there is nothing to do', async () => {
  project([stream('Ebbs')], [onTides]);
  const written = await run('--confirm');
  expect(written.text).toContain('ledger.yaml is written: read the change, and commit it.');
  expect([written.code, written.refusal]).toEqual([0, '']);
  expect(readLedger(ledger())).toEqual(ledgerOf(onEbbs));
  expect(await run()).toEqual({ text: 'The ledger says exactly what is found.', code: 0, refusal: '' });
});

test('fails for a finding that no decision answers for, shows the entry that wants a reason, and writes nothing of the rest', async () => {
  const text = project([stream('Ebbs'), foreign, finding({ ...foreign, id: 'A-S2[Action::s3:*]' })], [onTides]);
  const { text: shown, refusal } = await run('--confirm');
  expect(refusal).toMatch(/^UncoveredFinding: a decision must answer for each finding, got 2 places for which none does; /);
  expect(refusal).toMatch(/Nothing was written$/);
  expect(ledger()).toBe(text);
  expect(shown).toContain(
    [
      '# S2: nobody has decided on this rule on such a resource',
      '  - rule: S2',
      "    reason: ''",
      "    owner: ''",
      '    enteredOn: 2026-11-21',
      '    reviewBy: 2026-11-21',
      '    places:',
      '      - resource: Foreign',
      '        stacks: [Headwaters-dev-Foundation]',
      '        findings: [A-S2]',
    ].join('\n'),
  );
  expect(shown).toContain('no decision may except an action that a wildcard allows: write the actions out\n  + Foreign in');
});

test('the entry that it shows is accepted with a reason, and not without', async () => {
  const text = project([stream('Tides'), foreign], [onTides]);
  const entry = /^ {2}- rule: S2\n(?: {4}.*\n)+/m.exec((await run()).text)?.[0] ?? '';
  writeFileSync('ledger.yaml', text + entry);
  const { refusal } = await run('--confirm');
  expect(refusal).toMatch(/^DishonestLedger: ledger.yaml must be exact, reasoned, owned and dated, got 3 faults/);
  const said = entry
    .replace("reason: ''", `reason: ${onTides.reason}`)
    .replace("owner: ''", 'owner: me')
    .replace('reviewBy: 2026', 'reviewBy: 2027');
  writeFileSync('ledger.yaml', text + said);
  expect((await run('--confirm')).refusal).toBe('');
  expect(ledger()).toBe(text + said);
});

test('fails for what a rule could not judge', async () => {
  const text = project([stream('Ebbs'), finding({ isUnjudged: true })], [onTides]);
  expect((await run('--confirm')).refusal).toMatch(/^UnjudgedFinding: /);
  expect(ledger()).toBe(text);
});

test.each(['true', '1'])('fails where CI is %s, before anything is synthesized; to look is allowed', async (CI) => {
  const text = project([stream('Ebbs')], [onTides], "writeFileSync('ran', '');");
  process.env.CI = CI;
  try {
    expect((await run('--confirm')).refusal).toMatch(/^ConfirmedOnCi: '--confirm' must be said by a person, got it where CI is/);
    expect(readdirSync('.')).not.toContain('ran');
    expect((await run()).code).toBe(1);
    expect(ledger()).toBe(text);
  } finally {
    process.env.CI = '';
  }
});

test('fails where the ledger was edited meanwhile', async () => {
  project([stream('Ebbs')], [onTides], "writeFileSync('ledger.yaml', 'mine');");
  expect((await run('--confirm')).refusal).toMatch(/^LedgerChanged: /);
  expect(ledger()).toBe('mine');
});

test('fails for an app that tells no findings, and without a ledger', async () => {
  project([], [onTides]);
  writeFileSync('app.mjs', "import { mkdirSync } from 'node:fs'; mkdirSync(process.env.CDK_OUTDIR, { recursive: true });");
  expect((await run()).refusal).toMatch(/^NoFindings: the app of cdk.json must leave 'findings.json' in its assembly/);
  rmSync('ledger.yaml');
  expect((await run()).refusal).toMatch(/^NoLedger: /);
});
