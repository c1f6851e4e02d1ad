import { grouped } from '../grouped.ts';
import { isOfAction, kindOf, subjectOf, type Finding } from './finding.ts';
import { placesOf } from './list-findings.ts';
import { withoutEnvironment, type Claim, type Decision, type Ledger, type Place } from './ledger.ts';
import { keyOf, matchLedger } from './match-ledger.ts';
import { precedentsOf, type Likeness } from './precedents.ts';

/** A place of a decision, and which of the places that the decision has now it comes from. */
export interface RenewedPlace extends Place {
  /** @default - it is new */
  readonly from?: number;
}

/** What becomes of one decision's places. Its reason, its owner and its days stay. */
export interface DecisionRenewal {
  readonly decision: Decision;
  /** Nothing where none is left: then the decision goes. */
  readonly places: readonly RenewedPlace[];
  readonly added: readonly Place[];
  readonly gone: readonly Place[];
}

/** Why no decision answers for what is found. */
export type Lack =
  /** Nobody decided on this rule on such a resource. */
  | 'undecided'
  /** Somebody did, of something else: in another environment, or of a policy of another shape. */
  | 'other'
  /** Several decisions would answer. */
  | 'several'
  /** No decision may except an action that a wildcard allows. */
  | 'action';

/** What is found and wants a reason that a person writes. */
export interface Uncovered {
  readonly rule: string;
  readonly lack: Lack;
  readonly places: readonly Place[];
  /** The decisions on the same rule and the same kind of resource. */
  readonly near: readonly Decision[];
}

/** What is to be done for a ledger to say exactly what is found. */
export interface Renewal {
  /** Of each decision, in the ledger's order. */
  readonly decisions: readonly DecisionRenewal[];
  readonly uncovered: readonly Uncovered[];
  /** What a rule could not judge: nothing excepts it. */
  readonly unjudged: readonly Finding[];
}

/**
 * Compares a ledger with what is found. A new finding goes under the one decision that answers for the same on another resource of its kind; where
 * none does, or several do, a person must say why it is right.
 *
 * @param datasets Names of the platform's datasets
 * @param likeness Environments in which another's decisions hold too. Default: none
 */
export function planRenewal(
  ledger: Ledger,
  findings: readonly Finding[],
  datasets: readonly string[],
  likeness?: Likeness,
): Renewal {
  const { missing, stale } = matchLedger(ledger, findings);
  const { covering, near } = precedentsOf(ledger, findings, datasets, likeness);
  const answered = missing
    .filter(({ isUnjudged }) => !isUnjudged)
    .map((finding) => ({ finding, homes: covering(finding), near: near(finding) }));
  const isCovered = ({ homes }: { readonly homes: readonly Decision[] }) => homes.length === 1;
  return {
    decisions: ledger.decisions.map((decision) =>
      renewed(
        decision,
        stale.filter((claim) => claim.decision === decision),
        answered.filter((one) => isCovered(one) && one.homes[0] === decision).map(({ finding }) => finding),
      ),
    ),
    uncovered: grouped(
      answered.filter((one) => !isCovered(one)),
      ({ finding, ...one }) => [
        subjectOf(finding.id),
        finding.type,
        kindOf(finding.resource, datasets).name,
        lackOf(finding, one),
      ],
    ).map((group) => ({
      rule: subjectOf(group[0].finding.id),
      lack: lackOf(group[0].finding, group[0]),
      places: placesOf(group.map(({ finding }) => finding)),
      near: [...new Set(group.flatMap((one) => one.near))],
    })),
    unjudged: missing.filter(({ isUnjudged }) => isUnjudged),
  };
}

/** Whether there is nothing to do. */
export const isRenewed = ({ decisions, uncovered, unjudged }: Renewal): boolean =>
  uncovered.length === 0 && unjudged.length === 0 && decisions.every(({ added, gone }) => added.length + gone.length === 0);

interface Answers {
  readonly homes: readonly Decision[];
  readonly near: readonly Decision[];
}

function lackOf({ id }: Finding, { homes, near }: Answers): Lack {
  if (isOfAction(id)) return 'action';
  if (homes.length > 1) return 'several';
  return near.length > 0 ? 'other' : 'undecided';
}

function renewed(decision: Decision, stale: readonly Claim[], findings: readonly Finding[]): DecisionRenewal {
  const added = placesOf(findings);
  if (stale.length + added.length === 0)
    return { decision, places: decision.places.map((place, from) => ({ ...place, from })), added, gone: [] };
  const gone = new Set(stale.map(keyOf));
  const kept = decision.places.flatMap((place, from) => withoutStale(place, gone).map((left) => ({ ...left, from })));
  return { decision, places: joined([...kept, ...added]), added, gone: placesOf(stale) };
}

/** What of a place is still found; the stacks of a place have the same findings or part. */
function withoutStale(place: Place, gone: ReadonlySet<string>): Place[] {
  const byStack = place.stacks.map((stack) => ({
    stack,
    ids: place.findings.filter((id) => !gone.has(keyOf({ id, stack, resource: place.resource }))),
  }));
  return grouped(
    byStack.filter(({ ids }) => ids.length > 0),
    ({ ids }) => ids,
  ).map((group) => ({ ...place, findings: group[0].ids, stacks: group.map(({ stack }) => stack) }));
}

/** Places of one resource as one, where the same is found in several stacks of one construct, or several things in the same stacks. */
function joined(places: readonly RenewedPlace[]): RenewedPlace[] {
  const byStacks = grouped(places, ({ resource, stacks }) => [resource, stacks]).map((same) => ({
    ...same[0],
    findings: same.flatMap(({ findings }) => findings),
  }));
  return grouped(byStacks, ({ resource, stacks, findings }) => [
    resource,
    [...new Set(stacks.map(withoutEnvironment))],
    findings,
  ]).map((same) => ({ ...same[0], stacks: same.flatMap(({ stacks }) => stacks) }));
}
