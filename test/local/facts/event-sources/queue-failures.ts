import { traceOf } from '../../../../local/lambda/lineage.ts';
import { queueRig, redrive, secondsOf, type QueueEvent } from '../../lambda/queue-source/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const REPORTING = `${GUIDE}/services-sqs-errorhandling.html#services-sqs-batchfailurereporting`;
const RECURSION = `${GUIDE}/invocation-recursion.html`;
const RECORDED = recorded('lambda_/event_source_mapping/test_lambda_integration_sqs');

/** A trace of so many invocations, as a message carries it. */
const traced = (length: number) => ({
  MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: traceOf(length) } },
});

const fail = (): never => {
  throw new Error('no');
};

/** Fails for what holds a word. */
const failFor =
  (word: string) =>
  ({ Records }: QueueEvent): unknown =>
    Records.some(({ body }) => body.includes(word)) ? fail() : undefined;

/** Reports those whose bodies hold a word. */
const reportFor =
  (word: string) =>
  ({ Records }: QueueEvent): unknown => ({
    batchItemFailures: Records.filter(({ body }) => body.includes(word)).map(({ messageId }) => ({ itemIdentifier: messageId })),
  });

/** What becomes of a batch of a queue's messages. */
export const eventSourcesQueueFailures: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'a batch that a function has processed is deleted, as its role',
      basis: 'documented',
      source: `${GUIDE}/with-sqs.html`,
      holds: async () => {
        const denied: string[] = [];
        const { map, send, clock, sqs, url, lines } = await queueRig({ denied });
        const mapping = map();
        await send('one');
        await clock.advance(10);
        expect(mapping.pending).toBe(0);
        expect(await sqs.bodies(url)).toEqual([]);
        denied.push('sqs:DeleteMessage');
        await send('two');
        await clock.advance(10);
        expect(mapping.pending).toBe(1);
        expect(lines).toMatchObject([{ level: 'error', message: expect.stringContaining('could not be deleted') as string }]);
      },
    },
    {
      says: 'a batch that a function fails stays hidden until the visibility timeout ends, and then comes again, with a count of 2 and the same ids',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        let failures = 1;
        const { map, send, clock, events, times } = await queueRig({
          handler: () => (failures-- > 0 ? fail() : undefined),
          attributes: { VisibilityTimeout: '30' },
        });
        const mapping = map();
        await send('one');
        await clock.advance(10_000);
        expect(mapping).toMatchObject({ pending: 1, blocked: true });
        await clock.advance(60_000);
        expect(secondsOf(times)).toEqual([0.001, 30.001]);
        expect(events.map(({ Records }) => Records[0]?.attributes.ApproximateReceiveCount)).toEqual(['1', '2']);
        expect(new Set(events.map(({ Records }) => Records[0]?.messageId)).size).toBe(1);
        expect(mapping).toMatchObject({ pending: 0, blocked: false });
      },
    },
    {
      says: 'a message that a function fails as often as its queue’s redrive policy says goes to the dead-letter queue',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await queueRig({ handler: fail });
        const dead = await rig.sqs.queue('dead');
        await rig.sqs.ask('SetQueueAttributes', { QueueUrl: rig.url, Attributes: redrive('dead', 2) });
        const mapping = rig.map();
        await rig.send('one');
        await rig.clock.advance(120_000);
        expect(rig.events).toHaveLength(2);
        expect(mapping.pending).toBe(0);
        expect(await rig.sqs.bodies(dead)).toEqual(['one']);
      },
    },
    {
      says: 'after a batch that failed the next is sent a second later: how Lambda backs off is told nowhere',
      basis: 'undecided',
      source: `${GUIDE}/services-sqs-errorhandling.html#services-sqs-backoff-strategy`,
      holds: async () => {
        const { map, send, clock, times } = await queueRig({ handler: fail });
        map({ batchSize: 1 });
        for (const body of ['one', 'two', 'three']) await send(body);
        await clock.advance(10_000);
        expect(times).toEqual([1, 1_001, 2_001]);
      },
    },
    {
      says: 'with ReportBatchItemFailures what a function reports comes again, and the rest of the batch is deleted, of a FIFO queue too',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { map, send, clock, batches } = await queueRig({
          queue: 'orders.fifo',
          attributes: { ContentBasedDeduplication: 'true' },
          handler: reportFor('bad'),
        });
        const mapping = map({ reportsItems: true });
        for (const body of ['one', 'bad', 'three']) await send(body, { MessageGroupId: '1' });
        await clock.advance(10);
        expect(mapping.pending).toBe(1);
        await clock.advance(31_000);
        expect(batches()).toEqual([['one', 'bad', 'three'], ['bad']]);
      },
    },
    {
      says: 'without it what a function answers says nothing: an answer is a success',
      basis: 'documented',
      source: REPORTING,
      holds: async () => {
        const { map, send, clock } = await queueRig({ handler: reportFor('bad') });
        const mapping = map();
        await send('bad');
        await clock.advance(10);
        expect(mapping.pending).toBe(0);
      },
    },
    {
      says: 'a report that is empty or null is a success, and so is an empty answer',
      basis: 'documented',
      source: REPORTING,
      holds: async () => {
        for (const answer of [{}, null, { batchItemFailures: [] }, { batchItemFailures: null }]) {
          const { map, send, clock } = await queueRig({ handler: () => answer });
          const mapping = map({ reportsItems: true });
          await send('one');
          await clock.advance(10);
          expect([answer, mapping.pending]).toEqual([answer, 0]);
        }
      },
    },
    {
      says: 'a report fails the whole batch whose id is empty, null, of another name or of no message of it, and so does an answer that is no object',
      basis: 'documented',
      source: REPORTING,
      holds: async () => {
        const ids = [{ itemIdentifier: '' }, { itemIdentifier: null }, { foo: 'notvalid' }, { itemIdentifier: 'other' }, 'text'];
        for (const answer of [...ids.map((id) => ({ batchItemFailures: [id] })), { batchItemFailures: 'text' }, 'text', 1]) {
          const { map, send, clock } = await queueRig({ handler: () => answer });
          const mapping = map({ reportsItems: true });
          await send('one');
          await send('two');
          await clock.advance(10);
          expect([answer, mapping.pending]).toEqual([answer, 2]);
        }
      },
    },
    {
      says: 'a function that fails fails the whole batch, whatever the mapping says of reports',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { map, send, clock } = await queueRig({ handler: failFor('bad') });
        const mapping = map({ reportsItems: true });
        await send('bad');
        await send('two');
        await clock.advance(10);
        expect(mapping.pending).toBe(2);
      },
    },
    {
      says: 'a group of a FIFO queue whose batch failed waits for its visibility timeout, and keeps its order; others go on',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html',
      holds: async () => {
        let failures = 1;
        const { map, send, clock, batches } = await queueRig({
          queue: 'orders.fifo',
          attributes: { ContentBasedDeduplication: 'true' },
          handler: ({ Records }) => (Records[0]?.body === 'a1' && failures-- > 0 ? fail() : undefined),
        });
        map({ batchSize: 1 });
        for (const body of ['a1', 'a2', 'b1', 'b2']) await send(body, { MessageGroupId: body.slice(0, 1) });
        await clock.advance(60_000);
        expect(batches().flat()).toEqual(['a1', 'b1', 'b2', 'a1', 'a2']);
      },
    },
    {
      says: 'a message that a chain of 16 invocations has led to is given to no function again: it is counted as RecursiveInvocationsDropped, comes again in vain, and goes to the queue’s dead-letter queue',
      basis: 'documented',
      source: RECURSION,
      holds: async () => {
        const rig = await queueRig();
        const dead = await rig.sqs.queue('dead');
        await rig.sqs.ask('SetQueueAttributes', { QueueUrl: rig.url, Attributes: redrive('dead', 2) });
        rig.map();
        await rig.send('loop', traced(16));
        await rig.clock.advance(120_000);
        expect(rig.events).toEqual([]);
        expect(rig.measured.filter(({ values }) => values.RecursiveInvocationsDropped === 1)).toHaveLength(4);
        expect(rig.lines).toHaveLength(2);
        expect(await rig.sqs.bodies(dead)).toEqual(['loop']);
      },
    },
    {
      says: 'where the queue has no dead-letter queue, such a message is tried until its retention ends',
      basis: 'documented',
      source: RECURSION,
      holds: async () => {
        const { map, send, clock, events, url, sqs } = await queueRig({ attributes: { MessageRetentionPeriod: '60' } });
        const mapping = map();
        await send('loop', traced(16));
        await clock.advance(59_000);
        expect(mapping).toMatchObject({ pending: 1, blocked: true });
        await clock.advance(60_000);
        expect(events).toEqual([]);
        expect(mapping).toMatchObject({ pending: 0, blocked: false });
        expect(await sqs.bodies(url)).toEqual([]);
      },
    },
    {
      says: 'of a batch those alone are kept back, and the longest chain of the others counts for all that comes of it',
      basis: 'undecided',
      source: RECURSION,
      holds: async () => {
        const { map, send, clock, batches, chains } = await queueRig();
        const mapping = map();
        await send('loop', traced(16));
        await send('short', traced(3));
        await send('long', traced(15));
        await send('new');
        await clock.advance(1_000);
        expect(batches()).toEqual([['short', 'long', 'new']]);
        expect(chains).toEqual([16]);
        expect(mapping.pending).toBe(1);
      },
    },
  ],
};
