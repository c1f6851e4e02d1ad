import * as z from 'zod';

/** Milliseconds for which a FIFO queue knows a message again. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html */
const INTERVAL = 5 * 60_000;

export const KNOWN = z.object({ id: z.string(), sequenceNumber: z.string(), until: z.number() });
/** What was answered to the first of several alike. */
export type Known = z.infer<typeof KNOWN>;

/** The messages that a FIFO queue has had of late, by their ids of deduplication, the deleted ones too. */
export class Deduplication {
  private readonly known = new Map<string, Known>();

  /** The message that had this id first; undefined for a new one. @param group Where ids count within their groups */
  find(now: number, deduplicationId: string, group: string | undefined): Known | undefined {
    for (const [key, { until }] of this.known) {
      if (until > now) break; // in the order of their ends
      this.known.delete(key);
    }
    return this.known.get(keyOf(deduplicationId, group));
  }

  add(now: number, deduplicationId: string, group: string | undefined, message: Omit<Known, 'until'>): void {
    this.known.set(keyOf(deduplicationId, group), { ...message, until: now + INTERVAL });
  }

  clear(): void {
    this.known.clear();
  }

  /** What outlives a run. */
  get saved(): readonly (readonly [string, Known])[] {
    return [...this.known];
  }

  restore(saved: readonly (readonly [string, Known])[]): void {
    for (const [key, known] of saved) this.known.set(key, known);
  }
}

const keyOf = (deduplicationId: string, group: string | undefined): string => JSON.stringify([deduplicationId, group]);
