import type { Command } from 'commander';
import type { Out } from '../output.ts';
import { ALL } from '../cost/all-environments.ts';
import type { CostOptions } from '../cost/run-cost.ts';

/** `headwaters cost`: what the templates cost a month, and what would be cheaper. */
export function addCost(program: Command, out: Out): void {
  program
    .command('cost')
    .summary('say what the templates cost a month, in the first year and once retentions are filled, and what would be cheaper')
    .description(
      'Prices the synthesized templates of each environment with the dated list prices of us-east-1. What no template holds, such as events a day, comes ' +
        'from the contracts, from --workload, and from assumptions, which are printed. A resource that nobody here can price is an error, and never free. ' +
        'docs/cost.md says what is priced, and how a workload is written.',
    )
    .option('--env <name>', 'one environment, or all', ALL)
    .option('--workload <file>', 'YAML: events, packing, queries and all else that no template holds')
    .option('--assembly <folder>', 'a cdk.out to price (default: this project, synthesized as it is)')
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (options: CostOptions) => {
      const { runCost } = await import('../cost/run-cost.ts');
      await runCost(options, out);
    });
}
