import { pascalCase } from '../naming.ts';
import { ContractError, type DocumentPath, type Fault, type Position, type SourcedFault } from './fault.ts';
import { hiveType } from './glue-columns.ts';
import type { DataContract, DatasetContract, Relationship } from './model.ts';
import { didYouMean } from './odcs/suggest.ts';

/** A contract, and what to call it in a message: its file, or whatever its maker knows it by. */
export interface SourcedContract {
  readonly source: string;
  readonly contract: DataContract;
  /** Finds where a fault stands in the file. @default - faults come without a place */
  readonly locate?: (fault: Fault) => Position | undefined;
}

interface Placed extends Omit<SourcedContract, 'contract'> {
  readonly dataset: DatasetContract;
  /** Place of the dataset in its contract's `schema`. */
  readonly index: number;
}

/**
 * What contracts may not be beside each other.
 *
 * @throws {@link ContractError} `DatasetTwice`, `DatasetsAlike`, `DatasetNamedAsDomain`, `ReferenceMissing`, `ReferenceUnfit`, `ReferenceCycle`
 */
export function checkTogether(contracts: readonly SourcedContract[]): void {
  const placed = contracts.flatMap(({ contract, ...source }) =>
    contract.datasets.map((dataset, index) => ({ ...source, dataset, index })),
  );
  const faults = [...checkNames(placed), ...checkReferences(placed)];
  if (faults.length > 0) throw new ContractError(faults);
}

function faultIn({ source, locate }: Placed, fault: Fault): SourcedFault {
  const position = locate?.(fault);
  return { ...fault, source, ...(position === undefined ? {} : { position }) };
}

function checkNames(placed: readonly Placed[]): SourcedFault[] {
  const faults: SourcedFault[] = [];
  const domains = new Set(placed.map(({ dataset }) => dataset.domain));
  const owners = new Map<string, Placed>();
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
    owners.set(key, here);
  }
  return faults;
}

const nameOf = ({ domain, name }: Pick<DatasetContract, 'domain' | 'name'>): string => `${domain}.${name}`;

function checkReferences(placed: readonly Placed[]): SourcedFault[] {
  const byName = new Map(placed.map((here) => [nameOf(here.dataset), here]));
  const faults = placed.flatMap((here) =>
    here.dataset.relationships.flatMap((relationship) => {
      const fault = checkReference(
        here,
        relationship,
        byName.get(`${relationship.to.domain}.${relationship.to.dataset}`)?.dataset,
        [...byName.keys()],
      );
      return fault === undefined ? [] : [faultIn(here, { ...fault, path: pathOf(here, relationship) })];
    }),
  );
  return [...faults, ...findCycles(placed, byName)];
}

/** Where a relationship stands: with its column, or with the dataset where it is of several. */
function pathOf({ index, dataset }: Placed, relationship: Relationship): DocumentPath {
  const [column] = relationship.columns;
  const isOfSeveral = relationship.columns.length > 1;
  const beside = dataset.relationships.filter(({ columns }) =>
    isOfSeveral ? columns.length > 1 : columns.length === 1 && columns[0] === column,
  );
  const property = dataset.columns.findIndex(({ name }) => name === column);
  const above = isOfSeveral ? ['schema', index] : ['schema', index, 'properties', property];
  return [...above, 'relationships', beside.indexOf(relationship), 'to'];
}

function checkReference(
  { dataset }: Placed,
  { columns, to }: Relationship,
  target: DatasetContract | undefined,
  known: readonly string[],
): Pick<Fault, 'code' | 'message'> | undefined {
  const name = `${to.domain}.${to.dataset}`;
  if (target === undefined)
    return {
      code: 'ReferenceMissing',
      message: `must refer to a dataset that is there, got '${name}'${didYouMean(name, known) || '; mend the name, or add its contract'}`,
    };
  for (const [place, column] of to.columns.entries()) {
    const theirs = target.columns.find((candidate) => candidate.name === column);
    if (theirs === undefined)
      return {
        code: 'ReferenceMissing',
        message: `must refer to a column that is there, got '${name}.${column}'; name one of ${target.columns.map((c) => c.name).join(', ')}`,
      };
    const ours = dataset.columns.find((candidate) => candidate.name === columns[place]);
    if (ours === undefined) continue;
    if (hiveType(ours.type) !== hiveType(theirs.type))
      return {
        code: 'ReferenceUnfit',
        message: `must be of the type of '${name}.${column}', ${hiveType(theirs.type)}, got ${hiveType(ours.type)}; make them the same`,
      };
    if (ours.protection === undefined && theirs.protection === undefined) continue;
    if (ours.protection !== theirs.protection)
      return {
        code: 'ReferenceUnfit',
        message: `must be protected as '${name}.${column}' is (${theirs.protection ?? 'not at all'}), got ${ours.protection ?? 'no protection'}: their values would never meet; protect both alike, or take the relationship away`,
      };
    if (to.domain !== dataset.domain)
      return {
        code: 'ReferenceUnfit',
        message: `must be of the domain of '${name}.${column}' to be protected as it is (${theirs.protection ?? ''}), got the domain '${dataset.domain}': each domain has a secret of its own, and their values would never meet; take the relationship away`,
      };
  }
  return undefined;
}

/** A dataset that refers to itself (an employee's manager) is no cycle; two that need each other can be loaded in no order. */
function findCycles(placed: readonly Placed[], byName: ReadonlyMap<string, Placed>): SourcedFault[] {
  const targets = ({ dataset }: Placed): string[] => [
    ...new Set(dataset.relationships.map(({ to }) => `${to.domain}.${to.dataset}`).filter((name) => name !== nameOf(dataset))),
  ];
  const finished = new Set<string>();
  const faults: SourcedFault[] = [];
  for (const start of placed) {
    const trail: string[] = [];
    const waiting: { readonly name: string; readonly isLeft: boolean }[] = [{ name: nameOf(start.dataset), isLeft: false }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.isLeft) {
        trail.pop();
        finished.add(next.name);
        continue;
      }
      const here = byName.get(next.name);
      if (here === undefined || finished.has(next.name)) continue;
      const since = trail.indexOf(next.name);
      if (since !== -1) {
        const circle = [...trail.slice(since), next.name].join(' → ');
        faults.push(
          faultIn(here, {
            code: 'ReferenceCycle',
            path: ['schema', here.index, 'relationships'],
            message: `must not lead back to its own dataset, got ${circle}; take one of them away`,
          }),
        );
        continue;
      }
      trail.push(next.name);
      waiting.push({ name: next.name, isLeft: true });
      for (const name of targets(here)) waiting.push({ name, isLeft: false });
    }
  }
  return faults;
}
