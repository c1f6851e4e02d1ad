/** Where the reading of a stream begins. */
export type StartingPosition =
  | { readonly type: 'LATEST' | 'TRIM_HORIZON' }
  /** Seconds since the epoch. */
  | { readonly type: 'AT_TIMESTAMP'; readonly timestamp: number };

/** Which records a function gets. */
export interface RecordFilter {
  /** As the template has them. */
  readonly patterns: readonly string[];
  readonly matches: (data: Buffer) => boolean;
}

/** An event source mapping as its template describes it, in AWS's units. */
export interface MappingSettings {
  readonly uuid: string;
  readonly arn: string;
  readonly streamArn: string;
  /** As the template names the function: with a version or an alias, or without. */
  readonly functionArn: string;
  readonly start: StartingPosition;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds. */
  readonly batchingWindow: number;
  readonly parallelizationFactor: number;
  /** -1 for no end. */
  readonly maximumRetryAttempts: number;
  /** Seconds; -1 for no end. */
  readonly maximumRecordAge: number;
  readonly bisects: boolean;
  /** Whether what a function answers may say which records failed. */
  readonly reportsItems: boolean;
  /** Seconds; 0 for no window. */
  readonly tumblingWindow: number;
  /** ARN of the topic or the bucket that is told of discarded batches. @default - nobody is */
  readonly destination?: string;
  /** @default - every record */
  readonly filter?: RecordFilter;
}

/** Bounds of the numbers, both inclusive. @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html */
export const BOUNDS = {
  BatchSize: { least: 1, most: 10_000, otherwise: 100 },
  MaximumBatchingWindowInSeconds: { least: 0, most: 300, otherwise: 0 },
  ParallelizationFactor: { least: 1, most: 10, otherwise: 1 },
  MaximumRetryAttempts: { least: -1, most: 10_000, otherwise: -1 },
  MaximumRecordAgeInSeconds: { least: -1, most: 604_800, otherwise: -1 },
  TumblingWindowInSeconds: { least: 0, most: 900, otherwise: 0 },
} as const;

/** Seconds; -1 apart, AWS takes no smaller age. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-eventsourcemapping.html#cfn-lambda-eventsourcemapping-maximumrecordageinseconds */
export const LEAST_RECORD_AGE = 60;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
export const MOST_FILTERS = 5;

/** Characters. @see https://docs.aws.amazon.com/lambda/latest/api/API_Filter.html */
export const LONGEST_PATTERN = 4096;
