import { ServiceError } from '../../../../local/service.ts';
import { ACCOUNT, arnOf, SqsRig } from '../../sqs/rig.ts';
import type { FactTable } from '../fact.ts';
import { API, GUIDE, RECORDED, VALIDATED } from './sources.ts';

const STANDARD = {
  ApproximateNumberOfMessages: '0',
  ApproximateNumberOfMessagesDelayed: '0',
  ApproximateNumberOfMessagesNotVisible: '0',
  CreatedTimestamp: '978307200',
  DelaySeconds: '0',
  LastModifiedTimestamp: '978307200',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  QueueArn: arnOf('orders'),
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

const created = async (QueueName: string, Attributes: Readonly<Record<string, string>>) =>
  new SqsRig().refusal('CreateQueue', { QueueName, Attributes });

export const sqsQueues: FactTable = {
  service: 'SQS',
  facts: [
    {
      says: 'a standard queue has these attributes where nothing is said',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        expect(await rig.attributes(await rig.queue('orders'))).toEqual(STANDARD);
      },
    },
    {
      says: 'a FIFO queue has four more',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        expect(await rig.attributes(await rig.queue('orders.fifo', { ContentBasedDeduplication: 'True' }))).toEqual({
          ...STANDARD,
          QueueArn: arnOf('orders.fifo'),
          ContentBasedDeduplication: 'true',
          DeduplicationScope: 'queue',
          FifoQueue: 'true',
          FifoThroughputLimit: 'perQueue',
        });
      },
    },
    {
      says: 'an empty text sets an attribute to its default',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders', { KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000' });
        expect(await rig.attributes(url)).toEqual({
          ...STANDARD,
          KmsMasterKeyId: 'testKeyId',
          KmsDataKeyReusePeriodSeconds: '6000',
          SqsManagedSseEnabled: 'false',
        });
        const Attributes = { KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300' };
        await rig.ask('SetQueueAttributes', { QueueUrl: url, Attributes });
        expect(await rig.attributes(url)).toEqual({ ...STANDARD, SqsManagedSseEnabled: 'false' });
      },
    },
    {
      says: 'a queue has a key of KMS or that of SQS, and whoever asks for both is refused',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        expect(await created('orders', { KmsMasterKeyId: 'k', SqsManagedSseEnabled: 'true' })).toEqual({
          code: 'InvalidAttributeName',
          message: 'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
        });
      },
    },
    {
      says: 'a standard queue has no attribute of FIFO queues',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        for (const [name, value, message] of [
          ['FifoQueue', 'false', 'Unknown Attribute FifoQueue.'],
          ['ContentBasedDeduplication', 'false', 'Unknown Attribute ContentBasedDeduplication.'],
          ['DeduplicationScope', 'queue', 'You can specify the DeduplicationScope only when FifoQueue is set to true.'],
          ['FifoThroughputLimit', 'perQueue', 'You can specify the FifoThroughputLimit only when FifoQueue is set to true.'],
        ] as const)
          expect(await created('orders', { [name]: value })).toEqual({ code: 'InvalidAttributeName', message });
      },
    },
    {
      says: 'a queue stays standard, or FIFO',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const set = async (name: string, FifoQueue: string) =>
          rig.refusal('SetQueueAttributes', { QueueUrl: await rig.queue(name), Attributes: { FifoQueue } });
        expect(await set('orders', 'true')).toEqual({ code: 'InvalidAttributeName', message: 'Unknown Attribute FifoQueue.' });
        expect(await set('orders.fifo', 'false')).toEqual({
          code: 'InvalidAttributeValue',
          message: 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
        });
      },
    },
    {
      says: 'numbers of attributes have bounds',
      basis: 'documented',
      source: `${API}/API_SetQueueAttributes.html`,
      holds: async () => {
        for (const [name, wrong] of [
          ['DelaySeconds', '901'],
          ['MaximumMessageSize', '1023'],
          ['MaximumMessageSize', '1048577'],
          ['MessageRetentionPeriod', '59'],
          ['MessageRetentionPeriod', '1209601'],
          ['ReceiveMessageWaitTimeSeconds', '21'],
          ['VisibilityTimeout', '43201'],
          ['VisibilityTimeout', 'soon'],
          ['KmsDataKeyReusePeriodSeconds', '59'],
        ] as const)
          expect(await created('orders', { [name]: wrong })).toEqual({
            code: 'InvalidAttributeValue',
            message: `Invalid value for the parameter ${name}.`,
          });
      },
    },
    {
      says: 'who makes a queue that is there gets it where the attributes are the same, and QueueNameExists where not',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders', { DelaySeconds: '1' });
        expect(await rig.queue('orders', { DelaySeconds: '1' })).toBe(url);
        expect(await rig.queue('orders')).toBe(url);
        expect(await rig.refusal('CreateQueue', { QueueName: 'orders', Attributes: { DelaySeconds: '2' } })).toEqual({
          code: 'QueueNameExists',
          message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
        });
      },
    },
    {
      says: 'the name of a deleted queue can be taken after 60 seconds',
      basis: 'documented',
      source: `${API}/API_DeleteQueue.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.ask('DeleteQueue', { QueueUrl: url });
        await rig.clock.advance(59_999);
        expect(await rig.refusal('CreateQueue', { QueueName: 'orders' })).toMatchObject({ code: 'QueueDeletedRecently' });
        await rig.clock.advance(1);
        expect(await rig.queue('orders')).toBe(url);
      },
    },
    {
      says: 'a name has 80 letters, digits, hyphens and underscores at most, and ends with .fifo for a FIFO queue alone',
      basis: 'documented',
      source: `${API}/API_CreateQueue.html`,
      holds: async () => {
        for (const [name, attributes] of [
          ['or ders', {}],
          ['o'.repeat(81), {}],
          ['orders.fifo', {}],
          ['orders', { FifoQueue: 'true' }],
          [`${'o'.repeat(76)}.fifo`, { FifoQueue: 'true' }],
        ] as const)
          expect(await created(name, attributes)).toMatchObject({ code: 'InvalidParameterValueException' });
      },
    },
    {
      says: 'a queue is purged once in 60 seconds',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.ask('PurgeQueue', { QueueUrl: url });
        expect(await rig.refusal('PurgeQueue', { QueueUrl: url })).toEqual({
          code: 'PurgeQueueInProgress',
          message: 'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
        });
        await rig.clock.advance(60_000);
        expect(await rig.ask('PurgeQueue', { QueueUrl: url })).toEqual({});
      },
    },
    {
      says: 'queues are listed by their names, so many at once as are asked for, with the last one’s URL as the token',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const urls = [];
        for (const name of ['q-2', 'q-0', 'q-1', 'other']) urls.push(await rig.queue(name));
        const [second, first, third] = urls;
        const page = await rig.ask('ListQueues', { QueueNamePrefix: 'q-', MaxResults: 2 });
        expect(page).toEqual({ QueueUrls: [first, third], NextToken: Buffer.from(third ?? '').toString('base64') });
        expect(await rig.ask('ListQueues', { QueueNamePrefix: 'q-', NextToken: page.NextToken })).toEqual({
          QueueUrls: [second],
        });
        expect(await rig.ask('ListQueues', { QueueNamePrefix: 'none' })).toEqual({});
      },
    },
    {
      says: 'tags are told, and a queue without any has no member Tags',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const QueueUrl = await rig.queue('orders');
        await rig.ask('TagQueue', { QueueUrl, Tags: { tag1: 'value1', tag2: '' } });
        expect(await rig.ask('ListQueueTags', { QueueUrl })).toEqual({ Tags: { tag1: 'value1', tag2: '' } });
        await rig.ask('UntagQueue', { QueueUrl, TagKeys: ['tag1', 'tag2'] });
        expect(await rig.ask('ListQueueTags', { QueueUrl })).toEqual({});
      },
    },
    {
      says: 'a label lets accounts in by the policy of the queue, once, until it is removed',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new SqsRig();
        const QueueUrl = await rig.queue('orders');
        const asked = { QueueUrl, Label: 'cross', AWSAccountIds: [ACCOUNT], Actions: ['ReceiveMessage'] };
        await rig.ask('AddPermission', asked);
        const policy = {
          Version: '2008-10-17',
          Id: `${arnOf('orders')}/SQSDefaultPolicy`,
          Statement: [
            {
              Sid: 'cross',
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
              Action: 'SQS:ReceiveMessage',
              Resource: arnOf('orders'),
            },
          ],
        };
        expect(JSON.parse((await rig.attributes(QueueUrl)).Policy ?? '')).toEqual(policy);
        expect(rig.policies.get(arnOf('orders'))).toEqual(policy);
        expect(await rig.refusal('AddPermission', asked)).toEqual({
          code: 'InvalidParameterValueException',
          message: 'Value cross for parameter Label is invalid. Reason: Already exists.',
        });
        await rig.ask('RemovePermission', { QueueUrl, Label: 'cross' });
        expect((await rig.attributes(QueueUrl)).Policy).toBeUndefined();
        expect(rig.policies.get(arnOf('orders'))).toBeUndefined();
        expect(await rig.refusal('RemovePermission', { QueueUrl, Label: 'cross' })).toMatchObject({
          message: "Value cross for parameter Label is invalid. Reason: can't find label.",
        });
      },
    },
    {
      says: 'a batch asks for the permission of what it is a batch of, and a refusal writes the action in small letters',
      basis: 'observed',
      source: 'https://github.com/aws/serverless-application-model/issues/3633',
      holds: async () => {
        const rig = new SqsRig({
          check: (_sender, action) => {
            if (action === 'sqs:SendMessage')
              throw new ServiceError('AccessDeniedException', `not authorized to perform: ${action} on resource: it`);
          },
        });
        const Entries = [{ Id: 'a', MessageBody: 'x' }];
        expect(await rig.refusal('SendMessageBatch', { QueueUrl: await rig.queue('orders'), Entries })).toEqual({
          code: 'AccessDeniedException',
          message: 'not authorized to perform: sqs:sendmessage on resource: it',
        });
      },
    },
    {
      says: 'a sender needs kms:GenerateDataKey and kms:Decrypt of the key of a queue, a receiver kms:Decrypt',
      basis: 'documented',
      source: `${GUIDE}/sqs-key-management.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders', { KmsMasterKeyId: 'key' });
        rig.asked.length = 0;
        await rig.send(url, 'x');
        await rig.receive(url);
        expect(rig.asked.filter(([action]) => action.startsWith('kms:'))).toEqual([
          ['kms:GenerateDataKey', 'key'],
          ['kms:Decrypt', 'key'],
          ['kms:Decrypt', 'key'],
        ]);
      },
    },
    {
      says: 'metrics count what is sent, received and deleted, and tell each minute how much there is, and how old',
      basis: 'documented',
      source: `${GUIDE}/sqs-available-cloudwatch-metrics.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'four');
        await rig.clock.advance(60_000);
        const [got] = await rig.receive(url);
        await rig.ask('DeleteMessage', { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle });
        await rig.receive(url);
        expect(rig.measured.map(([, values]) => values)).toEqual([
          { NumberOfMessagesSent: 1, SentMessageSize: 4 },
          {
            ApproximateNumberOfMessagesVisible: 1,
            ApproximateNumberOfMessagesNotVisible: 0,
            ApproximateNumberOfMessagesDelayed: 0,
            ApproximateAgeOfOldestMessage: 60,
          },
          { NumberOfMessagesReceived: 1 },
          { NumberOfMessagesDeleted: 1 },
          { NumberOfEmptyReceives: 1 },
        ]);
      },
    },
    {
      says: 'an empty queue is measured for six hours after its last use, and no longer',
      basis: 'documented',
      source: `${GUIDE}/sqs-available-cloudwatch-metrics.html`,
      holds: async () => {
        const rig = new SqsRig();
        const url = await rig.queue('orders');
        await rig.send(url, 'x');
        const [got] = await rig.receive(url);
        await rig.ask('DeleteMessage', { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle });
        rig.measured.length = 0;
        await rig.clock.advance(86_400_000);
        expect(rig.measured).toHaveLength(6 * 60);
      },
    },
    {
      says: 'an attribute that nobody knows is refused by its name',
      basis: 'observed',
      source: VALIDATED,
      holds: async () => {
        const rig = new SqsRig();
        const QueueUrl = await rig.queue('orders');
        const expected = { code: 'InvalidAttributeName', message: 'Unknown Attribute Colour.' };
        expect(await rig.refusal('GetQueueAttributes', { QueueUrl, AttributeNames: ['Colour'] })).toEqual(expected);
        expect(await rig.refusal('SetQueueAttributes', { QueueUrl, Attributes: { Colour: 'red' } })).toEqual(expected);
      },
    },
  ],
};
