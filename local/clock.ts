import { setImmediate } from 'node:timers/promises';

/** A task that waits for its time on the simulated clock. */
export interface ScheduledTask {
  cancel(): void;
}

/** How long a move of the clock keeps the process to itself, in milliseconds. */
const LONGEST_DEAF_MS = 50;

/**
 * How many tasks may follow from one another within a moment; from there on each takes {@link FOLLOWING_TAKES_MS}. What causes itself without end, as a state machine that
 * starts itself does, takes some time for each round on AWS, and must not hold the clock here.
 */
const LONGEST_CHAIN = 1_000;
const FOLLOWING_TAKES_MS = 100;

interface Waiting {
  readonly time: number;
  /** How many tasks it followed from without any time between them. */
  readonly chain: number;
  readonly order: number;
  readonly run: () => Promise<void> | void;
}

/**
 * The time that resources see: it stands still until it is moved, and tasks that fall due on the way run in order of their time.
 * Signatures, HTTP dates and session expiry never read it: they keep the wall clock.
 *
 * Moves follow one another: one that is asked for while another is under way begins when that has ended. A task must not wait for a move.
 */
export class SimulatedClock {
  private time: number;
  private scheduled = 0;
  /** What is being run. */
  private running: Waiting | undefined;
  /** In order of their time, and of their scheduling where that is the same. */
  private readonly waiting: Waiting[] = [];
  private moving: Promise<void> = Promise.resolve();

  /** @param start Milliseconds since the epoch, or a date. */
  constructor(start: number | Date) {
    this.time = typeof start === 'number' ? start : start.getTime();
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.time;
  }

  /** When the next task falls due: milliseconds since the epoch, never in the past; undefined where none waits. */
  due(): number | undefined {
    const next = this.waiting[0];
    return next === undefined ? undefined : Math.max(next.time, this.time);
  }

  /** Runs `run` once the clock has come to `time`; a time in the past runs at the next move. */
  at(time: number, run: () => Promise<void> | void): ScheduledTask {
    const chain = this.running === undefined || time > this.time ? 0 : this.running.chain + 1;
    const earliest = chain > LONGEST_CHAIN ? this.time + FOLLOWING_TAKES_MS : this.time;
    const task: Waiting = { time: Math.max(time, earliest), chain, order: this.scheduled++, run };
    this.waiting.splice(this.positionOf(task), 0, task);
    return {
      cancel: () => {
        const position = this.positionOf(task);
        if (this.waiting[position] === task) this.waiting.splice(position, 1);
      },
    };
  }

  /** Moves the clock forward by `milliseconds`. */
  advance(milliseconds: number): Promise<void> {
    return this.move(() => this.time + milliseconds);
  }

  /** Moves the clock to `time`, running what falls due; what a task schedules on the way falls due too. A clock never goes back. */
  advanceTo(time: number): Promise<void> {
    return this.move(() => time);
  }

  private move(to: () => number): Promise<void> {
    const move = this.moving.then(() => this.runUntil(to()));
    this.moving = move.catch(() => undefined); // whoever asked for the move is told; the next one begins all the same
    return move;
  }

  private async runUntil(time: number): Promise<void> {
    if (time < this.time) throw new RangeError(`the clock cannot go back from ${this.time} to ${time}`);
    let heard = performance.now();
    for (let next = this.takeNext(time); next !== undefined; next = this.takeNext(time)) {
      this.time = Math.max(this.time, next.time);
      this.running = next;
      try {
        await next.run();
      } finally {
        this.running = undefined;
      }
      if (performance.now() - heard < LONGEST_DEAF_MS) continue;
      await setImmediate(); // clients and signals are heard, however much falls due
      heard = performance.now();
    }
    this.time = time;
  }

  private takeNext(until: number): Waiting | undefined {
    const next = this.waiting[0];
    return next === undefined || next.time > until ? undefined : this.waiting.shift();
  }

  /** Where a task stands, or would stand. */
  private positionOf({ time, order }: Waiting): number {
    let low = 0;
    let high = this.waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.waiting[middle];
      if (other !== undefined && (other.time < time || (other.time === time && other.order < order))) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
