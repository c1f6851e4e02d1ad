import type { Size } from 'aws-cdk-lib/core';
import type { DatasetContract } from '../../core/contract/model.ts';
import { isCurated } from '../../core/curated/cadence.ts';
import type { NamedQuery } from '../../core/query/named-query.ts';
import { EVERYBODY_READS, type ConsumerNeed, type Environment } from './environment.ts';
import { datasetFaults, domainFaults } from './named-datasets.ts';
import { refuseEnvironment } from './refuse-environment.ts';

/** A group of people who ask, with what is there for it. */
export interface Consuming<Query> {
  readonly group: string;
  /** Domains that it reads as a whole, in the order of their names. */
  readonly domains: readonly string[];
  /** Those of them that have curated tables. */
  readonly curatedDomains: readonly string[];
  /** Datasets of other domains that it reads. */
  readonly datasets: readonly DatasetContract[];
  readonly scanCutoff: Size;
  /** Questions of which it reads every source. */
  readonly namedQueries: readonly Query[];
}

/**
 * The groups of an environment, each with what it reads and the questions that it can ask.
 *
 * @throws {@link EnvironmentError} `InvalidEnvironment` for what no contract holds, `NobodyAsks` for a question that no group can ask
 */
export function consumingOf<Query extends Pick<NamedQuery, 'file' | 'sources'>>(
  environment: Environment,
  datasets: readonly DatasetContract[],
  namedQueries: readonly Query[],
): Consuming<Query>[] {
  const needs = environment.consumers ?? EVERYBODY_READS;
  const faults = needs.flatMap((need, index) => faultsOf(need, `consumers[${index}]`, datasets));
  if (faults.length > 0) refuseEnvironment(environment, faults);
  const groups = needs.map(({ group, domains = [], datasets: alone = [], scanCutoff = environment.scanCutoff }) => {
    const all = [...new Set(datasets.map(({ domain }) => domain))].sort();
    const whole = domains === 'all' ? all : all.filter((domain) => domains.includes(domain));
    const single = datasets.filter(({ domain, name }) => !whole.includes(domain) && alone.includes(`${domain}.${name}`));
    const reads = ({ domain, dataset }: { readonly domain: string; readonly dataset: string }): boolean =>
      whole.includes(domain) || single.some((known) => known.domain === domain && known.name === dataset);
    return {
      group,
      domains: whole,
      curatedDomains: whole.filter((name) => datasets.some((dataset) => dataset.domain === name && isCurated(dataset))),
      datasets: single,
      scanCutoff,
      namedQueries: namedQueries.filter(({ sources }) => sources.every(reads)),
    };
  });
  const unasked = namedQueries.filter((query) => !groups.some((group) => group.namedQueries.includes(query)));
  if (unasked.length > 0)
    refuseEnvironment(
      environment,
      unasked.map(({ file, sources }) => {
        const read = [...new Set(sources.map(({ domain, dataset }) => `${domain}.${dataset}`))].join(', ');
        return `'consumers' must hold a group that reads all that '${file}' asks of, got none for ${read}; open them to one, or delete the question`;
      }),
      'NobodyAsks',
    );
  return groups;
}

function faultsOf(
  { domains = [], datasets: alone = [] }: ConsumerNeed,
  property: string,
  datasets: readonly DatasetContract[],
): string[] {
  const ofDomains = domains === 'all' ? [] : domains;
  return [
    ...ofDomains.flatMap((domain, index) => domainFaults(`${property}.domains[${index}]`, domain, datasets)),
    ...alone.flatMap((text, index) => {
      const at = `${property}.datasets[${index}]`;
      const [domain = '', name, more] = text.split('.');
      if (name === undefined || more !== undefined)
        return [`'${at}' must be a domain and its dataset, as 'energy.readings', got '${text}'; mend it`];
      const stranger = domainFaults(at, domain, datasets);
      return stranger.length > 0 ? stranger : datasetFaults(at, { domain, name }, datasets);
    }),
  ];
}
