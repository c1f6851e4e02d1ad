import type { Command } from 'commander';
import { LEDGER } from '../ledger/ledger-file.ts';
import type { Out } from '../output.ts';
import type { RenewOptions } from '../ledger/run-renewal.ts';

/** `headwaters ledger renew`: the places of the decisions follow what is found; the reasons are people's. */
export function addLedgerRenew(ledger: Command, out: Out, setExitCode: (code: number) => void): void {
  ledger
    .command('renew')
    .summary('say which places of the decisions are new and which are gone, and write them if you confirm')
    .description(
      'Synthesizes every environment, judges the templates, and shows for each decision its reason, where it would hold in addition and where no longer. ' +
        'A place is new under a decision where that one, and no other, holds for the same rule on the same kind of resource in the same environment, and a policy has the ' +
        'same shape. What no decision answers for is shown as entries that want a reason.\n\n' +
        `With --confirm you say that the reasons hold in the new places: ${LEDGER} is written, if no reason is wanting. CI never confirms.\n\n` +
        'The exit code is 1 while the ledger does not say exactly what is found.',
    )
    .option('--confirm', `write the places to ${LEDGER}: you have read the reasons, and they hold there`, false)
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (options: RenewOptions) => {
      const { runRenewal } = await import('../ledger/run-renewal.ts');
      await runRenewal(options, out, setExitCode);
    });
}
