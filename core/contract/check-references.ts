import type { DocumentPath, Fault, SourcedFault } from './fault.ts';
import { hiveType } from './glue-columns.ts';
import type { ColumnType, DatasetContract, Relationship } from './model.ts';
import { didYouMean, nameOneOf } from '../suggest.ts';
import { faultIn, type PlacedDataset } from './sourced-contract.ts';

const nameOf = ({ domain, name }: Pick<DatasetContract, 'domain' | 'name'>): string => `${domain}.${name}`;

/** Relationships that lead nowhere, join nothing, or go round in a circle. */
export function checkReferences(placed: readonly PlacedDataset[]): SourcedFault[] {
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
function pathOf({ index, dataset }: PlacedDataset, relationship: Relationship): DocumentPath {
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
  { dataset }: PlacedDataset,
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
        message: `must refer to a column that is there, got '${name}.${column}'${
          didYouMean(
            column,
            target.columns.map((known) => known.name),
          ) || `; ${nameOneOf(target.columns.map((known) => known.name))}`
        }`,
      };
    const ours = dataset.columns.find((candidate) => candidate.name === columns[place]);
    if (ours === undefined) continue;
    if (hiveType(ours.type) !== hiveType(theirs.type))
      return {
        code: 'ReferenceUnfit',
        message: `must be of the type of '${name}.${column}' (${typeWords(theirs.type)}), got ${typeWords(ours.type)}; make them the same`,
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
function findCycles(placed: readonly PlacedDataset[], byName: ReadonlyMap<string, PlacedDataset>): SourcedFault[] {
  const targets = ({ dataset }: PlacedDataset): string[] => [
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
        const first = here.dataset.relationships.find(({ to }) => `${to.domain}.${to.dataset}` === trail[since + 1]);
        const circle = [...trail.slice(since), next.name].join(' → ');
        faults.push(
          faultIn(here, {
            code: 'ReferenceCycle',
            path: first === undefined ? ['schema', here.index] : pathOf(here, first),
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

/** A type as a contract writes it. */
function typeWords(type: ColumnType): string {
  if (type.kind === 'integer') return `integer of ${type.bits} bits`;
  if (type.kind === 'decimal') return `number as decimal(${type.precision},${type.scale})`;
  return type.kind === 'double' ? 'number' : type.kind;
}
