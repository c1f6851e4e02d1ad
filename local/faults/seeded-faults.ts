import type { SimulatedClock } from '../clock.ts';
import type { CountedFaults, FaultCount, FaultKinds, FaultPoint, FaultSubject } from './faults.ts';
import type { FaultPlan } from './fault-plan.ts';
import { PointRule } from './point-rule.ts';
import { StepRule } from './step-rule.ts';

/** Gives faults by rules: at each occasion that of the first rule that has one. The same calls in the same order meet the same faults. */
export class SeededFaults implements CountedFaults {
  private readonly rules: readonly (PointRule | StepRule)[];

  /** @param begin When the run begins: milliseconds since the epoch, simulated */
  constructor({ seed, rules }: FaultPlan, begin: number) {
    this.rules = rules.map((rule, index) =>
      rule.at === 'clock' ? new StepRule(rule, begin) : new PointRule(rule, { begin, seed: `${seed}/${index}` }),
    );
  }

  take<Point extends FaultPoint>(point: Point, about: FaultSubject): FaultKinds[Point] | undefined {
    for (const rule of this.rules) {
      if (rule instanceof PointRule && rule.isFor(point) && rule.strikes(about)) return rule.fault as FaultKinds[Point];
    }
    return undefined;
  }

  /**
   * Lets the clock jump when its time has come.
   *
   * @param move Moves the clock ahead; it is not waited for, as no task of a clock may wait for a move
   */
  scheduleSteps(clock: SimulatedClock, move: (milliseconds: number) => void): void {
    for (const rule of this.rules) if (rule instanceof StepRule) rule.schedule(clock, move);
  }

  counts(): readonly FaultCount[] {
    return this.rules.map((rule) => rule.count());
  }
}
