import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { judgeLedger } from '../../core/findings/judge-ledger.ts';
import { claimsOf, type Ledger } from '../../core/findings/ledger.ts';
import { environmentOf } from '../../core/naming.ts';
import { readLedger } from '../../core/findings/read-ledger.ts';
import { CommandError } from '../command-error.ts';
import { formatLedger, ledgerRows } from '../ledger/render-ledger.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

const FILE = 'ledger.yaml';

interface LedgerOptions {
  readonly env?: string;
  readonly places: boolean;
  readonly json: boolean;
}

/** `headwaters ledger`: what the security packs find and what was accepted, with its reasons. */
export function addLedger(program: Command, out: Out, setExitCode: (code: number) => void): void {
  program
    .command('ledger')
    .summary('say which findings of the security packs are accepted, why, by whom and until when')
    .description(
      `Reads ${FILE}: each decision to accept findings of cdk-nag in the final templates of an environment, and how often it holds. That it says ` +
        "exactly what is found, 'npm test' proves; this command says what it says.\n\nThe exit code is 1 when something breaks the ledger's own rules.",
    )
    .option('--env <name>', 'one environment only (default: each)')
    .option('--places', 'list where each decision holds, and of which findings', false)
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async ({ env, places, json }: LedgerOptions) => {
      const ledger = ledgerOf(projectAround(process.cwd()).root);
      const names = environmentsOf(ledger, env);
      const today = new Date().toISOString().slice(0, 10);
      const faults = judgeLedger(ledger);
      if (faults.length > 0) setExitCode(1);
      if (json) {
        out.line(
          JSON.stringify({
            reviewedOn: ledger.reviewedOn,
            environments: names.map((name) => ledgerRows(ledger, name, today)),
            faults,
          }),
        );
        return;
      }
      const { table } = await withOptionalPeers(() => import('../table.ts'));
      out.line(
        [
          ...names.map((name) => formatLedger(ledger, name, { places, today, draw: table })),
          `Read whole on ${ledger.reviewedOn}.`,
          ...faults,
        ].join('\n\n'),
      );
    });
}

function ledgerOf(root: string): Ledger {
  const file = path.join(root, FILE);
  if (!existsSync(file)) throw new CommandError('NoLedger', `'${file}' must exist; run the command in a project that keeps one`);
  return readLedger(readFileSync(file, 'utf8'));
}

function environmentsOf(ledger: Ledger, asked: string | undefined): string[] {
  const known = [...new Set(claimsOf(ledger).map(({ stack }) => environmentOf(stack)))].filter((name) => name !== undefined);
  if (asked === undefined) return known;
  if (!known.includes(asked))
    throw new CommandError(
      'UnknownEnvironment',
      `'--env' must be an environment of the ledger, got '${asked}'${didYouMean(asked, known) || `; ${nameOneOf(known)}`}`,
    );
  return [asked];
}
