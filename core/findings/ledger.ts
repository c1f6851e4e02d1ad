import { environmentOf } from '../naming.ts';

/** A day, as `2026-11-21`: texts in this form are ordered as the days are. */
export type Day = string;

/** Where a decision holds: findings on one resource, in each stack named. */
export interface Place {
  /** Exact logical id. */
  readonly resource: string;
  /** Exact names: the same construct in each environment. */
  readonly stacks: readonly string[];
  /** Exact ids; of several packs where they carry the same rule. */
  readonly findings: readonly string[];
}

/** One thing that somebody decided: one rule is not followed, for one reason, in each place named. */
export interface Decision {
  /** What the rule asks, whichever pack carries it: `LambdaDLQ`. */
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  readonly enteredOn: Day;
  /** By when somebody asks again whether the reason still holds. */
  readonly reviewBy: Day;
  readonly places: readonly Place[];
}

/** All findings that are accepted, and why. */
export interface Ledger {
  /** When somebody last read it whole. Dates are judged against this one, so that a build's outcome depends on no clock. */
  readonly reviewedOn: Day;
  readonly decisions: readonly Decision[];
}

/** One finding that a decision answers for. */
export interface Claim {
  readonly id: string;
  readonly stack: string;
  readonly resource: string;
  readonly decision: Decision;
}

/** All that a ledger answers for: nothing is implied, each claim is written out. */
export const claimsOf = ({ decisions }: Pick<Ledger, 'decisions'>): Claim[] =>
  decisions.flatMap((decision) =>
    decision.places.flatMap(({ resource, stacks, findings }) =>
      stacks.flatMap((stack) => findings.map((id) => ({ id, stack, resource, decision }))),
    ),
  );

/** What makes two decisions one: the rule and the words of the reason. */
export const identityOf = ({ rule, reason }: Decision): string => JSON.stringify([rule, reason.trim().split(/\s+/).join(' ')]);

/** The environments that some decision holds in, in the ledger's order. */
export const environmentsIn = (ledger: Pick<Ledger, 'decisions'>): string[] => [
  ...new Set(claimsOf(ledger).flatMap(({ stack }) => environmentOf(stack) ?? [])),
];

/** A stack's name as it is in every environment. */
export const withoutEnvironment = (stack: string): string => stack.replace(/^Headwaters-[a-z0-9]+-/, '');

/** The decisions that hold somewhere in an environment, each with its places there. */
export const decisionsOf = (ledger: Ledger, environment: string): Decision[] =>
  withinStacks(ledger, (stack) => environmentOf(stack) === environment).decisions.filter(({ places }) => places.length > 0);

/** A ledger of some stacks only: every decision, with what places it has in them. */
export const withinStacks = (ledger: Ledger, isWithin: (stack: string) => boolean): Ledger => ({
  ...ledger,
  decisions: ledger.decisions.map((decision) => ({
    ...decision,
    places: decision.places
      .map((place) => ({ ...place, stacks: place.stacks.filter(isWithin) }))
      .filter(({ stacks }) => stacks.length > 0),
  })),
});

/** How much a ledger accepts. */
export const countsOf = (ledger: Pick<Ledger, 'decisions'>) => ({
  decisions: ledger.decisions.length,
  places: ledger.decisions.reduce((sum, { places }) => sum + places.length, 0),
  findings: claimsOf(ledger).length,
});
