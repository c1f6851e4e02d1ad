import { InvalidArgumentError, type Command } from 'commander';
import { LEDGER } from '../ledger/ledger-file.ts';
import type { Likeness } from '../../core/findings/precedents.ts';
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
        'An environment that is new has no decisions. Where those of another are to hold in it, name that one: --like uat=staging.\n\n' +
        `With --confirm you say that the reasons hold in the new places: ${LEDGER} is written, if no reason is wanting. CI never confirms.\n\n` +
        'The exit code is 1 while the ledger does not say exactly what is found.',
    )
    .option('--confirm', `write the places to ${LEDGER}: you have read the reasons, and they hold there`, false)
    .option(
      '--like <new=other>',
      'an environment, and the one whose decisions answer where it has none; may be said again',
      likeness,
    )
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (options: RenewOptions) => {
      const { runRenewal } = await import('../ledger/run-renewal.ts');
      await runRenewal(options, out, setExitCode);
    });
}

/** `uat=staging`, beside what was said before. */
function likeness(pair: string, before: Likeness = new Map()): Likeness {
  const [environment, other, ...more] = pair.split('=');
  if (environment === undefined || other === undefined || environment === '' || other === '' || more.length > 0)
    throw new InvalidArgumentError("it must be two environments, as in 'uat=staging'.");
  if (before.has(environment)) throw new InvalidArgumentError(`'${environment}' may be like one other only.`);
  return new Map([...before, [environment, other]]);
}
