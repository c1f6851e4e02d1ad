import type { CountedFaults, FaultKinds, FaultPoint } from '../../../local/faults/faults.ts';

/** Transforms that fail for as long as somebody says so: what they were given is then parked under the error prefix. */
export class SwitchedFaults implements CountedFaults {
  private failing = false;

  async whileTransformsFail(work: () => Promise<void>): Promise<void> {
    this.failing = true;
    try {
      await work();
    } finally {
      this.failing = false;
    }
  }

  take<Point extends FaultPoint>(point: Point): FaultKinds[Point] | undefined {
    return this.failing && point === 'firehose:lambda' ? ('error' as FaultKinds[Point]) : undefined;
  }

  counts(): readonly [] {
    return [];
  }
}
