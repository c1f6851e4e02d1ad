import type { IConstruct } from 'constructs';
import type { DatasetContract } from '../core/contract/model.ts';
import { isCurated } from '../core/curated/cadence.ts';
import { curatedTableName, pascalCase } from '../core/naming.ts';
import { didYouMean, nameOneOf } from '../core/suggest.ts';
import { alikeFault, curatedFault } from './lake-neighbours.ts';
import { InvalidProps } from './invalid-props.ts';

/** Who answers for some datasets, each once. */
export const ownersOf = (datasets: readonly DatasetContract[]): string =>
  [...new Set(datasets.map(({ owner }) => owner))].join(', ');

/** What a domain is made of. */
interface Given {
  readonly domain: string;
  readonly datasets: readonly DatasetContract[];
  readonly owner?: string;
}

/** @throws {@link InvalidProps} `DatasetOfAnotherDomain`, `DatasetTwice`, `DatasetsAlike`, `DatasetNamedAsCurated`, `NoDatasets` */
export function refuseDatasets(scope: IConstruct, { domain, datasets, owner }: Given): void {
  if (datasets.length === 0 && owner === undefined)
    throw new InvalidProps(
      'NoDatasets',
      scope,
      `'datasets' must hold a dataset of '${domain}', got none; add one, or say by 'owner' who answers for a domain whose datasets stand in other stacks`,
    );
  const stranger = datasets.find((dataset) => dataset.domain !== domain);
  if (stranger !== undefined)
    throw new InvalidProps(
      'DatasetOfAnotherDomain',
      scope,
      `'datasets' must be of the domain '${domain}', got '${stranger.domain}.${stranger.name}'; give it to a Domain of its own`,
    );
  const names = datasets.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InvalidProps('DatasetTwice', scope, `'datasets' must hold each dataset once, got '${twice}' twice; leave one out`);
  const ids = names.map(pascalCase);
  const alike = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (alike !== -1)
    throw new InvalidProps(
      'DatasetsAlike',
      scope,
      `'datasets' ${alikeFault(names[ids.indexOf(ids[alike] ?? '')] ?? '', names[alike] ?? '')}`,
    );
  const folded = datasets.find((dataset) => isCurated(dataset) && names.includes(curatedTableName(dataset.name)));
  if (folded !== undefined) throw new InvalidProps('DatasetNamedAsCurated', scope, `'datasets' ${curatedFault(folded.name)}`);
}

/** Refuses producers of a dataset that is not there: they would wait for a role of theirs. @throws {@link InvalidProps} `UnknownDataset` */
export function refuseProducers(scope: IConstruct, producersOf: readonly string[], datasets: readonly DatasetContract[]): void {
  const known = datasets.map(({ name }) => name);
  const stranger = producersOf.find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw new InvalidProps(
      'UnknownDataset',
      scope,
      `'producersAssumedBy' must name datasets of 'datasets', got '${stranger}'${didYouMean(stranger, known) || (known.length === 0 ? '; leave it out' : `; ${nameOneOf(known)}`)}`,
    );
}
