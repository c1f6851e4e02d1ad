import { readContracts } from '../../core/contract/read-file.ts';
import { didYouMean, nameOneOf } from '../../core/contract/odcs/suggest.ts';
import type { DatasetContract } from '../../core/contract/model.ts';
import { outputKey } from '../../core/naming.ts';
import { CommandError } from '../command-error.ts';
import { keyOf } from '../demo/names.ts';
import type { Outputs } from '../demo/platform.ts';

/** The dataset that a person means by its name, with its domain where another has the same. @throws {@link CommandError} `UnknownDataset` */
export function datasetToReplay(contracts: string, name: string): DatasetContract {
  const all = readContracts(contracts).flatMap(({ datasets }) => datasets);
  const [found, other] = all.filter((dataset) => keyOf(dataset) === name || dataset.name === name);
  if (found !== undefined && other === undefined) return found;
  const known = all.map(keyOf);
  const remedy =
    found === undefined
      ? didYouMean(name, [...known, ...all.map((dataset) => dataset.name)]) || `; ${nameOneOf(known)}`
      : `; write its domain, too: ${known.filter((key) => key.endsWith(`.${name}`)).join(' or ')}`;
  throw new CommandError('UnknownDataset', `'--dataset' must name one dataset of the contracts, got '${name}'${remedy}`);
}

/** The function that replays a dataset: it stands in the stack in which the dataset's stream does. @throws {@link CommandError} `OutputMissing` */
export function replayFunctionOf(outputs: Outputs, stacks: (stack: string) => boolean, dataset: DatasetContract): string {
  const [, values] =
    Object.entries(outputs).find(
      ([stack, { [outputKey.streamName(dataset.name)]: stream }]) => stacks(stack) && stream !== undefined,
    ) ?? [];
  const name = values?.[outputKey.replayFunction];
  if (name === undefined)
    throw new CommandError(
      'OutputMissing',
      `the stack of '${keyOf(dataset)}' must have the output '${outputKey.replayFunction}'; synthesize it with this version of headwaters and start the platform anew`,
    );
  return name;
}
