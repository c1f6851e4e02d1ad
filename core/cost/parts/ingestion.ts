import { ASSUMED } from '../assumed.ts';
import { costItem, type CostItem } from '../item.ts';
import { dataKeyRequests, onDemandGb, putUnits } from '../meters/kinesis.ts';
import { GB, PRICES } from '../prices.ts';
import type { Deployment, Volume } from '../volume.ts';

/** The stream: its hours, and what is put. An on-demand stream is billed for what Firehose reads as well. */
export function ingestionItems(volume: Volume, { shards }: Deployment): CostItem[] {
  const { kinesis, kms } = PRICES;
  const { records, recordBytes, bytes, shardsNeeded } = volume;
  const stream =
    shards === 0
      ? [
          costItem('ingestion', 'on-demand stream', ASSUMED.hoursAMonth, kinesis.onDemandHour),
          costItem('ingestion', 'put', onDemandGb(records, recordBytes), kinesis.onDemandIn),
          costItem('ingestion', 'read by the delivery', bytes / GB, kinesis.onDemandOut),
        ]
      : [
          costItem('ingestion', 'shards', Math.max(shards, shardsNeeded) * ASSUMED.hoursAMonth, kinesis.shardHour),
          costItem('ingestion', 'put', putUnits(records, recordBytes), kinesis.putUnit),
        ];
  return [...stream, costItem('ingestion', 'data keys of the stream', dataKeyRequests(ASSUMED.secondsAMonth), kms.request)];
}
