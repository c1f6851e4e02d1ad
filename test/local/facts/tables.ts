import { athenaAltering } from './athena/altering.ts';
import { athenaContexts } from './athena/contexts.ts';
import { athenaExecutions } from './athena/executions.ts';
import { athenaIceberg } from './athena/iceberg.ts';
import { athenaExplaining } from './athena/explaining.ts';
import { athenaFailures } from './athena/failures.ts';
import { athenaFiles } from './athena/files.ts';
import { athenaHive } from './athena/hive.ts';
import { athenaPaging } from './athena/paging.ts';
import { athenaReading } from './athena/reading.ts';
import { athenaRefusals } from './athena/refusals.ts';
import { athenaResults } from './athena/results.ts';
import { athenaStarting } from './athena/starting.ts';
import { athenaWriting } from './athena/writing.ts';
import { athenaDefinitions } from './athena/definitions.ts';
import { athenaViews } from './athena/views.ts';
import { athenaShowing } from './athena/showing.ts';
import { customResources } from './cloudformation/custom-resources.ts';
import { templates } from './cloudformation/templates.ts';
import { cloudwatchAlarms } from './cloudwatch/alarms.ts';
import { cloudwatchMetrics } from './cloudwatch/metrics.ts';
import { dynamodbAccess } from './dynamodb/access.ts';
import { dynamodbBoundaries } from './dynamodb/boundaries.ts';
import { dynamodbExpressions } from './dynamodb/expressions.ts';
import { dynamodbLimits } from './dynamodb/limits.ts';
import { dynamodbReading } from './dynamodb/reading.ts';
import { dynamodbStreams } from './dynamodb/streams.ts';
import { dynamodbTables } from './dynamodb/tables.ts';
import { dynamodbValues } from './dynamodb/values.ts';
import { dynamodbWriting } from './dynamodb/writing.ts';
import { endpoint } from './endpoint.ts';
import { eventBusesDescribing } from './event-buses/describing.ts';
import { eventBusesHandingOn } from './event-buses/handing-on.ts';
import { eventBusesPutting } from './event-buses/putting.ts';
import { eventDeliveries } from './event-deliveries.ts';
import { eventBridge } from './eventbridge.ts';
import { eventSourcesCreating } from './event-sources/creating.ts';
import { eventSourcesFailing } from './event-sources/failing.ts';
import { eventSourcesQueueBatches } from './event-sources/queue-batches.ts';
import { eventSourcesQueueFailures } from './event-sources/queue-failures.ts';
import { eventSourcesQueueFilters } from './event-sources/queue-filters.ts';
import { eventSourcesQueues } from './event-sources/queues.ts';
import { eventSourcesReading } from './event-sources/reading.ts';
import { eventSourcesWindows } from './event-sources/windows.ts';
import type { FactTable } from './fact.ts';
import { firehoseDelivering } from './firehose/delivering.ts';
import { firehoseEncrypting } from './firehose/encrypting.ts';
import { firehoseOperations } from './firehose/operations.ts';
import { firehoseTransforming } from './firehose/transforming.ts';
import { glueFacts } from './glue.ts';
import { iamCreation } from './iam/creation.ts';
import { iamEvaluation } from './iam/evaluation.ts';
import { kinesisReading } from './kinesis/reading.ts';
import { kinesisShards } from './kinesis/shards.ts';
import { kinesisWriting } from './kinesis/writing.ts';
import { kmsAccess } from './kms/access.ts';
import { kmsCiphers } from './kms/ciphers.ts';
import { kmsGrants } from './kms/grants.ts';
import { kmsKeys } from './kms/keys.ts';
import { lambdaEvents } from './lambda/events.ts';
import { lambdaHandlers } from './lambda/handlers.ts';
import { lambdaRunning } from './lambda/running.ts';
import { presignedUrls } from './presigned-urls.ts';
import { s3Access } from './s3/access.ts';
import { s3Buckets } from './s3/buckets.ts';
import { s3Checksums } from './s3/checksums.ts';
import { s3Lifecycle } from './s3/lifecycle.ts';
import { s3Listings } from './s3/listings.ts';
import { s3Locks } from './s3/locks.ts';
import { s3Multipart } from './s3/multipart.ts';
import { s3Notifications } from './s3/notifications.ts';
import { s3NotificationSettings } from './s3/notification-settings.ts';
import { s3Objects } from './s3/objects.ts';
import { s3Requests } from './s3/requests.ts';
import { s3Restores } from './s3/restores.ts';
import { s3Versions } from './s3/versions.ts';
import { snsFifo } from './sns/fifo.ts';
import { snsFiltering } from './sns/filtering.ts';
import { snsOwners } from './sns/owners.ts';
import { snsPublishing } from './sns/publishing.ts';
import { snsReading } from './sns/reading.ts';
import { sqsDeadLetters } from './sqs/dead-letters.ts';
import { sqsFifo } from './sqs/fifo.ts';
import { sqsForms } from './sqs/forms.ts';
import { sqsQueues } from './sqs/queues.ts';
import { sqsReceiving } from './sqs/receiving.ts';
import { sqsSending } from './sqs/sending.ts';
import { stepFunctionsLanguage } from './step-functions/language.ts';
import { stepFunctionsErrors } from './step-functions/errors.ts';
import { stepFunctionsMaps } from './step-functions/maps.ts';
import { stepFunctionsExecutions } from './step-functions/executions.ts';
import { stepFunctionsAthenaTasks } from './step-functions/athena-tasks.ts';
import { stepFunctionsCallbacks } from './step-functions/callbacks.ts';
import { stepFunctionsEventsTasks } from './step-functions/events-tasks.ts';
import { stepFunctionsExpress } from './step-functions/express.ts';
import { stepFunctionsNested } from './step-functions/nested.ts';
import { stepFunctionsChoices } from './step-functions/choices.ts';
import { stepFunctionsHistories } from './step-functions/histories.ts';
import { stepFunctionsIntrinsics } from './step-functions/intrinsics.ts';
import { stepFunctionsReaders } from './step-functions/readers.ts';
import { stepFunctionsPathMaps } from './step-functions/path-maps.ts';
import { stepFunctionsPathStates } from './step-functions/path-states.ts';
import { stepFunctionsPaths } from './step-functions/paths.ts';
import { stepFunctionsSdkTasks } from './step-functions/sdk-tasks.ts';
import { schedulerCalls } from './scheduler/calls.ts';
import { schedulerDeadLetters } from './scheduler/dead-letters.ts';
import { schedulerTimes } from './scheduler/times.ts';
import { ssmAccess } from './ssm/access.ts';
import { ssmListings } from './ssm/listings.ts';
import { ssmNames } from './ssm/names.ts';
import { ssmParameters } from './ssm/parameters.ts';
import { ssmTemplates } from './ssm/templates.ts';
import { sts } from './sts.ts';
import { TRINO_FACTS } from './trino.ts';

