import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ClaimFails, type Claim } from './claim.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '..');

export interface SuiteClaim extends Pick<Claim, 'id' | 'says'> {
  /** Patterns of the paths of tests. What ends in `.prove.ts` runs here and never in `npm test`. */
  readonly suites: readonly string[];
  /** Variables that make the suites as large as the claim says. @default - none */
  readonly full?: Readonly<Record<string, string>>;
  /** What the full proof counts, beside the number of tests. @default - nothing */
  readonly counted?: string;
}

interface SuiteResult {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** A claim that tests hold: `npm test` runs their quick part. A suite that is missing, or skips a test, proves nothing and fails. */
export function suiteClaim({ id, says, suites, full = {}, counted }: SuiteClaim): Claim {
  const prove: Claim['prove'] = async (scale) => {
    const { success, numPassedTests, numPendingTests, testResults } = await runSuites(suites, scale === 'full' ? full : {});
    const failed = testResults.flatMap(({ message, assertionResults }) => {
      const names = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
      return names.length > 0 || message === '' ? names : [message];
    });
    if (!success || failed.length > 0) throw new ClaimFails(failed.length > 0 ? failed : ['the suites failed as a whole']);
    if (numPassedTests === 0) throw new ClaimFails([`no test was found in ${suites.join(', ')}`]);
    if (numPendingTests > 0) throw new ClaimFails([`${numPendingTests} tests were skipped in ${suites.join(', ')}`]);
    const tests = `${numPassedTests} tests`;
    return scale === 'full' && counted !== undefined ? `${counted}, ${tests}` : tests;
  };
  return { id, says, prove };
}

async function runSuites(suites: readonly string[], variables: Readonly<Record<string, string>>): Promise<SuiteResult> {
  const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-suite-'));
  const result = path.join(folder, 'result.json'); // suites may print what they counted
  const options = ['--config', 'prove/suites.config.ts', '--maxWorkers', '1', '--reporter', 'json', '--outputFile', result];
  const child = spawn(process.execPath, [vitest, 'run', ...suites, ...options], {
    cwd: REPOSITORY,
    env: { ...process.env, ...variables, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    return JSON.parse(readFileSync(result, 'utf8')) as SuiteResult;
  } catch {
    throw new ClaimFails([`the suites gave no result: ${said.slice(-2000)}`]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
