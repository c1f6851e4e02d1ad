import type { DatasetContract } from '../contract/model.ts';
import { SMALLEST_MOVED_BYTES } from '../storage/s3-rules.ts';
import { ASSUMED, GENERAL_ASSUMPTIONS } from './assumed.ts';
import type { CostItem } from './item.ts';
import { deliveryItems } from './parts/delivery.ts';
import { ingestionItems } from './parts/ingestion.ts';
import { quarantineItems } from './parts/quarantine.ts';
import { queryItems } from './parts/queries.ts';
import { storageItems } from './parts/storage.ts';
import { transformItems } from './parts/transform.ts';
import { PRICES_AS_OF } from './prices.ts';
import { cleanObjectBytes, DEPLOYED, monthlyVolume, type Deployment, type Volume } from './volume.ts';

/** What a dataset costs in a month at list prices, once its retentions are filled. */
export interface MonthlyCost {
  readonly items: readonly CostItem[];
  /** Of all items. */
  readonly usd: number;
  /** The whole again, with one thing done otherwise. */
  readonly alternatives: readonly { readonly what: string; readonly usd: number }[];
  /** What the figures take for granted, one sentence each, without a full stop. */
  readonly assumptions: readonly string[];
  /** Date of the oldest price. */
  readonly pricesAsOf: string;
}

/**
 * Estimates the bill of one dataset, from its contract and nothing else.
 *
 * @param deployment How it is deployed: a stream of one shard, and producers that pack, unless said
 */
export function estimateMonthlyCost(dataset: DatasetContract, deployment: Deployment = DEPLOYED): MonthlyCost {
  const volume = monthlyVolume(dataset, deployment);
  const items = itemsOf(dataset, volume, deployment);
  const otherwise = (what: string, other: Deployment) => ({
    what,
    usd: total(itemsOf(dataset, monthlyVolume(dataset, other), other)),
  });
  return {
    items,
    usd: total(items),
    alternatives: [
      deployment.packed
        ? otherwise('one event in each Kinesis record', { ...deployment, packed: false })
        : otherwise('many events in a Kinesis record', { ...deployment, packed: true }),
      deployment.shards === 0
        ? otherwise('a provisioned stream', { ...deployment, shards: DEPLOYED.shards })
        : otherwise('an on-demand stream', { ...deployment, shards: 0 }),
    ],
    assumptions: [...assumptionsOf(volume, deployment), ...GENERAL_ASSUMPTIONS],
    pricesAsOf: PRICES_AS_OF,
  };
}

const itemsOf = (dataset: DatasetContract, volume: Volume, deployment: Deployment): CostItem[] => [
  ...ingestionItems(volume, deployment),
  ...deliveryItems(volume),
  ...transformItems(volume, deployment),
  ...quarantineItems(volume),
  ...storageItems(dataset, volume),
  ...queryItems(dataset, volume),
];

const total = (items: readonly CostItem[]): number => items.reduce((sum, { usd }) => sum + usd, 0);

/** What is taken for granted about this dataset. */
function assumptionsOf(volume: Volume, { shards, packed }: Deployment): string[] {
  const { eventsARecord, shardsNeeded } = volume;
  const objectBytes = Math.round(cleanObjectBytes(volume));
  return [
    packed
      ? `a producer packs ${eventsARecord} ${eventsARecord === 1 ? 'event' : 'events'} in a record: ${ASSUMED.packedBytes} bytes at most, and what comes in ${ASSUMED.packingSeconds} s`
      : 'a producer puts each event in a record of its own',
    ...(shards > 0 && shardsNeeded > shards
      ? [`the stream has ${shardsNeeded} shards, not ${shards}: the busiest seconds bring ${ASSUMED.peak} times the mean`]
      : []),
    objectBytes < SMALLEST_MOVED_BYTES
      ? `a delivery to clean has ${objectBytes} bytes: S3 moves nothing under ${SMALLEST_MOVED_BYTES}, so all of it stays in STANDARD`
      : `a delivery to clean has ${objectBytes} bytes`,
  ];
}
