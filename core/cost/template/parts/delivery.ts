import { ASSUMED } from '../../assumed.ts';
import { firehoseGb, objectsOf } from '../../meters/firehose.ts';
import { GB, PRICES, type Price } from '../../prices.ts';
import { billItem, type BillItem } from '../bill.ts';
import type { Scene } from '../scene.ts';

/** Firehose: what it carries, converts, files and brings into networks. The objects that it puts are storage's. */
export const deliveryItems = ({ deliveries, month }: Scene): BillItem[] =>
  deliveries.flatMap(({ resource, traffic, converts, partitions, extracts, objects, zones }) => {
    const { firehose } = PRICES;
    const line = (what: string, quantity: number, price: Price) => billItem('delivery', resource, what, quantity, price);
    const billed = firehoseGb(traffic.records, traffic.recordBytes);
    const gb = traffic.bytes / GB;
    const filed = objects === undefined ? 0 : objectsOf(traffic.bytes, traffic.records, objects.buffer, month.seconds);
    return [
      line('delivered', billed, firehose.ingest),
      ...(converts ? [line('converted to Parquet', billed, firehose.conversion)] : []),
      ...(partitions
        ? [line('filed by keys', gb, firehose.partitioning), line('objects filed', filed, firehose.partitionedObject)]
        : []),
      ...(extracts ? [line('keys read by JQ', traffic.said.jqHoursPerMonth ?? gb / ASSUMED.gbAJqHour, firehose.jqHour)] : []),
      ...(zones > 0
        ? [
            line('zones of the network', zones * month.hours, firehose.zoneHour),
            line('carried into the network', gb * (traffic.said.networkRatio ?? 1), firehose.networkGb),
          ]
        : []),
    ];
  });
