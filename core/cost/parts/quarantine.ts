import { ASSUMED } from '../assumed.ts';
import { costItem, type CostItem } from '../item.ts';
import { firehoseGb, objectsOf } from '../meters/firehose.ts';
import { rejectedBytes } from '../meters/rejects.ts';
import { PLATFORM } from '../platform.ts';
import { GB, PRICES } from '../prices.ts';
import type { Volume } from '../volume.ts';

/** The domain's delivery of rejects, as far as this dataset fills it: filed by reason, one reason at a time. */
export function quarantineItems(volume: Volume): CostItem[] {
  const { firehose, s3 } = PRICES;
  const bytes = rejectedBytes(volume);
  const objects = objectsOf(bytes, volume.rejects, PLATFORM.quarantine, ASSUMED.secondsAMonth);
  return [
    costItem('quarantine', 'delivered', firehoseGb(volume.rejects, bytes / volume.rejects), firehose.ingest),
    costItem('quarantine', 'filed by reason', bytes / GB, firehose.partitioning),
    costItem('quarantine', 'objects filed', objects, firehose.partitionedObject),
    costItem('quarantine', 'reasons read by JQ', bytes / GB / ASSUMED.gbAJqHour, firehose.jqHour),
    costItem('quarantine', 'objects put', objects, s3.put),
  ];
}
