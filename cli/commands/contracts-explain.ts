import type { Command } from 'commander';
import { KEY_EFFECTS } from '../../core/contract/odcs/key-effects.ts';
import { hiveType } from '../../core/contract/glue-columns.ts';
import { STORED } from '../../core/contract/explain/meaning.ts';
import type { Column, DatasetContract } from '../../core/contract/model.ts';
import { readSourcedContracts } from '../../core/contract/read-file.ts';
import { REASON_WORDS } from '../../core/contract/explain/reason-words.ts';
import { rulesOfColumn } from '../../core/contract/explain/rules-of-column.ts';
import { didYouMean } from '../../core/contract/odcs/suggest.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import { projectAt } from '../project.ts';

interface Explanation {
  readonly what: 'column' | 'key' | 'reason';
  readonly name: string;
  readonly says: readonly string[];
}

/** `headwaters contracts explain`: one word of a contract, or of what came of one. */
export function addContractsExplain(contracts: Command, out: Out): void {
  contracts
    .command('explain')
    .summary('say what one column, one key of the standard or one reason of quarantine means')
    .description(
      "Explains a column ('sales.orders.price' or 'orders.price'), a key of a contract ('readOften', 'schema.properties.unique') or a reason under which an event is found in quarantine ('bad-time'). " +
        "What a whole contract means, 'check' says.",
    )
    .argument('<word>', 'what is to be explained')
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action((word: string, { json }: { readonly json: boolean }) => {
      const found = [...explainReason(word), ...explainKey(word), ...explainColumns(word)];
      if (found.length === 0) throw unknownWord(word);
      out.line(json ? JSON.stringify(found) : found.map(toText).join('\n\n'));
    });
}

const toText = ({ what, name, says }: Explanation): string =>
  [`${name} (a ${what})`, ...says.map((line) => `  ${line}`)].join('\n');

const explainReason = (word: string): Explanation[] =>
  Object.entries(REASON_WORDS)
    .filter(([reason]) => reason === word)
    .map(([reason, words]) => ({ what: 'reason', name: reason, says: [words] }));

const explainKey = (word: string): Explanation[] =>
  [...KEY_EFFECTS]
    .filter(([path]) => path === word || path.endsWith(`.${word}`))
    .map(([path, effect]) => ({
      what: 'key',
      name: path,
      says: [effect ?? 'no effect here: it is lawful, and read by people alone'],
    }));

function explainColumns(word: string): Explanation[] {
  const parts = word.split('.');
  if (parts.length < 2) return [];
  const datasets = readSourcedContracts(projectAt(process.cwd()).contracts).flatMap(({ contract }) => contract.datasets);
  return datasets.flatMap((dataset) => {
    const path = [dataset.domain, dataset.name];
    const rest =
      parts[0] === dataset.domain && parts[1] === dataset.name ? parts.slice(2) : parts[0] === dataset.name ? parts.slice(1) : [];
    const column = dataset.columns.find(({ name }) => name === rest[0]);
    return column === undefined || rest.length !== 1 ? [] : [explainColumn(dataset, column, [...path, column.name].join('.'))];
  });
}

function explainColumn(dataset: DatasetContract, column: Column, name: string): Explanation {
  const { description, protection, classification } = column;
  const part = [
    ...(dataset.eventIdFields.includes(column.name) ? ['it identifies the event'] : []),
    ...(dataset.eventTimeField === column.name ? ['it says when the event happened'] : []),
    ...(dataset.sequenceField === column.name ? ['it orders copies of one time'] : []),
    ...(dataset.primaryKey.includes(column.name) ? ['it is of the key by which rows are one'] : []),
  ];
  return {
    what: 'column',
    name,
    says: [
      ...[column.businessName, description].filter((text) => text !== undefined),
      `${classification}; ${protection === 'drop' ? 'not stored' : `stored as ${hiveType(column.type)}${protection === undefined ? '' : `: ${STORED[protection]}`}`}`,
      ...part,
      ...rulesOfColumn(column).map(({ column: where, rule, reason }) => `${where} ${rule}, or the event is refused: ${reason}`),
      ...dataset.relationships
        .filter(({ columns }) => columns.includes(column.name))
        .map(({ to }) => `its values are those of ${to.domain}.${to.dataset}.${to.columns.join(', ')}`),
    ],
  };
}

function unknownWord(word: string): CommandError {
  const known = [...Object.keys(REASON_WORDS), ...new Set([...KEY_EFFECTS.keys()].map((path) => path.split('.').at(-1) ?? ''))];
  return new CommandError(
    'UnknownWord',
    `'${word}' must be a column of a contract, a key of the standard or a reason of quarantine${didYouMean(word, known) || "; write a column as 'dataset.column'"}`,
  );
}
