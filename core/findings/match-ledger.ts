import { claimsOf, type Claim, type Ledger } from './ledger.ts';
import type { Finding } from './finding.ts';

/** Where a ledger and the findings part. Both are empty when the ledger says exactly what is found. */
export interface Mismatch {
  /** Found, and in no entry; or not to be excepted at all. */
  readonly missing: readonly Finding[];
  /** In an entry, and not found. */
  readonly stale: readonly Claim[];
}

type Place = Pick<Finding, 'id' | 'stack' | 'resource'>;
const keyOf = ({ id, stack, resource }: Place): string => JSON.stringify([stack, resource, id]);

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

/** What must be done, a line each; nothing when the ledger says exactly what is found. */
export function sayMismatch({ missing, stale }: Mismatch): string[] {
  return [
    ...missing.map(
      ({ id, stack, resource, says, isUnjudged }) =>
        `${isUnjudged ? 'UNJUDGED' : 'MISSING'}: ${stack}/${resource}: ${id}: ${says}; mend the resource${isUnjudged ? '' : ', or enter the finding with a reason'}`,
    ),
    ...stale.map(
      ({ id, stack, resource }) => `STALE: ${stack}/${resource}: ${id}: is no longer found; delete it from the ledger`,
    ),
  ];
}
