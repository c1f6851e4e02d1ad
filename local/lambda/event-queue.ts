import * as z from 'zod';
import type { SimulatedClock } from '../clock.ts';
import { SavedFile } from '../saved-file.ts';
import type { Log } from '../service.ts';
import type { Outcome } from './function-thread.ts';

export interface EventQueueParts {
  readonly clock: SimulatedClock;
  readonly onLog: Log;
  /** Gives a function an event that nobody waits for. */
  readonly run: (arn: string, event: unknown) => Promise<Outcome>;
  /** Takes what is measured of one function. */
  readonly measure: (arn: string, values: Readonly<Record<string, number>>) => void;
}

/**
 * When a function that failed gets an event again, in milliseconds after each failure.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const AGAIN_AFTER: readonly number[] = [60_000, 120_000];

const queued = z.object({
  arn: z.string(),
  /** JSON. */
  event: z.string(),
  /** Milliseconds since the epoch, simulated. */
  taken: z.number(),
  due: z.number(),
  /** How often the function got it and failed. */
  failures: z.number(),
});
type Queued = Readonly<z.infer<typeof queued>>;
const saved = z.object({ version: z.literal(1), events: z.array(queued) });
const NAME = 'events';

/** Lambda's queue: events that functions get without anybody who waits, with the next move of the clock and after failures again. */
export class EventQueue {
  private readonly waiting = new Set<Queued>();
  private stopped = false;

  constructor(private readonly parts: EventQueueParts) {}

  /** @param event Of what JSON holds and nothing else */
  take(arn: string, event: unknown): void {
    const now = this.parts.clock.now();
    this.parts.measure(arn, { AsyncEventsReceived: 1 });
    this.wait({ arn, event: JSON.stringify(event), taken: now, due: now, failures: 0 });
  }

  /** From now on nothing begins: what is due or fails is for the next process. */
  stop(): void {
    this.stopped = true;
  }

  save(folder: string): void {
    new SavedFile(folder, NAME).write({ version: 1, events: [...this.waiting] }, []);
  }

  /** Takes over what an earlier process left, for functions that are there again. @throws StateError `StateUnreadable` */
  restore(folder: string, isThere: (arn: string) => boolean): void {
    const { events = [] } = new SavedFile(folder, NAME).read(saved) ?? {};
    for (const event of events) if (isThere(event.arn)) this.wait(event);
  }

  private wait(event: Queued): void {
    this.waiting.add(event);
    this.parts.clock.at(event.due, async () => {
      if (!this.stopped) await this.give(event);
    });
  }

  private async give(queuedEvent: Queued): Promise<void> {
    const { clock, onLog, run, measure } = this.parts;
    const { arn, event, taken, failures } = queuedEvent;
    measure(arn, { AsyncEventAge: clock.now() - taken });
    const outcome = await run(arn, JSON.parse(event));
    if ('errorType' in outcome && this.stopped) return;
    this.waiting.delete(queuedEvent);
    if ('answer' in outcome) return;
    const pause = AGAIN_AFTER[failures];
    if (pause !== undefined) {
      this.wait({ ...queuedEvent, failures: failures + 1, due: clock.now() + pause });
      return;
    }
    measure(arn, { AsyncEventsDropped: 1 });
    const message = `${arn} failed each of ${failures + 1} times that it got an event: the event is dropped`;
    onLog({ time: clock.now(), logGroup: arn, level: 'error', message });
  }
}
