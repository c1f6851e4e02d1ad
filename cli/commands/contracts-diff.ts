import type { Command } from 'commander';
import type { Out } from '../output.ts';

/** `headwaters contracts diff`: what a change means, before it is released. */
export function addContractsDiff(contracts: Command, out: Out, setExitCode: (code: number) => void): void {
  contracts
    .command('diff')
    .summary('say what has changed since the release, whom it breaks, and what must happen')
    .description(
      'Compares contracts with their newest release, or two files with each other: contracts, or released ones of contracts/released/. ' +
        'Each change is additive, breaking or metadata, with the reason and what must happen.\n\n' +
        'The exit code is 1 when a version says less than what has changed.',
    )
    .argument('[before]', 'a contract, or a released one (default: the newest release of every contract)')
    .argument('[after]', 'the contract to compare with it')
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (before: string | undefined, after: string | undefined, { json }: { readonly json: boolean }) => {
      const { diffContracts } = await import('../contracts/diff.ts');
      diffContracts(before, after, json, out, setExitCode);
    });
}
