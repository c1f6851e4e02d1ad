import type { DatasetContract } from '../../contract/model.ts';
import { billedLife, type BilledStay } from '../../storage/life-cost.ts';
import { retentionClassOf } from '../../storage/layout.ts';
import { DAYS_A_MONTH } from '../../storage/reads.ts';
import { NONCURRENT_DAYS, QUARANTINE_DAYS, RAW_DAYS } from '../../storage/retention-classes.ts';
import { ASSUMED } from '../assumed.ts';
import { costItem, type CostItem } from '../item.ts';
import { rejectedBytes } from '../meters/rejects.ts';
import { GB, PRICES } from '../prices.ts';
import { cleanObjectBytes, type Volume } from '../volume.ts';

/** GB of Parquet that come to `clean` in a month. In the steady state, a month's bill is what these cost over their life. */
export const cleanGb = ({ bytes }: Volume): number => bytes / ASSUMED.parquetRatio / GB;

/** The life that objects of this dataset's size lead in its class. */
export const cleanLife = (dataset: DatasetContract, volume: Volume): BilledStay[] =>
  billedLife(retentionClassOf(dataset), dataset.storage, cleanObjectBytes(volume));

/** What lies in each zone, and what moves between the classes. */
export function storageItems(dataset: DatasetContract, volume: Volume): CostItem[] {
  const { storage, transition } = PRICES.s3;
  const monthly = cleanGb(volume);
  const life = cleanLife(dataset, volume);
  const zipped = (zone: string, bytes: number, days: number) => {
    const months = (Math.min(days, dataset.storage.retentionDays) + NONCURRENT_DAYS) / DAYS_A_MONTH;
    return costItem('storage', zone, (bytes / ASSUMED.gzipRatio / GB) * months, storage.STANDARD);
  };
  const besides = life.reduce((sum, { nameGbMonths, restoredGbMonths }) => sum + nameGbMonths + restoredGbMonths, 0);
  return [
    zipped('raw', volume.bytes, RAW_DAYS),
    ...life.flatMap(({ storageClass, fromDay, toDay, gbMonths, moved }) => [
      ...(storageClass === 'STANDARD'
        ? []
        : [costItem('storage', `clean, moved to ${storageClass}`, monthly * moved, transition[storageClass])]),
      costItem('storage', `clean, ${storageClass}, day ${fromDay} to ${toDay}`, monthly * gbMonths, storage[storageClass]),
    ]),
    ...(besides === 0
      ? []
      : [costItem('storage', 'clean, names of archived objects and restored copies', monthly * besides, storage.STANDARD)]),
    zipped('quarantine', rejectedBytes(volume), QUARANTINE_DAYS),
  ];
}
