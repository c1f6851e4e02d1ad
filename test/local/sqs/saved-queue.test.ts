import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { arnOf, SqsRig } from './rig.ts';

const folder = () => mkdtempSync(path.join(tmpdir(), 'queues-'));

test('messages outlive a run as they were: hidden, counted, with what was said of them', async () => {
  const rig = new SqsRig();
  const url = await rig.queue('orders.fifo', { VisibilityTimeout: '60' });
  const more = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
  const MessageAttributes = {
    text: { DataType: 'String', StringValue: 'ü' },
    bytes: { DataType: 'Binary', BinaryValue: Buffer.of(0, 255).toString('base64') },
  };
  const sent = await rig.send(url, 'one ☃', { ...more, MessageAttributes });
  await rig.send(url, 'two', { MessageGroupId: 'h', MessageDeduplicationId: 'e' });
  const [got] = await rig.receive(url, { MaxNumberOfMessages: 1 });

  const next = rig.next();
  expect(await next.attributes(url)).toMatchObject({
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
  });
  expect((await next.send(url, 'again', more)).MessageId).toBe(sent.MessageId); // it is known again
  await next.clock.advance(60_000);
  const [, again] = await next.receive(url, { AttributeNames: ['All'], MessageAttributeNames: ['All'] });
  expect(again).toMatchObject({
    MessageId: got?.MessageId,
    Body: 'one ☃',
    MessageAttributes,
    Attributes: { ApproximateReceiveCount: '2', SequenceNumber: sent.SequenceNumber },
  });
  const third = await next.send(url, 'three', { MessageGroupId: 'i', MessageDeduplicationId: 'f' });
  expect(BigInt(third.SequenceNumber as string)).toBeGreaterThan(BigInt(sent.SequenceNumber as string));
});

test('a receipt of one run deletes the message in the next', async () => {
  const rig = new SqsRig();
  const url = await rig.queue('orders');
  await rig.send(url, 'one');
  const [got] = await rig.receive(url);
  const next = rig.next();
  await next.ask('DeleteMessage', { QueueUrl: url, ReceiptHandle: got?.ReceiptHandle });
  expect(await next.attributes(url)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '0' });
});

test('attributes and tags that a client set stay, until the template says something else', async () => {
  const [state, rig] = [folder(), new SqsRig()];
  rig.queues.create('orders', { DelaySeconds: '1' }, {});
  await rig.ask('SetQueueAttributes', { QueueUrl: 'orders', Attributes: { VisibilityTimeout: '7', Policy: '{"Statement":[]}' } });
  await rig.ask('TagQueue', { QueueUrl: 'orders', Tags: { team: 'a' } });
  rig.queues.save(state);
  const deployed = async (declared: Record<string, string>) => {
    const next = new SqsRig();
    next.queues.create('orders', declared, {});
    next.queues.restore(state);
    return [next, await next.attributes('orders')] as const;
  };
  const [next, same] = await deployed({ DelaySeconds: '1' });
  expect(same).toMatchObject({ DelaySeconds: '1', VisibilityTimeout: '7' });
  expect(next.policies.get(arnOf('orders'))).toEqual({ Statement: [] });
  expect(await next.ask('ListQueueTags', { QueueUrl: 'orders' })).toEqual({ Tags: { team: 'a' } });
  const [, other] = await deployed({ DelaySeconds: '2' });
  expect(other).toMatchObject({ DelaySeconds: '2', VisibilityTimeout: '30' });
});

test('an attribute that a client set to its default stays so', async () => {
  const [state, rig] = [folder(), new SqsRig()];
  const declared = { KmsMasterKeyId: 'key', VisibilityTimeout: '60' };
  rig.queues.create('orders', declared, {});
  await rig.ask('SetQueueAttributes', { QueueUrl: 'orders', Attributes: { KmsMasterKeyId: '', VisibilityTimeout: '' } });
  rig.queues.save(state);
  const next = new SqsRig();
  next.queues.create('orders', declared, {});
  next.queues.restore(state);
  const attributes = await next.attributes('orders');
  expect(attributes).toEqual(await rig.attributes('orders'));
  expect(attributes).not.toHaveProperty('KmsMasterKeyId');
});

