import type { Members } from '../../input.ts';
import {
  BOUNDS,
  isDestination,
  LEAST_RECORD_AGE,
  readFilter,
  type MappingSettings,
  type StartingPosition,
} from '../../lambda/event-source/index.ts';
import type { Creation, ResourceType } from '../resource-type.ts';
import { commonOf, refuseUnsupported, within, type CommonSettings } from './event-source-properties.ts';
import { QUEUE, readQueueMapping } from './queue-event-source.ts';

const POSITIONS = ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'] as const;
const STREAM = /^arn:aws:kinesis:[^:]+:\d{12}:stream\/[^/]+$/;
const CONSUMER = /^arn:aws:kinesis:[^:]+:\d{12}:stream\/[^/]+\/consumer\//;

export const eventSourceMapping: ResourceType = {
  acted: [
    'BatchSize',
    'BisectBatchOnFunctionError',
    'DestinationConfig',
    'Enabled',
    'EventSourceArn',
    'FilterCriteria',
    'FunctionName',
    'FunctionResponseTypes',
    'MaximumBatchingWindowInSeconds',
    'MaximumRecordAgeInSeconds',
    'MaximumRetryAttempts',
    'ParallelizationFactor',
    'ScalingConfig',
    'StartingPosition',
    'StartingPositionTimestamp',
    'TumblingWindowInSeconds',
  ],
  recorded: ['MetricsConfig', 'Tags'],
  create: (properties, creation) => {
    const sourceArn = properties.text('EventSourceArn');
    const common = commonOf(properties, creation);
    const { mappings } = creation.services;
    if (QUEUE.test(sourceArn)) mappings.createForQueue(readQueueMapping(properties, sourceArn, common));
    else mappings.create(readStreamMapping(properties, sourceArn, common, creation));
    const { uuid, arn } = common;
    return { ref: uuid, attributes: { Id: uuid, EventSourceMappingArn: arn } };
  },
};

function readStreamMapping(properties: Members, sourceArn: string, common: CommonSettings, creation: Creation): MappingSettings {
  const streamArn = streamOf(properties, sourceArn);
  refuseUnsupported(properties, ['ScalingConfig']);
  const criteria = properties.optionalObject('FilterCriteria');
  const filter = criteria === undefined ? undefined : readFilter(criteria);
  const destination = destinationOf(properties);
  return {
    ...common,
    streamArn,
    start: startOf(properties, creation),
    batchSize: within(properties, 'BatchSize', BOUNDS.BatchSize),
    batchingWindow: within(properties, 'MaximumBatchingWindowInSeconds', BOUNDS.MaximumBatchingWindowInSeconds),
    maximumRetryAttempts: within(properties, 'MaximumRetryAttempts', BOUNDS.MaximumRetryAttempts),
    maximumRecordAge: ageOf(properties),
    bisects: properties.optionalBoolean('BisectBatchOnFunctionError') ?? false,
    ...windowsOf(properties),
    ...(destination !== undefined && { destination }),
    ...(filter !== undefined && { filter }),
  };
}

/** The stream; other sources are lawful, and not simulated. */
function streamOf(properties: Members, arn: string): string {
  if (STREAM.test(arn)) return arn;
  if (CONSUMER.test(arn))
    throw properties.invalid('EventSourceArn', 'must be a data stream here; consumers with enhanced fan-out are not simulated');
  throw properties.invalid(
    'EventSourceArn',
    `must be the ARN of a Kinesis data stream or an SQS queue here, got one of '${arn.split(':')[2] ?? ''}': other event sources are not simulated`,
  );
}

function ageOf(properties: Members): number {
  const age = within(properties, 'MaximumRecordAgeInSeconds', BOUNDS.MaximumRecordAgeInSeconds);
  if (age === -1 || age >= LEAST_RECORD_AGE) return age;
  throw properties.invalid('MaximumRecordAgeInSeconds', `must be -1 or at least ${LEAST_RECORD_AGE}, got ${age}`);
}

/** @see https://github.com/terraform-aws-modules/terraform-aws-lambda/issues/619 for what excludes what */
function windowsOf(properties: Members): { readonly parallelizationFactor: number; readonly tumblingWindow: number } {
  const parallelizationFactor = within(properties, 'ParallelizationFactor', BOUNDS.ParallelizationFactor);
  const tumblingWindow = within(properties, 'TumblingWindowInSeconds', BOUNDS.TumblingWindowInSeconds);
  if (tumblingWindow > 0 && parallelizationFactor > 1)
    throw properties.invalid('ParallelizationFactor', `must be 1 with a tumbling window, got ${parallelizationFactor}`);
  return { parallelizationFactor, tumblingWindow };
}

function startOf(properties: Members, creation: Creation): StartingPosition {
  const given = properties.optionalText('StartingPosition');
  const type = POSITIONS.find((position) => position === given);
  if (given === undefined)
    throw properties.invalid(
      'StartingPosition',
      "is required: 1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  if (type === undefined)
    throw properties.invalid(
      'StartingPosition',
      `is none: 1 validation error detected: Value '${given}' at 'startingPosition' failed to satisfy constraint: Member must satisfy enum value set: [${POSITIONS.join(', ')}]`,
    );
  const timestamp = properties.optionalNumber('StartingPositionTimestamp');
  if (type !== 'AT_TIMESTAMP') {
    if (timestamp === undefined) return { type };
    throw properties.invalid('StartingPositionTimestamp', `is only valid with AT_TIMESTAMP, got ${type}`);
  }
  if (timestamp === undefined) throw properties.invalid('StartingPositionTimestamp', 'is required with AT_TIMESTAMP');
  if (timestamp * 1000 > creation.services.clock.now())
    throw properties.invalid('StartingPositionTimestamp', 'cannot be in the future');
  return { type, timestamp };
}

/** An empty text is no destination. */
function destinationOf(properties: Members): string | undefined {
  const config = properties.optionalObject('DestinationConfig');
  if (config?.has('OnSuccess') === true)
    throw config.invalid(
      'OnSuccess',
      'is no part of one: Unsupported DestinationConfig parameter for given event source mapping type.',
    );
  const onFailure = config?.only(['OnFailure']).optionalObject('OnFailure')?.only(['Destination']);
  const arn = onFailure?.optionalText('Destination');
  if (onFailure === undefined || arn === undefined || arn === '') return undefined;
  if (isDestination(arn)) return arn;
  throw onFailure.invalid(
    'Destination',
    `must be a topic of SNS, a standard queue of SQS or a bucket of S3 here, got '${arn}': others are not simulated`,
  );
}
