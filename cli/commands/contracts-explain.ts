import type { Command } from 'commander';
import type { Out } from '../output.ts';

/** `headwaters contracts explain`: one word of a contract, or of what came of one. */
export function addContractsExplain(contracts: Command, out: Out): void {
  contracts
    .command('explain')
    .summary('say what one word means: a column, a dataset, a key or value of the standard, a reason of quarantine')
    .description(
      "Explains a column ('price', 'orders.price', 'sales.orders.address.city'), a dataset, a key of a contract ('readOften', 'schema.properties.unique'), a value ('retention', 'restricted', 'tokenize') " +
        "or a reason under which an event is found in quarantine ('bad-time'). What a whole contract causes, 'check' says.",
    )
    .argument('<word>', 'what is to be explained')
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (word: string, { json }: { readonly json: boolean }) => {
      const { explain } = await import('../contracts/explain.ts');
      explain(word, json, out);
    });
}
