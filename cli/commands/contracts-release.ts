import type { Command } from 'commander';
import type { Out } from '../output.ts';

/** `headwaters contracts release`: writes down what a version promises, for later versions to be compared with. */
export function addContractsRelease(contracts: Command, out: Out): void {
  contracts
    .command('release')
    .summary('write down what the versions promise: commit it, and later versions are held to it')
    .description(
      'Writes contracts/released/<domain>/<product>@<version>.json for every contract whose version was not released before. ' +
        'What check notes of a version is said once more, for from then on it is what later ones are compared with. A released version never changes: from then on, synth and check refuse a contract whose version says less than what has changed.',
    )
    .argument('[files...]', 'contracts to release, or folders of them (default: all of contracts/)')
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (files: readonly string[], { json }: { readonly json: boolean }) => {
      const { releaseContracts } = await import('../contracts/release.ts');
      releaseContracts(files, json, out);
    });
}
