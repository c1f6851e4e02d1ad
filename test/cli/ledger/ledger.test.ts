import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { addLedger } from '../../../cli/commands/ledger.ts';
import { formatLedger, ledgerRows, type Shown } from '../../../cli/ledger/render-ledger.ts';
import { table } from '../../../cli/table.ts';
import { readLedger } from '../../../core/findings/read-ledger.ts';
import { decision, ledgerOf, place } from '../../core/findings/ledgers.ts';

const prod = 'Headwaters-prod-Foundation';
const REASON = 'the log of a log would have to be logged, and that without an end';
const two = ledgerOf(
  decision({
    places: [
      place({ findings: ['A-S1', 'B-S1'], stacks: ['Headwaters-dev-Foundation', prod] }),
      place({ resource: 'Trail', stacks: [prod] }),
    ],
  }),
  decision({ rule: 'S2', resource: 'Results', findings: ['A-S2'], stacks: [prod] }),
);
const draw = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, ...rows].map((row) => row.join(' | ')).join('\n');
const shown = (changes: Partial<Shown> = {}): Shown => ({ places: false, today: '2026-12-01', draw, ...changes });

test('an environment shows a row for each decision, and below why', () => {
  expect(formatLedger(two, 'prod', shown()).split('\n')).toEqual([
    'prod: 2 decisions, 3 places, 4 findings',
    'rule | places | findings | owner | review by | why',
    'S1 | 2 | 3 | somebody@example.com | 2027-11-20 | (1)',
    'S2 | 1 | 1 | somebody@example.com | 2027-11-20 | (2)',
    `(1) S1: ${REASON}`,
    `(2) S2: ${REASON}`,
  ]);
});

test('where each decision holds is shown if asked', () => {
  const asked = ledgerOf(...two.decisions, decision({ rule: 'S3', findings: ['A-S3'], stacks: [prod] }));
  expect(
    formatLedger(asked, 'prod', shown({ places: true }))
      .split('\n')
      .slice(5),
  ).toEqual([
    `(1) S1: ${REASON}`,
    '    Logs',
    '      in Headwaters-prod-Foundation',
    '      A-S1',
    '      B-S1',
    '    Trail',
    '      in Headwaters-prod-Foundation',
    '      A-S1',
    `(2) S2: ${REASON}`,
    '    Results',
    '      in Headwaters-prod-Foundation',
    '      A-S2',
    `(3) S3: ${REASON}`,
    '    Logs',
    '      in Headwaters-prod-Foundation',
    '      A-S3',
  ]);
});

test('what is past its review is said', () => {
  expect(formatLedger(two, 'dev', shown({ today: '2027-12-01' }))).toContain('1 decision past review: ask whether');
  expect(formatLedger(two, 'dev', shown())).not.toContain('past review');
  expect(ledgerRows(two, 'prod', '2027-12-01').decisions.map(({ isOverdue }) => isOverdue)).toEqual([true, true]);
});

test("the project's own ledger fits in 120 columns", () => {
  const own = readLedger(readFileSync('ledger.yaml', 'utf8'));
  const lines = formatLedger(own, 'prod', shown({ draw: table })).split('\n');
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
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
    expect(text).toMatch(
      /dev: 1 decision, 1 place, 2 findings[^]*prod: 2 decisions, 3 places, 4 findings[^]*Read whole on 2026-11-21\./,
    );
    expect(code).toBe(0);
    expect((await run('--env', 'prod')).text).not.toContain('dev:');
    expect((await run('--env', 'prod')).text).not.toContain('      A-S1');
    expect((await run('--env', 'prod', '--places')).text).toContain('      A-S1');
  });

  test('prints one line of JSON', async () => {
    writeFileSync('ledger.yaml', stringify(two));
    const { text } = await run('--env', 'prod', '--json');
    expect(text).not.toContain('\n');
    const said = { reason: REASON, owner: 'somebody@example.com', enteredOn: '2026-11-21', reviewBy: '2027-11-20' };
    expect(JSON.parse(text)).toEqual({
      reviewedOn: '2026-11-21',
      environments: [
        {
          environment: 'prod',
          counts: { decisions: 2, places: 3, findings: 4 },
          decisions: [
            {
              rule: 'S1',
              ...said,
              isOverdue: expect.any(Boolean) as unknown,
              places: [
                { resource: 'Logs', stacks: [prod], findings: ['A-S1', 'B-S1'] },
                { resource: 'Trail', stacks: [prod], findings: ['A-S1'] },
              ],
            },
            {
              rule: 'S2',
              ...said,
              isOverdue: expect.any(Boolean) as unknown,
              places: [{ resource: 'Results', stacks: [prod], findings: ['A-S2'] }],
            },
          ],
        },
      ],
      faults: [],
    });
  });

  test('fails for a ledger that breaks its own rules', async () => {
    writeFileSync('ledger.yaml', stringify(ledgerOf(decision({ resource: '*' }))));
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
