import { isCurated } from '../curated/cadence.ts';
import { curatedTableName, pascalCase } from '../naming.ts';
import { checkReferences } from './check-references.ts';
import { ContractError, type SourcedFault } from './fault.ts';
import { faultIn, type PlacedDataset, type SourcedContract } from './sourced-contract.ts';

/**
 * What contracts may not be beside each other.
 *
 * @throws {@link ContractError} `ContractIdTwice`, `ProductTwice`, `DatasetTwice`, `DatasetsAlike`, `DatasetNamedAsDomain`, `DatasetNamedAsCurated`, `ReferenceMissing`, `ReferenceUnfit`, `ReferenceCycle`
 */
export function checkTogether(contracts: readonly SourcedContract[]): void {
  const placed = contracts.flatMap(({ contract, ...source }) =>
    contract.datasets.map((dataset, index) => ({ ...source, dataset, index })),
  );
  const faults = [...checkProducts(contracts), ...checkNames(placed), ...checkReferences(placed)];
  if (faults.length > 0) throw new ContractError(faults);
}

/** A product's name as names of files take it: by it, its releases are found. */
export const productSlug = (product: string): string =>
  product
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'product';

/** Releases are found by a contract's id, and by its domain and product: two contracts would take each other's. */
function checkProducts(contracts: readonly SourcedContract[]): SourcedFault[] {
  const ids = new Map<string, SourcedContract>();
  const products = new Map<string, SourcedContract>();
  return contracts.flatMap((here) => {
    const { id, domain, product } = here.contract;
    const place = `${domain}/${productSlug(product)}`;
    const [sameId, sameProduct] = [ids.get(id), products.get(place)];
    ids.set(id, here);
    products.set(place, here);
    return [
      ...(sameId === undefined
        ? []
        : [
            {
              code: 'ContractIdTwice',
              path: ['id'],
              message: `must be its own, got '${id}', which '${sameId.source}' has too; give one another`,
            },
          ]),
      ...(sameProduct === undefined
        ? []
        : [
            {
              code: 'ProductTwice',
              path: ['dataProduct'],
              message: `must be its own within the domain, got '${product}' beside '${sameProduct.contract.product}' of '${sameProduct.source}': both would be released as '${place}'; rename one`,
            },
          ]),
    ].map((fault) => faultIn(here, fault));
  });
}

function checkNames(placed: readonly PlacedDataset[]): SourcedFault[] {
  const faults: SourcedFault[] = [];
  const domains = new Set(placed.map(({ dataset }) => dataset.domain));
  const owners = new Map<string, PlacedDataset>();
  for (const here of placed) {
    const { name, domain } = here.dataset;
    const refuse = (code: string, message: string) =>
      faults.push(faultIn(here, { code, path: ['schema', here.index, 'name'], message }));
    const key = `${domain}.${pascalCase(name)}`;
    const other = owners.get(key);
    if (other?.dataset.name === name)
      refuse('DatasetTwice', `holds the dataset '${domain}.${name}', which '${other.source}' holds too; keep one`);
    else if (other !== undefined)
      refuse(
        'DatasetsAlike',
        `must differ from '${other.dataset.name}' of '${other.source}' by more than '_', got '${name}': both would have the same resources; rename one`,
      );
    if (name !== domain && domains.has(name))
      refuse(
        'DatasetNamedAsDomain',
        `must not be the name of a domain, got '${name}': rights to a domain's keys would reach it; rename it`,
      );
    const folded = placed.find(
      ({ dataset }) => isCurated(dataset) && dataset.domain === domain && curatedTableName(dataset.name) === name,
    );
    if (folded !== undefined)
      refuse(
        'DatasetNamedAsCurated',
        `must not be the name of a curated table, got '${name}', which is that of '${folded.dataset.name}' of '${folded.source}'; rename it`,
      );
    owners.set(key, here);
  }
  return faults;
}
