import { ServiceError } from '../../../../local/service.ts';
import { elements, FormRig, refused } from '../../sqs/forms.ts';
import { arnOf, SENDER } from '../../sqs/rig.ts';
import type { FactTable } from '../fact.ts';
import { API, GUIDE, RECORDED, VALIDATED } from './sources.ts';

const FORMS = `${GUIDE}/sqs-making-api-requests-xml.html`;
const string = (place: string, StringValue: string) => ({
  [`${place}.DataType`]: 'String',
  [`${place}.StringValue`]: StringValue,
});

/** SQS over forms, as older clients speak it: boto3 before 1.28. */
export const sqsForms: FactTable = {
  service: 'SQS, over forms',
  facts: [
    {
      says: 'every operation is there over forms of 2012-11-05 too, and one that there is not is InvalidAction',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const rig = new FormRig();
        expect(Object.keys(rig.queues.forms.operations)).toEqual(Object.keys(rig.queues.service.operations));
        for (const action of Object.keys(rig.queues.forms.operations))
          expect((await rig.form(action)).text).not.toContain('NotImplemented');
        expect(await rig.form('FooBar')).toEqual(
          refused(400, 'InvalidAction', 'The action FooBar is not valid for this endpoint.'),
        );
      },
    },
    {
      says: 'what is set is numbered: Attribute.1.Name and Attribute.1.Value, Tag.1.Key and Tag.1.Value; one alone may do without its number',
      basis: 'documented',
      source: `${API}/API_SetQueueAttributes.html`,
      holds: async () => {
        const rig = new FormRig();
        const attributes = {
          'Attribute.1.Name': 'DelaySeconds',
          'Attribute.1.Value': '3',
          'Attribute.2.Name': 'VisibilityTimeout',
        };
        const made = await rig.form('CreateQueue', {
          QueueName: 'orders',
          ...attributes,
          'Attribute.2.Value': '7',
          'Tag.1.Key': 'team',
          'Tag.1.Value': 'a',
        });
        const QueueUrl = 'http://127.0.0.1:4000/123456789012/orders';
        expect(made).toEqual({
          status: 200,
          text: `<CreateQueueResponse><CreateQueueResult><QueueUrl>${QueueUrl}</QueueUrl></CreateQueueResult></CreateQueueResponse>`,
        });
        expect(await rig.attributes(QueueUrl)).toMatchObject({ DelaySeconds: '3', VisibilityTimeout: '7' });
        const set = { QueueUrl, 'Attribute.Name': 'VisibilityTimeout', 'Attribute.Value': '35' };
        expect((await rig.form('SetQueueAttributes', set)).text).toBe(
          '<SetQueueAttributesResponse></SetQueueAttributesResponse>',
        );
        expect((await rig.form('GetQueueAttributes', { QueueUrl, 'AttributeName.1': 'VisibilityTimeout' })).text).toContain(
          '<GetQueueAttributesResult><Attribute><Name>VisibilityTimeout</Name><Value>35</Value></Attribute></GetQueueAttributesResult>',
        );
        expect((await rig.form('ListQueueTags', { QueueUrl })).text).toContain('<Tag><Key>team</Key><Value>a</Value></Tag>');
        await rig.form('UntagQueue', { QueueUrl, 'TagKey.1': 'team' });
        expect(await rig.ask('ListQueueTags', { QueueUrl })).toEqual({});
        expect(elements((await rig.form('ListQueues')).text, 'QueueUrl')).toEqual([QueueUrl]);
      },
    },
    {
      says: 'a message goes and comes with its attributes and their sums, as over JSON',
      basis: 'documented',
      source: `${API}/API_ReceiveMessage.html`,
      holds: async () => {
        const rig = new FormRig();
        const QueueUrl = await rig.queue('orders');
        const sent = await rig.form('SendMessage', {
          QueueUrl,
          MessageBody: 'a <b> & c\r\n',
          'MessageAttribute.1.Name': 'text',
          ...string('MessageAttribute.1.Value', 'x'),
          'MessageAttribute.2.Name': 'bytes',
          'MessageAttribute.2.Value.DataType': 'Binary',
          'MessageAttribute.2.Value.BinaryValue': 'AP8=',
        });
        const asked = {
          QueueUrl,
          'AttributeName.1': 'ApproximateReceiveCount',
          'MessageAttributeName.1': 'All',
          VisibilityTimeout: '0',
        };
        const { text } = await rig.form('ReceiveMessage', asked);
        const [got] = await rig.receive(QueueUrl, { MessageAttributeNames: ['All'] });
        expect(elements(sent.text, 'MessageId')).toEqual([got?.MessageId]);
        expect(elements(text, 'MD5OfMessageAttributes')).toEqual([got?.MD5OfMessageAttributes]);
        expect(elements(sent.text, 'MD5OfMessageAttributes')).toEqual([got?.MD5OfMessageAttributes]);
        expect(elements(text, 'Body')).toEqual(['a &lt;b&gt; &amp; c&#xd;&#xa;']);
        expect(elements(text, 'MD5OfBody')).toEqual([got?.MD5OfBody]);
        expect(elements(text, 'Attribute')).toEqual(['<Name>ApproximateReceiveCount</Name><Value>1</Value>']);
        expect(elements(text, 'MessageAttribute')).toEqual([
          '<Name>text</Name><Value><StringValue>x</StringValue><DataType>String</DataType></Value>',
          '<Name>bytes</Name><Value><BinaryValue>AP8=</BinaryValue><DataType>Binary</DataType></Value>',
        ]);
      },
    },
    {
      says: 'a batch has its entries by number, and tells what each came to: <SendMessageBatchResultEntry>, and <BatchResultErrorEntry> with the code of forms',
      basis: 'documented',
      source: `${API}/API_SendMessageBatch.html`,
      holds: async () => {
        const rig = new FormRig();
        const QueueUrl = await rig.queue('orders');
        const entry = 'SendMessageBatchRequestEntry';
        const { text } = await rig.form('SendMessageBatch', {
          QueueUrl,
          [`${entry}.1.Id`]: 'a',
          [`${entry}.1.MessageBody`]: 'one',
          [`${entry}.2.Id`]: 'b',
          [`${entry}.2.MessageBody`]: 'two',
          [`${entry}.2.DelaySeconds`]: '901',
        });
        expect(elements(text, 'SendMessageBatchResultEntry')).toEqual([expect.stringContaining('<Id>a</Id>')]);
        expect(elements(text, 'BatchResultErrorEntry')).toEqual([
          expect.stringContaining('<Id>b</Id><SenderFault>true</SenderFault><Code>InvalidParameterValue</Code>'),
        ]);
        const [got] = await rig.receive(QueueUrl);
        const deleted = await rig.form('DeleteMessageBatch', {
          QueueUrl,
          'DeleteMessageBatchRequestEntry.1.Id': 'a',
          'DeleteMessageBatchRequestEntry.1.ReceiptHandle': got?.ReceiptHandle ?? '',
        });
        expect(elements(deleted.text, 'DeleteMessageBatchResultEntry')).toEqual(['<Id>a</Id>']);
        expect(await rig.attributes(QueueUrl)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '0' });
      },
    },
    {
      says: 'a queue that is not there is AWS.SimpleQueueService.NonExistentQueue, “for this wsdl version”; errors have an empty <Detail>, and their words are those of JSON',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new FormRig();
        const QueueUrl = await rig.queue('orders');
        expect(await rig.form('PurgeQueue', { QueueUrl: 'none' })).toEqual(
          refused(400, 'AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist for this wsdl version.'),
        );
        expect(await rig.form('SendMessage', { QueueUrl })).toEqual(
          refused(400, 'MissingParameter', 'The request must contain the parameter MessageBody.'),
        );
        expect(await rig.form('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: '11' })).toEqual(
          refused(
            400,
            'InvalidParameterValue',
            'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
          ),
        );
        expect(
          await rig.form('SetQueueAttributes', { QueueUrl, 'Attribute.1.Name': 'FifoQueue', 'Attribute.1.Value': 'true' }),
        ).toEqual(refused(400, 'InvalidAttributeName', 'Unknown Attribute FifoQueue.'));
        await rig.form('PurgeQueue', { QueueUrl });
        expect(await rig.form('PurgeQueue', { QueueUrl })).toEqual(
          refused(
            403,
            'AWS.SimpleQueueService.PurgeQueueInProgress',
            'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
          ),
        );
      },
    },
    {
      says: 'a queue is asked at its own URL, unless the form names another; there no queue is made or listed',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const rig = new FormRig();
        const [one, other] = [await rig.queue('one'), await rig.queue('other')];
        const asked = { 'AttributeName.1': 'QueueArn' };
        const at = async (fields: Record<string, string>) =>
          elements((await rig.form('GetQueueAttributes', { ...asked, ...fields }, one)).text, 'Value');
        expect(await at({})).toEqual([arnOf('one')]);
        expect(await at({ QueueUrl: other })).toEqual([arnOf('other')]);
        expect(elements((await rig.form('GetQueueUrl', { QueueName: 'other' }, one)).text, 'QueueUrl')).toEqual([other]);
        for (const action of ['CreateQueue', 'ListQueues'])
          expect(await rig.form(action, {}, one)).toEqual(
            refused(400, 'InvalidAction', `The action ${action} is not valid for this endpoint.`),
          );
      },
    },
    {
      says: 'where a form names system attributes by both names, AttributeName counts alone',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new FormRig();
        const QueueUrl = await rig.queue('orders', { VisibilityTimeout: '0' });
        await rig.send(QueueUrl, 'msg');
        const names = async (fields: object) =>
          elements((await rig.form('ReceiveMessage', { QueueUrl, ...fields })).text, 'Name');
        expect(await names({ 'MessageSystemAttributeName.1': 'SenderId' })).toEqual(['SenderId']);
        expect(await names({ 'MessageSystemAttributeName.1': 'All', 'AttributeName.1': 'SenderId' })).toEqual(['SenderId']);
      },
    },
    {
      says: 'who may not is refused with AccessDenied and HTTP 403',
      basis: 'observed',
      source: 'https://github.com/aws/aws-sdk-php/issues/188',
      holds: async () => {
        const rig = new FormRig({
          check: (_sender, action) => {
            throw new ServiceError('AccessDeniedException', `User: ${SENDER.arn} is not authorized to perform: ${action}`);
          },
        });
        const { status, text } = await rig.form('ListQueues');
        expect([status, ...elements(text, 'Code')]).toEqual([403, 'AccessDenied']);
      },
    },
    {
      says: 'what a form says that nobody reads is refused by name; AWS leaves it aside',
      basis: 'undecided',
      source: FORMS,
      holds: async () => {
        const rig = new FormRig();
        const fields = { MessageBody: 'x', 'MessageAttribute.1.Name': 'a', 'MessageAttribute.1.Value.StringListValue.1': 'b' };
        const { status, text } = await rig.form('SendMessage', { QueueUrl: await rig.queue('orders'), ...fields });
        expect(status).toBe(501);
        expect(elements(text, 'Message')).toEqual([
          "NotImplemented: sqs:SendMessage with 'MessageAttribute.1.Value.StringListValue.1'",
        ]);
      },
    },
    {
      says: 'an attribute of a message has a name, of whatever place it is numbered: The request must contain non-empty message attribute name',
      basis: 'observed',
      source: 'https://github.com/aws/aws-sdk-php/issues/694',
      holds: async () => {
        const rig = new FormRig();
        const QueueUrl = await rig.queue('orders');
        const words = 'The request must contain non-empty message attribute name.';
        const sent = { QueueUrl, MessageBody: 'x', ...string('MessageAttribute.1.Value', 'json') };
        expect(await rig.form('SendMessage', sent)).toEqual(refused(400, 'InvalidParameterValue', words));
      },
    },
    {
      says: 'the key of a tag has 1 to 128 characters',
      basis: 'undecided',
      source: `${API}/API_TagQueue.html`,
      holds: async () => {
        const rig = new FormRig();
        const QueueUrl = await rig.queue('orders');
        const words = 'Tag keys must be between 1 and 128 characters in length.';
        for (const [action, place] of [
          ['TagQueue', { QueueUrl }],
          ['CreateQueue', { QueueName: 'others' }],
        ] as const)
          expect(await rig.form(action, { ...place, 'Tag.1.Value': 'a' })).toEqual(refused(400, 'InvalidParameterValue', words));
        expect(elements((await rig.form('ListQueues')).text, 'QueueUrl')).toEqual([QueueUrl]);
      },
    },
  ],
};
