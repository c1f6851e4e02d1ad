import type { DatasetContract } from '../contract/model.ts';
import { LARGEST_DELIVERY_BYTES, lifeCost, staysOf, type Stay } from '../storage/life-cost.ts';
import { retentionClassOf } from '../storage/layout.ts';
import { TEMPERATURE, type Temperature } from '../storage/retention-classes.ts';
import { SMALLEST_MOVED_BYTES } from '../storage/s3-rules.ts';
import { PRICES } from './prices.ts';
import { cleanObjectBytes, DEPLOYED, monthlyVolume } from './volume.ts';

/** Days from arrival that objects of `clean` have one temperature. */
export interface Lifetime extends Stay {
  readonly temperature: Temperature;
  readonly usdPerGbMonth: number;
}

/** USD of a GB over its whole life, reading included. */
export interface LifeSaving {
  readonly usdPerGb: number;
  /** The same life, all of it in Standard. */
  readonly usdPerGbInStandard: number;
  /** Their difference; below 0 where so many small objects are moved that it costs more than it saves. */
  readonly savesPerGb: number;
}

/** Where a dataset's data lies, for how long, and what that saves. */
export interface TemperaturePlan {
  readonly retentionClass: string;
  readonly lifetimes: readonly Lifetime[];
  /** In deliveries as large as they may be: what the planner compares. */
  readonly planned: LifeSaving;
  /** In deliveries of the size that the contract's volume and freshness give. */
  readonly asDelivered: LifeSaving & {
    readonly objectBytes: number;
    /** Whether S3 moves objects of that size at all. */
    readonly moves: boolean;
  };
}

export function temperaturePlan(dataset: DatasetContract): TemperaturePlan {
  const retention = retentionClassOf(dataset);
  const saving = (objectBytes: number): LifeSaving => {
    const usdPerGb = lifeCost(retention, dataset.storage, objectBytes);
    const usdPerGbInStandard = lifeCost({ ...retention, transitions: [] }, dataset.storage, objectBytes);
    return { usdPerGb, usdPerGbInStandard, savesPerGb: usdPerGbInStandard - usdPerGb };
  };
  const objectBytes = cleanObjectBytes(monthlyVolume(dataset, DEPLOYED));
  return {
    retentionClass: retention.name,
    lifetimes: staysOf(retention).map((stay) => ({
      ...stay,
      temperature: TEMPERATURE[stay.storageClass],
      usdPerGbMonth: PRICES.s3.storage[stay.storageClass].usd,
    })),
    planned: saving(LARGEST_DELIVERY_BYTES),
    asDelivered: { ...saving(objectBytes), objectBytes, moves: objectBytes >= SMALLEST_MOVED_BYTES },
  };
}
