import type { ScheduledTask } from '../../clock.ts';
import type { WorkingParts } from './parts.ts';

/** When a mapping polls next: once, at the earliest time that was asked for. */
export class NextPoll {
  private planned: { readonly time: number; readonly task: ScheduledTask } | undefined;

  constructor(
    private readonly parts: Pick<WorkingParts, 'clock' | 'work'>,
    private readonly poll: () => Promise<void>,
  ) {}

  /** @param time Milliseconds since the epoch, simulated */
  plan(time: number): void {
    const { clock, work } = this.parts;
    if (this.planned !== undefined && this.planned.time <= time) return;
    this.planned?.task.cancel();
    const task = clock.at(time, () =>
      work.run(async () => {
        this.planned = undefined;
        if (!work.ended) await this.poll();
      }),
    );
    this.planned = { time, task };
  }
}
