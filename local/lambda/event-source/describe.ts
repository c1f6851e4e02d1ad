import type { MappingProgress } from './mapping.ts';
import type { MappingSettings } from './settings.ts';

/** A mapping as Lambda describes it. @see https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
export function describeMapping(settings: MappingSettings, { result, created }: MappingProgress): object {
  const { start, filter, destination } = settings;
  return {
    UUID: settings.uuid,
    EventSourceMappingArn: settings.arn,
    EventSourceArn: settings.streamArn,
    FunctionArn: settings.functionArn,
    StartingPosition: start.type,
    ...(start.type === 'AT_TIMESTAMP' && { StartingPositionTimestamp: start.timestamp }),
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchingWindow,
    ParallelizationFactor: settings.parallelizationFactor,
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: settings.maximumRecordAge,
    BisectBatchOnFunctionError: settings.bisects,
    TumblingWindowInSeconds: settings.tumblingWindow,
    FunctionResponseTypes: settings.reportsItems ? ['ReportBatchItemFailures'] : [],
    DestinationConfig: { OnFailure: destination === undefined ? {} : { Destination: destination } },
    ...(filter !== undefined && { FilterCriteria: { Filters: filter.patterns.map((Pattern) => ({ Pattern })) } }),
    State: settings.enabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'User action',
    LastProcessingResult: result,
    LastModified: created / 1000,
  };
}
