import { scannedTb } from '../../meters/athena.ts';
import { GB, PRICES } from '../../prices.ts';
import { billItem, total, type BillItem } from '../bill.ts';
import type { Delivery } from '../deliveries.ts';
import { listingsOfQuery } from '../listings.ts';
import type { Kept, Scene } from '../scene.ts';

/** Athena: what queries of each table scan; and S3: what it bills for having partitions listed and objects read. */
export const queryItems = (scene: Scene): BillItem[] => [
  ...(scene.resources.ofType('AWS::Athena::WorkGroup').length === 0
    ? []
    : scene.deliveries.filter(({ converts }) => converts).flatMap((one) => [scannedItem(one, scene), listedItem(one, scene)])),
  ...scene.kept.flatMap(readItems),
];

function scannedItem({ resource, traffic, objects }: Delivery, { kept, month }: Scene): BillItem {
  const queries = traffic.queriesADay * month.days;
  const table = kept.filter(({ by, bucket }) => by === traffic.name && bucket === objects?.bucket);
  const read = total(table, ({ stays }) => total(stays, ({ readGb }) => readGb * GB));
  const bytes = traffic.said.scannedBytesPerQuery === undefined ? read : traffic.said.scannedBytesPerQuery * queries;
  return billItem('queries', resource, 'scanned', queries === 0 ? 0 : scannedTb(bytes, queries), PRICES.athena.scanned);
}

function listedItem(delivery: Delivery, { resources, month }: Scene): BillItem {
  const queries = delivery.traffic.queriesADay * month.days;
  const listings = queries === 0 ? 0 : queries * listingsOfQuery(delivery, resources);
  return billItem('queries', delivery.resource, 'partitions listed', listings, PRICES.s3.list);
}

const readItems = ({ bucket, by, stays }: Kept): BillItem[] =>
  stays
    .filter(({ readGb }) => readGb > 0)
    .flatMap(({ storageClass, readGb, readObjects }) => {
      const tier = storageClass === 'INTELLIGENT_TIERING' ? 'STANDARD' : storageClass;
      return [
        billItem('queries', bucket, `${by}, retrieved from ${storageClass}`, readGb, PRICES.s3.retrieval[tier]),
        billItem('queries', bucket, `${by}, requests to ${storageClass}`, readObjects, PRICES.s3.readRequest[tier]),
      ];
    });
