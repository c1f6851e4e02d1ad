import type { DataContract } from '../contract/model.ts';
import { withinStacks, type Ledger } from '../findings/ledger.ts';
import { environmentOf } from '../naming.ts';
import { compareProducts, type ContractChange } from './compare-contracts.ts';
import { compareCost, type CostComparison } from './compare-cost.ts';
import { compareLedgers, type LedgerChanges } from './compare-ledgers.ts';
import { compareStacks, type StackChange } from './compare-stacks.ts';
import type { ResourceChange } from './compare-resources.ts';
import { accept, type Accepted, type Found } from './acceptance/accept.ts';
import type { Acceptance } from './acceptance/acceptance.ts';
import type { Danger, Reasoned } from './danger.ts';
import { comparePermissions, type PermissionChange } from './permissions/compare-permissions.ts';
import { inOnePlace, type StackMove } from './place.ts';
import type { Templates } from '../aws/template.ts';

/** One of the two versions that are compared. */
export interface Version {
  /** How a person calls it. */
  readonly name: string;
  readonly templates: Templates;
  /** Absent where it holds none, as a folder of templates does. */
  readonly contracts?: readonly DataContract[];
  readonly ledger?: Ledger;
  /** Dangers that it accepts; absent where it is of no project. */
  readonly acceptances?: readonly Acceptance[];
}

/** All that a change does, as far as it can be told without an account. */
export interface Review {
  readonly before: string;
  readonly after: string;
  readonly environments: readonly string[];
  /** Stacks that go to another account or region. */
  readonly moves: readonly StackMove[];
  readonly stacks: readonly StackChange[];
  readonly resources: readonly ResourceChange[];
  readonly permissions: readonly PermissionChange[];
  /** Absent where one of the versions holds none. */
  readonly contracts?: readonly ContractChange[];
  readonly cost: CostComparison;
  readonly ledger?: LedgerChanges;
  /** Those that accept nothing, and what would accept the rest; what is accepted says so itself. */
  readonly acceptances: Omit<Accepted, 'by'>;
  /** What the review could not see, a sentence each, without a full stop. */
  readonly notes: readonly string[];
}

/** Compares two versions of a platform. @param notes What whoever read them could not see */
export function review(before: Version, after: Version, notes: readonly string[] = []): Review {
  const stacks = [...new Set([...before.templates.keys(), ...after.templates.keys()])];
  const ofBoth = <T, R>(one: T | undefined, other: T | undefined, compare: (one: T, other: T) => R): R | undefined =>
    one === undefined || other === undefined ? undefined : compare(one, other);
  const within = (ledger: Ledger): Ledger => withinStacks(ledger, (stack) => stacks.includes(stack));
  const contracts = ofBoth(before.contracts, after.contracts, compareProducts);
  const ledger = ofBoth(before.ledger, after.ledger, (one, other) => compareLedgers(within(one), within(other)));
  const settled = inOnePlace(before.templates, after.templates);
  const changes: Changes = {
    moves: settled.moves,
    ...compareStacks(settled.before, settled.after),
    permissions: comparePermissions(settled.before, settled.after),
    ...(contracts === undefined ? {} : { contracts }),
  };
  const of = (acceptances: readonly Acceptance[] = []) =>
    acceptances
      .filter(({ contract }) => contract === undefined || contracts !== undefined)
      .map((one) => (one.stacks === undefined ? one : { ...one, stacks: one.stacks.filter((stack) => stacks.includes(stack)) }));
  const { by, ...acceptances } = accept(foundIn(changes), before.acceptances, of(after.acceptances));
  return {
    before: before.name,
    after: after.name,
    environments: [...new Set(stacks.map(environmentOf).filter((name) => name !== undefined))].sort(),
    ...withAccepted(changes, by),
    acceptances,
    cost: compareCost(before, after),
    ...(ledger === undefined ? {} : { ledger }),
    notes,
  };
}

/** The parts of a review in which dangers are. */
type Changes = Pick<Review, 'moves' | 'stacks' | 'resources' | 'permissions' | 'contracts'>;

const foundIn = ({ moves, stacks, resources, permissions, contracts = [] }: Changes): Found => [
  ...moves.flatMap((move) => move.dangers.map((danger) => [{ stacks: move.stacks }, danger] as const)),
  ...stacks.flatMap(({ stack, dangers }) => dangers.map((danger) => [{ stacks: [stack] }, danger] as const)),
  ...resources.flatMap(({ stack, id, dangers }) => dangers.map((danger) => [{ stacks: [stack], resource: id }, danger] as const)),
  ...permissions.flatMap(({ holder: { stack, id }, dangers }) =>
    dangers.map((danger) => [{ stacks: [stack], resource: id }, danger] as const),
  ),
  ...contracts.flatMap(({ name, dangers }) => dangers.map((danger) => [{ contract: name }, danger] as const)),
];

/** The changes once more, each danger that was accepted with the reason. */
function withAccepted({ moves, stacks, resources, permissions, contracts }: Changes, by: ReadonlyMap<Danger, Reasoned>): Changes {
  const marked = <T extends Danger>(found: T): T => {
    const claim = by.get(found);
    return claim === undefined ? found : { ...found, accepted: { reason: claim.reason, owner: claim.owner } };
  };
  return {
    moves: moves.map((change) => ({ ...change, dangers: change.dangers.map(marked) })),
    stacks: stacks.map((change) => ({ ...change, dangers: change.dangers.map(marked) })),
    resources: resources.map((change) => ({ ...change, dangers: change.dangers.map(marked) })),
    permissions: permissions.map((change) => ({ ...change, dangers: change.dangers.map(marked) })),
    ...(contracts === undefined
      ? {}
      : { contracts: contracts.map((change) => ({ ...change, dangers: change.dangers.map(marked) })) }),
  };
}

/** Every danger of a review, wherever it was found, accepted or not. */
export const dangersOf = (review: Changes): readonly Danger[] => foundIn(review).map(([, danger]) => danger);
