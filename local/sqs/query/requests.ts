import type { FormField, FormFields } from '../../form.ts';

const texts = (as: string): FormField => ({ list: 'text', as });
const map = (as: string, key: string, value: string, of: FormField = 'text'): FormField => ({ map: [key, value, of], as });
const entries = (fields: FormFields['fields']): FormField => ({ list: { fields: { Id: 'text', ...fields } }, as: 'Entries' });
const form = (fields: FormFields['fields']): FormFields => ({ fields });

const QUEUE = { QueueUrl: 'text' } as const;
const PAGE = { MaxResults: 'text', NextToken: 'text' } as const;
const HANDLE = { ReceiptHandle: 'text' } as const;
const VISIBILITY = { ...HANDLE, VisibilityTimeout: 'text' } as const;
const TAGS = map('Tags', 'Key', 'Value');
const ATTRIBUTES = map('Attributes', 'Name', 'Value');
const VALUE: FormField = { fields: { DataType: 'text', StringValue: 'text', BinaryValue: 'text' } };
const MESSAGE: FormFields['fields'] = {
  MessageBody: 'text',
  DelaySeconds: 'text',
  MessageAttribute: map('MessageAttributes', 'Name', 'Value', VALUE),
  MessageSystemAttribute: map('MessageSystemAttributes', 'Name', 'Value', VALUE),
  MessageDeduplicationId: 'text',
  MessageGroupId: 'text',
};

/** What forms hold, by their action: numbered lists in the place of JSON's. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html */
export const REQUESTS: Readonly<Record<string, FormFields>> = {
  AddPermission: form({ ...QUEUE, Label: 'text', AWSAccountId: texts('AWSAccountIds'), ActionName: texts('Actions') }),
  CancelMessageMoveTask: form({ TaskHandle: 'text' }),
  ChangeMessageVisibility: form({ ...QUEUE, ...VISIBILITY }),
  ChangeMessageVisibilityBatch: form({ ...QUEUE, ChangeMessageVisibilityBatchRequestEntry: entries(VISIBILITY) }),
  CreateQueue: form({ QueueName: 'text', Attribute: ATTRIBUTES, Tag: map('tags', 'Key', 'Value') }),
  DeleteMessage: form({ ...QUEUE, ...HANDLE }),
  DeleteMessageBatch: form({ ...QUEUE, DeleteMessageBatchRequestEntry: entries(HANDLE) }),
  DeleteQueue: form(QUEUE),
  GetQueueAttributes: form({ ...QUEUE, AttributeName: texts('AttributeNames') }),
  GetQueueUrl: form({ QueueName: 'text', QueueOwnerAWSAccountId: 'text' }),
  ListDeadLetterSourceQueues: form({ ...QUEUE, ...PAGE }),
  ListMessageMoveTasks: form({ SourceArn: 'text', MaxResults: 'text' }),
  ListQueueTags: form(QUEUE),
  ListQueues: form({ QueueNamePrefix: 'text', ...PAGE }),
  PurgeQueue: form(QUEUE),
  ReceiveMessage: form({
    ...QUEUE,
    AttributeName: texts('AttributeNames'),
    MessageSystemAttributeName: texts('MessageSystemAttributeNames'),
    MessageAttributeName: texts('MessageAttributeNames'),
    MaxNumberOfMessages: 'text',
    VisibilityTimeout: 'text',
    WaitTimeSeconds: 'text',
    ReceiveRequestAttemptId: 'text',
  }),
  RemovePermission: form({ ...QUEUE, Label: 'text' }),
  SendMessage: form({ ...QUEUE, ...MESSAGE }),
  SendMessageBatch: form({ ...QUEUE, SendMessageBatchRequestEntry: entries(MESSAGE) }),
  SetQueueAttributes: form({ ...QUEUE, Attribute: ATTRIBUTES }),
  StartMessageMoveTask: form({ SourceArn: 'text', DestinationArn: 'text', MaxNumberOfMessagesPerSecond: 'text' }),
  TagQueue: form({ ...QUEUE, Tag: TAGS }),
  UntagQueue: form({ ...QUEUE, TagKey: texts('TagKeys') }),
};
