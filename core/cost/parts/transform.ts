import { ASSUMED } from '../assumed.ts';
import { costItem, type CostItem } from '../item.ts';
import { batchInvocations, judgedGbSeconds } from '../meters/lambda.ts';
import { PLATFORM } from '../platform.ts';
import { PRICES } from '../prices.ts';
import type { Deployment, Volume } from '../volume.ts';

/** Shards of a stream, each of which fills a batch of its own. */
export const filledShards = ({ shardsNeeded }: Volume, { shards }: Deployment): number =>
  Math.max(shards === 0 ? PLATFORM.onDemandShards : shards, shardsNeeded);

/**
 * The function that judges: invoked for each full batch, and for what came within its interval.
 *
 * @param shards What fills batches side by side: the shards of a stream; one, where events are put straight into the delivery
 */
export function transformItems({ records, recordBytes, bytes }: Volume, shards: number): CostItem[] {
  const invocations = batchInvocations({
    records,
    recordBytes,
    shards,
    seconds: ASSUMED.secondsAMonth,
    batch: PLATFORM.batch,
  });
  return [
    costItem('transform', 'invocations', invocations, PRICES.lambda.request),
    costItem('transform', 'duration', judgedGbSeconds(bytes, invocations, PLATFORM.functionGb), PRICES.lambda.gbSecond),
  ];
}
