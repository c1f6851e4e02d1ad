import type { SimulatedClock } from '../clock.ts';
import type { FaultCount } from './faults.ts';
import { timeOf, type ClockStep } from './fault-plan.ts';

/** One jump of the clock, and whether it came. */
export class StepRule {
  private taken = 0;

  constructor(
    private readonly rule: ClockStep,
    private readonly begin: number,
  ) {}

  /** A time that was over when the run began does not come again. */
  schedule(clock: SimulatedClock, move: (milliseconds: number) => void): void {
    const when = timeOf(this.rule.when, this.begin);
    if (when < this.begin) return;
    clock.at(when, () => {
      this.taken += 1;
      move(this.rule.step);
    });
  }

  count(): FaultCount {
    const { at, line } = this.rule;
    return { at, fault: 'step', ...(line !== undefined && { line }), met: this.taken, taken: this.taken };
  }
}
