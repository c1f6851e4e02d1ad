import type { SimulatedClock } from './clock.ts';

/** Milliseconds between moves: resources see a time that is late by no more than this. */
const TICK = 200;

export interface WallPaceProps {
  /** Told of a fault of a task: a time that cannot pass ends the run. */
  readonly onFault: (error: unknown) => void;
  /** Milliseconds since the epoch. @default Date.now */
  readonly wallClock?: () => number;
}

/** Moves a simulated clock as the wall clock goes: an hour of the one is an hour of the other, with a distance between them. */
export class WallPace {
  private readonly wallClock: () => number;
  private readonly onFault: (error: unknown) => void;
  private readonly timer: NodeJS.Timeout;
  /** Milliseconds by which the simulated clock is ahead of the wall clock. */
  private offset: number;
  private ticking: Promise<void> | undefined;

  constructor(
    private readonly clock: SimulatedClock,
    { onFault, wallClock = Date.now }: WallPaceProps,
  ) {
    this.wallClock = wallClock;
    this.onFault = onFault;
    this.offset = clock.now() - wallClock();
    this.timer = setInterval(() => {
      this.tick();
    }, TICK);
  }

  /** Moves the simulated clock ahead; from there it goes on at the wall clock's pace. */
  async advance(milliseconds: number): Promise<void> {
    this.offset += milliseconds;
    await this.follow();
  }

  /** Ends the following, once a move under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.ticking;
  }

  private tick(): void {
    this.ticking ??= this.follow()
      .catch(this.onFault)
      .finally(() => {
        this.ticking = undefined;
      });
  }

  /** The wall clock may be set back; the simulated one waits then. */
  private async follow(): Promise<void> {
    await this.clock.advanceTo(Math.max(this.wallClock() + this.offset, this.clock.now()));
  }
}
