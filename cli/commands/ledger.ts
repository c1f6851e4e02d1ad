import type { Command } from 'commander';
import { LEDGER } from '../ledger/ledger-file.ts';
import type { Out } from '../output.ts';
import { addLedgerRenew } from './ledger-renew.ts';
import type { LedgerOptions } from '../ledger/show-ledger.ts';

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
    .action(async (options: LedgerOptions) => {
      const { showLedger } = await import('../ledger/show-ledger.ts');
      await showLedger(options, out, setExitCode);
    });
  addLedgerRenew(command, out, setExitCode);
}
