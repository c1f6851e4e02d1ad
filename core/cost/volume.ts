import type { DatasetContract } from '../contract/model.ts';
import { ASSUMED } from './assumed.ts';
import { cleanBufferSeconds, PLATFORM } from './platform.ts';

/** What a deployment decides, and no contract. */
export interface Deployment {
  /** Shards of the dataset's stream; 0 means on demand. */
  readonly shards: number;
  /** Whether producers put many events in a Kinesis record. */
  readonly packed: boolean;
}

export const DEPLOYED: Deployment = { shards: PLATFORM.shards, packed: true };

/** What a dataset moves in a month. Quantities are means, so that they need not be whole. */
export interface Volume {
  readonly events: number;
  /** Each event with the newline that ends it. */
  readonly bytes: number;
  readonly eventsARecord: number;
  readonly records: number;
  readonly recordBytes: number;
  /** Shards that the peak needs, whatever was deployed. */
  readonly shardsNeeded: number;
  readonly rejects: number;
  readonly cleanObjects: number;
  readonly rawObjects: number;
}

/** What one shard takes in a second. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const SHARD = { bytes: 1_000_000, records: 1000 } as const;

/** Objects that a buffer makes in a month: by size, or one for each interval in which something came. */
export const objectsOf = (bytes: number, puts: number, buffer: { readonly bytes: number; readonly seconds: number }): number =>
  Math.max(bytes / buffer.bytes, Math.min(puts, ASSUMED.secondsAMonth / buffer.seconds));

export function monthlyVolume(dataset: DatasetContract, { packed }: Deployment): Volume {
  const { expectedEventsPerDay, expectedEventBytes, freshnessSeconds } = dataset;
  const events = expectedEventsPerDay * 30;
  const line = expectedEventBytes + 1;
  const waiting = Math.floor((expectedEventsPerDay * ASSUMED.packingSeconds) / 86_400);
  const eventsARecord = packed ? Math.max(1, Math.min(Math.floor(ASSUMED.packedBytes / line), waiting)) : 1;
  const records = events / eventsARecord;
  const bytes = events * line;
  const aSecond = ASSUMED.peak / ASSUMED.secondsAMonth;
  const delivery = (seconds: number) => objectsOf(bytes, records, { bytes: PLATFORM.deliveryBytes, seconds });
  return {
    events,
    bytes,
    eventsARecord,
    records,
    recordBytes: eventsARecord * line,
    shardsNeeded: Math.ceil(Math.max((bytes * aSecond) / SHARD.bytes, (records * aSecond) / SHARD.records)),
    rejects: events * ASSUMED.rejectShare,
    cleanObjects: delivery(cleanBufferSeconds(freshnessSeconds)),
    rawObjects: delivery(PLATFORM.longestBufferSeconds),
  };
}

/** Bytes of Parquet in one delivery to `clean`. */
export const cleanObjectBytes = ({ bytes, cleanObjects }: Volume): number => bytes / ASSUMED.parquetRatio / cleanObjects;
