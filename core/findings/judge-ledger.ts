import { isDay } from '../aws/is-day.ts';
import { claimsOf, identityOf, type Day, type Decision, type Ledger, type Place } from './ledger.ts';
import { ruleOf } from './finding.ts';
import { judgeDecision, judgePlace, SHORTEST_REASON } from './judge-decision.ts';
import { keyOf } from './match-ledger.ts';

/** What makes a ledger dishonest, whatever the templates hold: each fault with its code. Nothing when it may be believed. */
export function judgeLedger(ledger: Ledger): string[] {
  return [
    ...(isDay(ledger.reviewedOn) ? [] : [`BadDate: 'reviewedOn' must be a day such as 2026-11-21, got '${ledger.reviewedOn}'`]),
    ...ledger.decisions.flatMap((decision) => [
      ...judgeDecision(ledger.reviewedOn, decision).map((fault) => sayOf(decision, decision.places[0], fault)),
      ...decision.places.flatMap((place) => judgePlace(decision, place).map((fault) => sayOf(decision, place, fault))),
    ]),
    ...repeatedClaims(ledger),
    ...splitDecisions(ledger),
  ];
}

/** Findings whose rules no pack knows: `rules` are the ids of all rules of all packs. */
export function judgeRules(ledger: Ledger, rules: ReadonlySet<string>): string[] {
  return ledger.decisions.flatMap((decision) =>
    decision.places.flatMap((place) =>
      place.findings
        .filter((id) => !rules.has(ruleOf(id)))
        .map((id) =>
          sayOf(decision, place, `UnknownRule: 'findings' must name rules of the packs, got '${ruleOf(id)}'; mend it`),
        ),
    ),
  );
}

/** The decisions whose review was due before a day. */
export const overdueOn = ({ decisions }: Pick<Ledger, 'decisions'>, day: Day): Decision[] =>
  decisions.filter(({ reviewBy }) => reviewBy < day);

const sayOf = ({ rule }: Decision, place: Pick<Place, 'resource'> | undefined, fault: string): string =>
  `${place?.resource ?? 'nowhere'} (${rule}): ${fault}`;

/** A finding that stands twice, in one place or in two. */
const repeatedClaims = (ledger: Ledger): string[] =>
  repeated(claimsOf(ledger), keyOf).map((claim) =>
    sayOf(claim.decision, claim, `DuplicateFinding: '${claim.id}' of ${claim.stack} must stand once, got it again; delete one`),
  );

/** Only of reasons that are there: a renewal lists what is new without one, and each is somebody's to write. */
const splitDecisions = ({ decisions }: Ledger): string[] =>
  repeated(
    decisions.filter(({ reason }) => reason.trim().length >= SHORTEST_REASON),
    identityOf,
  ).map((decision) =>
    sayOf(
      decision,
      decision.places[0],
      'SplitDecision: one rule and one reason must be one decision, got it again; move its places under the first',
    ),
  );

/** Each item whose key came before. */
function repeated<T>(items: readonly T[], keyOfItem: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const isAgain = seen.has(keyOfItem(item));
    seen.add(keyOfItem(item));
    return isAgain;
  });
}
