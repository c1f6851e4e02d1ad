/** A day, as `2026-11-21`: texts in this form are ordered as the days are. */
export type Day = string;

/** One exception: one rule's findings on one resource, in each stack named, for one reason. */
export interface LedgerEntry {
  /** Exact ids; of several packs where they carry the same rule. */
  readonly findings: readonly string[];
  /** Exact logical id. */
  readonly resource: string;
  /** Exact names: the same construct in each environment. */
  readonly stacks: readonly string[];
  readonly reason: string;
  readonly owner: string;
  readonly enteredOn: Day;
  /** By when somebody asks again whether the reason still holds. */
  readonly reviewBy: Day;
}

/** All findings that are accepted, and why. */
export interface Ledger {
  /** When somebody last read it whole. Dates are judged against this one, so that a build's outcome depends on no clock. */
  readonly reviewedOn: Day;
  readonly entries: readonly LedgerEntry[];
}

/** One finding that an entry answers for. */
export interface Claim {
  readonly id: string;
  readonly stack: string;
  readonly resource: string;
  readonly entry: LedgerEntry;
}

/** All that a ledger answers for: nothing is implied, each claim is written out. */
export const claimsOf = ({ entries }: Ledger): Claim[] =>
  entries.flatMap((entry) =>
    entry.stacks.flatMap((stack) => entry.findings.map((id) => ({ id, stack, resource: entry.resource, entry }))),
  );

/** The environment that a stack belongs to, by its name. */
export const environmentOf = (stack: string): string | undefined => /^Headwaters-([a-z][a-z0-9]*)-/.exec(stack)?.[1];

/** The entries that answer for something in an environment, each with the claims it makes there. */
export function entriesOf(ledger: Ledger, environment: string): LedgerEntry[] {
  return ledger.entries
    .map((entry) => ({ ...entry, stacks: entry.stacks.filter((stack) => environmentOf(stack) === environment) }))
    .filter(({ stacks }) => stacks.length > 0);
}
