/** How much of a claim is proved: what fits a test run, or all of it. */
export type Scale = 'quick' | 'full';

/** A sentence that could be false, and the program that would find out. */
export interface Claim {
  /** Stable, in kebab case: what README and docs link to. */
  readonly id: string;
  /** The claim, in one sentence of the present tense. */
  readonly says: string;
  /**
   * Proves it.
   *
   * @returns What was counted, in a few words with figures of this run: `1,000 schedules, 412,880 events`
   * @throws ClaimFails when the claim is false
   */
  readonly prove: (scale: Scale) => Promise<string>;
}

/** The claim is false, or what should have proved it proves nothing. */
export class ClaimFails extends Error {
  override readonly name = 'ClaimFails';
  readonly code = 'ClaimFails';

  /** @param findings One line for each counterexample: names, numbers, seeds, never data */
  constructor(findings: readonly string[]) {
    super(findings.join('\n'));
  }
}
