import type { Change } from '../contract/compatibility/change.ts';
import { compareVersions, leastVersion, requiredBump } from '../contract/compatibility/version.ts';
import { sinceReleases } from '../contract/check-released.ts';
import type { DataContract } from '../contract/model.ts';

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
}

const nameOf = ({ domain, product }: DataContract): string => `${domain}/${product}`;

/** Compares products as they are known by: id, domain and product, or a dataset that they share. */
export function compareProducts(before: readonly DataContract[], after: readonly DataContract[]): readonly ContractChange[] {
  const since = sinceReleases(after, before);
  const kept = [...since.values()].map(({ released }) => released);
  const gone = before.filter((contract) => !kept.includes(contract));
  const changed = after.flatMap((contract): ContractChange[] => {
    const { released: old, changes = [] } = since.get(contract) ?? {};
    const head = { name: nameOf(contract), after: contract.version };
    if (old === undefined) return [{ ...head, changes: [], isUnannounced: false }];
    if (changes.length === 0 && old.version === contract.version) return [];
    return [{ ...head, before: old.version, changes, isUnannounced: isUnannounced(old, contract, changes) }];
  });
  return [
    ...changed,
    ...gone.map((contract) => ({
      name: nameOf(contract),
      before: contract.version,
      changes: [],
      isUnannounced: contract.status !== 'draft' && contract.status !== 'retired',
    })),
  ].sort((one, other) => (one.name < other.name ? -1 : 1));
}

const isUnannounced = (before: DataContract, after: DataContract, changes: readonly Change[]): boolean =>
  before.status !== 'draft' &&
  requiredBump(changes) === 'major' &&
  compareVersions(after.version, leastVersion(before.version, 'major')) < 0;
