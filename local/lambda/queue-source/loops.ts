import { LONGEST_CHAIN } from '../lineage.ts';
import type { HeldMessage } from './message-event.ts';

/**
 * The messages of a batch that a function may get: no chain of invocations has led to them too often. In a FIFO queue what follows one that it may
 * not get waits with it, by groups.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export function withoutLoops(batch: readonly HeldMessage[], isFifo: boolean): readonly HeldMessage[] {
  const stopped = new Set<string | undefined>();
  return batch.filter(({ chain, received: { message } }) => {
    if (chain >= LONGEST_CHAIN) stopped.add(message.groupId);
    return chain < LONGEST_CHAIN && !(isFifo && stopped.has(message.groupId));
  });
}
