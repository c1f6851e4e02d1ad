import * as iam from 'aws-cdk-lib/aws-iam';
import { grouped } from '../../core/grouped.ts';
import type { Environment, TrustedActor } from './environment.ts';
import { datasetFaults, domainFaults, type DatasetName } from './named-datasets.ts';
import { refuseEnvironment } from './refuse-environment.ts';

/** A role that somebody becomes. */
interface Trusting {
  readonly actor: TrustedActor;
  readonly group?: string;
  readonly domain?: string;
  readonly dataset?: string;
}

/**
 * Whom a role trusts: the accounts of those whom the environment names, under the condition that it is they. A role that is named as a
 * principal must be there when the policy is written, and is forgotten when it is deleted; and none can be named in part (docs/adr/0029).
 *
 * @returns undefined where the environment leaves it to IAM
 * @throws {@link EnvironmentError} `NobodyTrusted`
 */
export function trustedBy(environment: Environment, role: Trusting): iam.IPrincipal | undefined {
  const ofActor = (environment.trust ?? []).filter(({ actor }) => actor === role.actor);
  if (ofActor.length === 0) return undefined;
  const about = ofActor.filter(
    ({ group, domain, dataset }) =>
      [undefined, role.group].includes(group) &&
      [undefined, role.domain].includes(domain) &&
      [undefined, role.dataset].includes(dataset),
  );
  const arns = [...new Set(about.flatMap(({ principals }) => principals))];
  if (arns.length === 0)
    refuseEnvironment(
      environment,
      [`'trust' must say who may become ${inWords(role)}, got entries of others alone; add one for it`],
      'NobodyTrusted',
    );
  const accounts = grouped(arns, accountOf).map((some) =>
    new iam.AccountPrincipal(accountOf(some[0])).withConditions({ ArnLike: { 'aws:PrincipalArn': some } }),
  );
  return accounts.length === 1 ? accounts[0] : new iam.CompositePrincipal(...accounts);
}

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

function inWords({ actor, group, domain, dataset }: Trusting): string {
  const whose = group ?? (dataset === undefined ? domain : `${domain}.${dataset}`);
  return whose === undefined ? actor : `${actor} of ${whose}`;
}

/** Refuses entries about what no contract holds: those they mean would wait for a role of theirs. @throws {@link EnvironmentError} `InvalidEnvironment` */
export function checkTrusted(environment: Environment, datasets: readonly DatasetName[]): void {
  const faults = (environment.trust ?? []).flatMap(({ domain, dataset }, index) => {
    if (domain === undefined) return [];
    const stranger = domainFaults(`trust[${index}].domain`, domain, datasets);
    if (stranger.length > 0 || dataset === undefined) return stranger;
    return datasetFaults(`trust[${index}].dataset`, { domain, name: dataset }, datasets);
  });
  if (faults.length > 0) refuseEnvironment(environment, faults);
}
