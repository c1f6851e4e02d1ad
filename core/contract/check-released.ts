import type { Change } from './compatibility/change.ts';
import { compareContracts } from './compatibility/compare-contracts.ts';
import { checkVersion, compareVersions } from './compatibility/version.ts';
import type { SourcedContract } from './sourced-contract.ts';
import { ContractError, type Fault, type SourcedFault } from './fault.ts';
import type { DataContract } from './model.ts';

/** A contract beside its newest release. */
export interface Comparison {
  /** Absent where nothing of it was ever released. */
  readonly released?: DataContract;
  readonly changes: readonly Change[];
}

const isSameProduct = (contract: DataContract, released: DataContract): boolean =>
  contract.id === released.id || (contract.domain === released.domain && contract.product === released.product);
const names = ({ datasets }: DataContract): string[] => datasets.map(({ domain, name }) => `${domain}.${name}`);
const shareDataset = (contract: DataContract, released: DataContract): boolean =>
  names(contract).some((name) => names(released).includes(name));

const newest = (released: readonly DataContract[]): DataContract | undefined =>
  released.toSorted((a, b) => compareVersions(b.version, a.version))[0];

/**
 * The newest release of each contract, and what has changed since. A contract is known by its id, or else by its domain and product; one that
 * changed both at once is known by a dataset that it shares with releases which no other contract is of.
 */
export function sinceReleases(
  contracts: readonly DataContract[],
  released: readonly DataContract[],
): ReadonlyMap<DataContract, Comparison> {
  const orphans = released.filter((release) => !contracts.some((contract) => isSameProduct(contract, release)));
  return new Map(
    contracts.map((contract) => {
      const byId = released.filter(({ id }) => id === contract.id);
      const byProduct = byId.length > 0 ? byId : released.filter((release) => isSameProduct(contract, release));
      const found = newest(byProduct.length > 0 ? byProduct : orphans.filter((release) => shareDataset(contract, release)));
      return [contract, found === undefined ? { changes: [] } : { released: found, changes: compareContracts(found, contract) }];
    }),
  );
}

/**
 * Refuses contracts whose versions say less than what has changed in them since they were released, and releases that no contract holds any
 * more.
 *
 * @throws {@link ContractError} `VersionWentBack`, `ReleasedVersionChanged`, `VersionTooLow`, `ReleasedContractGone`
 */
export function checkReleased(contracts: readonly SourcedContract[], released: readonly SourcedContract[]): void {
  const faults = [
    ...versionFaults(contracts, released),
    ...findGone(
      contracts.map(({ contract }) => contract),
      released,
    ),
  ];
  if (faults.length > 0) throw new ContractError(faults);
}

/** Versions that say less than what has changed since the releases; for this, it need not be known whether a release is held by any contract. */
export function versionFaults(
  contracts: readonly SourcedContract[],
  released: readonly SourcedContract[],
): readonly SourcedFault[] {
  const since = sinceReleases(
    contracts.map(({ contract }) => contract),
    released.map(({ contract }) => contract),
  );
  return contracts.flatMap(({ source, contract, locate }): SourcedFault[] => {
    const { released: before, changes = [] } = since.get(contract) ?? {};
    const fault = before === undefined ? undefined : checkVersion(before.version, contract.version, changes);
    if (fault === undefined) return [];
    const position = locate?.(fault);
    return [{ ...fault, source, ...(position === undefined ? {} : { position }) }];
  });
}

/** Products that were released, not retired, and are held by no contract. */
function findGone(contracts: readonly DataContract[], released: readonly SourcedContract[]): SourcedFault[] {
  const ids = [...new Set(released.map(({ contract }) => contract.id))];
  return ids.flatMap((id) => {
    const own = released.filter(({ contract }) => contract.id === id);
    const last = newest(own.map(({ contract }) => contract));
    const source = own.find(({ contract }) => contract === last)?.source;
    if (last === undefined || source === undefined || last.status === 'retired') return [];
    if (
      contracts.some(
        (contract) => own.some((release) => isSameProduct(contract, release.contract)) || shareDataset(contract, last),
      )
    )
      return [];
    const fault: Fault = {
      code: 'ReleasedContractGone',
      path: [],
      message: `must have a contract: '${last.domain}/${last.product}' ${last.version} was released and no contract holds it; put it back, or release it once more with the status 'retired' before it goes`,
    };
    return [{ ...fault, source }];
  });
}
