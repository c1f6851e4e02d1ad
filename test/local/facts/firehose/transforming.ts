import {
  base64,
  conversion,
  direct,
  functionArn,
  lambda,
  MINUTE,
  partitioned,
  rig,
  start,
  streamArn,
  text,
  type Event,
} from '../../firehose/rig.ts';
import { AGGREGATED } from '../../firehose/aggregated.ts';
import type { Place } from '../../../../local/firehose/records.ts';
import type { FactTable } from '../fact.ts';

const guide = (page: string): string => `https://docs.aws.amazon.com/firehose/latest/dev/${page}.html`;
const PROBED = 'https://github.com/floci-io/floci/pull/3393';
const PROBED_CONVERSION = 'https://github.com/floci-io/floci/blob/main/docs/services/firehose.md';

const lines = (body: Buffer | undefined): Record<string, unknown>[] =>
  String(body ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** A delivery with a function that answers each record with what `answered` gives for its text. */
async function answered(
  answer: (record: { readonly recordId: string; readonly text: string }) => object[],
  ...payloads: string[]
) {
  const world = rig();
  world.create(lambda());
  world.answer.value = ({ records }: Event) => ({
    records: records.flatMap(({ recordId, data }) => answer({ recordId, text: text(data) })),
  });
  world.put(...payloads);
  await world.clock.advance(5 * MINUTE);
  return world;
}

/** How records are transformed, partitioned and converted, and what becomes of those that cannot be. */
export const firehoseTransforming: FactTable = {
  service: 'Data Firehose',
  facts: [
    {
      says: 'the function gets invocationId, deliveryStreamArn, sourceKinesisStreamArn, region, and records in base64 with their kinesisRecordMetadata',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesisfirehose.html',
      holds: async () => {
        const { calls } = await answered(({ recordId }) => [{ recordId, result: 'Dropped' }], 'a');
        expect(calls).toEqual([
          {
            invocationId: expect.any(String) as string,
            sourceKinesisStreamArn: streamArn,
            deliveryStreamArn: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/clean',
            region: 'us-east-1',
            records: [
              {
                recordId: expect.any(String) as string,
                approximateArrivalTimestamp: start,
                data: base64('a'),
                kinesisRecordMetadata: {
                  shardId: 'shardId-000000000000',
                  partitionKey: 'k',
                  approximateArrivalTimestamp: start,
                  sequenceNumber: expect.any(String) as string,
                  subsequenceNumber: 0,
                },
              },
            ],
          },
        ]);
      },
    },
    {
      says: 'what the Kinesis Producer Library has aggregated is taken apart before the function, each record under its own partition key',
      basis: 'documented',
      source: guide('writing-with-kinesis-streams'),
      holds: async () => {
        const world = rig();
        world.create(lambda());
        world.stream.put('k', AGGREGATED);
        await world.clock.advance(5 * MINUTE);
        const [{ records } = { records: [] }] = world.calls;
        expect(records.map(({ data }) => text(data))).toEqual(['{"n":1}\n', '{"n":2}\n', '{"n":3}\n']);
        expect(new Set(records.map(({ recordId }) => recordId)).size).toBe(3);
        expect(records).toMatchObject(['a', 'b', 'a'].map((partitionKey) => ({ kinesisRecordMetadata: { partitionKey } })));
      },
    },
    {
      says: 'such a record keeps the sequence number of the one that held it, and has its place there as subsequenceNumber',
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/streams/latest/dev/kinesis-producer-adv-aggregation.html',
      holds: async () => {
        const world = rig();
        world.create(lambda());
        world.stream.put('k', AGGREGATED);
        await world.clock.advance(5 * MINUTE);
        const records = world.calls.flatMap((call) => call.records as unknown as { kinesisRecordMetadata: Place }[]);
        const places = records.map(({ kinesisRecordMetadata }) => kinesisRecordMetadata);
        expect(places.map(({ subsequenceNumber }) => subsequenceNumber)).toEqual([0, 1, 2]);
        expect(new Set(places.map(({ sequenceNumber }) => sequenceNumber)).size).toBe(1);
      },
    },
    {
      says: 'the function’s batch is 1 MiB or 60 seconds unless its processor says otherwise',
      basis: 'documented',
      source: guide('data-transformation'),
      holds: async () => {
        const { clock, put, create, calls } = rig();
        create(lambda({ BufferSizeInMBs: undefined, BufferIntervalInSeconds: undefined }));
        put('x'.repeat(600_000));
        await clock.advance(1000);
        put('x'.repeat(600_000));
        await clock.advance(1000);
        expect(calls.map(({ records }) => records.length)).toEqual([1]);
        await clock.advance(MINUTE);
        expect(calls.map(({ records }) => records.length)).toEqual([1, 1]);
      },
    },
    {
      says: 'Ok delivers the data of the answer, Dropped delivers nothing and is no failure, ProcessingFailed goes to processing-failed',
      basis: 'documented',
      source: guide('data-transformation-status-model'),
      holds: async () => {
        const { bodies } = await answered(
          ({ recordId, text: payload }) => [{ recordId, result: payload, ...(payload === 'Ok' && { data: base64('fine') }) }],
          'Ok',
          'Dropped',
          'ProcessingFailed',
        );
        expect(bodies('data/').map(String)).toEqual(['fine']);
        expect(lines(bodies('_errors/processing-failed/')[0])).toMatchObject([{ rawData: base64('ProcessingFailed') }]);
      },
    },
    {
      says: 'a failed record is one line of JSON: rawData in base64, errorCode, errorMessage, attemptsMade, arrivalTimestamp, attemptEndingTimestamp, lambdaARN',
      basis: 'observed',
      source: PROBED,
      holds: async () => {
        const { bodies } = await answered(({ recordId }) => [{ recordId, result: 'ProcessingFailed' }], 'a');
        const [line = {}] = lines(bodies('_errors/processing-failed/')[0]);
        expect(Object.entries(line)).toEqual([
          ['rawData', base64('a')],
          ['errorCode', 'Lambda.ProcessingFailedStatus'],
          ['errorMessage', 'ProcessingFailed status set for record'],
          ['attemptsMade', 1],
          ['arrivalTimestamp', start],
          ['attemptEndingTimestamp', expect.any(Number)],
          ['lambdaARN', functionArn],
        ]);
      },
    },
    {
      says: 'Ok without data fails: the data field cannot be null when the result is Ok',
      basis: 'observed',
      source: PROBED,
      holds: async () => {
        const { bodies } = await answered(({ recordId }) => [{ recordId, result: 'Ok', data: null }], 'a');
        const [line = {}] = lines(bodies('_errors/processing-failed/')[0]);
        expect(String(line.errorMessage)).toMatch(/data field cannot be null/);
      },
    },
    {
      says: 'an answer that leaves a recordId out fails the whole batch with Lambda.MissingRecordId',
      basis: 'documented',
      source: guide('monitoring-with-cloudwatch-logs#monitoring-lambda-errors'),
      holds: async () => {
        const { bodies } = await answered(
          ({ recordId, text: payload }) => (payload === 'b' ? [] : [{ recordId, result: 'Ok', data: base64('x') }]),
          'a',
          'b',
        );
        expect(bodies('data/')).toEqual([]);
        expect(lines(bodies('_errors')[0]).map(({ errorCode }) => errorCode)).toEqual([
          'Lambda.MissingRecordId',
          'Lambda.MissingRecordId',
        ]);
      },
    },
    {
      says: 'an answer that holds a recordId twice fails the whole batch with Lambda.DuplicatedRecordId',
      basis: 'documented',
      source: guide('monitoring-with-cloudwatch-logs#monitoring-lambda-errors'),
      holds: async () => {
        const dropped = (recordId: string) => ({ recordId, result: 'Dropped' });
        const { bodies } = await answered(({ recordId }) => [dropped(recordId), dropped(recordId)], 'a');
        expect(lines(bodies('_errors')[0])).toMatchObject([{ errorCode: 'Lambda.DuplicatedRecordId' }]);
      },
    },
    {
      says: 'an answer that is no list of records, or has another result, fails the batch with Lambda.JsonProcessingException',
      basis: 'documented',
      source: guide('monitoring-with-cloudwatch-logs#monitoring-lambda-errors'),
      holds: async () => {
        const { bodies } = await answered(({ recordId }) => [{ recordId, result: 'OK', data: '' }], 'a');
        expect(lines(bodies('_errors')[0])).toMatchObject([{ errorCode: 'Lambda.JsonProcessingException' }]);
      },
    },
    {
      says: 'a failed invocation is tried three times more by default; then every record of the batch has failed, with attemptsMade 4',
      basis: 'documented',
      source: guide('data-transformation-failure-handling'),
      holds: async () => {
        const { clock, put, create, answer, calls, bodies, lines: logged } = rig();
        create(lambda());
        answer.value = () => new TypeError('boom');
        put('a', 'b');
        await clock.advance(5 * MINUTE);
        expect(calls).toHaveLength(4);
        expect(lines(bodies('_errors')[0])).toMatchObject([
          { errorCode: 'Lambda.FunctionError', attemptsMade: 4 },
          { errorCode: 'Lambda.FunctionError', attemptsMade: 4 },
        ]);
        expect(logged).toHaveLength(4);
      },
    },
    {
      says: 'NumberOfRetries 0 invokes once',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html',
      holds: async () => {
        const { clock, put, create, answer, calls } = rig();
        create(lambda({ NumberOfRetries: '0' }));
        answer.value = () => new Error('no');
        put('a');
        await clock.advance(5 * MINUTE);
        expect(calls).toHaveLength(1);
      },
    },
    {
      says: 'a function that runs out of time gives Lambda.FunctionTimedOut',
      basis: 'documented',
      source: guide('monitoring-with-cloudwatch-logs#monitoring-lambda-errors'),
      holds: async () => {
        const { clock, put, create, bodies, answer } = rig();
        create(lambda());
        answer.value = () => Object.assign(new Error('Task timed out'), { name: 'Sandbox.Timedout' });
        put('a');
        await clock.advance(5 * MINUTE);
        expect(lines(bodies('_errors')[0])).toMatchObject([{ errorCode: 'Lambda.FunctionTimedOut', attemptsMade: 4 }]);
      },
    },
    {
      says: 'a function that the role may not invoke gives Lambda.InvokeAccessDenied',
      basis: 'documented',
      source: guide('monitoring-with-cloudwatch-logs#monitoring-lambda-errors'),
      holds: async () => {
        const { clock, put, create, denied, bodies } = rig();
        create(lambda());
        denied.add('lambda:InvokeFunction');
        put('a');
        await clock.advance(5 * MINUTE);
        expect(lines(bodies('_errors')[0])).toMatchObject([{ errorCode: 'Lambda.InvokeAccessDenied' }]);
      },
    },
    {
      says: 'dynamic partitions put each record under the keys of its query, in an object of its own for each value',
      basis: 'documented',
      source: guide('dynamic-partitioning-partitioning-keys'),
      holds: async () => {
        const { clock, create, call, keys } = rig();
        create(partitioned(), direct);
        const Records = ['orders', 'seats', 'orders'].map((dataset) => ({
          Data: base64(JSON.stringify({ dataset, reason: 'bad' })),
        }));
        await call('PutRecordBatch', { Records });
        await clock.advance(5 * MINUTE);
        expect(keys().map((key) => key.split('/').slice(1, 4).join('/'))).toEqual(['q/orders/bad', 'q/seats/bad']);
      },
    },
    {
      says: 'a record without a key, or with an empty one, goes to the error prefix; its folder is metadata-extraction-failed, which no page says',
      basis: 'undecided',
      source: guide('dynamic-partitioning-error-handling'),
      holds: async () => {
        const { clock, create, call, bodies } = rig();
        create(partitioned(), direct);
        const Records = ['{}', '{"dataset":"","reason":"x"}'].map((data) => ({ Data: base64(data) }));
        await call('PutRecordBatch', { Records });
        await clock.advance(5 * MINUTE);
        const failed = {
          errorCode: 'DynamicPartitioning.MetadataExtractionFailed',
          errorMessage: 'partitionKeys values must not be null or empty',
        };
        expect(lines(bodies('_errors/metadata-extraction-failed/')[0])).toMatchObject([failed, failed]);
      },
    },
    {
      says: 'a delivery stream has 500 active partitions: the records of a further one go to activePartitionExceeded',
      basis: 'documented',
      source: guide('buffering'),
      holds: async () => {
        const { clock, create, call, bodies } = rig();
        create(partitioned(), direct);
        const Records = (from: number, count: number) =>
          Array.from({ length: count }, (_, index) => ({
            Data: base64(JSON.stringify({ dataset: `d${from + index}`, reason: 'x' })),
          }));
        await call('PutRecordBatch', { Records: Records(0, 500) });
        await call('PutRecordBatch', { Records: Records(499, 2) });
        await clock.advance(5 * MINUTE);
        expect(bodies('/q/')).toHaveLength(500);
        expect(lines(bodies('_errors/activePartitionExceeded/')[0])).toHaveLength(1);
      },
    },
    {
      says: 'multi-record deaggregation splits up to 500 JSON objects of a record, one behind the other or on lines, before they are partitioned',
      basis: 'documented',
      source: guide('dynamic-partitioning-multirecord-deaggergation'),
      holds: async () => {
        const { clock, create, call, keys } = rig();
        create(
          partitioned([
            { Type: 'RecordDeAggregation', Parameters: [{ ParameterName: 'SubRecordType', ParameterValue: 'JSON' }] },
          ]),
          direct,
        );
        const object = (dataset: string) => JSON.stringify({ dataset, reason: 'x' });
        await call('PutRecord', { Record: { Data: base64(`${object('a')}${object('b')}\n${object('c')}`) } });
        await clock.advance(5 * MINUTE);
        expect(keys().map((key) => key.split('/')[2])).toEqual(['a', 'b', 'c']);
      },
    },
    {
      says: 'a record with more than 500 objects is not split, and fails whole: Non JSON record provided',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html',
      holds: async () => {
        const { clock, create, call, bodies } = rig();
        create(
          partitioned([
            { Type: 'RecordDeAggregation', Parameters: [{ ParameterName: 'SubRecordType', ParameterValue: 'JSON' }] },
          ]),
          direct,
        );
        await call('PutRecord', { Record: { Data: base64('{"dataset":"a","reason":"x"}'.repeat(501)) } });
        await clock.advance(5 * MINUTE);
        expect(lines(bodies('_errors/metadata-extraction-failed/')[0])).toMatchObject([
          { errorMessage: 'Non JSON record provided' },
        ]);
      },
    },
    {
      says: 'conversion writes one Parquet object by the columns of the Glue table as it is when the object is made',
      basis: 'documented',
      source: guide('record-format-conversion'),
      holds: async () => {
        const { clock, put, create, bodies, checks, keys } = rig();
        create(conversion);
        put('{"id":1}', '{"id":2}');
        checks.length = 0;
        await clock.advance(5 * MINUTE);
        expect(checks.filter((check) => check.startsWith('glue:GetTable '))).toHaveLength(1);
        expect(bodies('data/').map(String)).toEqual(['PARQUET(id){"id":1}{"id":2}']);
        expect(keys()[0]).toMatch(/\.parquet$/);
      },
    },
    {
      says: 'a record that cannot be converted fails alone: DataFormatConversion.ParseError where it is no JSON, under format-conversion-failed',
      basis: 'observed',
      source: PROBED_CONVERSION,
      holds: async () => {
        const { clock, put, create, bodies } = rig();
        create(conversion);
        put('{"id":1}', 'no');
        await clock.advance(5 * MINUTE);
        expect(bodies('data/')).toHaveLength(1);
        expect(lines(bodies('_errors/format-conversion-failed/')[0])).toMatchObject([
          {
            lastErrorCode: 'DataFormatConversion.ParseError',
            rawData: base64('no'),
            dataCatalogTable: { databaseName: 'sales', tableName: 'orders' },
          },
        ]);
      },
    },
    {
      says: 'a table that cannot be read any more stops the delivery, which tries again',
      basis: 'undecided',
      source: guide('record-format-conversion-error-handling'),
      holds: async () => {
        const { clock, put, create, denied, objects } = rig();
        create(conversion);
        denied.add('glue:GetTable');
        put('{"id":1}');
        await clock.advance(30 * MINUTE);
        expect(objects.size).toBe(0);
        denied.clear();
        await clock.advance(30 * MINUTE);
        expect(objects.size).toBe(1);
      },
    },
  ],
};
