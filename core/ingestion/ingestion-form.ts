import type { DatasetContract } from '../contract/model.ts';
import { DEPLOYED, monthlyVolume } from '../cost/volume.ts';

/** How events come in: through a stream of the dataset's own, or put straight into its delivery, which costs nothing while none come. */
export type IngestionForm = 'stream' | 'direct-put';

/** Seconds of freshness from which on a dataset needs no stream of its own (docs/adr/0037). */
export const DIRECT_PUT_FROM_SECONDS = 3600;

/**
 * The cheapest form that meets what the contract states. A delivery takes no more in a second than one shard in the smallest regions, so
 * that a dataset which needs several has a stream at any freshness.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/limits.html
 */
export const ingestionForm = (dataset: DatasetContract): IngestionForm =>
  dataset.freshnessSeconds >= DIRECT_PUT_FROM_SECONDS && monthlyVolume(dataset, DEPLOYED).shardsNeeded <= 1
    ? 'direct-put'
    : 'stream';
