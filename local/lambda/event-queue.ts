import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { SimulatedClock } from '../clock.ts';
import { SavedFile } from '../saved-file.ts';
import type { Log } from '../service.ts';
import type { EventSettings } from './event-settings.ts';
import type { Outcome } from './function-thread.ts';
import { chainLength, LONGEST_CHAIN, withChain } from './lineage.ts';
import type { EndedEvent } from './invocation-record.ts';

export interface EventQueueParts {
  readonly clock: SimulatedClock;
  readonly onLog: Log;
  /** Gives a function an event that nobody waits for. */
  readonly run: (arn: string, event: unknown, of: { readonly requestId: string; readonly chain: number }) => Promise<Outcome>;
  readonly settingsOf: (arn: string) => EventSettings;
  /** Hears how an event has ended. */
  readonly ended: (arn: string, event: EndedEvent) => Promise<void>;
  /** Takes what is measured of one function. */
  readonly measure: (arn: string, values: Readonly<Record<string, number>>) => void;
}

/**
 * When a function that failed gets an event again, in milliseconds after each failure.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const AGAIN_AFTER: readonly number[] = [60_000, 120_000];

/** What came of an event's last invocation, where a stop lay in between. */
const FORGOTTEN = { errorType: 'Unknown', errorMessage: 'what the function answered was not kept when the runtime was stopped' };

/** How an event ends that a chain has led to too often. */
const RECURSIVE = {
  condition: 'RetriesExhausted',
  invocations: 0,
  outcome: { errorType: 'RecursiveInvocationException', errorMessage: 'the function was invoked in a recursive loop' },
} as const;

const queued = z.object({
  arn: z.string(),
  /** The same for each time that the function gets it. */
  requestId: z.string(),
  /** JSON. */
  event: z.string(),
  /** Milliseconds since the epoch, simulated. */
  taken: z.number(),
  due: z.number(),
  /** How often the function got it and failed. */
  failures: z.number(),
  /** Events of one chain, this one among them. */
  chain: z.number(),
});
type Queued = Readonly<z.infer<typeof queued>>;
const saved = z.object({ version: z.literal(1), events: z.array(queued) });
const NAME = 'events';

/** Lambda's queue: events that functions get without anybody who waits, with the next move of the clock and after failures again. */
export class EventQueue {
  private readonly waiting = new Set<Queued>();
  /** What an earlier process left for functions that are not there yet. */
  private left: readonly Queued[] | undefined;
  private stopped = false;

  constructor(private readonly parts: EventQueueParts) {}

  /** @param event Of what JSON holds and nothing else */
  take(arn: string, event: unknown): void {
    const { measure, onLog, clock } = this.parts;
    const now = clock.now();
    measure(arn, { AsyncEventsReceived: 1 });
    const chain = chainLength() + 1;
    if (chain > LONGEST_CHAIN) {
      measure(arn, { RecursiveInvocationsDropped: 1 });
      const message = `${arn} was invoked ${LONGEST_CHAIN} times by one chain of events: the event is dropped`;
      onLog({ time: now, logGroup: arn, level: 'error', message });
      // of what comes of telling it, nothing is told
      if (chain === LONGEST_CHAIN + 1)
        clock.at(now, () => this.tell(arn, { ...RECURSIVE, requestId: randomUUID(), event: JSON.stringify(event) }, chain));
      return;
    }
    this.wait({ arn, requestId: randomUUID(), event: JSON.stringify(event), taken: now, due: now, failures: 0, chain });
  }

  /** From now on nothing begins: what is due or fails is for the next process. */
  stop(): void {
    this.stopped = true;
  }

  /** @param isWhole Whether every stack is there: of some, an event may wait for a function of another */
  save(folder: string, isWhole = true): void {
    const events = [...this.waiting, ...(isWhole ? [] : (this.left ?? []))];
    new SavedFile(folder, NAME).write({ version: 1, events }, []);
  }

  /** Takes over what an earlier process left, once for functions that are there again. @throws StateError `StateUnreadable` */
  restore(folder: string, isThere: (arn: string) => boolean): void {
    this.left ??= new SavedFile(folder, NAME).read(saved)?.events ?? [];
    const there = this.left.filter(({ arn }) => isThere(arn));
    this.left = this.left.filter((event) => !there.includes(event));
    for (const event of there) this.wait(event);
  }

  /** Whether no event waits for its function. */
  get isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  private wait(event: Queued): void {
    this.waiting.add(event);
    this.parts.clock.at(event.due, async () => {
      if (!this.stopped) await this.give(event);
    });
  }

  private async give(queuedEvent: Queued): Promise<void> {
    const { clock, run, measure, settingsOf } = this.parts;
    const { arn, requestId, event, taken, failures, chain } = queuedEvent;
    if (failures > 0 && clock.now() - taken >= settingsOf(arn).age) {
      this.waiting.delete(queuedEvent);
      this.drop({ ...queuedEvent, failures: failures - 1 });
      await this.tell(arn, { requestId, event, condition: 'EventAgeExceeded', invocations: failures, outcome: FORGOTTEN }, chain);
      return;
    }
    measure(arn, { AsyncEventAge: clock.now() - taken });
    const outcome = await run(arn, JSON.parse(event), { requestId, chain });
    if ('errorType' in outcome && this.stopped) return;
    this.waiting.delete(queuedEvent);
    const { retries, age } = settingsOf(arn);
    const due = clock.now() + (AGAIN_AFTER[failures] ?? Infinity);
    const isTaken = 'answer' in outcome;
    if (!isTaken && failures < retries && due < taken + age) {
      this.wait({ ...queuedEvent, failures: failures + 1, due });
      return;
    }
    if (!isTaken) this.drop(queuedEvent);
    const exhausted = failures < retries ? 'EventAgeExceeded' : 'RetriesExhausted';
    const condition = isTaken ? 'Success' : exhausted;
    await this.tell(arn, { requestId, event, condition, invocations: failures + 1, outcome }, chain);
  }

  /** Who is told of an event belongs to its chain. */
  private tell(arn: string, event: EndedEvent, chain: number): Promise<void> {
    return withChain(chain, () => this.parts.ended(arn, event));
  }

  private drop({ arn, failures }: Queued): void {
    const { clock, onLog, measure } = this.parts;
    measure(arn, { AsyncEventsDropped: 1 });
    const times = failures === 0 ? 'the one time' : `each of ${failures + 1} times`;
    const message = `${arn} failed ${times} that it got an event: the event is dropped`;
    onLog({ time: clock.now(), logGroup: arn, level: 'error', message });
  }
}
