import type { Members } from '../../input.ts';
import {
  MAXIMUM_CONCURRENCY,
  QUEUE_BOUNDS,
  readMessageFilter,
  type QueueMappingSettings,
} from '../../lambda/queue-source/index.ts';
import { refuseUnsupported, within, type CommonSettings } from './event-source-properties.ts';

export const QUEUE = /^arn:aws:sqs:[^:]+:\d{12}:[^:]+$/;

/** What streams alone have. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
const OF_STREAMS = [
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'StartingPositionTimestamp',
  'TumblingWindowInSeconds',
];

/** Reads what a template says of a mapping from a queue. */
export function readQueueMapping(properties: Members, queueArn: string, common: CommonSettings): QueueMappingSettings {
  if (properties.has('StartingPosition'))
    throw properties.invalid('StartingPosition', 'is no part of it: StartingPosition is not valid for SQS event sources.');
  refuseUnsupported(properties, OF_STREAMS);
  const criteria = properties.optionalObject('FilterCriteria');
  const filter = criteria === undefined ? undefined : readMessageFilter(criteria);
  const maximumConcurrency = concurrencyOf(properties);
  return {
    ...common,
    queueArn,
    batchSize: within(properties, 'BatchSize', QUEUE_BOUNDS.BatchSize),
    batchingWindow: within(properties, 'MaximumBatchingWindowInSeconds', QUEUE_BOUNDS.MaximumBatchingWindowInSeconds),
    ...(maximumConcurrency !== undefined && { maximumConcurrency }),
    ...(filter !== undefined && { filter }),
  };
}

function concurrencyOf(properties: Members): number | undefined {
  const scaling = properties.optionalObject('ScalingConfig')?.only(['MaximumConcurrency']);
  const given = scaling?.optionalNumber('MaximumConcurrency');
  if (scaling === undefined || given === undefined) return undefined;
  return within(scaling, 'MaximumConcurrency', { ...MAXIMUM_CONCURRENCY, otherwise: given });
}
