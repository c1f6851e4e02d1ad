import { createHash } from 'node:crypto';
import type { FaultCount, FaultKinds, FaultPoint, FaultSubject } from './faults.ts';
import { timeOf, type FaultRule } from './fault-plan.ts';
import { resourceMatcher } from './resource-matcher.ts';

/** One rule, and how often it was met. */
export class PointRule {
  private readonly isMeant: (arn: string) => boolean;
  private readonly from: number;
  private readonly until: number;
  private met = 0;
  private taken = 0;

  constructor(
    private readonly rule: FaultRule,
    private readonly run: { readonly begin: number; readonly seed: string },
  ) {
    this.isMeant = rule.where === undefined ? () => true : resourceMatcher(rule.where);
    this.from = rule.from === undefined ? -Infinity : timeOf(rule.from, run.begin);
    this.until = rule.until === undefined ? Infinity : timeOf(rule.until, run.begin);
  }

  get fault(): FaultKinds[FaultPoint] {
    return this.rule.fault;
  }

  isFor(point: FaultPoint): boolean {
    return this.rule.at === point;
  }

  /** Whether an occasion at the rule's point meets its fault; each that it is meant for is counted. */
  strikes({ resource, time }: FaultSubject): boolean {
    if (time < this.from || time >= this.until || !this.isMeant(resource)) return false;
    this.met += 1;
    const { times = Infinity, every = 1, probability = 1 } = this.rule;
    if (this.taken >= times || this.met % every !== 0 || this.chance() >= probability) return false;
    this.taken += 1;
    return true;
  }

  count(): FaultCount {
    const { at, fault, where, line } = this.rule;
    const { met, taken } = this;
    return { at, fault, ...(where !== undefined && { where }), ...(line !== undefined && { line }), met, taken };
  }

  /** From 0 up to 1: of each occasion its own, whatever other rules do. */
  private chance(): number {
    if (this.rule.probability === undefined) return 0;
    return createHash('sha256').update(`${this.run.seed}/${this.met}`).digest().readUInt32BE() / 2 ** 32;
  }
}
