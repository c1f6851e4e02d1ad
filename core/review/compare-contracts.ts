import type { Change, ChangeCode } from '../contract/compatibility/change.ts';
import { compareDatasets } from '../contract/compatibility/compare-datasets.ts';
import { compareVersions, leastVersion, requiredBump } from '../contract/compatibility/version.ts';
import { sinceReleases } from '../contract/check-released.ts';
import type { DataContract } from '../contract/model.ts';
import { bound, danger, type Danger, type DangerCode } from './danger.ts';

/** What changed in one product. */
export interface ContractChange {
  /** `<domain>/<product>`. */
  readonly name: string;
  /** Absent where the product is new. */
  readonly before?: string;
  /** Absent where no contract holds it any more. */
  readonly after?: string;
  readonly changes: readonly Change[];
  /** Something breaks somebody, and the version does not say so. A draft promises nothing that could be broken. */
  readonly isUnannounced: boolean;
  /** What no version excuses, a draft's neither. */
  readonly dangers: readonly Danger[];
}

/** A new version tells readers and producers; the person whom the values are about reads none, and what was stored in clear stays so. */
const DANGEROUS = ['ClassificationLowered', 'PersonalMarkRemoved', 'ProtectionWeakened'] as const satisfies readonly (ChangeCode &
  DangerCode)[];

const nameOf = ({ domain, product }: DataContract): string => `${domain}/${product}`;

/** Compares products as they are known by: id, domain and product, or a dataset that they share. */
export function compareProducts(before: readonly DataContract[], after: readonly DataContract[]): readonly ContractChange[] {
  const since = sinceReleases(after, before);
  const kept = [...since.values()].map(({ released }) => released);
  const gone = before.filter((contract) => !kept.includes(contract));
  const changed = after.flatMap((contract): ContractChange[] => {
    const { released: old, changes = [] } = since.get(contract) ?? {};
    const head = {
      name: nameOf(contract),
      after: contract.version,
      dangers: [...changes, ...sinceMoved(contract, without(before, old))].flatMap(dangersIn),
    };
    if (old === undefined) return [{ ...head, changes: [], isUnannounced: false }];
    if (changes.length === 0 && old.version === contract.version) return [];
    return [
      {
        ...head,
        before: old.version,
        changes,
        isUnannounced: isUnannounced(old, contract, changes),
      },
    ];
  });
  return [
    ...changed,
    ...gone.map((contract) => ({
      name: nameOf(contract),
      before: contract.version,
      changes: [],
      isUnannounced: contract.status !== 'draft' && contract.status !== 'retired',
      dangers: [],
    })),
  ].sort((one, other) => (one.name < other.name ? -1 : 1));
}

const without = (contracts: readonly DataContract[], one: DataContract | undefined): readonly DataContract[] =>
  contracts.filter((contract) => contract !== one);

/** What changed in datasets that another product held: the table, and what lies in it, is the same. */
const sinceMoved = ({ datasets }: DataContract, others: readonly DataContract[]): readonly Change[] =>
  datasets.flatMap((dataset) => {
    const was = others
      .flatMap((other) => other.datasets)
      .find(({ domain, name }) => domain === dataset.domain && name === dataset.name);
    return was === undefined ? [] : compareDatasets(was, dataset);
  });

const isUnannounced = (before: DataContract, after: DataContract, changes: readonly Change[]): boolean =>
  before.status !== 'draft' &&
  requiredBump(changes) === 'major' &&
  compareVersions(after.version, leastVersion(before.version, 'major')) < 0;

/** The reason holds both values, and so an acceptance is of them. */
function dangersIn({ code, path, reason }: Change): readonly Danger[] {
  const dangerous = DANGEROUS.find((known) => known === code);
  return dangerous === undefined ? [] : bound([danger(dangerous, `'${path}' ${reason}`)], [reason], path);
}
