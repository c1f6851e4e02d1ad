import { ASSUMED } from '../assumed.ts';
import { costItem, type CostItem } from '../item.ts';
import { GB, PRICES } from '../prices.ts';
import type { Deployment, Volume } from '../volume.ts';

const UNIT_BYTES = 25 * 1024;
const KB = 1024;

/** The stream: its hours, and what is put. An on-demand stream is billed for what Firehose reads as well. */
export function ingestionItems(volume: Volume, { shards }: Deployment): CostItem[] {
  const { kinesis, kms } = PRICES;
  const { records, recordBytes, bytes, shardsNeeded } = volume;
  const stream =
    shards === 0
      ? [
          costItem('ingestion', 'on-demand stream', ASSUMED.hoursAMonth, kinesis.onDemandHour),
          costItem('ingestion', 'put', (records * Math.ceil(recordBytes / KB) * KB) / GB, kinesis.onDemandIn),
          costItem('ingestion', 'read by the delivery', bytes / GB, kinesis.onDemandOut),
        ]
      : [
          costItem('ingestion', 'shards', Math.max(shards, shardsNeeded) * ASSUMED.hoursAMonth, kinesis.shardHour),
          costItem('ingestion', 'put', records * Math.ceil(recordBytes / UNIT_BYTES), kinesis.putUnit),
        ];
  const dataKeys = (ASSUMED.streamPrincipals * ASSUMED.secondsAMonth) / ASSUMED.dataKeySeconds;
  return [...stream, costItem('ingestion', 'data keys of the stream', dataKeys, kms.request)];
}
