import type { DatasetContract } from '../../core/contract/model.ts';
import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { readContracts } from '../../core/contract/read-file.ts';
import { CommandError } from '../command-error.ts';
import { keyOf } from './names.ts';

/**
 * The dataset that a person means by its name, with its domain where another has the same.
 *
 * @param argument What holds the name on the command line: `--dataset`
 * @throws {@link CommandError} `UnknownDataset`
 */
export const findDataset = (contracts: string, name: string, argument: string): DatasetContract =>
  namedDataset(
    readContracts(contracts).flatMap(({ datasets }) => datasets),
    name,
    `'${argument}' must name one dataset of the contracts`,
  );

/** @param rule What a message begins with @throws {@link CommandError} `UnknownDataset` */
export function namedDataset<T extends Pick<DatasetContract, 'domain' | 'name'>>(
  all: readonly T[],
  name: string,
  rule: string,
): T {
  const [found, other] = all.filter((dataset) => keyOf(dataset) === name || dataset.name === name);
  if (found !== undefined && other === undefined) return found;
  const known = all.map(keyOf);
  const remedy =
    found === undefined
      ? didYouMean(name, [...known, ...all.map((dataset) => dataset.name)]) || `; ${nameOneOf(known)}`
      : `; write its domain, too: ${known.filter((key) => key.endsWith(`.${name}`)).join(' or ')}`;
  throw new CommandError('UnknownDataset', `${rule}, got '${name}'${remedy}`);
}