/** Every table, in the order in which an event meets the services. */
export const FACT_TABLES: readonly FactTable[] = [
  endpoint,
  presignedUrls,
  kinesisWriting,
  kinesisReading,
  kinesisShards,
  firehoseDelivering,
  firehoseEncrypting,
  firehoseTransforming,
  firehoseOperations,
  lambdaRunning,
  lambdaEvents,
  lambdaHandlers,
  templates,
  customResources,
  eventSourcesCreating,
  eventSourcesReading,
  eventSourcesFailing,
  eventSourcesWindows,
  eventSourcesQueues,
  eventSourcesQueueBatches,
  eventSourcesQueueFailures,
  eventSourcesQueueFilters,
  s3Objects,
  s3Versions,
  s3Multipart,
  s3Lifecycle,
  s3Restores,
  s3Locks,
  s3Buckets,
  s3Listings,
  s3Checksums,
  s3Requests,
  s3Access,
  s3Notifications,
  s3NotificationSettings,
  glueFacts,
  athenaExecutions,
  athenaWriting,
  athenaDefinitions,
  athenaAltering,
  athenaViews,
  athenaShowing,
  athenaReading,
  athenaIceberg,
  athenaRefusals,
  athenaStarting,
  athenaFailures,
  athenaResults,
  athenaPaging,
  athenaFiles,
  athenaExplaining,
  athenaContexts,
  athenaHive,
  TRINO_FACTS,
  stepFunctionsLanguage,
  stepFunctionsErrors,
  stepFunctionsMaps,
  stepFunctionsExecutions,
  stepFunctionsHistories,
  stepFunctionsPaths,
  stepFunctionsPathStates,
  stepFunctionsPathMaps,
  stepFunctionsChoices,
  stepFunctionsIntrinsics,
  stepFunctionsReaders,
  stepFunctionsSdkTasks,
  stepFunctionsEventsTasks,
  stepFunctionsExpress,
  stepFunctionsAthenaTasks,
  stepFunctionsNested,
  stepFunctionsCallbacks,
  eventBridge,
  eventBusesPutting,
  eventBusesDescribing,
  eventDeliveries,
  eventBusesHandingOn,
  snsPublishing,
  snsReading,
  snsFiltering,
  snsOwners,
  snsFifo,
  sqsSending,
  sqsReceiving,
  sqsFifo,
  sqsDeadLetters,
  sqsForms,
  sqsQueues,
  dynamodbValues,
  dynamodbExpressions,
  dynamodbBoundaries,
  dynamodbLimits,
  dynamodbWriting,
  dynamodbReading,
  dynamodbTables,
  dynamodbAccess,
  dynamodbStreams,
  schedulerTimes,
  schedulerCalls,
  schedulerDeadLetters,
  cloudwatchMetrics,
  cloudwatchAlarms,
  iamEvaluation,
  iamCreation,
  sts,
  kmsKeys,
  kmsCiphers,
  kmsGrants,
  kmsAccess,
  ssmNames,
  ssmParameters,
  ssmListings,
  ssmAccess,
  ssmTemplates,
];
