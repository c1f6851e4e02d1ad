import type { StorageClass } from '../storage/retention-classes.ts';

/** A list price in USD, us-east-1. Prices decide between plans and size a bill; they are no offer. */
export interface Price {
  /** USD for `per` units. */
  readonly usd: number;
  readonly per: number;
  /** What is counted. A GB is 2^30 bytes, a TB 2^40. */
  readonly unit: string;
  readonly source: string;
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
  asOf: '2024-07-01',
});
/** What a public calculator read from AWS' price list. */
const calculated = (value: number, unit: string, per = 1): Price => ({
  usd: value,
  per,
  unit,
  source: 'AWS price list, by a public calculator',
  asOf: '2026',
});
/** Recalled from AWS' price page, and the same in public copies of the price list; to be read anew before it is quoted. */
const recalled = (value: number, unit: string, per = 1, asOf = '2025'): Price => ({
  usd: value,
  per,
  unit,
  source: 'AWS price page, recalled',
  asOf,
});

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
  },
  firehose: {
    /** The first 500 TB of a month, each record up to the next 5 KB. */
    ingest: calculated(0.029, 'GB in'),
    conversion: calculated(0.018, 'GB converted'),
    partitioning: calculated(0.02, 'GB partitioned'),
    partitionedObject: calculated(0.005, 'object', 1000),
    jqHour: calculated(0.07, 'JQ-hour'),
  },
  lambda: {
    gbSecond: golden(0.0000133334, 'GB-second'), // arm64
    request: golden(0.2, 'invocation', 1_000_000),
  },
  s3: { storage, transition, retrieval, bulkRestore, readRequest, put: golden(0.005, 'PUT', 1000) },
  kms: { request: golden(0.03, 'request', 10_000) },
  athena: { scanned: recalled(5, 'TB scanned', 1, '2026') },
} as const;

/** The oldest figure's date: what a bill computed from the table is as of. */
export const PRICES_AS_OF = '2024-07-01';
