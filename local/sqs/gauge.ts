import type { SimulatedClock } from '../clock.ts';
import type { Queue } from './queue.ts';

/** Milliseconds between two looks, and after the last use of an empty queue until none is taken. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const EVERY = 60_000;
const ACTIVE = 6 * 3_600_000;

/** Measures how many messages a queue holds, for as long as it holds any, and for six hours after it was used. */
export class QueueGauge {
  private watching = false;
  private used = -Infinity;
  private ended = false;

  constructor(
    private readonly queue: Queue,
    private readonly clock: SimulatedClock,
    private readonly measure: (values: Readonly<Record<string, number>>) => void,
  ) {}

  /** Called whenever the queue is used. */
  watch(): void {
    this.used = this.clock.now();
    this.plan();
  }

  /** Of a queue that is no more. */
  end(): void {
    this.ended = true;
  }

  private plan(): void {
    if (this.watching || this.ended) return;
    this.watching = true;
    this.clock.at(Math.floor(this.clock.now() / EVERY) * EVERY + EVERY, () => {
      this.watching = false;
      this.look();
    });
  }

  private look(): void {
    if (this.ended) return;
    const now = this.clock.now();
    const { visible, inFlight, delayed } = this.queue.counts();
    const { oldest } = this.queue;
    this.measure({
      ApproximateNumberOfMessagesVisible: visible,
      ApproximateNumberOfMessagesNotVisible: inFlight,
      ApproximateNumberOfMessagesDelayed: delayed,
      ApproximateAgeOfOldestMessage: oldest === undefined ? 0 : Math.floor((now - oldest) / 1000),
    });
    if (visible + inFlight + delayed > 0 || now - this.used < ACTIVE) this.plan();
  }
}
