import type { Command } from 'commander';
import type { Out } from '../output.ts';
import type { CheckOptions } from '../contracts/check.ts';

/** `headwaters contracts check`: whether contracts can be used, and what they cause. */
export function addContractsCheck(contracts: Command, out: Out, setExitCode: (code: number) => void): void {
  contracts
    .command('check')
    .summary('say what is wrong with contracts, or what they cause')
    .description(
      'Reads contracts with all that bears on them — the other contracts and the released versions — and says every fault with file, line, column, code and remedy. ' +
        'Of contracts without a fault it says what they cause: zones, keys and temperatures with their dates, delivery, roles, protection, what is refused at the door, and the cost of a month; ' +
        'of several at once a line each.\n\n' +
        'The exit code is 1 when there is a fault.',
    )
    .argument('[files...]', 'contracts, or folders of them (default: all of contracts/)')
    .option('--env <name>', 'the environment whose names are shown', 'dev')
    .option('--full', 'everything about each of several contracts', false)
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (files: readonly string[], options: CheckOptions) => {
      const { checkContracts } = await import('../contracts/check.ts');
      await checkContracts(files, options, out, setExitCode);
    });
}
