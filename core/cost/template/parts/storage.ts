import { GB, PRICES } from '../../prices.ts';
import { billItem, total, type BillItem } from '../bill.ts';
import type { Kept, Scene } from '../scene.ts';
import type { StayBill } from '../stays.ts';
import { copies, replicationsOf } from '../written/replicas.ts';

/** S3: what lies in each class, what is put, moved between classes, and copied elsewhere. */
export const storageItems = (scene: Scene): BillItem[] => [
  ...scene.kept.flatMap((kept) => [
    ...(kept.billedPuts ? [billItem('storage', kept.bucket, `objects put for ${kept.by}`, kept.objects, PRICES.s3.put)] : []),
    ...kept.stays.flatMap((stay) => stayItems(kept, stay)),
  ]),
  ...replicationsOf(scene).flatMap((rule) => {
    const gb = total(
      scene.kept.filter((one) => copies(rule, one)),
      ({ bytes }) => bytes / GB,
    );
    return [
      billItem('storage', rule.from, 'copied to another region', gb, PRICES.s3.toRegion),
      ...(rule.timed ? [billItem('storage', rule.from, 'copied within a promised time', gb, PRICES.s3.replicationTime)] : []),
    ];
  }),
];

function stayItems({ bucket, by }: Kept, { storageClass, gbMonths, besidesGbMonths, moved, objects }: StayBill): BillItem[] {
  const { storage, transition, watched } = PRICES.s3;
  const tiered = storageClass === 'INTELLIGENT_TIERING';
  const line = (what: string, quantity: number, price: typeof watched) =>
    quantity === 0 ? [] : [billItem('storage', bucket, what, quantity, price)];
  return [
    ...line(`${by}, ${storageClass}`, gbMonths, storage[tiered ? 'STANDARD' : storageClass]),
    ...line(`${by}, names and copies of archived objects`, besidesGbMonths, storage.STANDARD),
    ...(tiered
      ? line(`${by}, watched`, objects, watched)
      : storageClass === 'STANDARD'
        ? []
        : line(`${by}, moved to ${storageClass}`, moved, transition[storageClass])),
  ];
}
