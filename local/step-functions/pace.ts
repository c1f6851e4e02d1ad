import type { SimulatedClock } from '../clock.ts';

/**
 * Joins what runs by itself to the simulated clock: the clock stands still while a strand is at work, and a strand that waits for a time is woken at it.
 * What an execution does at a time is done before the clock goes on.
 */
export class Pace {
  private working = 0;
  private waiting: { readonly settle: () => void; readonly fail: (reason: unknown) => void }[] = [];

  constructor(private readonly clock: SimulatedClock) {}

  /** Runs `strand` from the next move of the clock on; if it fails, so does the move. */
  begin(strand: () => Promise<void>): void {
    this.clock.at(this.clock.now(), () => {
      this.enter();
      const settled = this.settled();
      strand().then(
        () => {
          this.leave();
        },
        (error: unknown) => {
          this.leave();
          for (const { fail } of this.waiting.splice(0)) fail(error);
        },
      );
      return settled;
    });
  }

  /** Returns when the clock has come to `time`. */
  sleep(time: number): Promise<void> {
    return new Promise((wake) => {
      this.clock.at(time, () => {
        this.enter();
        wake();
        return this.settled();
      });
      this.leave();
    });
  }

  /** Returns at `time`, if that is ever, or once `listen`'s function was called, with the next move of the clock. */
  pause(time: number, listen: (wake: () => void) => void): Promise<void> {
    return new Promise((resume) => {
      let resumed = false;
      const go = (): Promise<void> | undefined => {
        if (resumed) return undefined;
        resumed = true;
        alarm?.cancel();
        this.enter();
        resume();
        return this.settled();
      };
      const alarm = Number.isFinite(time) ? this.clock.at(time, go) : undefined;
      listen(() => {
        if (!resumed) this.clock.at(this.clock.now(), go);
      });
      this.leave();
    });
  }

  /** Runs strands beside each other, and returns when all have ended; fails as the first that failed, at once. */
  async fork<Result>(strands: readonly (() => Promise<Result>)[]): Promise<Result[]> {
    const running = strands.map(async (strand) => {
      this.enter();
      try {
        return await strand();
      } finally {
        this.leave();
      }
    });
    this.leave();
    try {
      return await Promise.all(running);
    } finally {
      this.enter();
    }
  }

  private enter(): void {
    this.working += 1;
  }

  private leave(): void {
    this.working -= 1;
    if (this.working > 0) return;
    setImmediate(() => {
      if (this.working > 0) return; // whoever waited for the last strand has gone on
      for (const { settle } of this.waiting.splice(0)) settle();
    });
  }

  private settled(): Promise<void> {
    return new Promise((settle, fail) => {
      this.waiting.push({ settle, fail });
    });
  }
}
