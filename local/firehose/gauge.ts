import type { SimulatedClock } from '../clock.ts';

/** @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html */
const EVERY = 300_000;

export interface GaugeParts {
  readonly clock: SimulatedClock;
  readonly measure: (values: Readonly<Record<string, number>>) => void;
  /** Arrival of the oldest record on its way: milliseconds since the epoch, Infinity where there is none. */
  readonly oldest: () => number;
}

/** Measures how old what a delivery holds is, for as long as it holds something: whatever is stuck is seen to grow old. */
export class Gauge {
  private watching = false;

  constructor(private readonly parts: GaugeParts) {}

  /** Called when something has come. */
  watch(): void {
    if (this.watching) return;
    this.watching = true;
    const { clock } = this.parts;
    clock.at(clock.now() + EVERY, () => {
      this.watching = false;
      this.look();
    });
  }

  private look(): void {
    const { clock, measure, oldest } = this.parts;
    const arrival = oldest();
    if (arrival === Infinity) return;
    measure({ 'DeliveryToS3.DataFreshness': (clock.now() - arrival) / 1000 });
    this.watch();
  }
}
