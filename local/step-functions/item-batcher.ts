import type { ItemBatcher } from './definition.ts';
import { LARGEST_PAYLOAD } from './payload.ts';
import type { Step } from './strand.ts';

/** How many items or bytes a batch may have, and what every batch is given. */
export interface BatchSizes {
  readonly mostItems: number;
  readonly mostBytes: number;
  readonly shared: object;
}

/** @throws StatesError */
export async function batchSizes(step: Step, { maxItems, maxBytes, input }: ItemBatcher, now: number): Promise<BatchSizes> {
  const [most, bytes] = [await maxItems?.(step, now), await maxBytes?.(step, now)];
  return {
    mostItems: most ?? Infinity,
    mostBytes: Math.min(bytes ?? Infinity, LARGEST_PAYLOAD),
    shared: input === undefined ? {} : { BatchInput: await input(step, now) },
  };
}

/** Puts items together, in their order, as many as a batch may have. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export function batchesOf({ mostItems, mostBytes, shared }: BatchSizes, items: readonly unknown[]): readonly Batch[] {
  const empty = sizeOf({ ...shared, Items: [] });
  const batches: unknown[][] = [];
  let size = 0;
  for (const item of items) {
    const more = sizeOf(item) + 1;
    const last = batches.at(-1);
    if (last === undefined || last.length >= mostItems || size + more > mostBytes) {
      batches.push([item]);
      size = empty + more;
    } else {
      last.push(item);
      size += more;
    }
  }
  return batches.map((batch) => ({ ...shared, Items: batch }));
}

/** What a child is given. */
export interface Batch {
  readonly Items: readonly unknown[];
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
