import { SqsRig } from '../../sqs/rig.ts';
import type { FactTable } from '../fact.ts';
import { GUIDE, RECORDED, VALIDATED } from './sources.ts';

const refused = async (attributes: Readonly<Record<string, string>>, message: object) => {
  const rig = new SqsRig();
  const url = await rig.queue('orders', attributes);
  return rig.refusal('SendMessage', { QueueUrl: url, MessageBody: 'one', ...message });
};

const entries = (...bodies: readonly string[]) => bodies.map((MessageBody, index) => ({ Id: `e${index}`, MessageBody }));

export const sqsSending: FactTable = {
  service: 'SQS',
  facts: [
    {
      says: 'a message has 1,048,576 bytes at most, its attributes counted with their names and types',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const MessageAttributes = { k: { DataType: 'String', StringValue: 'x' } };
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        expect(await rig.send(url, 'a'.repeat(1_048_576))).toMatchObject({ MessageId: expect.any(String) as string });
        expect(await rig.send(url, 'a'.repeat(1_048_568), { MessageAttributes })).toBeDefined();
        for (const asked of [{ MessageBody: 'a'.repeat(1_048_577) }, { MessageBody: 'a'.repeat(1_048_569), MessageAttributes }])
          expect(await refused({}, asked)).toEqual({
            code: 'InvalidParameterValueException',
            message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
          });
      },
    },
    {
      says: 'a queue may have smaller messages alone; a batch says so in other words, of the entry alone',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders', { MaximumMessageSize: '1024' });
        expect(await rig.refusal('SendMessage', { QueueUrl: url, MessageBody: 'a'.repeat(1_025) })).toMatchObject({
          message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
        });
        const answer = await rig.ask('SendMessageBatch', { QueueUrl: url, Entries: entries('a'.repeat(1_025), 'b') });
        expect(answer).toMatchObject({
          Failed: [
            {
              Id: 'e0',
              Code: 'InvalidParameterValue',
              Message: 'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
              SenderFault: true,
            },
          ],
          Successful: [{ Id: 'e1' }],
        });
      },
    },
    {
      says: 'the messages of a batch have 1,048,576 bytes at most, all together',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        const Entries = entries('a'.repeat(1_000_000), 'b'.repeat(48_577));
        expect(await rig.refusal('SendMessageBatch', { QueueUrl: url, Entries })).toEqual({
          code: 'BatchRequestTooLong',
          message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
        });
      },
    },
    {
      says: 'a batch has one to ten entries, each with an id of its own',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        const asked = (Entries: object[]) => rig.refusal('SendMessageBatch', { QueueUrl: url, Entries });
        expect(await asked([])).toMatchObject({ code: 'EmptyBatchRequest' });
        expect(await asked(entries(...Array.from({ length: 20 }, () => 'x')))).toEqual({
          code: 'TooManyEntriesInBatchRequest',
          message: 'Maximum number of entries per request are 10. You have sent 20.',
        });
        for (const Id of ['', 'invalid:id', 'x'.repeat(81)])
          expect(await asked([{ Id, MessageBody: 'x' }])).toEqual({
            code: 'InvalidBatchEntryId',
            message:
              'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
          });
        expect(await asked([...entries('x'), ...entries('y')])).toMatchObject({ code: 'BatchEntryIdsNotDistinct' });
      },
    },
    {
      says: 'an empty message is refused as one without a body',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        expect(await refused({}, { MessageBody: '' })).toEqual({
          code: 'MissingRequiredParameterException',
          message: 'The request must contain the parameter MessageBody.',
        });
      },
    },
    {
      says: 'a character that XML 1.0 has not is refused with InvalidMessageContents in a body',
      basis: 'documented',
      source: `${GUIDE}/quotas-messages.html`,
      holds: async () => {
        expect(await refused({}, { MessageBody: 'a\u0008' })).toMatchObject({ code: 'InvalidMessageContents' });
        expect(await refused({}, { MessageBody: 'a\ud800' })).toMatchObject({ code: 'InvalidMessageContents' });
      },
    },
    {
      says: 'and with InvalidParameterValue in an attribute',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const MessageAttributes = { attr1: { DataType: 'String', StringValue: 'Invalid-\u0008,\u000b' } };
        expect(await refused({}, { MessageAttributes })).toMatchObject({ code: 'InvalidParameterValueException' });
      },
    },
    {
      says: 'an attribute without a value is refused by its name',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const MessageAttributes = { ErrorDetails: { DataType: 'String', StringValue: '' } };
        expect(await refused({}, { MessageAttributes })).toEqual({
          code: 'InvalidParameterValueException',
          message: "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
        });
      },
    },
    {
      says: 'a message has ten attributes at most',
      basis: 'documented',
      source: `${GUIDE}/quotas-messages.html`,
      holds: async () => {
        const many = Array.from({ length: 11 }, (_, n) => [`a${n}`, { DataType: 'Number', StringValue: String(n) }]);
        expect(await refused({}, { MessageAttributes: Object.fromEntries(many) as object })).toMatchObject({
          code: 'InvalidParameterValueException',
        });
      },
    },
    {
      says: 'bytes of an attribute have a sum of their own kind',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        const BinaryValue = Buffer.from('traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01').toString(
          'base64',
        );
        await rig.send(url, 'test', { MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue } } });
        expect(await rig.receive(url, { MessageAttributeNames: ['All'] })).toMatchObject([
          {
            MD5OfMessageAttributes: '8cbe4db156db8a94db8b801b7addb984',
            MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue } },
          },
        ]);
      },
    },
    {
      says: 'a message may be delayed for 900 seconds, and not for 901',
      basis: 'documented',
      source: `${GUIDE}/sqs-message-timers.html`,
      holds: async () => {
        expect(await refused({}, { DelaySeconds: 901 })).toMatchObject({ code: 'InvalidParameterValueException' });
        const rig = new SqsRig();
        expect(await rig.send(await rig.queue('orders'), 'x', { DelaySeconds: 900 })).toBeDefined();
      },
    },
    {
      says: 'a standard queue takes the id of a group, of 1 to 128 characters without spaces, and tells it',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'x', { MessageGroupId: 'test' });
        expect((await rig.receive(url, { AttributeNames: ['All'] }))[0]?.Attributes).toMatchObject({ MessageGroupId: 'test' });
        for (const MessageGroupId of ['', 'a'.repeat(129), 'group 123'])
          expect(await refused({}, { MessageGroupId })).toEqual({
            code: 'InvalidParameterValueException',
            message: `Value ${MessageGroupId} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
          });
      },
    },
    {
      says: 'a sender may send a trace, which a receiver may ask for',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        const StringValue = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
        await rig.send(url, 'x', { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue } } });
        const [got] = await rig.receive(url, { AttributeNames: ['AWSTraceHeader'] });
        expect(got?.Attributes).toEqual({ AWSTraceHeader: StringValue });
      },
    },
    {
      says: 'a queue that is not there is refused with QueueDoesNotExist, which was AWS.SimpleQueueService.NonExistentQueue',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        expect(await rig.refusal('SendMessage', { QueueUrl: 'http://x/123456789012/none', MessageBody: 'x' })).toEqual({
          code: 'QueueDoesNotExist',
          message: 'The specified queue does not exist.',
        });
        expect(rig.queues.service.queryCode?.('QueueDoesNotExist')).toBe('AWS.SimpleQueueService.NonExistentQueue');
      },
    },
    {
      says: 'the name of a queue will do for its URL, and the URL of another host',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const rig = new SqsRig();
        await rig.queue('orders');
        expect(await rig.send('orders', 'x')).toMatchObject({ MD5OfMessageBody: '9dd4e461268c8034f5c8564e155c67a6' });
        expect(await rig.send('https://sqs.us-east-1.amazonaws.com/123456789012/orders', 'x')).toBeDefined();
      },
    },
  ],
};
