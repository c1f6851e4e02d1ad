import * as z from 'zod';

const many = z.number().nonnegative();
const share = z.number().min(0).max(1);
const atLeastOne = z.number().min(1);

/** What a dataset brings, and how it is read. What is left out comes from its contract, or from the assumptions. */
const datasetShape = z.strictObject({
  /** Events a day. @default - the contract's expectedEventsPerDay; without a contract, none */
  eventsPerDay: many.optional(),
  /** Bytes of one event, without the newline that ends it. @default - the contract's expectedEventBytes; without a contract, 1023 */
  eventBytes: z.number().positive().optional(),
  /** Events in a record, of Kinesis or of Firehose. @default - as many as fit 25 KB, or come in a minute */
  eventsPerRecord: z.int().min(1).optional(),
  /** Share of the events that the contract rejects, 0 to 1. @default 0.005 */
  rejectShare: share.optional(),
  /** Bytes of JSON for each byte of Parquet. @default 4 */
  parquetRatio: atLeastOne.optional(),
  /** Bytes of JSON for each byte of gzip. @default 6 */
  gzipRatio: atLeastOne.optional(),
  /** Readers of the stream that the templates do not declare. @default 0 */
  readers: z.int().min(0).optional(),
  /** Queries a day. @default 10 */
  queriesPerDay: many.optional(),
  /** Bytes that each query scans. @default - what the contract's readOften and readSometimes ask to be read */
  scannedBytesPerQuery: many.optional(),
  /** Partitions that each query lists in S3. @default - all that its table projects, as if it named no day */
  partitionsPerQuery: many.optional(),
  /** Hours a month that a delivery evaluates its JQ expressions. @default - an hour for each 10 GB */
  jqHoursPerMonth: many.optional(),
  /** Bytes that a delivery into a network carries for each byte it takes in. @default 1 */
  networkRatio: many.optional(),
  /** Times a day that its events are folded into its curated table, where it has one. @default - as often as its contract asks; without a contract, each hour */
  foldsPerDay: many.optional(),
  /** Share of its events whose primary key no event before had: rows of its curated table, 0 to 1. @default 1 */
  keyShare: share.optional(),
});

const functionShape = z.strictObject({
  /** Invocations a day of a function that no delivery calls. @default 0 */
  invocationsPerDay: many.default(0),
  /** Milliseconds of each. @default 100 */
  milliseconds: many.default(100),
});

const workflowShape = z.strictObject({
  /** @default 0 */
  runsPerMonth: many.default(0),
  /** Transitions of states of a run. @default 50 */
  transitionsPerRun: many.default(50),
});

const bucketShape = z.strictObject({
  /** GB that others than deliveries and queries write in a month. @default 0 */
  writtenGbPerMonth: many.default(0),
  /** Bytes of each object. @default 134217728 */
  objectBytes: z.number().positive().default(134_217_728),
  /** Times that each object is read in a month. @default 0 */
  readsPerMonth: many.default(0),
});

/** What no template holds. Every key may be left out. */
export const workloadShape = z.strictObject({
  /** Hours of a month: 730 as AWS' calculator has it, 720 as the estimate of a contract. @default 730 */
  hoursPerMonth: z.number().positive().default(730),
  /** Whether the account has on-demand Advantage: 25 MB/s at least, in and out, for all its on-demand streams. @default false */
  kinesisAdvantage: z.boolean().default(false),
  /** Times a day that each function with work starts anew, and reads its secret. @default 24 */
  coldStartsPerDay: many.default(24),
  /** Bytes that an invocation logs. @default 1500 */
  logBytesPerInvocation: many.default(1500),
  /** Metrics of its own that a function emits of each dataset that it judges. @default 7 */
  metricsPerFunction: many.default(7),
  /** GB a month that each flow log records. @default 0.1 */
  flowLogGbPerMonth: many.default(0.1),
  /** Names a day that each function with work in a network asks for. @default 1000 */
  dnsQueriesPerDay: many.default(1000),
  /** E-mails a month of each topic. @default 20 */
  emailsPerMonth: many.default(20),
  /** Bytes that a query's result takes. @default 100000 */
  resultBytesPerQuery: many.default(100_000),
  /** By `<domain>.<dataset>`, or the logical id of a stream or delivery that carries no such tags. */
  datasets: z.record(z.string(), datasetShape).default({}),
  /** By logical id. */
  functions: z.record(z.string(), functionShape).default({}),
  /** Step Functions, by logical id. */
  workflows: z.record(z.string(), workflowShape).default({}),
  /** By logical id. */
  buckets: z.record(z.string(), bucketShape).default({}),
});

export type Workload = z.infer<typeof workloadShape>;
export type DatasetWorkload = z.infer<typeof datasetShape>;

/** The workload of a file without a key. */
export const PLAIN_WORKLOAD: Workload = workloadShape.parse({});
