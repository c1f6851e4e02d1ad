import { ASSUMED } from '../assumed.ts';
import { costItem, type CostItem } from '../item.ts';
import { PLATFORM } from '../platform.ts';
import { GB, PRICES } from '../prices.ts';
import { objectsOf, type Volume } from '../volume.ts';
import { firehoseGb } from './firehose-gb.ts';

/** Bytes of what is rejected in a month: each event in base64, in its envelope. */
export const rejectedBytes = ({ rejects, bytes, events }: Volume): number =>
  rejects * (ASSUMED.envelopeBytes + ((bytes / events) * 4) / 3);

/** The domain's delivery of rejects, as far as this dataset fills it: filed by reason, one reason at a time. */
export function quarantineItems(volume: Volume): CostItem[] {
  const { firehose, s3 } = PRICES;
  const bytes = rejectedBytes(volume);
  const objects = objectsOf(bytes, volume.rejects, PLATFORM.quarantine);
  return [
    costItem('quarantine', 'delivered', firehoseGb(volume.rejects, bytes / volume.rejects), firehose.ingest),
    costItem('quarantine', 'filed by reason', bytes / GB, firehose.partitioning),
    costItem('quarantine', 'objects filed', objects, firehose.partitionedObject),
    costItem('quarantine', 'reasons read by JQ', bytes / GB / ASSUMED.gbAJqHour, firehose.jqHour),
    costItem('quarantine', 'objects put', objects, s3.put),
  ];
}
