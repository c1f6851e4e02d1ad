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

type IsOf = (contract: DataContract, released: DataContract) => boolean;
const names = ({ datasets }: DataContract): string[] => datasets.map(({ domain, name }) => `${domain}.${name}`);
/** How a release is known to be of a contract, the surest first: a contract that changes one of these is the same contract still. */
const KNOWN_BY: readonly IsOf[] = [
  (contract, { id }) => contract.id === id,
  (contract, { domain, product }) => contract.domain === domain && contract.product === product,
  (contract, released) => names(contract).some((name) => names(released).includes(name)),
];

const newest = (released: readonly DataContract[]): DataContract | undefined =>
  released.toSorted((a, b) => compareVersions(b.version, a.version))[0];

/** The newest release of a contract, and what has changed since. */
export function sinceRelease(contract: DataContract, released: readonly DataContract[]): Comparison {
  for (const isOf of KNOWN_BY) {
    const found = newest(released.filter((candidate) => isOf(contract, candidate)));
    if (found !== undefined) return { released: found, changes: compareContracts(found, contract) };
  }
  return { changes: [] };
}

/**
 * Refuses contracts whose versions say less than what has changed in them since they were released, and releases that no contract holds any
 * more.
 *
 * @throws {@link ContractError} `VersionWentBack`, `ReleasedVersionChanged`, `VersionTooLow`, `ReleasedContractGone`
 */
export function checkReleased(contracts: readonly SourcedContract[], released: readonly SourcedContract[]): void {
  const all = released.map(({ contract }) => contract);
  const faults = contracts.flatMap(({ source, contract, locate }): SourcedFault[] => {
    const { released: before, changes } = sinceRelease(contract, all);
    const fault = before === undefined ? undefined : checkVersion(before.version, contract.version, changes);
    if (fault === undefined) return [];
    const position = locate?.(fault);
    return [{ ...fault, source, ...(position === undefined ? {} : { position }) }];
  });
  const gone = findGone(
    contracts.map(({ contract }) => contract),
    released,
  );
  if (faults.length + gone.length > 0) throw new ContractError([...faults, ...gone]);
}

/** Products that were released, not retired, and are held by no contract. */
function findGone(contracts: readonly DataContract[], released: readonly SourcedContract[]): SourcedFault[] {
  const ids = [...new Set(released.map(({ contract }) => contract.id))];
  return ids.flatMap((id) => {
    const own = released.filter(({ contract }) => contract.id === id);
    const last = newest(own.map(({ contract }) => contract));
    const source = own.find(({ contract }) => contract === last)?.source;
    if (last === undefined || source === undefined || last.status === 'retired') return [];
    if (contracts.some((contract) => KNOWN_BY.some((isOf) => isOf(contract, last)))) return [];
    const fault: Fault = {
      code: 'ReleasedContractGone',
      path: [],
      message: `must have a contract: '${last.domain}/${last.product}' ${last.version} was released and no contract holds it; put it back, or release it once more with the status 'retired' before it goes`,
    };
    return [{ ...fault, source }];
  });
}
