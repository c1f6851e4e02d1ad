import { setTimeout as delay } from 'node:timers/promises';
import type { ScheduledTask, SimulatedClock } from '../clock.ts';
import type { Queue } from './queue.ts';

/**
 * Waits until a queue has something to receive, for some time at most: by the simulated clock, and by the wall's too, for the simulated one may
 * stand still while a client waits.
 *
 * @param time Milliseconds
 * @param signal Ends the wait
 */
export async function untilVisible(queue: Queue, time: number, clock: SimulatedClock, signal: AbortSignal): Promise<void> {
  const end = new AbortController();
  const over = AbortSignal.any([signal, end.signal]);
  let nextLook: ScheduledTask | undefined;
  const look = (): void => {
    nextLook?.cancel();
    nextLook = undefined;
    if (queue.hasVisible) end.abort();
    else if (queue.nextVisible !== undefined) nextLook = clock.at(queue.nextVisible, look);
  };
  const stopListening = queue.onChange(look);
  const last = clock.at(clock.now() + time, () => {
    end.abort();
  });
  look();
  await delay(time, undefined, { signal: over, ref: false }).catch(() => undefined); // whichever ends it, the queue is asked again
  stopListening();
  for (const task of [last, nextLook]) task?.cancel();
}
