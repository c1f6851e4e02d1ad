import { pascalCase } from '../naming.ts';
import { ContractError } from './fault.ts';
import type { DataContract } from './model.ts';

/** A contract, and what to call it in a message: its file, or whatever its maker knows it by. */
export interface SourcedContract {
  readonly source: string;
  readonly contract: DataContract;
}

/**
 * What contracts may not be beside each other.
 *
 * @throws {@link ContractError} `DatasetTwice`, `DatasetsAlike`, `DatasetNamedAsDomain`
 */
export function checkTogether(contracts: readonly SourcedContract[]): void {
  const domains = new Set(contracts.map(({ contract }) => contract.domain));
  const owners = new Map<string, { readonly name: string; readonly source: string }>();
  for (const { source, contract } of contracts) {
    contract.datasets.forEach(({ name }, index) => {
      const refuse = (code: string, message: string) =>
        new ContractError(source, [{ code, path: ['schema', index, 'name'], message }]);
      const key = `${contract.domain}.${pascalCase(name)}`;
      const other = owners.get(key);
      if (other?.name === name)
        throw refuse(
          'DatasetTwice',
          `holds the dataset '${contract.domain}.${name}', which '${other.source}' holds too; keep one`,
        );
      if (other !== undefined)
        throw refuse(
          'DatasetsAlike',
          `must differ from '${other.name}' of '${other.source}' by more than '_', got '${name}': both would have the same resources; rename one`,
        );
      if (name !== contract.domain && domains.has(name)) {
        throw refuse(
          'DatasetNamedAsDomain',
          `must not be the name of a domain, got '${name}': rights to a domain's keys would reach it; rename it`,
        );
      }
      owners.set(key, { name, source });
    });
  }
}
