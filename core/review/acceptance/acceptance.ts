import type { Reasoned } from '../danger.ts';

/** What is accepted: dangers of one code, at one place, by one change of one value. */
export interface Subject {
  readonly code: string;
  /** `<domain>/<product>`, where the danger is of a contract and so of no stack. */
  readonly contract?: string;
  /** Exact logical id; absent where the danger is of the stack or the contract itself. */
  readonly resource?: string;
  /** Path of the property; absent where the danger is of the whole. */
  readonly property?: string;
  /** Digest of the values before and after: it accepts no other change. */
  readonly change: string;
}

/** A danger that is meant, and why. */
export interface Acceptance extends Subject, Reasoned {
  /** Exact names: the same change in each environment. Absent where a contract is named. */
  readonly stacks?: readonly string[];
}

/** What an acceptance says of one stack, or of its contract. */
export interface Claim extends Subject, Reasoned {
  readonly stack?: string;
}

export const claimsOf = (acceptances: readonly Acceptance[]): readonly Claim[] =>
  acceptances.flatMap(({ stacks, ...acceptance }) =>
    stacks === undefined ? [acceptance] : stacks.map((stack) => ({ ...acceptance, stack })),
  );

/** What a claim is of, as a text that two of the same have in common. */
export const subjectKey = ({ code, contract, resource, property, change }: Subject): string =>
  JSON.stringify([code, contract ?? null, resource ?? null, property ?? null, change]);
