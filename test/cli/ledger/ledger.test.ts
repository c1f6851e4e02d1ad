import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { addLedger } from '../../../cli/commands/ledger.ts';
import { formatLedger, ledgerRows } from '../../../cli/ledger/render-ledger.ts';
import { entry, ledgerOf } from '../../core/findings/ledgers.ts';

const two = ledgerOf(
  entry({ findings: ['A-S1', 'B-S1'], stacks: ['Headwaters-dev-Foundation', 'Headwaters-prod-Foundation'] }),
  entry({ resource: 'Results', findings: ['A-S2'], stacks: ['Headwaters-prod-Foundation'] }),
);
const draw = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, ...rows].map((row) => row.join(' | ')).join('\n');

test('an environment shows its entries, and each reason once', () => {
  expect(formatLedger(two, 'prod', '2026-12-01', draw).split('\n')).toEqual([
    'prod: 2 entries for 3 findings',
    'rule | stack | resource | findings | owner | review by | why',
    'S1 | Headwaters-prod-Foundation | Logs | 2 | somebody@example.com | 2027-11-20 | (1)',
    'S2 | Headwaters-prod-Foundation | Results | 1 | somebody@example.com | 2027-11-20 | (1)',
    '(1) the log of a log would have to be logged, and that without an end',
  ]);
});

test('what is past its review is said', () => {
  expect(formatLedger(two, 'dev', '2027-12-01', draw)).toContain('1 entries are past their review');
  expect(ledgerRows(two, 'prod', '2027-12-01').map(({ isOverdue }) => isOverdue)).toEqual([true, true]);
});

describe('the command', () => {
  const home = process.cwd();
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'headwaters-ledger-'));
    writeFileSync(path.join(folder, 'cdk.json'), '{}');
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a run writes to stdout, and its exit code. */
  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    let code = 0;
    const program = new Command();
    const out = { step: async () => {}, detail: () => {}, done: () => {}, failed: () => {} };
    addLedger(program, { ...out, line: (text) => void lines.push(text) }, (given) => {
      code = given;
    });
    await program.parseAsync(['node', 'headwaters', 'ledger', ...args]);
    return { text: lines.join('\n'), code };
  };

  test('prints every environment, or one', async () => {
    writeFileSync('ledger.yaml', stringify(two));
    const { text, code } = await run();
    expect(text).toMatch(/dev: 1 entries for 2 findings[^]*prod: 2 entries for 3 findings[^]*Read whole on 2026-11-21\./);
    expect(code).toBe(0);
    expect((await run('--env', 'prod')).text).not.toContain('dev:');
  });

  test('prints one line of JSON', async () => {
    writeFileSync('ledger.yaml', stringify(two));
    const { text } = await run('--env', 'prod', '--json');
    expect(text).not.toContain('\n');
    expect(JSON.parse(text)).toMatchObject({
      reviewedOn: '2026-11-21',
      entries: [{ environment: 'prod', resource: 'Logs', stacks: ['Headwaters-prod-Foundation'] }, { resource: 'Results' }],
      faults: [],
    });
  });

  test('fails for a ledger that breaks its own rules', async () => {
    writeFileSync('ledger.yaml', stringify(ledgerOf(entry({ resource: '*' }))));
    const { text, code } = await run();
    expect(text).toContain("BroadResource: 'resource' must be one logical id, got '*'");
    expect(code).toBe(1);
  });

  test('fails for an environment that there is not, for a file that cannot be read, and for none', async () => {
    await expect(run()).rejects.toThrow('NoLedger');
    writeFileSync('ledger.yaml', stringify(two));
    await expect(run('--env', 'prode')).rejects.toThrow(
      "UnknownEnvironment: '--env' must be an environment of the ledger, got 'prode'; did you mean 'prod'?",
    );
    writeFileSync('ledger.yaml', 'all: fine');
    await expect(run()).rejects.toThrow('InvalidLedger');
  });
});
