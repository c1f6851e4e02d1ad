import { Members } from '../../../../local/input.ts';
import { readQueueMapping } from '../../../../local/assembly/types/queue-event-source.ts';
import { CALLER, FUNCTION, QUEUE_SETTINGS, start, UUID } from '../../lambda/event-source/rig.ts';
import { queueRig } from '../../lambda/queue-source/rig.ts';
import { arnOf } from '../../sqs/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const RECORDED = recorded('lambda_/event_source_mapping/test_lambda_integration_sqs');
const EVERY = { sourceArn: undefined, functionArn: undefined, marker: undefined, maxItems: undefined };

const refusal = (message: string): Error => expect.objectContaining({ code: 'InvalidParameterValueException', message }) as Error;

/** Reads what a template says of a mapping, and answers the refusal. */
const refused = (property: string, value: unknown): void => {
  readQueueMapping(new Members({ [property]: value }), arnOf('orders'), QUEUE_SETTINGS);
};

/** What comes of making a mapping from a queue to a function. */
export const eventSourcesQueues: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'an event source mapping from a queue that is not there is refused with what ReceiveMessage says: AWS.SimpleQueueService.NonExistentQueue',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { map } = await queueRig();
        expect(() => map({ queueArn: arnOf('other') })).toThrow(
          refusal(
            'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
          ),
        );
      },
    },
    {
      says: 'a role that may not receive messages of a queue is refused, where the mapping is made: it does not have permissions to call ReceiveMessage on SQS',
      basis: 'observed',
      source: 'https://github.com/anomalyco/sst/issues/5737',
      holds: async () => {
        const { map } = await queueRig({ denied: ['sqs:ReceiveMessage'] });
        expect(() => map()).toThrow(
          refusal('The function execution role does not have permissions to call ReceiveMessage on SQS'),
        );
      },
    },
    {
      says: 'a role that may not delete messages is refused in the same way where the mapping is made, and not by the first message',
      basis: 'observed',
      source: 'https://github.com/functionalone/serverless-iam-roles-per-function/issues/21',
      holds: async () => {
        const { map } = await queueRig({ denied: ['sqs:DeleteMessage'] });
        expect(() => map()).toThrow(/role does not have permissions to call DeleteMessage on SQS$/);
      },
    },
    {
      says: 'a role needs GetQueueAttributes too; that it is asked for where the mapping is made, and in the same words, is a guess',
      basis: 'undecided',
      source: `${GUIDE}/services-sqs-configure.html`,
      holds: async () => {
        const { map } = await queueRig({ denied: ['sqs:GetQueueAttributes'] });
        expect(() => map()).toThrow(/role does not have permissions to call GetQueueAttributes on SQS$/);
      },
    },
    {
      says: 'a queue whose visibility timeout is shorter than the function’s timeout is refused, with both in seconds; one that is as long will do',
      basis: 'observed',
      source: 'https://github.com/github-aws-runners/terraform-aws-github-runner/issues/465',
      holds: async () => {
        const short = await queueRig({ attributes: { VisibilityTimeout: '60' }, timeout: 180 });
        expect(() => short.map()).toThrow(
          refusal('Queue visibility timeout: 60 seconds is less than Function timeout: 180 seconds'),
        );
        const even = await queueRig({ attributes: { VisibilityTimeout: '180' }, timeout: 180 });
        expect(even.map().pending).toBe(0);
      },
    },
    {
      says: 'a batch of more than 10 messages needs a batching window of a second or more',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { map } = await queueRig();
        expect(() => map({ batchSize: 11 })).toThrow(
          refusal('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10'),
        );
        expect(map({ batchSize: 11, batchingWindow: 1 }).pending).toBe(0);
      },
    },
    {
      says: 'a FIFO queue has no batching window, and by that no batch of more than 10 messages',
      basis: 'observed',
      source: 'https://github.com/aws/aws-lambda-dotnet/pull/1758',
      holds: async () => {
        const { map } = await queueRig({ queue: 'orders.fifo' });
        expect(() => map({ batchSize: 100, batchingWindow: 5 })).toThrow(
          refusal('Batching window is not supported for FIFO queues'),
        );
        expect(() => map({ batchSize: 11 })).toThrow('Maximum batch window');
      },
    },
    {
      says: 'a second event source mapping of one queue and one function is a ResourceConflictException with 409 that names both, and the id of the first; one of another function is none',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { map } = await queueRig();
        map();
        expect(() => map({ uuid: 'other' })).toThrow(
          expect.objectContaining({
            code: 'ResourceConflictException',
            status: 409,
            message: `An event source mapping with SQS arn (" ${arnOf('orders')} ") and function (" process ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
          }) as Error,
        );
        expect(map({ uuid: 'other', functionArn: `${FUNCTION}:live` }).pending).toBe(0);
      },
    },
    {
      says: 'a mapping of a queue is described with batches of 10, no window and USER_INITIATED, and with nothing of what streams have: no starting position, no retries, no latest result',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { map, mappings } = await queueRig();
        map();
        expect(mappings.get(CALLER, UUID)).toEqual({
          BatchSize: 10,
          EventSourceArn: arnOf('orders'),
          EventSourceMappingArn: QUEUE_SETTINGS.arn,
          FunctionArn: FUNCTION,
          FunctionResponseTypes: [],
          LastModified: start / 1000,
          MaximumBatchingWindowInSeconds: 0,
          State: 'Enabled',
          StateTransitionReason: 'USER_INITIATED',
          UUID,
        });
        expect(readQueueMapping(new Members({}), arnOf('orders'), QUEUE_SETTINGS)).toEqual(QUEUE_SETTINGS);
      },
    },
    {
      says: 'a mapping tells its maximum concurrency, its response types and its filters as they were given',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { map, mappings } = await queueRig();
        const Pattern = '{"body":{"a":[1]}}';
        map({
          maximumConcurrency: 2,
          reportsItems: true,
          enabled: false,
          filter: { patterns: [Pattern], matches: () => true },
        });
        expect(mappings.get(CALLER, UUID)).toMatchObject({
          ScalingConfig: { MaximumConcurrency: 2 },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          FilterCriteria: { Filters: [{ Pattern }] },
          State: 'Disabled',
        });
      },
    },
    {
      says: 'a list of event source mappings is narrowed by queue as it is by stream',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html',
      holds: async () => {
        const { map, open, mappings } = await queueRig();
        map();
        open({ uuid: 'stream' });
        expect(mappings.list(CALLER, EVERY)).toMatchObject({ EventSourceMappings: [{ UUID }, { UUID: 'stream' }] });
        expect(mappings.list(CALLER, { ...EVERY, sourceArn: arnOf('orders') })).toEqual({
          EventSourceMappings: [expect.objectContaining({ UUID })],
        });
      },
    },
    {
      says: 'a mapping that is not enabled receives nothing, and leaves messages to others',
      basis: 'documented',
      source:
        'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-eventsourcemapping.html#cfn-lambda-eventsourcemapping-enabled',
      holds: async () => {
        const { map, send, clock, events, sqs, url } = await queueRig();
        const mapping = map({ enabled: false });
        await send('one');
        await clock.advance(600_000);
        expect(events).toEqual([]);
        expect(mapping.pending).toBe(0);
        expect(await sqs.bodies(url)).toEqual(['one']);
      },
    },
    {
      says: 'a starting position is refused with queues: it is not valid for SQS event sources',
      basis: 'observed',
      source: 'https://github.com/boto/boto3/issues/1613',
      holds: () => {
        expect(() => {
          refused('StartingPosition', 'LATEST');
        }).toThrow(/StartingPosition is not valid for SQS event sources\.$/);
      },
    },
    {
      says: 'what streams alone have is refused with queues: bisecting, destinations, attempts, ages, a parallelization factor, tumbling windows; its words are those that Lambda has for a destination of success',
      basis: 'undecided',
      source: `${GUIDE}/services-sqs-parameters.html`,
      holds: () => {
        for (const property of [
          'BisectBatchOnFunctionError',
          'DestinationConfig',
          'MaximumRecordAgeInSeconds',
          'MaximumRetryAttempts',
          'ParallelizationFactor',
          'StartingPositionTimestamp',
          'TumblingWindowInSeconds',
        ]) {
          expect(() => {
            refused(property, 1);
          }).toThrow(`Unsupported ${property} parameter for given event source mapping type.`);
        }
      },
    },
    {
      says: 'a maximum concurrency lies between 2 and 1,000',
      basis: 'documented',
      source: `${GUIDE}/services-sqs-scaling.html#events-sqs-max-concurrency`,
      holds: () => {
        for (const MaximumConcurrency of [1, 1001]) {
          expect(() => {
            refused('ScalingConfig', { MaximumConcurrency });
          }).toThrow(`'ScalingConfig.MaximumConcurrency' must be a whole number from 2 to 1000, got ${MaximumConcurrency}`);
        }
        refused('ScalingConfig', { MaximumConcurrency: 1000 });
      },
    },
  ],
};
