import type { Environment as Target } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { checkTogether } from '../core/contract/check-together.ts';
import type { DataContract } from '../core/contract/model.ts';
import { stackName } from '../core/naming.ts';
import { resolveSources, type NamedQuery } from '../core/query/named-query.ts';
import type { Environment } from './config/environment.ts';
import { DomainStack } from './stacks/domain-stack.ts';
import { TAGS } from './tags.ts';
import { FoundationStack } from './stacks/foundation-stack.ts';
import { ServingStack } from './stacks/serving-stack.ts';

export interface PlatformProps {
  readonly environment: Environment;
  readonly contracts: readonly DataContract[];
  readonly namedQueries: readonly NamedQuery[];
}

/** One environment's stacks: what rests, a stack for each domain, and what asks. */
export function addPlatform(scope: Construct, { environment, contracts, namedQueries }: PlatformProps): void {
  checkTogether(contracts.map((contract) => ({ source: contract.id, contract })));
  const { name, purpose, account, region, terminationProtection, costCentre } = environment;
  const env: Target = { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
  const props = (what: string) => ({
    env,
    environment,
    terminationProtection,
    description: `Headwaters ${name} (${purpose}): ${what}`,
    tags: { [TAGS.environment]: name, [TAGS.costCentre]: costCentre },
  });
  const foundation = new FoundationStack(scope, stackName.foundation(name), props('where data rests'));

  const datasets = contracts.flatMap((contract) => contract.datasets);
  const domains = [...new Set(datasets.map(({ domain }) => domain))].sort();
  for (const domain of domains) {
    const stack = new DomainStack(scope, stackName.domain(name, domain), {
      ...props(`the domain ${domain}`),
      domain,
      datasets: datasets.filter((dataset) => dataset.domain === domain),
    });
    stack.addStackDependency(foundation);
  }

  const isDataset = (domain: string, dataset: string) =>
    datasets.some((known) => known.domain === domain && known.name === dataset);
  const serving = new ServingStack(scope, stackName.serving(name), {
    ...props('who asks'),
    domains,
    namedQueries: namedQueries.map((query) => ({ ...query, sql: resolveSources(query, name, isDataset) })),
  });
  serving.addStackDependency(foundation);
}
