import { vi } from 'vitest';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readContracts } from '../../core/contract/read-file.ts';
import { REPOSITORY } from '../support/project.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

const run = promisify(execFile);
/** What a checkout holds that a copy must not, or need not. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'cdk.out', '.headwaters', 'coverage']);
/** Where the sample platform lives, and what is generated from it. */
const SAMPLE = ['contracts', 'models', 'sample', 'test/lib'];
/** Suites that run on the project's own contracts; the others bring theirs, and what they test can know no dataset (names.test.ts). */
const OF_THE_PROJECT = ['test/bin', 'test/lib', 'test/repository', 'test/end-to-end/demo'];

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

test('the tests pass when a dataset of the sample is renamed throughout', async () => {
  const [largest] = readContracts(path.join(REPOSITORY, 'contracts'))
    .flatMap(({ datasets }) => datasets)
    .sort((a, b) => b.expectedEventsPerDay - a.expectedEventsPerDay);
  const old = largest?.name ?? '';
  const copy = mkdtempSync(path.join(tmpdir(), 'headwaters-renamed-'));
  try {
    cpSync(REPOSITORY, copy, { recursive: true, filter: (source) => !LEFT_OUT.has(path.relative(REPOSITORY, source)) });
    symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(copy, 'node_modules'));
    let renamed = 0;
    for (const folder of SAMPLE) {
      for (const file of files(path.join(copy, folder))) {
        const text = readFileSync(file, 'utf8');
        const changed = text.replaceAll(new RegExp(`\\b${old}(?!-3m)(?=\\b|_)`, 'g'), 'voyages');
        if (changed !== text) renamed += 1;
        writeFileSync(file, changed);
        if (path.basename(file).startsWith(`${old}.`))
          renameSync(file, path.join(path.dirname(file), path.basename(file).replace(old, 'voyages')));
      }
    }
    expect(renamed).toBeGreaterThan(4);
    // a renamed dataset is new resources: only the records of what was reviewed may change
    const env = {
      ...process.env,
      UPDATE_SNAPSHOTS: '1',
      FORGET_STATEFUL_IDS: '1',
      NODE_OPTIONS: '',
      NO_COLOR: '1',
      HEADWATERS_TESTS_BUILD: undefined, // the copy's own command, not ours
    };
    // nor does any reason: each stands for the new name as it did for the old
    await run(process.execPath, ['cli/headwaters.mjs', 'ledger', 'renew', '--confirm'], { cwd: copy, env: { ...env, CI: '' } });
    const { stdout } = await run(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', ...OF_THE_PROJECT, '--exclude', '**/lib/slots/**'],
      { cwd: copy, env, maxBuffer: 64 * 1024 * 1024 },
    );
    expect(stdout).toMatch(/Tests +\d+ passed/);
    expect(stdout).not.toMatch(/Tests .*failed/);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
