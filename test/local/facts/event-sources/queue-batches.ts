import { start } from '../../lambda/event-source/rig.ts';
import { queueRig, secondsOf } from '../../lambda/queue-source/rig.ts';
import { arnOf } from '../../sqs/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const SQS = `${GUIDE}/with-sqs.html`;
const RECORDED = recorded('lambda_/event_source_mapping/test_lambda_integration_sqs');

const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });

/** What a function gets of a queue, and when. */
export const eventSourcesQueueBatches: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'a message of a queue comes with its id, a receipt, its body and what SQS says of it, and with its attributes in small letters, each with empty lists',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { map, send, clock, events } = await queueRig();
        map();
        const { MessageId, MD5OfMessageBody } = await send('hello', {
          MessageAttributes: {
            Title: text('The Whistler'),
            Author: text('John Grisham'),
            WeeksOn: text('6', 'Number'),
          },
        });
        await clock.advance(10);
        const lists = { stringListValues: [], binaryListValues: [] };
        expect(events).toEqual([
          {
            Records: [
              {
                messageId: MessageId,
                receiptHandle: expect.any(String) as string,
                body: 'hello',
                attributes: {
                  ApproximateReceiveCount: '1',
                  SentTimestamp: String(start),
                  SenderId: expect.any(String) as string,
                  ApproximateFirstReceiveTimestamp: String(start + 1),
                },
                messageAttributes: {
                  Title: { stringValue: 'The Whistler', ...lists, dataType: 'String' },
                  Author: { stringValue: 'John Grisham', ...lists, dataType: 'String' },
                  WeeksOn: { stringValue: '6', ...lists, dataType: 'Number' },
                },
                md5OfMessageAttributes: 'd25a6aea97eb8f585bfa92d314504a92',
                md5OfBody: MD5OfMessageBody,
                eventSource: 'aws:sqs',
                eventSourceARN: arnOf('orders'),
                awsRegion: 'us-east-1',
              },
            ],
          },
        ]);
      },
    },
    {
      says: 'a binary attribute comes in Base64 as binaryValue',
      basis: 'documented',
      source: 'https://github.com/aws/aws-lambda-go/blob/main/events/testdata/sqs-event.json',
      holds: async () => {
        const { map, send, clock, events } = await queueRig();
        map();
        await send('hello', { MessageAttributes: { raw: { DataType: 'Binary.gif', BinaryValue: 'MTEwMA==' } } });
        await clock.advance(10);
        expect(events[0]?.Records[0]?.messageAttributes).toEqual({
          raw: { binaryValue: 'MTEwMA==', stringListValues: [], binaryListValues: [], dataType: 'Binary.gif' },
        });
      },
    },
    {
      says: 'of a message without attributes the sum of them is null where the mapping has a batching window, and absent where it has none',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        for (const [batchingWindow, sum] of [
          [0, undefined],
          [1, null],
        ] as const) {
          const { map, send, clock, events } = await queueRig();
          map({ batchingWindow });
          await send('hello');
          await clock.advance(2_000);
          expect(events[0]?.Records[0]?.md5OfMessageAttributes).toBe(sum);
        }
      },
    },
    {
      says: 'a message of a FIFO queue comes with its sequence number, its group and the id of its deduplication too',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { map, send, clock, events } = await queueRig({ queue: 'orders.fifo' });
        map();
        const { SequenceNumber } = await send('one', { MessageGroupId: '1', MessageDeduplicationId: 'dedup-1' });
        await clock.advance(10);
        const { attributes } = events[0]?.Records[0] ?? {};
        expect(attributes).toMatchObject({ SequenceNumber, MessageGroupId: '1', MessageDeduplicationId: 'dedup-1' });
        expect(Object.keys(attributes ?? {})).toHaveLength(7);
      },
    },
    {
      says: 'without a batching window a function gets what there is, 10 messages at most, or as many as the mapping says',
      basis: 'documented',
      source: SQS,
      holds: async () => {
        for (const [batchSize, sizes] of [
          [10, [10, 2]],
          [5, [5, 5, 2]],
        ] as const) {
          const { map, send, clock, batches } = await queueRig();
          map({ batchSize });
          for (let message = 0; message < 12; message += 1) await send(String(message));
          await clock.advance(100);
          expect(batches().map(({ length }) => length)).toEqual(sizes);
          expect(batches().flat()).toEqual(Array.from({ length: 12 }, (_, message) => String(message)));
        }
      },
    },
    {
      says: 'with a batching window a batch goes out when the window of its first message is over, or as soon as it is full',
      basis: 'documented',
      source: SQS,
      holds: async () => {
        const { map, send, clock, batches, times } = await queueRig({ attributes: { VisibilityTimeout: '360' } });
        map({ batchSize: 3, batchingWindow: 60 });
        await send('one');
        await clock.advance(40_000);
        await send('two');
        await clock.advance(40_000);
        for (const body of ['three', 'four', 'five', 'six']) await send(body);
        await clock.advance(10_000);
        expect(batches()).toEqual([
          ['one', 'two'],
          ['three', 'four', 'five'],
        ]);
        expect(secondsOf(times)).toEqual([60.001, 80.001]);
      },
    },
    {
      says: 'a window is kept exactly here; Lambda may wait for up to 20 seconds where little is sent',
      basis: 'undecided',
      source: SQS,
      holds: async () => {
        const { map, send, clock, times } = await queueRig();
        map({ batchingWindow: 1 });
        await send('one');
        await clock.advance(30_000);
        expect(secondsOf(times)).toEqual([1.001]);
      },
    },
    {
      says: 'messages are hidden from others while a batch is gathered, and the window counts for their visibility timeout: one that ends earlier brings a message twice',
      basis: 'documented',
      source: `${GUIDE}/services-sqs-configure.html`,
      holds: async () => {
        const { map, send, clock, batches, sqs, url } = await queueRig({ attributes: { VisibilityTimeout: '30' } });
        map({ batchingWindow: 40 });
        await send('one');
        await clock.advance(10_000);
        expect(await sqs.attributes(url)).toMatchObject({
          ApproximateNumberOfMessages: '0',
          ApproximateNumberOfMessagesNotVisible: '1',
        });
        await clock.advance(35_000);
        expect(batches()).toEqual([['one', 'one']]);
      },
    },
    {
      says: 'an event has 6 MB at most: what has no room in it is in the next, window or not',
      basis: 'documented',
      source: SQS,
      holds: async () => {
        const { map, send, clock, events, times } = await queueRig({ attributes: { VisibilityTimeout: '360' } });
        map({ batchSize: 100, batchingWindow: 60 });
        for (let message = 0; message < 8; message += 1) await send('x'.repeat(1_000_000));
        await clock.advance(10_000);
        expect(events.map(({ Records }) => Records.length)).toEqual([6]);
        expect(Buffer.byteLength(JSON.stringify(events[0]))).toBeLessThanOrEqual(6 * 1024 * 1024);
        await clock.advance(60_000);
        expect(events.map(({ Records }) => Records.length)).toEqual([6, 2]);
        expect(secondsOf(times)).toEqual([0.001, 60.001]);
      },
    },
    {
      says: 'a message is polled a millisecond after it can be received, and the next batch a millisecond after the last; here invocations follow one another, whatever the maximum concurrency',
      basis: 'undecided',
      source: `${GUIDE}/services-sqs-scaling.html`,
      holds: async () => {
        const { map, send, clock, times } = await queueRig();
        map({ batchSize: 1, maximumConcurrency: 1000 });
        await send('late', { DelaySeconds: 5 });
        for (const body of ['one', 'two', 'three']) await send(body);
        await clock.advance(10_000);
        expect(times).toEqual([1, 2, 3, 5_000]);
      },
    },
    {
      says: 'a role that may not use the key of a queue is told so by the mapping’s polling, and not where it is made',
      basis: 'undecided',
      source: `${GUIDE}/services-sqs-configure.html`,
      holds: async () => {
        const denied = ['kms:Decrypt'];
        const KmsMasterKeyId = 'arn:aws:kms:us-east-1:123456789012:key/one';
        const { map, send, clock, batches, lines } = await queueRig({ attributes: { KmsMasterKeyId }, denied });
        const mapping = map();
        await send('one');
        await clock.advance(10_000);
        expect(batches()).toEqual([]);
        expect(mapping).toMatchObject({ blocked: true, pending: 1 });
        expect(lines).toMatchObject([{ level: 'error', message: 'not authorized to perform: kms:Decrypt' }]);
        denied.pop();
        await clock.advance(60_000);
        expect(batches()).toEqual([['one']]);
        expect(mapping).toMatchObject({ blocked: false, pending: 0 });
      },
    },
  ],
};
