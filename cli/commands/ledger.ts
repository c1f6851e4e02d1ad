import type { Command } from 'commander';
import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { judgeLedger } from '../../core/findings/judge-ledger.ts';
import { claimsOf, type Ledger } from '../../core/findings/ledger.ts';
import { environmentOf } from '../../core/naming.ts';
import { readLedger } from '../../core/findings/read-ledger.ts';
import { CommandError } from '../command-error.ts';
import { LEDGER, readLedgerText } from '../ledger/ledger-file.ts';
import { formatLedger, ledgerRows } from '../ledger/render-ledger.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';
import { addLedgerRenew } from './ledger-renew.ts';

interface LedgerOptions {
  readonly env?: string;
  readonly places: boolean;
  readonly json: boolean;
}

/** `headwaters ledger`: what the security packs find and what was accepted, with its reasons. */
export function addLedger(program: Command, out: Out, setExitCode: (code: number) => void): void {
  const command = program
    .command('ledger')
    .enablePositionalOptions()
    .summary('say which findings of the security packs are accepted, why, by whom and until when')
    .description(
      `Reads ${LEDGER}: each decision to accept findings of cdk-nag in the final templates of an environment, and how often it holds. That it says ` +
        "exactly what is found, 'npm test' proves; this command says what it says, and 'renew' what it should.\n\nThe exit code is 1 when something breaks the ledger's own rules.",
    )
    .option('--env <name>', 'one environment only (default: each)')
    .option('--places', 'list where each decision holds, and of which findings', false)
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async ({ env, places, json }: LedgerOptions) => {
      const ledger = readLedger(readLedgerText(projectAround(process.cwd())));
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
  addLedgerRenew(command, out, setExitCode);
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
