import { didYouMean, nameOneOf } from '../../core/suggest.ts';

/** A dataset as an environment names it. */
export interface DatasetName {
  readonly domain: string;
  readonly name: string;
}

/** What is said of a domain that no contract has; nothing of one that is there. */
export function domainFaults(property: string, domain: string, datasets: readonly DatasetName[]): string[] {
  const domains = [...new Set(datasets.map((known) => known.domain))];
  return domains.includes(domain) ? [] : [unknown(property, 'a domain of the contracts', domain, domains)];
}

/** What is said of a dataset that its domain has not; nothing of one that is there. */
export function datasetFaults(property: string, { domain, name }: DatasetName, datasets: readonly DatasetName[]): string[] {
  const names = datasets.filter((known) => known.domain === domain).map((known) => known.name);
  return names.includes(name) ? [] : [unknown(property, `a dataset of '${domain}'`, name, names)];
}

const unknown = (property: string, what: string, got: string, known: readonly string[]): string =>
  `'${property}' must be ${what}, got '${got}'${didYouMean(got, known) || (known.length === 0 ? '; take it out' : `; ${nameOneOf(known)}`)}`;
