import { claimsOf, type Claim, type Ledger, type LedgerEntry } from '../findings/ledger.ts';

/** A finding that is accepted, with who answers for it. */
export interface Accepted {
  readonly id: string;
  readonly stack: string;
  readonly resource: string;
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
}

export interface LedgerChanges {
  /** Accepted now and not before: a new finding, or one that was mended and came back. */
  readonly added: readonly Accepted[];
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
  const [old, now] = [byPlace(before), byPlace(after)];
  return {
    added: [...now].filter(([key]) => !old.has(key)).map(([, claim]) => accepted(claim)),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, claim]) => accepted(claim)),
    reworded: [...now].flatMap(([key, claim]) => {
      const changed = differing(old.get(key)?.entry ?? claim.entry, claim.entry);
      return changed.length === 0 ? [] : [{ ...accepted(claim), changed }];
    }),
  };
}

const byPlace = (ledger: Ledger): ReadonlyMap<string, Claim> =>
  new Map(claimsOf(ledger).map((claim) => [JSON.stringify([claim.stack, claim.resource, claim.id]), claim]));

const differing = (before: LedgerEntry, after: LedgerEntry): readonly WordedKey[] =>
  WORDED.filter((key) => before[key] !== after[key]);

const accepted = ({ id, stack, resource, entry }: Claim): Accepted => ({
  id,
  stack,
  resource,
  reason: entry.reason,
  owner: entry.owner,
  reviewBy: entry.reviewBy,
});