test('tags are the template’s where it has changed them, and else as they were', async () => {
  const [state, rig] = [folder(), new SqsRig()];
  rig.queues.create('orders', {}, { changed: '1', gone: '1', same: '1' });
  await rig.ask('TagQueue', { QueueUrl: 'orders', Tags: { own: '1', same: '2' } });
  rig.queues.save(state);
  const next = new SqsRig();
  next.queues.create('orders', {}, { changed: '2', same: '1' });
  next.queues.restore(state);
  expect(await next.ask('ListQueueTags', { QueueUrl: 'orders' })).toEqual({ Tags: { changed: '2', own: '1', same: '2' } });
});

test('what a client set stays where the policy of a queue is deployed after what is taken up first', async () => {
  const [state, rig] = [folder(), new SqsRig()];
  const policy = { Policy: '{"Statement":[]}' };
  rig.queues.setAttributes(rig.queues.create('orders', {}, {}), policy, true);
  await rig.ask('SetQueueAttributes', { QueueUrl: 'orders', Attributes: { VisibilityTimeout: '7' } });
  await rig.send('orders', 'one');
  rig.queues.save(state);
  const next = new SqsRig();
  const queue = next.queues.create('orders', {}, {});
  next.queues.restore(state); // before a custom resource is asked for
  next.queues.setAttributes(queue, policy, true);
  next.queues.restore(state);
  expect(await next.attributes('orders')).toMatchObject({ VisibilityTimeout: '7', ApproximateNumberOfMessages: '1', ...policy });
});

test('what a client made is there again, and what it deleted is not', async () => {
  const rig = new SqsRig();
  await rig.queue('kept', { DelaySeconds: '3' });
  await rig.queue('gone');
  const next = rig.next();
  expect(await next.attributes('kept')).toMatchObject({ DelaySeconds: '3' });
  await next.ask('DeleteQueue', { QueueUrl: 'gone' });
  expect((await next.next().ask('ListQueues', {})).QueueUrls).toHaveLength(1);
});

test('a queue that no template has any more goes with its messages, but not where its stack does not run', async () => {
  const [state, rig] = [folder(), new SqsRig()];
  rig.queues.create('orders', {}, {});
  await rig.send('orders', 'one');
  rig.queues.save(state);
  const files = () => readdirSync(state).filter((file) => file.startsWith('orders'));
  expect(files()).toHaveLength(2);
  const part = new SqsRig();
  part.queues.restore(state);
  part.queues.save(state, false);
  expect(files()).toHaveLength(2);
  const whole = new SqsRig();
  whole.queues.restore(state);
  whole.queues.save(state);
  expect(files()).toEqual([]);
});

test('a task that moves messages goes on in the next run', async () => {
  const rig = new SqsRig();
  await rig.queue('dead');
  await rig.queue('elsewhere');
  await rig.queue('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 }) });
  for (const body of ['a', 'b', 'c']) await rig.send('dead', body);
  await rig.ask('StartMessageMoveTask', {
    SourceArn: arnOf('dead'),
    DestinationArn: arnOf('elsewhere'),
    MaxNumberOfMessagesPerSecond: 1,
  });
  await rig.clock.advance(0);
  const next = rig.next();
  expect(await next.attributes('elsewhere')).toMatchObject({ ApproximateNumberOfMessages: '1' });
  await next.clock.advance(2_000);
  expect(await next.bodies('elsewhere')).toEqual(['a', 'b', 'c']);
});

/** A template's queue, whose dead letters go to another. */
function withDeadLetters({ queues }: SqsRig): void {
  queues.create('dead', {}, {});
  const redrive = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 }) };
  queues.create('orders', redrive, {});
}

