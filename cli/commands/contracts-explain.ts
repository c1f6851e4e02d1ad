import type { Command } from 'commander';
import { explainWord, wordMeant, type Explanation } from '../../core/contract/explain/explain-word.ts';
import { readEach } from '../../core/contract/read-file.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

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
    .action((word: string, { json }: { readonly json: boolean }) => {
      const datasets = readEach(projectAround(process.cwd()).contracts).contracts.flatMap(({ contract }) => contract.datasets);
      const found = explainWord(word, datasets);
      if (found.length === 0)
        throw new CommandError(
          'UnknownWord',
          `'${word}' must be a column, a dataset, a key or value of the standard, or a reason of quarantine${wordMeant(word, datasets) || "; write a column as 'dataset.column'"}`,
        );
      out.line(json ? JSON.stringify(found) : found.map(toText).join('\n\n'));
    });
}

const toText = ({ what, name, says }: Explanation): string =>
  [`${name} (a ${what})`, ...says.map((line) => `  ${line}`)].join('\n');
