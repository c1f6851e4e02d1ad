import { READS_A_MONTH } from '../storage/reads.ts';

/** What no contract says and an estimate needs. */
export const ASSUMED = {
  /** A month has 30 days. */
  hoursAMonth: 720,
  secondsAMonth: 2_592_000,
  /** A producer fills a record, of Kinesis or of Firehose, up to this size, and holds no event back for longer than this. */
  packedBytes: 25 * 1024,
  packingSeconds: 60,
  /** The busiest seconds against the mean: what shards must carry. */
  peak: 3,
  /** Measured on 388-byte events: gzip 1/6.6, Snappy Parquet 1/5.7; small deliveries, and columns of ids or tokens, compress less (1/1.8 to 1/10 in the demo). */
  gzipRatio: 6,
  parquetRatio: 4,
  /** Share of events that the contract rejects: what the demo plants. */
  rejectShare: 0.005,
  /** Bytes of a quarantine envelope beside its event. */
  envelopeBytes: 600,
  /** GB that an hour of Firehose's JQ takes: AWS' pricing example, recalled, has 742 GB in 70 hours. */
  gbAJqHour: 10,
  /** Bytes that half a GB of Lambda judges a second, and seconds that each invocation adds: a core does 30 MB/s, and this is 0.29 of one. */
  judgedBytesASecond: 5_000_000,
  invocationSeconds: 0.02,
  /** Queries of the dataset, each billed for 10 MB at least. */
  queriesAMonth: 300,
  leastScannedBytes: 10 * 1024 * 1024,
  /** Credentials for which Kinesis asks KMS for a data key, and how often. @see https://docs.aws.amazon.com/streams/latest/dev/costs-performance.html */
  streamPrincipals: 2,
  dataKeySeconds: 300,
  /** Share of the requests for objects that reach KMS where a bucket has a key of its own. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html */
  bucketKeyShare: 0.01,
  /** Bytes that an access log holds of a request, and a trail of an event, in gzip. */
  accessLogBytes: 600,
  auditBytes: 300,
  /** Logs and records come in objects of this size, or once in these seconds. */
  recordObjectBytes: 10 * 1024 * 1024,
  recordSeconds: 300,
  /** CloudWatch keeps logs compressed: bytes kept of each that comes in. */
  logsKeptShare: 0.15,
} as const;

/** What every estimate takes for granted, for people. */
export const GENERAL_ASSUMPTIONS: readonly string[] = [
  'a month has 30 days, a GB 2^30 bytes; every retention is filled',
  `Parquet is 1/${ASSUMED.parquetRatio} of the JSON, gzip 1/${ASSUMED.gzipRatio}`,
  `${ASSUMED.rejectShare * 100} % of the events are rejected`,
  `each byte of clean is read ${READS_A_MONTH.often} times a month while it is read often, ${12 * READS_A_MONTH.sometimes} times a year while it is read sometimes, and restored once in ${1 / (12 * READS_A_MONTH.rarely)} years after that, by ${ASSUMED.queriesAMonth} queries a month`,
  'not counted: keys, secrets, logs, alarms, metrics, data transfer, results of queries, curated tables, discounts',
];