test('a task waits for its queue, which a start of other stacks does not make', async () => {
  const [state, rig] = [folder(), new SqsRig()];
  withDeadLetters(rig);
  for (const body of ['a', 'b']) await rig.send('dead', body);
  const DestinationArn = arnOf('orders');
  await rig.ask('StartMessageMoveTask', { SourceArn: arnOf('dead'), DestinationArn, MaxNumberOfMessagesPerSecond: 1 });
  rig.queues.save(state);
  const part = new SqsRig();
  part.queues.restore(state);
  await part.clock.advance(5_000);
  part.queues.save(state, false);
  const whole = new SqsRig();
  withDeadLetters(whole);
  whole.queues.restore(state);
  await whole.clock.advance(5_000);
  expect(await whole.bodies('orders')).toEqual(['a', 'b']);
});

test('a task waits for its destination too, which a start of other stacks does not make', async () => {
  const [state, rig] = [folder(), new SqsRig()];
  withDeadLetters(rig);
  rig.queues.create('elsewhere', {}, {});
  for (const body of ['a', 'b']) await rig.send('dead', body);
  const asked = { SourceArn: arnOf('dead'), DestinationArn: arnOf('elsewhere'), MaxNumberOfMessagesPerSecond: 1 };
  await rig.ask('StartMessageMoveTask', asked);
  rig.queues.save(state);
  const part = new SqsRig();
  withDeadLetters(part);
  part.queues.restore(state, false);
  await part.clock.advance(5_000);
  expect((await part.ask('ListMessageMoveTasks', { SourceArn: arnOf('dead') })).Results).toMatchObject([{ Status: 'RUNNING' }]);
  part.queues.save(state, false);
  const whole = new SqsRig();
  withDeadLetters(whole);
  whole.queues.create('elsewhere', {}, {});
  whole.queues.restore(state);
  await whole.clock.advance(5_000);
  expect(await whole.bodies('elsewhere')).toEqual(['a', 'b']);
});

test('what a client set stays where the policy of a queue lies in a stack that does not run, and so does the policy', async () => {
  const [state, rig] = [folder(), new SqsRig()];
  const policy = { Policy: '{"Statement":[]}' };
  rig.queues.setAttributes(rig.queues.create('orders', {}, {}), policy, true);
  const set = (by: SqsRig, Attributes: object) => by.ask('SetQueueAttributes', { QueueUrl: 'orders', Attributes });
  await set(rig, { VisibilityTimeout: '7' });
  rig.queues.save(state);
  const part = new SqsRig();
  part.queues.create('orders', {}, {});
  part.queues.restore(state, false);
  expect(await part.attributes('orders')).toMatchObject({ VisibilityTimeout: '7', ...policy });
  expect(part.policies.get(arnOf('orders'))).toEqual({ Statement: [] });
  await set(part, { DelaySeconds: '3' });
  part.queues.save(state, false);
  const whole = new SqsRig();
  whole.queues.setAttributes(whole.queues.create('orders', {}, {}), policy, true);
  whole.queues.restore(state);
  expect(await whole.attributes('orders')).toMatchObject({ VisibilityTimeout: '7', DelaySeconds: '3', ...policy });
});

test('a policy that no template has any more goes, and what a client set of the queue stays', async () => {
  const [state, rig] = [folder(), new SqsRig()];
  rig.queues.setAttributes(rig.queues.create('orders', {}, {}), { Policy: '{"Statement":[]}' }, true);
  await rig.ask('SetQueueAttributes', { QueueUrl: 'orders', Attributes: { VisibilityTimeout: '7' } });
  rig.queues.save(state);
  const next = new SqsRig();
  next.queues.create('orders', {}, {});
  next.queues.restore(state);
  const attributes = await next.attributes('orders');
  expect(attributes).toMatchObject({ VisibilityTimeout: '7' });
  expect(attributes).not.toHaveProperty('Policy');
});
