import { pascalCase } from '../../../core/naming.ts';

/** A dataset of the contracts, and where its objects lie: `<class>/<domain>/<dataset>/`. */
export interface Dataset {
  readonly domain: string;
  readonly name: string;
  readonly prefix: string;
  /** Whether some of its columns are protected by what only a secret knows. */
  readonly usesSecret: boolean;
}

/** Whom something belongs to: a dataset, a domain, or the platform as a whole. */
export interface Place {
  readonly domain?: string;
  readonly dataset?: string;
}

export const nameOfPlace = ({ domain, dataset }: Place): string =>
  domain === undefined ? 'the platform' : dataset === undefined ? domain : `${domain}.${dataset}`;

const PREFIX = 'Datasets';
const HASH = /[0-9A-F]{8}(?:[0-9a-f]{32}|<version>)?$/;

export interface Named {
  readonly place: Place;
  /** The logical id without its hash, and without what the dataset calls itself. */
  readonly label: string;
}

/** What a logical id says of a resource in the stack of a domain, or outside any. */
export function nameOf(logicalId: string, domain: string | undefined, datasets: readonly Dataset[]): Named {
  const id = logicalId.replace(HASH, '');
  if (domain === undefined) return { place: {}, label: id };
  const [dataset] = datasets
    .filter((one) => one.domain === domain && id.startsWith(PREFIX + pascalCase(one.name)))
    .sort((one, other) => other.name.length - one.name.length);
  if (dataset === undefined) return { place: { domain }, label: id };
  return { place: { domain, dataset: dataset.name }, label: id.slice(PREFIX.length + pascalCase(dataset.name).length) };
}
