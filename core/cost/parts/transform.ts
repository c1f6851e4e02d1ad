import { ASSUMED } from '../assumed.ts';
import { costItem, type CostItem } from '../item.ts';
import { PLATFORM } from '../platform.ts';
import { PRICES } from '../prices.ts';
import type { Deployment, Volume } from '../volume.ts';

/** The function that judges: invoked for each full batch of a shard, and for what came within its interval. */
export function transformItems({ records, recordBytes, bytes, shardsNeeded }: Volume, { shards }: Deployment): CostItem[] {
  const batches = records / Math.max(1, Math.floor(PLATFORM.batch.bytes / recordBytes));
  const running = Math.max(shards === 0 ? PLATFORM.onDemandShards : shards, shardsNeeded);
  const intervals = (running * ASSUMED.secondsAMonth) / PLATFORM.batch.seconds;
  const invocations = Math.max(batches, Math.min(records, intervals));
  const seconds = bytes / ASSUMED.judgedBytesASecond + invocations * ASSUMED.invocationSeconds;
  return [
    costItem('transform', 'invocations', invocations, PRICES.lambda.request),
    costItem('transform', 'duration', seconds * PLATFORM.functionGb, PRICES.lambda.gbSecond),
  ];
}
