import { setImmediate } from 'node:timers/promises';
import { SqsRig } from '../../sqs/rig.ts';
import type { FactTable } from '../fact.ts';
import { API, GUIDE, RECORDED, VALIDATED } from './sources.ts';

export const sqsReceiving: FactTable = {
  service: 'SQS',
  facts: [
    {
      says: 'a message that was received is hidden for 30 seconds, and can be received again after them',
      basis: 'documented',
      source: `${GUIDE}/sqs-visibility-timeout.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'one');
        expect(await rig.bodies(url)).toEqual(['one']);
        await rig.clock.advance(29_999);
        expect(await rig.bodies(url)).toEqual([]);
        await rig.clock.advance(1);
        expect(await rig.bodies(url)).toEqual(['one']);
      },
    },
    {
      says: 'one message is received where nothing is said, ten at most, and eleven are refused',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        for (let n = 0; n < 12; n += 1) await rig.send(url, `n${n}`);
        expect(await rig.bodies(url, { MaxNumberOfMessages: undefined })).toHaveLength(1);
        expect(await rig.bodies(url)).toHaveLength(10);
        expect(await rig.refusal('ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 11 })).toEqual({
          code: 'InvalidParameterValueException',
          message: 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
        });
      },
    },
    {
      says: 'an empty queue answers without a member Messages',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        expect(await rig.ask('ReceiveMessage', { QueueUrl: await rig.queue('orders') })).toEqual({});
      },
    },
    {
      says: 'a call may wait for 20 seconds, and not for 21',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        expect(await rig.refusal('ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 21 })).toEqual({
          code: 'InvalidParameterValueException',
          message: 'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
        });
      },
    },
    {
      says: 'a call that waits is answered when a message comes',
      basis: 'documented',
      source: `${GUIDE}/sqs-short-and-long-polling.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        const waiting = rig.bodies(url, { WaitTimeSeconds: 20 });
        await rig.send(url, 'late');
        expect(await waiting).toEqual(['late']);
      },
    },
    {
      says: 'and when a message can be received that was sent meanwhile with a delay',
      basis: 'documented',
      source: `${GUIDE}/sqs-short-and-long-polling.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        let bodies: readonly string[] | undefined;
        const waiting = rig.bodies(url, { WaitTimeSeconds: 20 }).then((got) => {
          bodies = got;
        });
        await rig.send(url, 'late', { DelaySeconds: 5 });
        await rig.clock.advance(5_000);
        await setImmediate();
        expect(bodies).toEqual(['late']);
        await waiting;
      },
    },
    {
      says: 'a call that waits is answered with nothing when its time is over, that of the queue where it says none',
      basis: 'documented',
      source: `${GUIDE}/sqs-short-and-long-polling.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders', { ReceiveMessageWaitTimeSeconds: '20' });
        const waiting = rig.bodies(url);
        await rig.clock.advance(20_000);
        expect(await waiting).toEqual([]);
      },
    },
    {
      says: 'a delayed message is received when its delay is over: its own, or that of its queue',
      basis: 'documented',
      source: `${GUIDE}/sqs-delay-queues.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders', { DelaySeconds: '10' });
        await rig.send(url, 'queue');
        await rig.send(url, 'own', { DelaySeconds: 2 });
        expect(await rig.bodies(url)).toEqual([]);
        await rig.clock.advance(2_000);
        expect(await rig.bodies(url)).toEqual(['own']);
        await rig.clock.advance(8_000);
        expect(await rig.bodies(url)).toEqual(['queue']);
      },
    },
    {
      says: 'a message is deleted four days after it was sent',
      basis: 'documented',
      source: `${GUIDE}/quotas-messages.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'old');
        await rig.clock.advance(4 * 86_400_000 - 1);
        expect(await rig.attributes(url)).toMatchObject({ ApproximateNumberOfMessages: '1' });
        await rig.clock.advance(1);
        expect(await rig.attributes(url)).toMatchObject({ ApproximateNumberOfMessages: '0' });
      },
    },
    {
      says: 'a message is counted as visible, as not visible once it is received, or as delayed',
      basis: 'documented',
      source: `${API}/API_GetQueueAttributes.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        for (const body of ['a', 'b', 'c']) await rig.send(url, body);
        await rig.send(url, 'd', { DelaySeconds: 5 });
        await rig.receive(url, { MaxNumberOfMessages: 1 });
        expect(await rig.attributes(url)).toMatchObject({
          ApproximateNumberOfMessages: '2',
          ApproximateNumberOfMessagesNotVisible: '1',
          ApproximateNumberOfMessagesDelayed: '1',
        });
      },
    },
    {
      says: 'a standard queue deletes a message also when another may receive it again',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'one');
        const [got] = await rig.receive(url, { VisibilityTimeout: 1 });
        await rig.clock.advance(2_000);
        await rig.ask('DeleteMessage', { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle });
        expect(await rig.bodies(url)).toEqual([]);
      },
    },
    {
      says: 'a standard queue deletes nothing for an earlier receipt than the latest, and says nothing of it',
      basis: 'documented',
      source: `${API}/API_DeleteMessage.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'one');
        const [first] = await rig.receive(url, { VisibilityTimeout: 0 });
        await rig.receive(url, { VisibilityTimeout: 0 });
        await rig.ask('DeleteMessage', { QueueUrl: url, ReceiptHandle: first?.ReceiptHandle });
        expect(await rig.bodies(url)).toEqual(['one']);
      },
    },
    {
      says: 'what was deleted may be deleted again',
      basis: 'documented',
      source: `${API}/API_DeleteMessage.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'one');
        const [got] = await rig.receive(url);
        const asked = { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle };
        await rig.ask('DeleteMessage', asked);
        expect(await rig.ask('DeleteMessage', asked)).toEqual({});
      },
    },
    {
      says: 'what is no receipt of the queue is refused with ReceiptHandleIsInvalid',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const rig = new SqsRig();
        const [url, other] = [await rig.queue('orders'), await rig.queue('others')];
        await rig.send(other, 'one');
        const [got] = await rig.receive(other);
        for (const ReceiptHandle of ['garbage', got?.ReceiptHandle])
          expect(await rig.refusal('DeleteMessage', { QueueUrl: url, ReceiptHandle })).toMatchObject({
            code: 'ReceiptHandleIsInvalid',
          });
      },
    },
    {
      says: 'a timeout of zero lets a message be received again at once, by any of its receipts in a standard queue',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'one');
        const [first] = await rig.receive(url, { VisibilityTimeout: 0 });
        await rig.receive(url, { VisibilityTimeout: 3 });
        await rig.ask('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 });
        expect(await rig.bodies(url)).toEqual(['one']);
      },
    },
    {
      says: 'a message of a standard queue that is visible again may have its timeout changed, without effect',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'one');
        const [got] = await rig.receive(url, { VisibilityTimeout: 1 });
        await rig.clock.advance(2_000);
        expect(
          await rig.ask('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle, VisibilityTimeout: 60 }),
        ).toEqual({});
        expect(await rig.bodies(url)).toEqual(['one']);
      },
    },
    {
      says: 'a deleted message has no timeout to change',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'one');
        const [got] = await rig.receive(url);
        await rig.ask('DeleteMessage', { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle });
        expect(
          await rig.refusal('ChangeMessageVisibility', {
            QueueUrl: url,
            ReceiptHandle: got?.ReceiptHandle,
            VisibilityTimeout: 1,
          }),
        ).toEqual({
          code: 'InvalidParameterValueException',
          message: `Value ${got?.ReceiptHandle ?? ''} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
        });
      },
    },
    {
      says: 'a message is hidden for twelve hours at most, from when it was received',
      basis: 'documented',
      source: `${API}/API_ChangeMessageVisibility.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders', { VisibilityTimeout: '60' });
        await rig.send(url, 'one');
        const [got] = await rig.receive(url);
        await rig.clock.advance(1_000);
        const change = (VisibilityTimeout: number) => ({ QueueUrl: url, ReceiptHandle: got?.ReceiptHandle, VisibilityTimeout });
        expect(await rig.refusal('ChangeMessageVisibility', change(43_200))).toMatchObject({
          code: 'InvalidParameterValueException',
        });
        expect(await rig.ask('ChangeMessageVisibility', change(43_199))).toEqual({});
      },
    },
    {
      says: 'a message tells who sent it and when, how often it was received and when first, to who asks for it',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders', { VisibilityTimeout: '1' });
        await rig.send(url, 'one');
        await rig.clock.advance(5_000);
        const [first] = await rig.receive(url, { AttributeNames: ['All'] });
        expect(first?.Attributes).toEqual({
          SenderId: expect.stringMatching(/^AROA\w{17}:session$/) as string,
          SentTimestamp: '978307200000',
          ApproximateReceiveCount: '1',
          ApproximateFirstReceiveTimestamp: '978307205000',
        });
        await rig.clock.advance(5_000);
        const [second] = await rig.receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
        expect(second?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
        await rig.clock.advance(5_000);
        expect((await rig.receive(url))[0]?.Attributes).toBeUndefined();
      },
    },
    {
      says: 'attributes of a message are told to who asks for their names, for what they begin with, or for all; their sum is that of what is told',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders', { VisibilityTimeout: '0' });
        const text = (StringValue: string) => ({ DataType: 'String', StringValue });
        const MessageAttributes = { General: text('Kenobi'), Hello: text('There'), 'Help.Me': text('Me') };
        expect(await rig.send(url, 'msg', { MessageAttributes })).toMatchObject({
          MD5OfMessageBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
          MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5',
        });
        const asked = async (...names: string[]) => {
          const [{ MD5OfMessageAttributes, MessageAttributes: told = {} } = {} as Record<string, unknown>] = await rig.receive(
            url,
            { MessageAttributeNames: names },
          );
          return [Object.keys(told as object), MD5OfMessageAttributes];
        };
        expect(await asked()).toEqual([[], undefined]);
        expect(await asked('Foo')).toEqual([[], undefined]);
        expect(await asked('All')).toEqual([['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5']);
        expect(await asked('.*')).toEqual([['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5']);
        expect(await asked('Hello', 'General')).toEqual([['General', 'Hello'], 'fca026605781cb4126a1e9044df24232']);
        expect(await asked('Hello', 'Foo')).toEqual([['Hello'], 'a311262e065454b75da111d535b8dacd']);
        expect(await asked('Hel.*')).toEqual([['Hello', 'Help.Me'], '83fee93c1bcd8b9a5a923ffacdc636c7']);
      },
    },
  ],
};
