import { compareContracts } from './compatibility/compare-contracts.ts';
import type { Change } from './compatibility/change.ts';
import { checkVersion, compareVersions } from './compatibility/version.ts';
import type { SourcedContract } from './check-together.ts';
import { ContractError } from './fault.ts';
import type { DataContract } from './model.ts';

/** A contract beside its newest release. */
export interface Comparison {
  /** Absent where the product was never released. */
  readonly released?: DataContract;
  readonly changes: readonly Change[];
}

/** The newest release of a contract's product, and what has changed since. */
export function sinceRelease(contract: DataContract, released: readonly DataContract[]): Comparison {
  const [newest] = released
    .filter(({ domain, product }) => domain === contract.domain && product === contract.product)
    .sort((a, b) => compareVersions(b.version, a.version));
  return newest === undefined ? { changes: [] } : { released: newest, changes: compareContracts(newest, contract) };
}

/**
 * Refuses contracts whose versions say less than what has changed in them since they were released.
 *
 * @throws {@link ContractError} `VersionWentBack`, `ReleasedVersionChanged`, `VersionTooLow`
 */
export function checkReleased(contracts: readonly SourcedContract[], released: readonly DataContract[]): void {
  const faults = contracts.flatMap(({ source, contract, locate }) => {
    const { released: before, changes } = sinceRelease(contract, released);
    const fault = before === undefined ? undefined : checkVersion(before.version, contract.version, changes);
    if (fault === undefined) return [];
    const position = locate?.(fault);
    return [{ ...fault, source, ...(position === undefined ? {} : { position }) }];
  });
  if (faults.length > 0) throw new ContractError(faults);
}
