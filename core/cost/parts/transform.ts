import { ASSUMED } from '../assumed.ts';
import { costItem, type CostItem } from '../item.ts';
import { batchInvocations, judgedGbSeconds } from '../meters/lambda.ts';
import { PLATFORM } from '../platform.ts';
import { PRICES } from '../prices.ts';
import type { Deployment, Volume } from '../volume.ts';

/** The function that judges: invoked for each full batch of a shard, and for what came within its interval. */
export function transformItems({ records, recordBytes, bytes, shardsNeeded }: Volume, { shards }: Deployment): CostItem[] {
  const invocations = batchInvocations({
    records,
    recordBytes,
    shards: Math.max(shards === 0 ? PLATFORM.onDemandShards : shards, shardsNeeded),
    seconds: ASSUMED.secondsAMonth,
    batch: PLATFORM.batch,
  });
  return [
    costItem('transform', 'invocations', invocations, PRICES.lambda.request),
    costItem('transform', 'duration', judgedGbSeconds(bytes, invocations, PLATFORM.functionGb), PRICES.lambda.gbSecond),
  ];
}
