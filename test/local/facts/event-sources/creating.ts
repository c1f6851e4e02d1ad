import { listMappings } from '../../../../local/lambda/event-source/list.ts';
import { CALLER, FUNCTION, rig, start, STREAM, TOPIC, UUID } from '../../lambda/event-source/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const RECORDED = recorded('lambda_/event_source_mapping/test_lambda_integration_kinesis');
const PROPERTIES = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-eventsourcemapping.html';

const ALL = ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream', 'kinesis:ListShards'];

/** What comes of making a mapping from a stream to a function. */
export const eventSourcesCreating: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'an event source mapping from a stream that is not there is refused with InvalidParameterValueException: Stream not found',
      basis: 'observed',
      source: RECORDED,
      holds: () => {
        const streamArn = `${STREAM}-2`;
        expect(() => rig().open({ streamArn })).toThrow(
          expect.objectContaining({ code: 'InvalidParameterValueException', message: `Stream not found: ${streamArn}` }) as Error,
        );
      },
    },
    {
      says: 'an event source mapping to a function that is not there is refused with InvalidParameterValueException: Function does not exist',
      basis: 'observed',
      source: recorded('lambda_/test_lambda_api'),
      holds: () => {
        expect(() => rig().open({ functionArn: `${FUNCTION}-2` })).toThrow(
          expect.objectContaining({ code: 'InvalidParameterValueException', message: 'Function does not exist' }) as Error,
        );
      },
    },
    {
      says: 'a second event source mapping of one stream and one function is a ResourceConflictException with 409 that names both, and the id of the first',
      basis: 'observed',
      source: RECORDED,
      holds: () => {
        const { open } = rig();
        open();
        expect(() => open({ uuid: 'other' })).toThrow(
          expect.objectContaining({
            code: 'ResourceConflictException',
            status: 409,
            message: `The event source arn (" ${STREAM} ") and function (" process ") provided mapping already exists. Please update or delete the existing mapping with UUID ${UUID}`,
          }) as Error,
        );
      },
    },
    {
      says: 'a role that may not read a stream is refused, where the mapping is made, with one sentence for GetRecords, GetShardIterator, DescribeStream and ListShards',
      basis: 'observed',
      source: 'https://github.com/aws-samples/cross-account-amazon-dynamodb-replication/issues/11',
      holds: () => {
        for (const action of ALL) {
          expect(() => rig({ denied: [action] }).open()).toThrow(
            `Cannot access stream ${STREAM}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`,
          );
        }
      },
    },
    {
      says: 'an event source mapping does without ListStreams, though the refusal names it: the CDK grants it to no function',
      basis: 'documented',
      source: 'https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-lambda-event-sources/lib/kinesis.ts',
      holds: async () => {
        const { open, put, clock, events } = rig({ denied: ['kinesis:ListStreams', 'kinesis:SubscribeToShard'] });
        open();
        put('a');
        await clock.advance(5_000);
        expect(events).toHaveLength(1);
      },
    },
    {
      says: 'an event source mapping without DescribeStreamSummary, which the guide lists and the refusal does not, reads all the same; here the log says so',
      basis: 'undecided',
      source: `${GUIDE}/services-kinesis-create.html`,
      holds: async () => {
        const { open, put, clock, events, lines } = rig({ denied: ['kinesis:DescribeStreamSummary'] });
        open();
        put('a');
        await clock.advance(5_000);
        expect(events).toHaveLength(1);
        expect(lines).toMatchObject([{ level: 'warn', message: 'not authorized to perform: kinesis:DescribeStreamSummary' }]);
      },
    },
    {
      says: 'a role that may not use the key of a stream is told so by the mapping’s reading, and not where it is made',
      basis: 'undecided',
      source: `${GUIDE}/services-kinesis-create.html`,
      holds: async () => {
        const { open, put, clock, events } = rig({
          denied: ['kms:Decrypt'],
          keyArn: 'arn:aws:kms:us-east-1:123456789012:key/one',
        });
        const mapping = open();
        put('a');
        await clock.advance(5_000);
        expect(events).toEqual([]);
        expect(mapping.progress.result).toBe('PROBLEM: Cannot access stream');
      },
    },
    {
      says: 'a role that may not publish to the topic of an event source mapping’s destination is refused where the mapping is made',
      basis: 'undecided',
      source: `${GUIDE}/kinesis-on-failure-destination.html`,
      holds: () => {
        expect(() => rig({ denied: ['sns:Publish'] }).open({ destination: TOPIC })).toThrow(
          'The provided execution role does not have permissions to call Publish on SNS',
        );
      },
    },
    {
      says: 'a batch size of 100 needs no batching window where a Kinesis stream is the source, whatever the API’s pages say of streams',
      basis: 'observed',
      source: RECORDED,
      holds: () => {
        expect(rig().open({ batchSize: 100, batchingWindow: 0 }).pending).toBe(0);
      },
    },
    {
      says: 'with LATEST a function gets new records alone, with TRIM_HORIZON those before too, with AT_TIMESTAMP those from then on',
      basis: 'documented',
      source: `${PROPERTIES}#cfn-lambda-eventsourcemapping-startingposition`,
      holds: async () => {
        const got = async (position: Parameters<ReturnType<typeof rig>['open']>[0]) => {
          const { open, put, clock, batches } = rig();
          put('one');
          await clock.advance(10_000);
          put('two');
          await clock.advance(10_000);
          open(position);
          put('three');
          await clock.advance(10_000);
          return batches().flat();
        };
        expect(await got({ start: { type: 'LATEST' } })).toEqual(['three']);
        expect(await got({ start: { type: 'TRIM_HORIZON' } })).toEqual(['one', 'two', 'three']);
        expect(await got({ start: { type: 'AT_TIMESTAMP', timestamp: start / 1000 + 5 } })).toEqual(['two', 'three']);
      },
    },
    {
      says: 'a new event source mapping with LATEST may miss what is put in its first minutes; here it begins with the moment it is made',
      basis: 'undecided',
      source: `${GUIDE}/services-kinesis-create.html`,
      holds: async () => {
        const { open, put, clock, batches } = rig({ settings: { start: { type: 'LATEST' } } });
        open();
        put('at once');
        await clock.advance(5_000);
        expect(batches()).toEqual([['at once']]);
      },
    },
    {
      says: 'an event source mapping that was removed and comes back is a new one: it begins at its starting position',
      basis: 'documented',
      source: `${PROPERTIES}#cfn-lambda-eventsourcemapping-startingposition`,
      holds: async () => {
        const first = rig();
        first.open();
        first.put('a');
        await first.clock.advance(5_000);
        first.service.save();
        first.mappings.save(first.folder);
        const again = { folder: first.folder, clock: first.clock };
        const without = rig(again);
        without.service.restore();
        without.mappings.restore(first.folder);
        without.mappings.save(first.folder);
        const third = rig(again);
        const mapping = third.open();
        third.service.restore();
        third.mappings.restore(first.folder);
        expect(mapping.pending).toBe(1);
      },
    },
    {
      says: 'an event source mapping of which nothing is said has batches of 100, no window, a factor of 1, and no end of retries and of age',
      basis: 'observed',
      source: RECORDED,
      holds: () => {
        const { open, mappings } = rig();
        open();
        expect(mappings.get(CALLER, UUID)).toMatchObject({
          BatchSize: 100,
          BisectBatchOnFunctionError: false,
          DestinationConfig: { OnFailure: {} },
          FunctionResponseTypes: [],
          LastProcessingResult: 'No records processed',
          MaximumBatchingWindowInSeconds: 0,
          MaximumRecordAgeInSeconds: -1,
          MaximumRetryAttempts: -1,
          ParallelizationFactor: 1,
          StateTransitionReason: 'User action',
          TumblingWindowInSeconds: 0,
        });
      },
    },
    {
      says: 'an event source mapping that is not there is a ResourceNotFoundException with 404: The resource you requested does not exist',
      basis: 'observed',
      source: recorded('lambda_/test_lambda_api'),
      holds: () => {
        expect(() => rig().mappings.get(CALLER, UUID)).toThrow(
          expect.objectContaining({
            code: 'ResourceNotFoundException',
            status: 404,
            message: 'The resource you requested does not exist.',
          }) as Error,
        );
      },
    },
    {
      says: 'a list of event source mappings holds 100 at most, however many are asked for, and is narrowed by stream and by function',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html',
      holds: () => {
        const { open, mappings } = rig();
        open();
        open({ uuid: 'other', functionArn: `${FUNCTION}:live` });
        const all = { sourceArn: STREAM, functionArn: undefined, marker: undefined, maxItems: '10000' };
        expect(mappings.list(CALLER, all)).toMatchObject({ EventSourceMappings: [{ UUID }, { UUID: 'other' }] });
        expect(mappings.list(CALLER, { ...all, functionArn: FUNCTION })).toMatchObject({ EventSourceMappings: [{ UUID }] });
        const { EventSourceMappings, NextMarker } = listMappings(
          Array.from({ length: 101 }, () => mappings.all()[0]).filter((mapping) => mapping !== undefined),
          all,
        ) as { readonly EventSourceMappings: readonly object[]; readonly NextMarker?: string };
        expect(EventSourceMappings).toHaveLength(100);
        expect(NextMarker).toBeDefined();
      },
    },
    {
      says: 'an event source mapping that is not enabled neither reads nor invokes',
      basis: 'documented',
      source: `${PROPERTIES}#cfn-lambda-eventsourcemapping-enabled`,
      holds: async () => {
        const { open, put, clock, events } = rig({ settings: { enabled: false } });
        open();
        put('a');
        await clock.advance(600_000);
        expect(events).toEqual([]);
      },
    },
  ],
};
