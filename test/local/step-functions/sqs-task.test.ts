import { StatesError } from '../../../local/step-functions/states-error.ts';
import { sendMessage } from '../../../local/step-functions/tasks/sqs.ts';
import { SENDER, SqsRig } from '../sqs/rig.ts';

async function failure(rig: SqsRig, asked: object): Promise<object> {
  try {
    await sendMessage(rig.queues)(asked, SENDER);
  } catch (error) {
    if (error instanceof StatesError) return error.said;
    throw error;
  }
  throw new Error('it did not fail');
}

test('a task sends a message, of what is no text its JSON, with attributes', async () => {
  const rig = new SqsRig();
  const QueueUrl = await rig.queue('orders');
  const MessageAttributes = { my_attribute_no_1: { DataType: 'String', StringValue: 'Hello' } };
  const asked = { QueueUrl, MessageBody: { Message: 'txt', TaskToken: 'token' }, MessageAttributes };
  expect(await sendMessage(rig.queues)(asked, SENDER)).toEqual({
    MessageId: expect.stringMatching(/^[\w-]{36}$/) as string,
    MD5OfMessageBody: expect.stringMatching(/^\w{32}$/) as string,
    MD5OfMessageAttributes: expect.stringMatching(/^\w{32}$/) as string,
  });
  expect(await rig.receive(QueueUrl, { MessageAttributeNames: ['All'] })).toMatchObject([
    { Body: '{"Message":"txt","TaskToken":"token"}', MessageAttributes },
  ]);
});

test('what SQS refuses fails in the words of Java’s first SDK', async () => {
  const rig = new SqsRig();
  const QueueUrl = await rig.queue('orders');
  expect(await failure(rig, { QueueUrl, MessageBody: null })).toEqual({
    error: 'SQS.AmazonSQSException',
    cause: expect.stringMatching(
      /^The request must contain the parameter MessageBody\. \(Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID: [\w-]+; Proxy: null\)$/,
    ) as string,
  });
  expect(await failure(rig, { QueueUrl: 'none', MessageBody: 'x' })).toEqual({
    error: 'SQS.QueueDoesNotExistException',
    cause: expect.stringContaining('Error Code: AWS.SimpleQueueService.NonExistentQueue;') as string,
  });
});

test('fails for a parameter that the integration lacks', async () => {
  const rig = new SqsRig();
  expect(await failure(rig, { QueueUrl: await rig.queue('orders'), MessageBody: 'x', Entries: [] })).toEqual({
    error: 'States.Runtime',
    cause: 'The field "Entries" is not supported by Step Functions',
  });
});
