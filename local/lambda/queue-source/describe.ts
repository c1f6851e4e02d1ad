import type { QueueMappingSettings } from './settings.ts';

/**
 * A mapping of a queue as Lambda describes it.
 *
 * @param created Milliseconds since the epoch, simulated
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
 */
export function describeQueueMapping(settings: QueueMappingSettings, created: number): object {
  const { filter, maximumConcurrency } = settings;
  return {
    UUID: settings.uuid,
    EventSourceMappingArn: settings.arn,
    EventSourceArn: settings.queueArn,
    FunctionArn: settings.functionArn,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchingWindow,
    FunctionResponseTypes: settings.reportsItems ? ['ReportBatchItemFailures'] : [],
    ...(filter !== undefined && { FilterCriteria: { Filters: filter.patterns.map((Pattern) => ({ Pattern })) } }),
    ...(maximumConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    State: settings.enabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    LastModified: created / 1000,
  };
}
