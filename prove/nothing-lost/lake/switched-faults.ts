import type { SimulatedClock } from '../../../local/clock.ts';
import type { CountedFaults, FaultCount, FaultKinds, FaultPoint, FaultSubject } from '../../../local/faults/faults.ts';
import { SeededFaults, type FaultPlan } from '../../../local/faults/index.ts';

/** Faults that are planted and lifted while a runtime runs. */
export class SwitchedFaults implements CountedFaults {
  private planted: SeededFaults | undefined;

  take<Point extends FaultPoint>(point: Point, about: FaultSubject): FaultKinds[Point] | undefined {
    return this.planted?.take(point, about);
  }

  counts(): readonly FaultCount[] {
    return this.planted?.counts() ?? [];
  }

  /** @param begin Milliseconds since the epoch, simulated: what the plan's moments count from */
  plant(plan: FaultPlan, begin: number): void {
    this.planted = new SeededFaults(plan, begin);
  }

  /** Lets the clock jump as what is planted says. */
  scheduleSteps(clock: SimulatedClock): void {
    this.planted?.scheduleSteps(clock, (milliseconds) => void clock.advance(milliseconds));
  }

  /** Ends what was planted. @returns what became of it, by rule */
  lift(): readonly FaultCount[] {
    const counts = this.counts();
    this.planted = undefined;
    return counts;
  }
}
