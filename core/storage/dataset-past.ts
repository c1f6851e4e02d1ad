import { compareDatasets } from '../contract/compatibility/compare-datasets.ts';
import { compareVersions } from '../contract/compatibility/version.ts';
import type { DataContract, DatasetContract, StorageNeed } from '../contract/model.ts';
import { tableName } from '../naming.ts';
import { retentionClassOf } from './layout.ts';
import { isSameNeed } from './plan-temperatures.ts';
import type { RetentionClass } from './retention-classes.ts';

/**
 * A dataset that knows what was released of it. A contract does not say so itself: whoever reads its releases does. What those versions
 * wrote is still in the lake, and while one is deployed over another both are at work (docs/adr/0025).
 */
export type DatasetWithReleases = DatasetContract & {
  /** @default - nothing was released */
  readonly released?: readonly DatasetContract[] | undefined;
};

/** The contracts, each of whose datasets knows its releases: one is known by its domain and name, which are part of every key. */
export const withReleases = (contracts: readonly DataContract[], released: readonly DataContract[]): DataContract[] => {
  const releases = released.flatMap(({ datasets }) => datasets);
  return contracts.map((contract) => ({
    ...contract,
    datasets: contract.datasets.map((dataset): DatasetWithReleases => {
      const own = releases.filter(({ domain, name }) => domain === dataset.domain && name === dataset.name);
      return own.length === 0 ? dataset : { ...dataset, storage: whereItLies(dataset, own), released: own };
    }),
  }));
};

/** The need of a dataset, with the class of the newest release that had the same: prices that changed since then move nothing. */
function whereItLies({ storage }: DatasetContract, released: readonly DatasetContract[]): StorageNeed {
  const [newest] = released
    .filter((release) => isSameNeed(release.storage, storage))
    .sort((a, b) => compareVersions(b.version, a.version));
  return newest === undefined ? storage : { ...storage, retentionClass: retentionClassOf(newest).name };
}

/** The contract as it stands by itself, with the class that each dataset lies in. */
export const asReleased = (contract: DataContract): DataContract => ({
  ...contract,
  datasets: contract.datasets.map((dataset): DatasetWithReleases => ({
    ...dataset,
    storage: { ...dataset.storage, retentionClass: retentionClassOf(dataset).name },
    released: undefined,
  })),
});

/** Other classes that a dataset lay in, in order of their names: objects stay there until they expire. */
export function pastClasses(dataset: DatasetWithReleases): readonly RetentionClass[] {
  const now = retentionClassOf(dataset).name;
  const found = new Map((dataset.released ?? []).map(retentionClassOf).map((retention) => [retention.name, retention]));
  return [...found.values()].filter(({ name }) => name !== now).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where a dataset's objects lie in a class that it lay in, with the trailing slash. */
export const pastPrefix = ({ domain, name }: DatasetContract, { name: retention }: RetentionClass): string =>
  `${retention}/${domain}/${name}/`;

/** The table over what lies there. */
export const pastTableName = ({ name }: DatasetContract, { name: retention }: RetentionClass): string =>
  `${tableName(name)}_${retention.replaceAll('-', '_')}`;

/** Released versions that made event ids of other values than this one; those that made them alike stand together. */
export function versionsWithOtherIds(dataset: DatasetWithReleases): readonly (readonly string[])[] {
  const groups: DatasetContract[][] = [];
  for (const release of (dataset.released ?? []).filter((other) => !hasSameIds(other, dataset))) {
    const group = groups.find(([first]) => first !== undefined && hasSameIds(first, release));
    if (group === undefined) groups.push([release]);
    else group.push(release);
  }
  return groups.map((group) => group.map(({ version }) => version));
}

const hasSameIds = (one: DatasetContract, other: DatasetContract): boolean =>
  compareDatasets(one, other).every(({ code }) => code !== 'EventIdChanged');
