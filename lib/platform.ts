import type { Environment as Target } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ownersOf } from '../constructs/domain-datasets.ts';
import { TAGS } from '../constructs/domain/tags.ts';
import { checkTogether } from '../core/contract/check-together.ts';
import type { DataContract } from '../core/contract/model.ts';
import { stackName } from '../core/naming.ts';
import { resolveSources, type NamedQuery } from '../core/query/named-query.ts';
import { assignSlots, partsOf } from '../core/slots/assign-slots.ts';
import type { Ledger } from '../core/findings/ledger.ts';
import type { Slots } from '../core/slots/slots.ts';
import { consumingOf } from './config/consuming.ts';
import type { Environment } from './config/environment.ts';
import { checkTrusted } from './config/trusted.ts';
import { writeLedger } from './findings/write-ledger.ts';
import { DomainStack } from './stacks/domain-stack.ts';
import { FoundationStack } from './stacks/foundation-stack.ts';
import { OperationsStack } from './stacks/operations-stack.ts';
import { ReplicaStack } from './stacks/replica-stack.ts';
import { ServingStack } from './stacks/serving-stack.ts';

export interface PlatformProps {
  readonly environment: Environment;
  readonly contracts: readonly DataContract[];
  readonly namedQueries: readonly NamedQuery[];
  /**
   * Which stack of its domain each dataset was given; one without gets the first with room.
   *
   * @default - none is recorded
   */
  readonly slots?: Slots;
  /**
   * Accepted findings, for the metadata of what they are accepted on.
   *
   * @default - none
   */
  readonly ledger?: Ledger | undefined;
}

/** One environment's stacks: what rests, each domain in one stack or in as many as it needs, and what asks. */
export function addPlatform(
  scope: Construct,
  { environment, contracts, namedQueries, slots: recorded = {}, ledger }: PlatformProps,
): void {
  checkTogether(contracts.map((contract) => ({ source: contract.id, contract })));
  const { name, purpose, account, region, terminationProtection, costCentre, tags, replicationRegion } = environment;
  const env: Target = { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
  const props = (what: string) => ({
    env,
    environment,
    terminationProtection,
    description: `Headwaters ${name} (${purpose}): ${what}`,
    tags: { ...tags, [TAGS.environment]: name, [TAGS.costCentre]: costCentre },
  });
  const foundation = new FoundationStack(scope, stackName.foundation(name), props('where data rests'));
  if (replicationRegion !== undefined)
    foundation.addStackDependency(
      new ReplicaStack(scope, stackName.replica(name), {
        ...props('copies of what rests'),
        env: { ...env, region: replicationRegion },
      }),
    );

  const datasets = contracts.flatMap((contract) => contract.datasets);
  checkTrusted(environment, datasets);
  const domains = [...new Set(datasets.map(({ domain }) => domain))].sort();
  const { slots } = assignSlots(recorded, datasets);
  for (const domain of domains) {
    const ofDomain = datasets.filter((dataset) => dataset.domain === domain);
    let first: DomainStack | undefined;
    for (const [part, names] of partsOf(slots, datasets, domain)) {
      const stack = new DomainStack(scope, stackName.domainPart(name, domain, part), {
        ...props(part === 1 ? `the domain ${domain}` : `the domain ${domain}, part ${part}`),
        domain,
        part,
        datasets: ofDomain.filter((dataset) => names.has(dataset.name)),
        owner: ownersOf(ofDomain),
      });
      stack.addStackDependency(foundation);
      if (first !== undefined) stack.addStackDependency(first);
      first ??= stack;
    }
  }

  const isDataset = (domain: string, dataset: string) =>
    datasets.some((known) => known.domain === domain && known.name === dataset);
  const questions = namedQueries.map((query) => ({ ...query, sql: resolveSources(query, name, isDataset) }));
  const serving = new ServingStack(scope, stackName.serving(name), {
    ...props('who asks'),
    consumers: consumingOf(environment, datasets, questions),
  });
  serving.addStackDependency(foundation);
  new OperationsStack(scope, stackName.operations(name), props('who watches')).addStackDependency(foundation);
  if (ledger !== undefined) writeLedger(scope, ledger);
}
