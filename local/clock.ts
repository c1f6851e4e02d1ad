/** A task that waits for its time on the simulated clock. */
export interface ScheduledTask {
  cancel(): void;
}

interface Waiting {
  readonly time: number;
  readonly order: number;
  readonly run: () => Promise<void> | void;
  cancelled: boolean;
}

/**
 * The time that resources see: it stands still until it is moved, and tasks that fall due on the way run in order of their time.
 * Signatures, HTTP dates and session expiry never read it: they keep the wall clock.
 */
export class SimulatedClock {
  private time: number;
  private scheduled = 0;
  private waiting: Waiting[] = [];

  /** @param start Milliseconds since the epoch, or a date. */
  constructor(start: number | Date) {
    this.time = typeof start === 'number' ? start : start.getTime();
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.time;
  }

  /** Runs `run` once the clock has come to `time`; a time in the past runs at the next move. */
  at(time: number, run: () => Promise<void> | void): ScheduledTask {
    const task: Waiting = { time: Math.max(time, this.time), order: this.scheduled++, run, cancelled: false };
    this.waiting.push(task);
    return {
      cancel: () => {
        task.cancelled = true;
      },
    };
  }

  /** Moves the clock forward by `milliseconds`. */
  async advance(milliseconds: number): Promise<void> {
    await this.advanceTo(this.time + milliseconds);
  }

  /** Moves the clock to `time`, running what falls due; what a task schedules on the way falls due too. A clock never goes back. */
  async advanceTo(time: number): Promise<void> {
    if (time < this.time) throw new RangeError(`the clock cannot go back from ${this.time} to ${time}`);
    for (let next = this.takeNext(time); next !== undefined; next = this.takeNext(time)) {
      this.time = Math.max(this.time, next.time);
      await next.run();
    }
    this.time = time;
  }

  private takeNext(until: number): Waiting | undefined {
    this.waiting = this.waiting.filter((task) => !task.cancelled);
    const due = this.waiting.filter((task) => task.time <= until).sort((a, b) => a.time - b.time || a.order - b.order)[0];
    if (due !== undefined) this.waiting = this.waiting.filter((task) => task !== due);
    return due;
  }
}
