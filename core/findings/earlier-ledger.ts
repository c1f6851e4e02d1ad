import * as z from 'zod';
import { subjectOf } from './finding.ts';
import type { Decision, Ledger } from './ledger.ts';

/**
 * The form that a ledger had first: an entry for each rule on each resource, with its own copy of the reason. It is read, and no longer written: a
 * change is compared with commits that hold it, and a clone that was made before renews it into the form of today.
 */
export const earlierShape = z.strictObject({
  reviewedOn: z.string(),
  entries: z.array(
    z.strictObject({
      findings: z.array(z.string()),
      resource: z.string(),
      stacks: z.array(z.string()),
      reason: z.string(),
      owner: z.string(),
      enteredOn: z.string(),
      reviewBy: z.string(),
    }),
  ),
});

/** Entries of one rule that say the same, by the same owner and with the same days, are one decision; each is a place of it. */
export function fromEarlier({ reviewedOn, entries }: z.infer<typeof earlierShape>): Ledger {
  const decisions = new Map<string, Decision>();
  for (const { resource, stacks, findings, reason, owner, enteredOn, reviewBy } of entries) {
    const head = { rule: subjectOf(findings[0] ?? ''), reason, owner, enteredOn, reviewBy };
    const key = JSON.stringify(head);
    decisions.set(key, { ...head, places: [...(decisions.get(key)?.places ?? []), { resource, stacks, findings }] });
  }
  return { reviewedOn, decisions: [...decisions.values()] };
}
