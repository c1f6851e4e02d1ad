import { ASSUMED } from '../assumed.ts';
import { GB } from '../prices.ts';

const UNIT_BYTES = 25 * 1024;
const KB = 1024;

/** What one shard takes in a second. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const SHARD = { bytes: 1_000_000, records: 1000 } as const;

/** Shards that an account may have in the smallest regions. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
export const MOST_SHARDS = 1000;

/** Units that a provisioned stream bills: each record in steps of 25 KB. @see https://aws.amazon.com/kinesis/data-streams/pricing/ */
export const putUnits = (records: number, recordBytes: number): number => records * Math.ceil(recordBytes / UNIT_BYTES);

/** GB in that an on-demand stream bills: each record up to the next KB. @see https://aws.amazon.com/kinesis/data-streams/pricing/ */
export const onDemandGb = (records: number, recordBytes: number): number => (records * Math.ceil(recordBytes / KB) * KB) / GB;

/** Shards that the busiest seconds of a month need. */
export const shardsFor = (bytes: number, records: number, secondsAMonth: number): number => {
  const aSecond = ASSUMED.peak / secondsAMonth;
  return Math.ceil(Math.max((bytes * aSecond) / SHARD.bytes, (records * aSecond) / SHARD.records));
};

/** Requests to KMS for the data keys of an encrypted stream. */
export const dataKeyRequests = (seconds: number): number => (ASSUMED.streamPrincipals * seconds) / ASSUMED.dataKeySeconds;
