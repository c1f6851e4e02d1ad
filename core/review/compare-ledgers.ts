import { claimsOf, identityOf, type Claim, type Decision, type Ledger } from '../findings/ledger.ts';
import { keyOf } from '../findings/match-ledger.ts';

/** A finding that is accepted, with who answers for it. */
export interface Accepted {
  readonly id: string;
  readonly stack: string;
  readonly resource: string;
  /** What the rule asks, whichever pack carries it. */
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
}

/** A finding that is accepted now and was not before. */
export interface NewlyAccepted extends Accepted {
  /** False where a decision that stood before is said to hold here too: the same rule, for the same reason. */
  readonly isNewDecision: boolean;
}

export interface LedgerChanges {
  /** Accepted now and not before: a new finding, or one that was mended and came back. */
  readonly added: readonly NewlyAccepted[];
  /** No longer accepted: the finding is gone. */
  readonly removed: readonly Accepted[];
  /** Accepted before and now, in other words or until another day. */
  readonly reworded: readonly (Accepted & { readonly changed: readonly WordedKey[] })[];
}

const WORDED = ['reason', 'owner', 'enteredOn', 'reviewBy'] as const;
type WordedKey = (typeof WORDED)[number];

/**
 * Compares what two ledgers accept. A ledger names exactly what is found, which `npm test` holds in each of the two versions: so the
 * difference of the ledgers is the difference of the findings.
 */
export function compareLedgers(before: Ledger, after: Ledger): LedgerChanges {
  const [old, now] = [byKey(before), byKey(after)];
  const standing = new Set(before.decisions.map(identityOf));
  return {
    added: [...now]
      .filter(([key]) => !old.has(key))
      .map(([, claim]) => ({
        ...accepted(claim),
        isNewDecision: !standing.has(identityOf(claim.decision)),
      })),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, claim]) => accepted(claim)),
    reworded: [...now].flatMap(([key, claim]) => {
      const changed = differing(old.get(key)?.decision ?? claim.decision, claim.decision);
      return changed.length === 0 ? [] : [{ ...accepted(claim), changed }];
    }),
  };
}

const byKey = (ledger: Ledger): ReadonlyMap<string, Claim> => new Map(claimsOf(ledger).map((claim) => [keyOf(claim), claim]));

const differing = (before: Decision, after: Decision): readonly WordedKey[] => WORDED.filter((key) => before[key] !== after[key]);

const accepted = ({ id, stack, resource, decision: { rule, reason, owner, reviewBy } }: Claim): Accepted => ({
  id,
  stack,
  resource,
  rule,
  reason,
  owner,
  reviewBy,
});
