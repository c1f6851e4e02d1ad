import type { Metric } from './metric.ts';

/** What services measure here, by their namespaces; other names of `AWS/…` are measured by nobody. */
export const MEASURED: Readonly<Record<string, readonly string[]>> = {
  'AWS/DynamoDB': [
    'ConditionalCheckFailedRequests',
    'ConsumedReadCapacityUnits',
    'ConsumedWriteCapacityUnits',
    'ReturnedItemCount',
    'TimeToLiveDeletedItemCount',
  ],
  'AWS/Events': [
    'FailedInvocations',
    'Invocations',
    'InvocationsFailedToBeSentToDlq',
    'InvocationsSentToDlq',
    'MatchedEvents',
    'RetryInvocationAttempts',
    'TriggeredRules',
  ],
  'AWS/Firehose': [
    'BackupToS3.Bytes',
    'BackupToS3.DataFreshness',
    'BackupToS3.Records',
    'BackupToS3.Success',
    'DataReadFromKinesisStream.Bytes',
    'DataReadFromKinesisStream.Records',
    'DeliveryToS3.Bytes',
    'DeliveryToS3.DataFreshness',
    'DeliveryToS3.Records',
    'DeliveryToS3.Success',
    'FailedConversion.Records',
    'IncomingBytes',
    'IncomingRecords',
    'KinesisMillisBehindLatest',
    'SucceedConversion.Records',
  ],
  'AWS/Kinesis': ['IncomingBytes', 'IncomingRecords', 'WriteProvisionedThroughputExceeded'],
  'AWS/Lambda': [
    'AsyncEventAge',
    'AsyncEventsDropped',
    'AsyncEventsReceived',
    'DeadLetterErrors',
    'DestinationDeliveryFailures',
    'Duration',
    'Errors',
    'Invocations',
    'IteratorAge',
    'RecursiveInvocationsDropped',
    'Throttles',
  ],
  'AWS/Scheduler': [
    'InvocationAttemptCount',
    'InvocationDroppedCount',
    'InvocationsFailedToBeSentToDeadLetterCount',
    'InvocationsSentToDeadLetterCount',
    'TargetErrorCount',
    'TargetErrorThrottledCount',
  ],
  'AWS/SQS': [
    'ApproximateAgeOfOldestMessage',
    'ApproximateNumberOfMessagesDelayed',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesVisible',
    'NumberOfEmptyReceives',
    'NumberOfMessagesDeleted',
    'NumberOfMessagesReceived',
    'NumberOfMessagesSent',
    'SentMessageSize',
  ],
  'AWS/States': [
    'ExecutionTime',
    'ExecutionsAborted',
    'ExecutionsFailed',
    'ExecutionsStarted',
    'ExecutionsSucceeded',
    'ExecutionsTimedOut',
  ],
};

/** Whether a metric may ever have a value here: one of a namespace that is not AWS's comes with whoever writes it. */
export const isMeasured = ({ namespace, name }: Pick<Metric, 'namespace' | 'name'>): boolean =>
  !namespace.startsWith('AWS/') || MEASURED[namespace]?.includes(name) === true;
