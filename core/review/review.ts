import type { DataContract } from '../contract/model.ts';
import { environmentOf, type Ledger } from '../findings/ledger.ts';
import { compareProducts, type ContractChange } from './compare-contracts.ts';
import { compareCost, type CostComparison } from './compare-cost.ts';
import { compareLedgers, type LedgerChanges } from './compare-ledgers.ts';
import { compareStacks, type StackChange } from './compare-stacks.ts';
import type { ResourceChange } from './compare-resources.ts';
import type { Danger } from './danger.ts';
import { comparePermissions, type PermissionChange } from './permissions/compare-permissions.ts';
import type { Templates } from './template.ts';

/** One of the two versions that are compared. */
export interface Version {
  /** How a person calls it. */
  readonly name: string;
  readonly templates: Templates;
  /** Absent where it holds none, as a folder of templates does. */
  readonly contracts?: readonly DataContract[];
  readonly ledger?: Ledger;
}

/** All that a change does, as far as it can be told without an account. */
export interface Review {
  readonly before: string;
  readonly after: string;
  readonly environments: readonly string[];
  readonly stacks: readonly StackChange[];
  readonly resources: readonly ResourceChange[];
  readonly permissions: readonly PermissionChange[];
  /** Absent where one of the versions holds none. */
  readonly contracts?: readonly ContractChange[];
  readonly cost?: CostComparison;
  readonly ledger?: LedgerChanges;
  /** What the review could not see, a sentence each, without a full stop. */
  readonly notes: readonly string[];
}

/** Compares two versions of a platform. @param notes What whoever read them could not see */
export function review(before: Version, after: Version, notes: readonly string[] = []): Review {
  const stacks = [...new Set([...before.templates.keys(), ...after.templates.keys()])];
  const ofBoth = <T, R>(one: T | undefined, other: T | undefined, compare: (one: T, other: T) => R): R | undefined =>
    one === undefined || other === undefined ? undefined : compare(one, other);
  const contracts = ofBoth(before.contracts, after.contracts, compareProducts);
  const cost = ofBoth(before.contracts, after.contracts, compareCost);
  const ledger = ofBoth(before.ledger, after.ledger, (one, other) => compareLedgers(within(one, stacks), within(other, stacks)));
  return {
    before: before.name,
    after: after.name,
    environments: [...new Set(stacks.map(environmentOf).filter((name) => name !== undefined))].sort(),
    ...compareStacks(before.templates, after.templates),
    permissions: comparePermissions(before.templates, after.templates),
    ...(contracts === undefined ? {} : { contracts }),
    ...(cost === undefined ? {} : { cost }),
    ...(ledger === undefined ? {} : { ledger }),
    notes,
  };
}

const within = (ledger: Ledger, stacks: readonly string[]): Ledger => ({
  ...ledger,
  entries: ledger.entries.map((entry) => ({ ...entry, stacks: entry.stacks.filter((stack) => stacks.includes(stack)) })),
});

/** Every danger of a review, wherever it was found. */
export const dangersOf = ({ stacks, resources, permissions }: Review): readonly Danger[] =>
  [...stacks, ...resources, ...permissions].flatMap(({ dangers }) => dangers);
