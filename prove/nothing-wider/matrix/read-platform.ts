import { readContracts } from '../../../core/contract/read-file.ts';
import type { DataContract } from '../../../core/contract/model.ts';
import { stackName } from '../../../core/naming.ts';
import { needsSecret } from '../../../core/record/compiled-contract.ts';
import { datasetPrefix } from '../../../core/storage/layout.ts';
import { ENVIRONMENTS } from '../../../lib/config/environments.ts';
import { ownTemplates } from '../../../test/support/platform.ts';
import type { Dataset } from './place.ts';
import { readEnvironment, type Environment } from './read-environment.ts';

/** What the templates of an environment are read with. */
export interface Surroundings {
  readonly datasets: readonly Dataset[];
  readonly regions: ReadonlyMap<string, string>;
}

export const ENVIRONMENT_NAMES: readonly string[] = ENVIRONMENTS.map(({ name }) => name);

export const datasetsOf = (contracts: readonly DataContract[]): readonly Dataset[] =>
  contracts
    .flatMap(({ datasets }) => datasets)
    .map((dataset) => ({
      domain: dataset.domain,
      name: dataset.name,
      prefix: datasetPrefix(dataset),
      usesSecret: needsSecret(dataset),
    }));

export function surroundingsOf(name: string): Surroundings {
  const region = ENVIRONMENTS.find((environment) => environment.name === name)?.replicationRegion;
  return {
    datasets: datasetsOf(readContracts('contracts')),
    regions: new Map(region === undefined ? [] : [[stackName.replica(name), region]]),
  };
}

/** The name of another environment that is in all else the same: what would reach into it would reach into any other. */
const TWIN = 'twin';

export interface Pairing {
  readonly environment: Environment;
  readonly twin: Environment;
}

/** Reads templates of an environment, by the names of their stacks, and once more as those of another. */
export function readPairing(name: string, templates: ReadonlyMap<string, string>, { datasets, regions }: Surroundings): Pairing {
  const environment = new RegExp(`(?<![a-z0-9])${name}(?![a-z0-9])`, 'g');
  const renamed = <T>(map: ReadonlyMap<string, T>, change: (value: T) => T): ReadonlyMap<string, T> =>
    new Map([...map].map(([stack, value]) => [stack.replace(environment, TWIN), change(value)]));
  return {
    environment: readEnvironment(name, { templates, datasets, regions }),
    twin: readEnvironment(TWIN, {
      templates: renamed(templates, (text) => text.replaceAll(environment, TWIN)),
      datasets,
      regions: renamed(regions, (region) => region),
    }),
  };
}

/** The templates of an environment of the repository's own contracts. */
export const templatesOf = (name: string): ReadonlyMap<string, string> => ownTemplates(name);
