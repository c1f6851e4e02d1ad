import * as iam from 'aws-cdk-lib/aws-iam';
import { grouped } from '../../core/grouped.ts';
import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { EnvironmentError, type Environment, type TrustedActor, type TrustNeed } from './environment.ts';

/** A role that somebody becomes. */
interface Trusting {
  readonly actor: TrustedActor;
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
export function trustedBy({ name, trust = [] }: Environment, role: Trusting): iam.IPrincipal | undefined {
  const ofActor = trust.filter(({ actor }) => actor === role.actor);
  if (ofActor.length === 0) return undefined;
  const about = ofActor.filter(
    ({ domain, dataset }) =>
      (domain === undefined || domain === role.domain) && (dataset === undefined || dataset === role.dataset),
  );
  const arns = [...new Set(about.flatMap(({ principals }) => principals))];
  if (arns.length === 0)
    throw new EnvironmentError('NobodyTrusted', [
      `'${name}' of lib/config/environments.ts: 'trust' must say who may become ${inWords(role)}, got entries of others alone; add one for it`,
    ]);
  const accounts = grouped(arns, accountOf).map((some) =>
    new iam.AccountPrincipal(accountOf(some[0])).withConditions({ ArnLike: { 'aws:PrincipalArn': some } }),
  );
  return accounts.length === 1 ? accounts[0] : new iam.CompositePrincipal(...accounts);
}

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

const inWords = ({ actor, domain, dataset }: Trusting): string =>
  [actor, ...(domain === undefined ? [] : ['of', dataset === undefined ? domain : `${domain}.${dataset}`])].join(' ');

/** Refuses entries about what no contract holds: those they mean would wait for a role of theirs. @throws {@link EnvironmentError} `InvalidEnvironment` */
export function checkTrusted(
  { name, trust = [] }: Environment,
  datasets: readonly { readonly domain: string; readonly name: string }[],
): void {
  const faults = trust.flatMap(({ domain, dataset }, index) => strangersOf(domain, dataset, index, datasets));
  if (faults.length > 0)
    throw new EnvironmentError(
      'InvalidEnvironment',
      faults.map((fault) => `'${name}' of lib/config/environments.ts: ${fault}`),
    );
}

function strangersOf(
  domain: TrustNeed['domain'],
  dataset: TrustNeed['dataset'],
  index: number,
  datasets: readonly { readonly domain: string; readonly name: string }[],
): string[] {
  if (domain === undefined) return [];
  const domains = [...new Set(datasets.map((known) => known.domain))];
  if (!domains.includes(domain)) return [unknown(`trust[${index}].domain`, 'a domain of the contracts', domain, domains)];
  const names = datasets.filter((known) => known.domain === domain).map((known) => known.name);
  return dataset === undefined || names.includes(dataset)
    ? []
    : [unknown(`trust[${index}].dataset`, `a dataset of '${domain}'`, dataset, names)];
}

const unknown = (property: string, what: string, got: string, known: readonly string[]): string =>
  `'${property}' must be ${what}, got '${got}'${didYouMean(got, known) || (known.length === 0 ? '; take it out' : `; ${nameOneOf(known)}`)}`;
