import { ASSUMED } from '../assumed.ts';
import type { Buffer } from './firehose.ts';

/** Memory of the function on which judging was measured: CPU comes in proportion to memory. */
const MEASURED_GB = 0.5;

/** What a function is given to judge in some seconds, and in what batches. */
export interface Judging {
  readonly records: number;
  readonly recordBytes: number;
  /** Each fills a batch of its own; 1 for what is put straight into the delivery. */
  readonly shards: number;
  readonly seconds: number;
  readonly batch: Buffer;
}

/** Invocations by a delivery: one for each full batch, and one for what came to a shard within the interval. */
export function batchInvocations({ records, recordBytes, shards, seconds, batch }: Judging): number {
  if (records === 0) return 0;
  const full = records / Math.max(1, Math.floor(batch.bytes / recordBytes));
  return Math.max(full, Math.min(records, (shards * seconds) / batch.seconds));
}

/** GB-seconds that judging takes. */
export const judgedGbSeconds = (bytes: number, invocations: number, gb: number): number =>
  ((bytes / ASSUMED.judgedBytesASecond) * (MEASURED_GB / gb) + invocations * ASSUMED.invocationSeconds) * gb;
