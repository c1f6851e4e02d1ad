import type { DatasetContract } from '../contract/model.ts';
import { DIRECT_PUT_FROM_SECONDS, ingestionForm, type IngestionForm } from '../ingestion/ingestion-form.ts';
import { SMALLEST_MOVED_BYTES } from '../storage/s3-rules.ts';
import { ASSUMED, GENERAL_ASSUMPTIONS } from './assumed.ts';
import type { CostItem } from './item.ts';
import { deliveryItems } from './parts/delivery.ts';
import { ingestionItems } from './parts/ingestion.ts';
import { quarantineItems } from './parts/quarantine.ts';
import { queryItems } from './parts/queries.ts';
import { storageItems } from './parts/storage.ts';
import { filledShards, transformItems } from './parts/transform.ts';
import { PRICES_AS_OF } from './prices.ts';
import { cleanObjectBytes, DEPLOYED, monthlyVolume, type Deployment } from './volume.ts';

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

/** One way to have a dataset. */
interface Plan {
  readonly dataset: DatasetContract;
  readonly deployment: Deployment;
  readonly form: IngestionForm;
}

/**
 * Estimates the bill of one dataset, from its contract and nothing else.
 *
 * @param deployment How it is deployed: a stream of one shard where it has one, and producers that pack, unless said
 */
export function estimateMonthlyCost(dataset: DatasetContract, deployment: Deployment = DEPLOYED): MonthlyCost {
  const plan = { dataset, deployment, form: ingestionForm(dataset) };
  const items = itemsOf(plan);
  return {
    items,
    usd: total(items),
    alternatives: otherPlans(plan).map(([what, other]) => ({ what, usd: total(itemsOf({ ...plan, ...other })) })),
    assumptions: [...assumptionsOf(plan), ...GENERAL_ASSUMPTIONS],
    pricesAsOf: PRICES_AS_OF,
  };
}

/** What may be done otherwise, one thing each. */
function otherPlans({ dataset, deployment, form }: Plan): (readonly [what: string, other: Partial<Plan>])[] {
  const record = form === 'stream' ? 'Kinesis record' : 'Firehose record';
  const packing = deployment.packed ? `one event in each ${record}` : `many events in a ${record}`;
  const repacked = [packing, { deployment: { ...deployment, packed: !deployment.packed } }] as const;
  if (form === 'direct-put') return [repacked, ['a stream of its own', { form: 'stream' }]];
  const inAnHour = { ...dataset, freshnessSeconds: Math.max(dataset.freshnessSeconds, DIRECT_PUT_FROM_SECONDS) };
  return [
    repacked,
    deployment.shards === 0
      ? ['a provisioned stream', { deployment: { ...deployment, shards: DEPLOYED.shards } }]
      : ['an on-demand stream', { deployment: { ...deployment, shards: 0 } }],
    ...(ingestionForm(inAnHour) === 'direct-put'
      ? [['events promised in an hour, without a stream', { dataset: inAnHour, form: 'direct-put' }] as const]
      : []),
  ];
}

function itemsOf({ dataset, deployment, form }: Plan): CostItem[] {
  const volume = monthlyVolume(dataset, deployment);
  return [
    ...(form === 'stream' ? ingestionItems(volume, deployment) : []),
    ...deliveryItems(volume),
    ...transformItems(volume, form === 'stream' ? filledShards(volume, deployment) : 1),
    ...quarantineItems(volume),
    ...storageItems(dataset, volume),
    ...queryItems(dataset, volume),
  ];
}

const total = (items: readonly CostItem[]): number => items.reduce((sum, { usd }) => sum + usd, 0);

/** What is taken for granted about this dataset. */
function assumptionsOf({ dataset, deployment, form }: Plan): string[] {
  const { shards, packed } = deployment;
  const volume = monthlyVolume(dataset, deployment);
  const { eventsARecord, shardsNeeded } = volume;
  const objectBytes = Math.round(cleanObjectBytes(volume));
  return [
    packed
      ? `a producer packs ${eventsARecord} ${eventsARecord === 1 ? 'event' : 'events'} in a record: ${ASSUMED.packedBytes} bytes at most, and what comes in ${ASSUMED.packingSeconds} s`
      : 'a producer puts each event in a record of its own',
    ...(form === 'direct-put'
      ? ['events are put straight into the delivery: there is no stream, and no shard is paid while none come']
      : []),
    ...(form === 'stream' && shards > 0 && shardsNeeded > shards
      ? [`the stream has ${shardsNeeded} shards, not ${shards}: the busiest seconds bring ${ASSUMED.peak} times the mean`]
      : []),
    objectBytes < SMALLEST_MOVED_BYTES
      ? `a delivery to clean has ${objectBytes} bytes: S3 moves nothing under ${SMALLEST_MOVED_BYTES}, so all of it stays in STANDARD`
      : `a delivery to clean has ${objectBytes} bytes`,
  ];
}
