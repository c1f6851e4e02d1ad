import { rig, start, textsOf, TOPIC, UUID, type KinesisEvent } from '../../lambda/event-source/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const DISCARDED = `${GUIDE}/kinesis-on-failure-destination.html`;
const REPORTING = `${GUIDE}/services-kinesis-batchfailurereporting.html`;
const RECORDED = recorded('lambda_/event_source_mapping/test_lambda_integration_kinesis');

const fails = (): never => {
  throw new Error('bad');
};
const failsOn =
  (bad: string) =>
  (event: KinesisEvent): undefined => {
    if (textsOf(event).includes(bad)) throw new Error('bad');
  };
/** What a function answers that says which record is the first to have failed. */
const reports =
  (bad: string) =>
  ({ Records }: KinesisEvent): object => {
    const failed = Records.filter(({ kinesis: { data } }) => Buffer.from(data, 'base64').toString() === bad);
    return { batchItemFailures: failed.map(({ kinesis: { sequenceNumber } }) => ({ itemIdentifier: sequenceNumber })) };
  };

/** What becomes of records that a function fails on. */
export const eventSourcesFailing: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'a batch that fails is sent again until it succeeds, and keeps up its shard and no other',
      basis: 'documented',
      source: DISCARDED,
      holds: async () => {
        let isBroken = true;
        const { open, put, clock, batches } = rig({
          shardCount: 2,
          handler: (event) => {
            if (isBroken) failsOn('bad')(event);
          },
        });
        const { stream } = open();
        const [bad = 'a', other = 'b'] = [0, 1].map((index) =>
          ['a', 'b', 'c', 'd', 'e'].find((key) => stream.shardFor(key) === stream.openShards[index]),
        );
        put('bad', bad);
        put('other', other);
        await clock.advance(10_000);
        put('behind', bad);
        put('more', other);
        await clock.advance(10_000);
        expect(new Set(batches().flat())).toEqual(new Set(['bad', 'other', 'more']));
        isBroken = false;
        await clock.advance(60_000);
        expect(batches().slice(-2)).toEqual([['bad'], ['behind']]);
      },
    },
    {
      says: 'with one retry a failing batch is invoked twice, and a topic is told RetryAttemptsExhausted with the count, the answer’s status and the batch, and none of its data',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { open, put, clock, events, told } = rig({
          handler: fails,
          settings: { maximumRetryAttempts: 1, destination: TOPIC },
        });
        const mapping = open();
        const sequenceNumber = put('hello')?.record.sequenceNumber;
        await clock.advance(60_000);
        expect(events).toHaveLength(2);
        expect(told()).toEqual([
          {
            requestContext: {
              requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
              functionArn: mapping.settings.functionArn,
              condition: 'RetryAttemptsExhausted',
              approximateInvokeCount: 2,
            },
            responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
            version: '1.0',
            timestamp: expect.stringMatching(/^2001-01-01T00:00:0\d\.\d{3}Z$/) as string,
            KinesisBatchInfo: {
              shardId: 'shardId-000000000000',
              startSequenceNumber: sequenceNumber,
              endSequenceNumber: sequenceNumber,
              approximateArrivalOfFirstRecord: new Date(start).toISOString(),
              approximateArrivalOfLastRecord: new Date(start).toISOString(),
              batchSize: 1,
              streamArn: mapping.settings.streamArn,
            },
          },
        ]);
        expect(mapping.pending).toBe(0);
      },
    },
    {
      says: 'a bucket that is told of a discarded batch gets the whole event too, as escaped JSON, under aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random UUID>',
      basis: 'documented',
      source: DISCARDED,
      holds: async () => {
        const { open, put, clock, objects, events } = rig({
          handler: fails,
          settings: { maximumRetryAttempts: 0, destination: 'arn:aws:s3:::discarded' },
        });
        open();
        put('hello');
        await clock.advance(60_000);
        const [{ bucket, key, body } = { bucket: '', key: '', body: '{}' }] = objects;
        expect(bucket).toBe('discarded');
        expect(key).toMatch(
          new RegExp(`^aws/lambda/${UUID}/shardId-000000000000/2001/01/01/2001-01-01T00\\.00\\.01-[0-9a-f-]{36}$`),
        );
        const { payload, ...rest } = JSON.parse(body) as { readonly payload: string };
        expect(JSON.parse(payload)).toEqual(events[0]);
        expect(Object.keys(rest)).toEqual(['requestContext', 'responseContext', 'version', 'timestamp', 'KinesisBatchInfo']);
      },
    },
    {
      says: 'records that become too old while they are tried again are discarded with RecordAgeExceeded, with the count of invocations and without a responseContext',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { open, put, clock, events, told } = rig({
          handler: fails,
          settings: { maximumRecordAge: 60, destination: TOPIC },
        });
        open();
        put('hello');
        await clock.advance(300_000);
        expect(events.length).toBeGreaterThan(4);
        expect(told()).toMatchObject([
          { requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: events.length } },
        ]);
        expect(told()[0]).not.toHaveProperty('responseContext');
      },
    },
    {
      says: 'a record that is too old before any invocation is discarded with an approximateInvokeCount of 1, and the younger ones of its batch still come',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { open, put, clock, batches, told } = rig({
          settings: { maximumRecordAge: 60, maximumRetryAttempts: 0, destination: TOPIC, batchSize: 10 },
        });
        put('old');
        await clock.advance(80_000);
        for (const text of ['1', '2', '3', '4', '5']) put(text);
        open();
        await clock.advance(10_000);
        expect(batches()).toEqual([['1', '2', '3', '4', '5']]);
        expect(told()).toMatchObject([
          { requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 1 }, KinesisBatchInfo: { batchSize: 1 } },
        ]);
      },
    },
    {
      says: 'bisecting parts a failing batch until the bad record is alone, and uses up no retry',
      basis: 'documented',
      source: DISCARDED,
      holds: async () => {
        const { open, put, clock, batches, told } = rig({
          handler: failsOn('d'),
          settings: { bisects: true, maximumRetryAttempts: 0, destination: TOPIC },
        });
        open();
        for (const text of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) put(text);
        await clock.advance(60_000);
        expect(batches().map((texts) => texts.join(''))).toEqual(['abcdefgh', 'abcd', 'ab', 'cd', 'c', 'd', 'efgh']);
        expect(told()).toMatchObject([{ KinesisBatchInfo: { batchSize: 1 } }]);
      },
    },
    {
      says: 'the halves of a bisected batch are sent at once, the first before the second, each with its own count of invocations',
      basis: 'undecided',
      source: DISCARDED,
      holds: async () => {
        const { open, put, clock, times, told } = rig({
          handler: fails,
          settings: { bisects: true, maximumRetryAttempts: 0, destination: TOPIC },
        });
        open();
        put('a');
        put('b');
        await clock.advance(60_000);
        expect(times).toEqual([1_000, 1_000, 1_000]);
        expect(told().map(({ requestContext }) => requestContext.approximateInvokeCount)).toEqual([1, 1]);
      },
    },
    {
      says: 'a function that reports a failed record gets it and all behind it again, as a batch that has all its retries before it',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { open, put, clock, batches, told } = rig({
          handler: reports('5'),
          settings: { reportsItems: true, maximumRetryAttempts: 3, batchSize: 3, batchingWindow: 1, destination: TOPIC },
        });
        open();
        for (let n = 0; n < 6; n++) put(String(n), `test_${n}`);
        await clock.advance(300_000);
        expect(batches()).toEqual([['0', '1', '2'], ['3', '4', '5'], ['5'], ['5'], ['5'], ['5']]);
        expect(told()).toMatchObject([
          {
            requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 4 },
            responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: null },
            KinesisBatchInfo: { batchSize: 1 },
          },
        ]);
      },
    },
    {
      says: 'of several reported records the one with the lowest sequence number counts',
      basis: 'documented',
      source: REPORTING,
      holds: async () => {
        let calls = 0;
        const { open, put, clock, batches } = rig({
          settings: { reportsItems: true },
          handler: ({ Records }) => ({
            batchItemFailures:
              calls++ > 0 ? [] : [3, 1, 2].map((index) => ({ itemIdentifier: Records[index]?.kinesis.sequenceNumber })),
          }),
        });
        open();
        for (const text of ['a', 'b', 'c', 'd']) put(text);
        await clock.advance(60_000);
        expect(batches().map((texts) => texts.join(''))).toEqual(['abcd', 'bcd']);
      },
    },
    {
      says: 'an itemIdentifier that is empty, null, of another batch or under another key fails the whole batch, and functionError is null',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const answers = [{ itemIdentifier: 123 }, { itemIdentifier: '' }, { itemIdentifier: null }, { foo: 123 }, { foo: null }];
        for (const failure of answers) {
          const { open, put, clock, events, told } = rig({
            handler: () => ({ batchItemFailures: [failure] }),
            settings: { reportsItems: true, maximumRetryAttempts: 2, destination: TOPIC },
          });
          open();
          put('hello');
          await clock.advance(60_000);
          expect(events).toHaveLength(3);
          expect(told()).toMatchObject([
            { requestContext: { approximateInvokeCount: 3 }, responseContext: { functionError: null } },
          ]);
        }
      },
    },
    {
      says: 'an answer that is empty, null, a list, or has no or null batchItemFailures is a success',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        for (const answer of ['', [], null, {}, { batchItemFailures: [] }, { batchItemFailures: null }]) {
          const { open, put, clock, events } = rig({
            handler: () => answer,
            settings: { reportsItems: true, maximumRetryAttempts: 2 },
          });
          const mapping = open();
          put('hello');
          await clock.advance(60_000);
          expect(events).toHaveLength(1);
          expect(mapping.progress.result).toBe('OK');
        }
      },
    },
    {
      says: 'what a function reports is not looked at unless ReportBatchItemFailures is turned on',
      basis: 'documented',
      source: REPORTING,
      holds: async () => {
        const { open, put, clock, events } = rig({ handler: reports('a') });
        open();
        put('a');
        await clock.advance(60_000);
        expect(events).toHaveLength(1);
      },
    },
    {
      says: 'a batch that throws is bisected though failures are reported, and one that reports is parted at the record it names',
      basis: 'documented',
      source: `${REPORTING}#streams-batchfailurereporting-bisect`,
      holds: async () => {
        const settings = { bisects: true, reportsItems: true, maximumRetryAttempts: 0 };
        const thrown = rig({ handler: failsOn('a'), settings });
        thrown.open();
        const reported = rig({ handler: reports('c'), settings });
        reported.open();
        for (const { put, clock } of [thrown, reported]) {
          for (const text of ['a', 'b', 'c', 'd']) put(text);
          await clock.advance(60_000);
        }
        expect(thrown.batches().map((texts) => texts.join(''))).toEqual(['abcd', 'ab', 'a', 'b', 'cd']);
        expect(reported.batches().map((texts) => texts.join(''))).toEqual(['abcd', 'cd', 'c', 'd']);
      },
    },
    {
      says: 'the pause before a batch is sent again grows: here it doubles from one second to five minutes, where eight invocations were seen in a minute',
      basis: 'undecided',
      source: RECORDED,
      holds: async () => {
        const { open, put, clock, times } = rig({ handler: fails });
        open();
        put('a');
        await clock.advance(2_000_000);
        const pauses = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1000);
        expect(pauses.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
      },
    },
    {
      says: 'what the stream’s retention ends before a function has processed it is gone, and no destination is told',
      basis: 'undecided',
      source: DISCARDED,
      holds: async () => {
        const { open, put, clock, notices } = rig({ handler: fails, settings: { destination: TOPIC } });
        const mapping = open();
        put('a');
        await clock.advance(25 * 3_600_000);
        expect(mapping).toMatchObject({ pending: 0, lost: 1 });
        expect(notices).toEqual([]);
      },
    },
    {
      says: 'a destination that could not be told counts as one of DestinationDeliveryFailures',
      basis: 'documented',
      source: `${GUIDE}/monitoring-metrics-types.html`,
      holds: async () => {
        const { open, put, clock, measured, denied } = rig({
          handler: fails,
          settings: { maximumRetryAttempts: 0, destination: TOPIC },
        });
        open();
        denied.push('sns:Publish');
        put('a');
        await clock.advance(10_000);
        const failures = measured.filter(({ values }) => 'DestinationDeliveryFailures' in values);
        expect(failures[0]).toEqual({ dimensions: { FunctionName: 'process' }, values: { DestinationDeliveryFailures: 1 } });
      },
    },
  ],
};
