import type { FaultKinds, FaultPoint } from './faults.ts';

/** A simulated time: milliseconds since the epoch, or after the run's begin. */
export type Moment = { readonly at: number } | { readonly after: number };

/** What goes wrong, where, and how often. */
export interface FaultRule {
  readonly at: FaultPoint;
  /** One that the point has: see FAULT_KINDS. */
  readonly fault: FaultKinds[FaultPoint];
  /** What the fault is done to: see `resourceMatcher`. @default - anything */
  readonly where?: string | undefined;
  /** @default - the run's begin */
  readonly from?: Moment | undefined;
  /** The first moment at which it is over. @default - never */
  readonly until?: Moment | undefined;
  /** Each how-manieth occasion; 1 or more. @default 1 */
  readonly every?: number | undefined;
  /** The share of occasions, above 0 and up to 1. @default 1 */
  readonly probability?: number | undefined;
  /** Faults at most. @default - no limit */
  readonly times?: number | undefined;
  /** Line of the file that it stands in. @default - it stands in none */
  readonly line?: number | undefined;
}

/** A jump of the simulated clock, ahead: it never goes back. */
export interface ClockStep {
  readonly at: 'clock';
  /** Milliseconds, above zero. */
  readonly step: number;
  readonly when: Moment;
  /** Line of the file that it stands in. @default - it stands in none */
  readonly line?: number | undefined;
}

/** All that is to go wrong in a run. */
export interface FaultPlan {
  /** What probabilities depend on: the same seed and the same sequence of calls give the same faults. */
  readonly seed: number;
  /** At each occasion the first that has a fault gives it; those after it are not asked. */
  readonly rules: readonly (FaultRule | ClockStep)[];
}

/** Milliseconds since the epoch. */
export const timeOf = (moment: Moment, begin: number): number => ('at' in moment ? moment.at : begin + moment.after);
