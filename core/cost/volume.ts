import type { DatasetContract } from '../contract/model.ts';
import { ASSUMED } from './assumed.ts';
import { objectsOf } from './meters/firehose.ts';
import { shardsFor } from './meters/kinesis.ts';
import { cleanBufferSeconds, PLATFORM } from './platform.ts';

/** What a deployment decides, and no contract. */
export interface Deployment {
  /** Shards of the dataset's stream, where it has one; 0 means on demand. */
  readonly shards: number;
  /** Whether producers put many events in a record. */
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

/** Events that a producer which packs puts in a record: as many as fit it, or as come while none is held back for too long. */
export const packedEvents = (eventsADay: number, lineBytes: number): number =>
  Math.max(1, Math.min(Math.floor(ASSUMED.packedBytes / lineBytes), Math.floor((eventsADay * ASSUMED.packingSeconds) / 86_400)));

export function monthlyVolume(dataset: DatasetContract, { packed }: Deployment): Volume {
  const { expectedEventsPerDay, expectedEventBytes, freshnessSeconds } = dataset;
  const events = expectedEventsPerDay * 30;
  const line = expectedEventBytes + 1;
  const eventsARecord = packed ? packedEvents(expectedEventsPerDay, line) : 1;
  const records = events / eventsARecord;
  const bytes = events * line;
  const delivery = (seconds: number) =>
    objectsOf(bytes, records, { bytes: PLATFORM.deliveryBytes, seconds }, ASSUMED.secondsAMonth);
  return {
    events,
    bytes,
    eventsARecord,
    records,
    recordBytes: eventsARecord * line,
    shardsNeeded: shardsFor(bytes, records, ASSUMED.secondsAMonth),
    rejects: events * ASSUMED.rejectShare,
    cleanObjects: delivery(cleanBufferSeconds(freshnessSeconds)),
    rawObjects: delivery(PLATFORM.longestBufferSeconds),
  };
}

/** Bytes of Parquet in one delivery to `clean`. */
export const cleanObjectBytes = ({ bytes, cleanObjects }: Volume): number => bytes / ASSUMED.parquetRatio / cleanObjects;
