import type { ItemBatcher } from './definition.ts';
import { LARGEST_PAYLOAD } from './payload.ts';
import type { Step } from './strand.ts';

/** Puts items together, in their order, as many as a batch may have. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export async function batchesOf(
  step: Step,
  { maxItems, maxBytes, input }: ItemBatcher,
  items: readonly unknown[],
  now: number,
): Promise<readonly unknown[]> {
  const [most, bytes] = [await maxItems?.(step, now), await maxBytes?.(step, now)];
  const shared = input === undefined ? {} : { BatchInput: await input(step, now) };
  const [mostItems, mostBytes] = [most ?? Infinity, Math.min(bytes ?? Infinity, LARGEST_PAYLOAD)];
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

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
