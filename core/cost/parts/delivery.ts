import { costItem, type CostItem } from '../item.ts';
import { firehoseGb } from '../meters/firehose.ts';
import { PRICES } from '../prices.ts';
import type { Volume } from '../volume.ts';

/** Firehose to `clean` and `raw`, and the objects that it puts; the copy for `raw` is free. */
export function deliveryItems({ records, recordBytes, cleanObjects, rawObjects }: Volume): CostItem[] {
  const gb = firehoseGb(records, recordBytes);
  return [
    costItem('delivery', 'delivered', gb, PRICES.firehose.ingest),
    costItem('delivery', 'converted to Parquet', gb, PRICES.firehose.conversion),
    costItem('delivery', 'objects of clean and raw', cleanObjects + rawObjects, PRICES.s3.put),
  ];
}
