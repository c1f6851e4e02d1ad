/** What the constructs configure and a bill depends on. test/core/cost/platform.test.ts holds it to a synthesized template. */
export const PLATFORM = {
  /** Shards of a dataset's stream; on demand, a stream begins with four. */
  shards: 1,
  onDemandShards: 4,
  /** Deliveries of `clean` and `raw` are flushed at this size, before they are converted or compressed. */
  deliveryBytes: 128 * 1024 * 1024,
  /** Seconds: `raw` is flushed as late as Firehose allows, `clean` as its freshness asks. */
  longestBufferSeconds: 900,
  shortestBufferSeconds: 60,
  bufferedShareOfFreshness: 2 / 3,
  quarantine: { bytes: 64 * 1024 * 1024, seconds: 300 },
  /** The transform function's batch and memory. */
  batch: { bytes: 0.2 * 1024 * 1024, seconds: 60 },
  /** Seconds that a delivery may take to invoke the function, to convert and to write, beyond what it buffers. */
  workSeconds: 60,
  functionGb: 0.5,
} as const;

/** Seconds that the delivery of `clean` may buffer: two thirds of the stated freshness, within Firehose's bounds. */
export const cleanBufferSeconds = (freshnessSeconds: number): number =>
  Math.min(
    PLATFORM.longestBufferSeconds,
    Math.max(PLATFORM.shortestBufferSeconds, Math.floor(freshnessSeconds * PLATFORM.bufferedShareOfFreshness)),
  );

const UNBUFFERED_SECONDS = PLATFORM.batch.seconds + PLATFORM.workSeconds;

/** Seconds after which a sound delivery has made an event readable, at the latest. */
export const soundSeconds = (freshnessSeconds: number): number => cleanBufferSeconds(freshnessSeconds) + UNBUFFERED_SECONDS;

/** The least freshness that a sound delivery keeps: what it does not buffer must fit into the share that is left for it. */
export const LEAST_FRESHNESS_SECONDS = Math.ceil(UNBUFFERED_SECONDS / (1 - PLATFORM.bufferedShareOfFreshness));
