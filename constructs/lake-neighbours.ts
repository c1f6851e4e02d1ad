import { Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { DatasetContract } from '../core/contract/model.ts';
import { isCurated } from '../core/curated/cadence.ts';
import { curatedTableName, pascalCase } from '../core/naming.ts';
import { InvalidProps } from './invalid-props.ts';

/**
 * What an app makes beside each other in one environment of one account and region: `checkTogether`, for apps whose contracts nothing reads
 * together. Another app on the same lake is not seen.
 */
interface Neighbours {
  /** Whose keys some right opens, with a construct that says so. */
  readonly domains: Map<string, IConstruct>;
  /** Names of datasets that construct ids and statements would write alike. */
  readonly alike: Map<string, string>;
  /** Datasets of which `curated` has a table, by domain and name of that table. */
  readonly curated: Map<string, string>;
  /** Physical names and datasets, with the construct that has each. */
  readonly names: Map<string, IConstruct>;
}

const apps = new WeakMap<IConstruct, Map<string, Neighbours>>();

/** A domain whose keys the construct's rights reach. */
export function announceDomain(scope: IConstruct, environment: string, domain: string): void {
  const { domains } = neighboursOf(scope, environment);
  if (!domains.has(domain)) domains.set(domain, scope);
}

/**
 * A dataset, which synthesis fails with `DatasetNamedAsDomain`, `DatasetsAlike` or `DatasetNamedAsCurated` where it cannot be beside what else the app has.
 *
 * @throws {@link InvalidProps} `DatasetTwice`
 */
export function announceDataset(scope: IConstruct, environment: string, dataset: DatasetContract): void {
  const { domain, name } = dataset;
  takeName(scope, environment, `${domain}.${name}`, 'DatasetTwice', "'dataset'");
  announceDomain(scope, environment, domain);
  const { domains, alike, curated } = neighboursOf(scope, environment);
  const key = `${domain}.${pascalCase(name)}`;
  const other = alike.get(key) ?? name;
  alike.set(key, other);
  if (isCurated(dataset)) curated.set(`${domain}.${curatedTableName(name)}`, name);
  scope.node.addValidation({
    validate: () => {
      const named = name === domain ? undefined : domains.get(name);
      const folded = curated.get(`${domain}.${name}`);
      return [
        ...(named === undefined
          ? []
          : [
              `DatasetNamedAsDomain: 'dataset' must not be the name of a domain, got '${domain}.${name}' beside the domain '${name}' of '${named.node.path}': rights to a domain's keys would reach it; rename it`,
            ]),
        ...(other === name ? [] : [`DatasetsAlike: 'dataset' ${alikeFault(other, name)}`]),
        ...(folded === undefined ? [] : [`DatasetNamedAsCurated: 'dataset' ${curatedFault(folded)}`]),
      ];
    },
  });
}

/** What is said of two datasets whose names differ by '_' alone. */
export const alikeFault = (first: string, second: string): string =>
  `must differ from '${first}' by more than '_', got '${second}': both would have the same resources; rename one`;

/** What is said of a dataset that is called as the curated table of another. */
export const curatedFault = (folded: string): string =>
  `must not be the name of the curated table of '${folded}', got '${curatedTableName(folded)}': both would have one name in the catalog; rename one`;

/** A name that is given once. @throws {@link InvalidProps} with the code, where another construct of the app has it */
export function takeName(scope: IConstruct, environment: string, name: string, code: string, what: string): void {
  const { names } = neighboursOf(scope, environment);
  const other = names.get(name);
  if (other !== undefined)
    throw new InvalidProps(
      code,
      scope,
      `${what} must be made once in an environment, got '${name}' at '${other.node.path}' already; use that one, or rename this`,
    );
  names.set(name, scope);
}

function neighboursOf(scope: IConstruct, environment: string): Neighbours {
  const { account, region } = Stack.of(scope);
  const isOpen = Token.isUnresolved(account) || Token.isUnresolved(region); // two stages may be meant for two accounts
  const place = [environment, account, region, ...(isOpen ? [Stage.of(scope)?.node.path ?? ''] : [])].join(' ');
  const places = apps.get(scope.node.root) ?? new Map<string, Neighbours>();
  apps.set(scope.node.root, places);
  const known = places.get(place) ?? { domains: new Map(), alike: new Map(), curated: new Map(), names: new Map() };
  places.set(place, known);
  return known;
}
