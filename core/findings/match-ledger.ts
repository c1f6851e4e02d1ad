import { claimsOf, type Claim, type Decision, type Ledger } from './ledger.ts';
import type { Finding } from './finding.ts';

/** Where a ledger and the findings part. Both are empty when the ledger says exactly what is found. */
export interface Mismatch {
  /** Found, and in no decision; or not to be excepted at all. */
  readonly missing: readonly Finding[];
  /** In a decision, and not found. */
  readonly stale: readonly Claim[];
}

type Found = Pick<Finding, 'id' | 'stack' | 'resource'>;

/** One finding in one stack on one resource, as text. */
export const keyOf = ({ id, stack, resource }: Found): string => JSON.stringify([stack, resource, id]);

/** Compares, exactly and both ways: no pattern, no prefix, no default. */
export function matchLedger(ledger: Ledger, findings: readonly Finding[]): Mismatch {
  const claims = claimsOf(ledger);
  const claimed = new Set(claims.map(keyOf));
  const found = new Set(findings.filter(({ isUnjudged }) => !isUnjudged).map(keyOf));
  return {
    missing: findings.filter((finding) => finding.isUnjudged || !claimed.has(keyOf(finding))),
    stale: claims.filter((claim) => !found.has(keyOf(claim))),
  };
}

/** Decisions of which nothing is found any more, anywhere that the findings are of. */
export function staleDecisions(ledger: Ledger, findings: readonly Finding[]): Decision[] {
  const { stale } = matchLedger(ledger, findings);
  return ledger.decisions.filter((decision) => {
    const claims = claimsOf({ decisions: [decision] });
    return stale.filter((claim) => claim.decision === decision).length === claims.length;
  });
}

/** What must be done, a line each; nothing when the ledger says exactly what is found. */
export function sayMismatch({ missing, stale }: Mismatch): string[] {
  return [
    ...missing.map(
      ({ id, stack, resource, says, isUnjudged }) =>
        `${isUnjudged ? 'UNJUDGED' : 'MISSING'}: ${stack}/${resource}: ${id}: ${says}; mend the resource${isUnjudged ? '' : ', or accept it: npx headwaters ledger renew'}`,
    ),
    ...stale.map(
      ({ id, stack, resource }) => `STALE: ${stack}/${resource}: ${id}: is no longer found: npx headwaters ledger renew`,
    ),
  ];
}

/** A decision that is left without a place, in words. */
export const sayStaleDecision = ({ rule, reason }: Decision): string =>
  `STALE: ${rule}: '${reason}': is found in none of its places: npx headwaters ledger renew`;
