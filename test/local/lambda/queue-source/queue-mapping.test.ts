import { existsSync } from 'node:fs';
import path from 'node:path';
import { traceOf } from '../../../../local/lambda/lineage.ts';
import { FUNCTION, UUID } from '../event-source/rig.ts';
import { queueRig, type QueueEvent } from './rig.ts';

const fail = (): never => {
  throw new Error('no');
};
const ONE_GROUP = { MessageGroupId: 'g' };
const FIFO = { queue: 'orders.fifo', attributes: { ContentBasedDeduplication: 'true' } };

test('a halt waits for the batch that is under way, and lets none begin', async () => {
  let answer: () => void = () => undefined;
  const handler = () => new Promise<void>((resolve) => (answer = resolve));
  const { map, send, clock, batches, mappings } = await queueRig({ handler });
  const mapping = map({ batchSize: 1 });
  await send('one');
  await send('two');
  const moved = clock.advance(1_000);
  while (batches().length === 0) await new Promise(setImmediate);
  const halted = mappings.halt();
  answer();
  await Promise.all([moved, halted]);
  await clock.advance(60_000);
  expect(batches()).toEqual([['one']]);
  expect(mapping.pending).toBe(1);
});

test('a halt between receiving and invoking gives back what was received', async () => {
  const { map, send, clock, events, mappings, sqs, url } = await queueRig();
  const receive = sqs.queues.receive.bind(sqs.queues);
  let halted: Promise<void> | undefined;
  sqs.queues.receive = async (...asked) => {
    const received = await receive(...asked);
    halted = mappings.halt();
    return received;
  };
  map();
  await send('one');
  await clock.advance(10);
  await halted;
  expect(events).toEqual([]);
  sqs.queues.receive = receive;
  expect(await sqs.bodies(url)).toEqual(['one']);
});

test('a halt gives back what is gathered, and nothing that another has received since', async () => {
  const { map, send, clock, mappings, sqs, url } = await queueRig();
  map({ batchingWindow: 300, batchSize: 2 });
  await send('one');
  await clock.advance(29_000);
  await send('two', { DelaySeconds: 900 });
  await sqs.ask('SetQueueAttributes', { QueueUrl: url, Attributes: { VisibilityTimeout: '60' } });
  await mappings.halt();
  const [got] = await sqs.receive(url, { AttributeNames: ['All'] });
  expect(got).toMatchObject({ Body: 'one', Attributes: { ApproximateReceiveCount: '1' } });
  expect(got?.Attributes?.ApproximateFirstReceiveTimestamp).toBe(String(clock.now()));
  const again = await queueRig();
  again.map({ batchingWindow: 300 });
  await again.send('one');
  await again.clock.advance(10);
  const [message] = again.sqs.queues.byUrl(again.url).all();
  if (message !== undefined) message.receipt = 'of another';
  await again.mappings.halt();
  expect(await again.sqs.bodies(again.url)).toEqual([]);
});

test('what is visible at once after a failure does not keep the clock where it is', async () => {
  const { map, send, clock, events, sqs, url } = await queueRig({ handler: fail });
  map();
  await sqs.ask('SetQueueAttributes', { QueueUrl: url, Attributes: { VisibilityTimeout: '0' } });
  await send('one');
  await clock.advance(10_000);
  expect(events).toHaveLength(10);
});

test('a message that cannot be deleted and is visible at once does not either', async () => {
  const denied: string[] = [];
  const { map, send, clock, events, sqs, url } = await queueRig({ denied });
  map();
  denied.push('sqs:DeleteMessage');
  await sqs.ask('SetQueueAttributes', { QueueUrl: url, Attributes: { VisibilityTimeout: '0' } });
  await send('one');
  await clock.advance(10_000);
  expect(events).toHaveLength(10);
});

test('two functions share the messages of one queue, each message once', async () => {
  const { map, send, clock, batches } = await queueRig();
  map({ batchSize: 1 });
  map({ batchSize: 1, uuid: 'other', functionArn: `${FUNCTION}:live` });
  for (const body of ['one', 'two', 'three', 'four']) await send(body);
  await clock.advance(100);
  expect(batches()).toEqual([['one'], ['two'], ['three'], ['four']]);
});

test('what of a FIFO batch has no room in an event does not overtake it where it fails', async () => {
  let failures = 1;
  const handler = () => (failures-- > 0 ? fail() : undefined);
  const { map, send, clock, events } = await queueRig({ ...FIFO, handler });
  map();
  for (const digit of '01234567') await send(digit + 'x'.repeat(1_000_000), ONE_GROUP);
  await clock.advance(60_000);
  const firsts = events.map(({ Records }: QueueEvent) => Records.map(({ body }) => body.slice(0, 1)).join(''));
  expect(firsts).toEqual(['012345', '012345', '67']);
  expect(events[2]?.Records[0]?.attributes.ApproximateReceiveCount).toBe('1');
});

test('in a FIFO queue what follows a loop’s message in its group waits with it, and other groups go on', async () => {
  const { map, send, clock, batches } = await queueRig(FIFO);
  map();
  const AWSTraceHeader = { DataType: 'String', StringValue: traceOf(16) };
  await send('loop', { ...ONE_GROUP, MessageSystemAttributes: { AWSTraceHeader } });
  await send('behind', ONE_GROUP);
  await send('other', { MessageGroupId: 'h' });
  await clock.advance(1_000);
  expect(batches()).toEqual([['other']]);
});

test('what is saved of a stream’s mapping goes where the mapping is a queue’s now; of a queue’s nothing is saved', async () => {
  const stream = await queueRig();
  stream.open();
  stream.mappings.save(stream.folder);
  const file = path.join(stream.folder, `${UUID}.json`);
  expect(existsSync(file)).toBe(true);
  const { map, mappings } = await queueRig();
  map();
  mappings.restore(stream.folder);
  mappings.save(stream.folder);
  expect(existsSync(file)).toBe(false);
});
