import { SqsRig } from '../../sqs/rig.ts';
import type { FactTable } from '../fact.ts';
import { GUIDE, RECORDED, VALIDATED } from './sources.ts';

const BY_CONTENT = { ContentBasedDeduplication: 'true' };

/** Sends messages named after their groups: `g1-m1`. */
async function filled(...bodies: readonly string[]): Promise<[SqsRig, string]> {
  const rig = new SqsRig();
  const url = await rig.queue('orders.fifo', BY_CONTENT);
  for (const body of bodies) await rig.send(url, body, { MessageGroupId: body.slice(0, 2) });
  return [rig, url];
}

export const sqsFifo: FactTable = {
  service: 'SQS',
  facts: [
    {
      says: 'of a FIFO queue one call gets all of a group before it gets something of the next',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const [rig, url] = await filled('g1-m1', 'g2-m1', 'g1-m2', 'g1-m3');
        expect(await rig.bodies(url)).toEqual(['g1-m1', 'g1-m2', 'g1-m3', 'g2-m1']);
      },
    },
    {
      says: 'a group, of which a message is hidden, is hidden behind it, and served after the others',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const [rig, url] = await filled('g1-m1', 'g1-m2', 'g1-m3', 'g1-m4', 'g2-m1', 'g3-m1');
        expect(await rig.bodies(url, { MaxNumberOfMessages: 2 })).toEqual(['g1-m1', 'g1-m2']);
        expect(await rig.bodies(url, { MaxNumberOfMessages: 1 })).toEqual(['g2-m1']);
        await rig.clock.advance(30_000);
        expect(await rig.bodies(url)).toEqual(['g3-m1', 'g1-m1', 'g1-m2', 'g1-m3', 'g1-m4', 'g2-m1']);
      },
    },
    {
      says: 'of a group what is visible again is received, as far as the first that is hidden',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const [rig, url] = await filled('g1-m1', 'g1-m2', 'g2-m1');
        const [first] = await rig.receive(url, { MaxNumberOfMessages: 2 });
        await rig.ask('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 });
        expect(await rig.bodies(url)).toEqual(['g2-m1', 'g1-m1']);
      },
    },
    {
      says: 'messages that were received with a timeout of zero come again in the order of their groups',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const [rig, url] = await filled('g1-m1', 'g2-m1', 'g2-m2', 'g3-m1', 'g1-m2');
        const asked = { VisibilityTimeout: 0 };
        expect(await rig.bodies(url, { ...asked, MaxNumberOfMessages: 3 })).toEqual(['g1-m1', 'g1-m2', 'g2-m1']);
        expect(await rig.bodies(url, asked)).toEqual(['g3-m1', 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2']);
      },
    },
    {
      says: 'a message of a FIFO queue needs a group, and an id of deduplication unless its content is one',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders.fifo');
        const asked = { QueueUrl: url, MessageBody: 'x' };
        expect(await rig.refusal('SendMessage', { ...asked, MessageDeduplicationId: 'd' })).toEqual({
          code: 'MissingRequiredParameterException',
          message: 'The request must contain the parameter MessageGroupId.',
        });
        expect(await rig.refusal('SendMessage', { ...asked, MessageGroupId: 'g' })).toEqual({
          code: 'InvalidParameterValueException',
          message: 'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
        });
      },
    },
    {
      says: 'a batch is refused as a whole for it, with InvalidParameterValue',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders.fifo', BY_CONTENT);
        const Entries = [{ Id: 'a', MessageBody: 'x' }];
        expect(await rig.refusal('SendMessageBatch', { QueueUrl: url, Entries })).toEqual({
          code: 'InvalidParameterValueException',
          message: 'The request must contain the parameter MessageGroupId.',
        });
      },
    },
    {
      says: 'a message with an id that came in the last five minutes is answered as the first one, and not received, also when that is deleted',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders.fifo');
        const more = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
        const first = await rig.send(url, 'one', more);
        const [got] = await rig.receive(url);
        await rig.ask('DeleteMessage', { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle });
        await rig.clock.advance(299_999);
        const again = await rig.send(url, 'two', more);
        expect([again.MessageId, again.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
        expect(await rig.bodies(url)).toEqual([]);
        await rig.clock.advance(1);
        await rig.send(url, 'three', more);
        expect(await rig.bodies(url)).toEqual(['three']);
      },
    },
    {
      says: 'an id of deduplication counts in all groups, or in its own where the queue says so',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        for (const [attributes, bodies] of [
          [{}, ['one']],
          [{ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }, ['one', 'two']],
        ] as const) {
          const rig = new SqsRig();
          const url = await rig.queue('orders.fifo', attributes);
          await rig.send(url, 'one', { MessageGroupId: 'g', MessageDeduplicationId: 'd' });
          await rig.send(url, 'two', { MessageGroupId: 'h', MessageDeduplicationId: 'd' });
          expect(await rig.bodies(url)).toEqual(bodies);
        }
      },
    },
    {
      says: 'a purged queue knows no message again',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders.fifo');
        const more = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
        await rig.send(url, 'one', more);
        await rig.ask('PurgeQueue', { QueueUrl: url });
        await rig.send(url, 'two', more);
        expect(await rig.bodies(url)).toEqual(['two']);
      },
    },
    {
      says: 'a message that another may receive again is not deleted from a FIFO queue',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const [rig, url] = await filled('g1-m1');
        const [got] = await rig.receive(url);
        await rig.clock.advance(30_000);
        expect(await rig.refusal('DeleteMessage', { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle })).toEqual({
          code: 'InvalidParameterValueException',
          message: `Value ${got?.ReceiptHandle ?? ''} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
        });
      },
    },
    {
      says: 'unless its timeout was made longer',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const [rig, url] = await filled('g1-m1');
        const [got] = await rig.receive(url);
        const shown = { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle };
        await rig.ask('ChangeMessageVisibility', { ...shown, VisibilityTimeout: 60 });
        await rig.clock.advance(30_000);
        expect(await rig.ask('DeleteMessage', shown)).toEqual({});
        await rig.clock.advance(30_000);
        expect(await rig.bodies(url)).toEqual([]);
      },
    },
    {
      says: 'a message of a FIFO queue has no delay of its own, but zero, which is that of the queue',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders.fifo', { ...BY_CONTENT, DelaySeconds: '2' });
        const asked = { QueueUrl: url, MessageBody: 'x', MessageGroupId: 'g' };
        expect(await rig.refusal('SendMessage', { ...asked, DelaySeconds: 2 })).toEqual({
          code: 'InvalidParameterValueException',
          message:
            'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
        });
        await rig.ask('SendMessage', { ...asked, DelaySeconds: 0 });
        expect(await rig.bodies(url)).toEqual([]);
        await rig.clock.advance(2_000);
        expect(await rig.bodies(url)).toEqual(['x']);
      },
    },
    {
      says: 'messages have numbers that grow, which a receiver may ask for with group and id',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders.fifo');
        const numbers: unknown[] = [];
        for (const n of [1, 2]) {
          const more = { MessageGroupId: 'group-1', MessageDeduplicationId: `dedup-${n}` };
          numbers.push((await rig.send(url, `m${n}`, more)).SequenceNumber);
        }
        expect(numbers).toEqual([...numbers].sort());
        const [got] = await rig.receive(url, { AttributeNames: ['All'] });
        expect(got?.Attributes).toMatchObject({
          MessageDeduplicationId: 'dedup-1',
          MessageGroupId: 'group-1',
          SequenceNumber: numbers[0],
        });
      },
    },
    {
      says: 'a deduplication that a client sets anew counts at once, where AWS takes up to 60 seconds to spread it',
      basis: 'undecided',
      source: `${GUIDE}/FIFO-queues-exactly-once-processing.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders.fifo');
        await rig.send(url, 'one', { MessageGroupId: 'g', MessageDeduplicationId: 'd' });
        await rig.ask('SetQueueAttributes', { QueueUrl: url, Attributes: { DeduplicationScope: 'messageGroup' } });
        await rig.send(url, 'two', { MessageGroupId: 'h', MessageDeduplicationId: 'd' });
        expect(await rig.bodies(url)).toEqual(['one', 'two']);
      },
    },
  ],
};
