/**
 * Where a fact comes from. `documented`: a page of the vendor says so. `observed`: somebody ran it on AWS and wrote down what came.
 * `undecided`: no page decides; the row says what this runtime does, and its source is the page that leaves it open.
 */
export type Basis = 'documented' | 'observed' | 'undecided';

/** One thing that AWS does, and the runtime with it. */
export interface Fact {
  /** What AWS does, in one sentence that could be false: with the number, the error code or the order of things. */
  readonly says: string;
  readonly basis: Basis;
  /** Address of the page, with its anchor where it has one. */
  readonly source: string;
  /** Shows it on the runtime; fails where the runtime does otherwise. */
  readonly holds: () => void | Promise<void>;
}

/** What is held to be true of one service. */
export interface FactTable {
  /** As AWS writes it: `Kinesis Data Streams`. */
  readonly service: string;
  readonly facts: readonly Fact[];
}
