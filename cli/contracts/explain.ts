import { explainWord, wordMeant, type Explanation } from '../../core/contract/explain/explain-word.ts';
import { readEach } from '../../core/contract/read-file.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

/** Prints what a word means. @throws {@link CommandError} `UnknownWord` */
export function explain(word: string, json: boolean, out: Out): void {
  const datasets = readEach(projectAround(process.cwd()).contracts).contracts.flatMap(({ contract }) => contract.datasets);
  const found = explainWord(word, datasets);
  if (found.length === 0)
    throw new CommandError(
      'UnknownWord',
      `'${word}' must be a column, a dataset, a key or value of the standard, or a reason of quarantine${wordMeant(word, datasets) || "; write a column as 'dataset.column'"}`,
    );
  out.line(json ? JSON.stringify(found) : found.map(toText).join('\n\n'));
}

const toText = ({ what, name, says }: Explanation): string =>
  [`${name} (a ${what})`, ...says.map((line) => `  ${line}`)].join('\n');
