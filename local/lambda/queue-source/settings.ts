import type { MessageEvent } from './message-event.ts';

/** Which messages a function gets. */
export interface MessageFilter {
  /** As the template has them. */
  readonly patterns: readonly string[];
  readonly matches: (message: MessageEvent) => boolean;
}

/** An event source mapping of a queue as its template describes it, in AWS's units. */
export interface QueueMappingSettings {
  readonly uuid: string;
  readonly arn: string;
  readonly queueArn: string;
  /** As the template names the function: with a version or an alias, or without. */
  readonly functionArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds. */
  readonly batchingWindow: number;
  /** Whether what a function answers may say which messages failed. */
  readonly reportsItems: boolean;
  /** Told and no more: invocations follow one another here. @default - as many as there are */
  readonly maximumConcurrency?: number;
  /** @default - every message */
  readonly filter?: MessageFilter;
}

/** Bounds of the numbers, both inclusive. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
export const QUEUE_BOUNDS = {
  BatchSize: { least: 1, most: 10_000, otherwise: 10 },
  MaximumBatchingWindowInSeconds: { least: 0, most: 300, otherwise: 0 },
} as const;

/** Both inclusive. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html#events-sqs-max-concurrency */
export const MAXIMUM_CONCURRENCY = { least: 2, most: 1_000 } as const;
