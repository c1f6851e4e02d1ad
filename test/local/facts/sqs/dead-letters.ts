import { ServiceError } from '../../../../local/service.ts';
import { arnOf, SqsRig } from '../../sqs/rig.ts';
import type { FactTable } from '../fact.ts';
import { API, GUIDE, MOVES, RECORDED } from './sources.ts';

const redrive = (name: string, maxReceiveCount: unknown = 1) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(name), maxReceiveCount }),
});

/** A queue with a dead-letter queue that has one message of it. */
async function withDeadLetter(suffix = ''): Promise<[SqsRig, url: string, dead: string]> {
  const rig = new SqsRig();
  const dead = await rig.queue(`dead${suffix}`);
  const url = await rig.queue(`orders${suffix}`, { ...redrive(`dead${suffix}`), VisibilityTimeout: '0' });
  const fifo = suffix === '' ? {} : { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
  await rig.send(url, 'one', fifo);
  await rig.receive(url);
  await rig.clock.advance(1_000);
  expect(await rig.bodies(url)).toEqual([]);
  return [rig, url, dead];
}

const moved = async (rig: SqsRig, SourceArn: string) =>
  (await rig.ask('ListMessageMoveTasks', { SourceArn, MaxResults: 10 })).Results;

export const sqsDeadLetters: FactTable = {
  service: 'SQS',
  facts: [
    {
      says: 'a message that was received as often as it may goes to the dead-letter queue when it would be received once more; it keeps its id, its time and its count, and tells where it comes from',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const [rig, , dead] = await withDeadLetter();
        const [got] = await rig.receive(dead, { AttributeNames: ['All'] });
        expect(got?.Attributes).toMatchObject({
          SentTimestamp: '978307200000',
          ApproximateReceiveCount: '2',
          DeadLetterQueueSourceArn: arnOf('orders'),
        });
      },
    },
    {
      says: 'a standard dead-letter queue keeps a message from when it was first sent on, a FIFO one from when it came',
      basis: 'documented',
      source: `${GUIDE}/sqs-dead-letter-queues.html`,
      holds: async () => {
        const standard = await withDeadLetter();
        await standard[0].clock.advance(345_600_000 - 1_000);
        expect(await standard[0].bodies(standard[2])).toEqual([]);
        const fifo = await withDeadLetter('.fifo');
        await fifo[0].clock.advance(345_600_000 - 1_000);
        expect(await fifo[0].bodies(fifo[2])).toEqual(['one']);
      },
    },
    {
      says: 'a dead-letter queue must be there, and be standard or FIFO as its source is',
      basis: 'documented',
      source: `${API}/API_SetQueueAttributes.html`,
      holds: async () => {
        const rig = new SqsRig();
        await rig.queue('dead.fifo');
        for (const name of ['none', 'dead.fifo'])
          expect(await rig.refusal('CreateQueue', { QueueName: 'orders', Attributes: redrive(name) })).toMatchObject({
            code: 'InvalidParameterValueException',
            message: expect.stringContaining('for parameter RedrivePolicy is invalid. Reason: ') as string,
          });
      },
    },
    {
      says: 'maxReceiveCount is 1 to 1,000, as a number or a text',
      basis: 'documented',
      source: `${API}/API_SetQueueAttributes.html`,
      holds: async () => {
        const rig = new SqsRig();
        await rig.queue('dead');
        for (const wrong of [0, 1_001, 'many'])
          expect(await rig.refusal('CreateQueue', { QueueName: 'orders', Attributes: redrive('dead', wrong) })).toMatchObject({
            code: 'InvalidParameterValueException',
          });
        expect(await rig.queue('orders', redrive('dead', '1000'))).toBeDefined();
      },
    },
    {
      says: 'a dead-letter queue may let in no source, or some',
      basis: 'documented',
      source: `${API}/API_SetQueueAttributes.html`,
      holds: async () => {
        const rig = new SqsRig();
        await rig.queue('closed', { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' });
        await rig.queue('dead', {
          RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [arnOf('orders')] }),
        });
        for (const [name, dead] of [
          ['orders', 'closed'],
          ['others', 'dead'],
        ] as const)
          expect(await rig.refusal('CreateQueue', { QueueName: name, Attributes: redrive(dead) })).toMatchObject({
            code: 'InvalidParameterValueException',
          });
        expect(await rig.queue('orders', redrive('dead'))).toBeDefined();
      },
    },
    {
      says: 'a dead-letter queue tells its sources',
      basis: 'documented',
      source: `${API}/API_ListDeadLetterSourceQueues.html`,
      holds: async () => {
        const [rig, url, dead] = await withDeadLetter();
        expect(await rig.ask('ListDeadLetterSourceQueues', { QueueUrl: dead })).toEqual({ queueUrls: [url] });
      },
    },
    {
      says: 'a message in a dead-letter queue that has one itself is received as often as that allows there',
      basis: 'undecided',
      source: `${GUIDE}/sqs-dead-letter-queues.html`,
      holds: async () => {
        const rig = new SqsRig();
        await rig.queue('last');
        const dead = await rig.queue('dead', { ...redrive('last'), VisibilityTimeout: '0' });
        const url = await rig.queue('orders', { ...redrive('dead'), VisibilityTimeout: '0' });
        await rig.send(url, 'one');
        await rig.receive(url);
        await rig.receive(url);
        expect(await rig.bodies(dead)).toEqual(['one']);
        expect(await rig.bodies(dead)).toEqual([]);
      },
    },
    {
      says: 'messages are moved back to where they came from, as new ones',
      basis: 'observed',
      source: MOVES,
      holds: async () => {
        const [rig, url, dead] = await withDeadLetter();
        const SourceArn = arnOf('dead');
        const { TaskHandle } = await rig.ask('StartMessageMoveTask', { SourceArn });
        expect(await moved(rig, SourceArn)).toMatchObject([{ Status: 'RUNNING', TaskHandle }]);
        await rig.clock.advance(1);
        expect(await moved(rig, SourceArn)).toEqual([
          {
            ApproximateNumberOfMessagesMoved: 1,
            ApproximateNumberOfMessagesToMove: 1,
            SourceArn,
            StartedTimestamp: 978307201000,
            Status: 'COMPLETED',
          },
        ]);
        expect(await rig.bodies(dead)).toEqual([]);
        const [got] = await rig.receive(url, { AttributeNames: ['All'] });
        expect(got).toMatchObject({ Body: 'one', Attributes: { ApproximateReceiveCount: '1', SentTimestamp: '978307201000' } });
      },
    },
    {
      says: 'or elsewhere, so many a second, until that is cancelled',
      basis: 'observed',
      source: MOVES,
      holds: async () => {
        const [rig, , dead] = await withDeadLetter();
        for (let n = 0; n < 9; n += 1) await rig.send(dead, `m${n}`);
        await rig.queue('elsewhere');
        const [SourceArn, DestinationArn] = [arnOf('dead'), arnOf('elsewhere')];
        const asked = { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: 1 };
        const { TaskHandle } = await rig.ask('StartMessageMoveTask', asked);
        expect(await rig.refusal('StartMessageMoveTask', asked)).toEqual({
          code: 'InvalidParameterValueException',
          message: 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        });
        await rig.clock.advance(1_000);
        expect(await rig.ask('CancelMessageMoveTask', { TaskHandle })).toEqual({ ApproximateNumberOfMessagesMoved: 2 });
        await rig.clock.advance(60_000);
        expect(await moved(rig, SourceArn)).toMatchObject([
          { Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 2, ApproximateNumberOfMessagesToMove: 10, DestinationArn },
        ]);
      },
    },
    {
      says: 'a task fails where its destination is gone',
      basis: 'observed',
      source: MOVES,
      holds: async () => {
        const [rig] = await withDeadLetter();
        const QueueUrl = await rig.queue('elsewhere');
        await rig.ask('StartMessageMoveTask', { SourceArn: arnOf('dead'), DestinationArn: arnOf('elsewhere') });
        await rig.ask('DeleteQueue', { QueueUrl });
        await rig.clock.advance(1);
        expect(await moved(rig, arnOf('dead'))).toMatchObject([
          { Status: 'FAILED', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' },
        ]);
      },
    },
    {
      says: 'only a dead-letter queue has messages moved, to a queue that is there',
      basis: 'observed',
      source: MOVES,
      holds: async () => {
        const [rig] = await withDeadLetter();
        expect(await rig.refusal('StartMessageMoveTask', { SourceArn: arnOf('orders') })).toEqual({
          code: 'InvalidParameterValueException',
          message: 'Source queue must be configured as a Dead Letter Queue.',
        });
        const asked = { SourceArn: arnOf('dead'), DestinationArn: arnOf('none') };
        expect(await rig.refusal('StartMessageMoveTask', asked)).toEqual({
          code: 'ResourceNotFoundException',
          message: "The resource that you specified for the DestinationArn parameter doesn't exist.",
        });
      },
    },
    {
      says: 'messages are moved to a queue of the same type',
      basis: 'documented',
      source: `${GUIDE}/sqs-configure-dead-letter-queue-redrive.html`,
      holds: async () => {
        const [rig] = await withDeadLetter();
        await rig.queue('other.fifo');
        const asked = { SourceArn: arnOf('dead'), DestinationArn: arnOf('other.fifo') };
        expect(await rig.refusal('StartMessageMoveTask', asked)).toMatchObject({ code: 'InvalidParameterValueException' });
      },
    },
    {
      says: 'and never to the queue in which they are',
      basis: 'undecided',
      source: `${API}/API_StartMessageMoveTask.html`,
      holds: async () => {
        const [rig, , dead] = await withDeadLetter();
        const asked = { SourceArn: arnOf('dead'), DestinationArn: arnOf('dead') };
        expect(await rig.refusal('StartMessageMoveTask', asked)).toMatchObject({ code: 'InvalidParameterValueException' });
        await rig.clock.advance(1);
        expect(await rig.bodies(dead)).toEqual(['one']);
      },
    },
    {
      says: 'no queue is its own dead-letter queue',
      basis: 'undecided',
      source: `${GUIDE}/sqs-dead-letter-queues.html`,
      holds: async () => {
        const rig = new SqsRig();
        const QueueUrl = await rig.queue('orders', { VisibilityTimeout: '0' });
        expect(await rig.refusal('SetQueueAttributes', { QueueUrl, Attributes: redrive('orders') })).toMatchObject({
          code: 'InvalidParameterValueException',
        });
        await rig.send(QueueUrl, 'one');
        for (let times = 0; times < 3; times += 1) expect(await rig.bodies(QueueUrl)).toEqual(['one']);
      },
    },
    {
      says: 'a task is cancelled by its handle alone',
      basis: 'observed',
      source: MOVES,
      holds: async () => {
        const [rig] = await withDeadLetter();
        const handle = (task: object) => Buffer.from(JSON.stringify(task)).toString('base64');
        const cancel = (TaskHandle: string) => rig.refusal('CancelMessageMoveTask', { TaskHandle });
        expect(await cancel('foobared')).toEqual({
          code: 'InvalidParameterValueException',
          message: 'Value for parameter TaskHandle is invalid.',
        });
        expect(await cancel(handle({ taskId: 't', sourceArn: arnOf('none') }))).toEqual({
          code: 'ResourceNotFoundException',
          message: "The resource that you specified for the SourceArn parameter doesn't exist.",
        });
        expect(await cancel(handle({ taskId: 't', sourceArn: arnOf('dead') }))).toEqual({
          code: 'ResourceNotFoundException',
          message: 'Task does not exist.',
        });
      },
    },
    {
      says: 'who starts a task must be able to use the key of the queue that it empties, and of the one that it fills',
      basis: 'documented',
      source: `${GUIDE}/sqs-configure-dead-letter-queue-redrive.html`,
      holds: async () => {
        const closed = new Set<string>();
        const used: string[] = [];
        const rig: SqsRig = new SqsRig({
          check: (_sender, action, resource) => {
            if (action.startsWith('kms:')) used.push(`${action} ${resource}`);
            if (closed.has(`${action} ${resource}`)) throw new ServiceError('AccessDeniedException', 'closed');
          },
        });
        await rig.queue('dead', { KmsMasterKeyId: 'dead-key' });
        await rig.queue('orders', { KmsMasterKeyId: 'key', ...redrive('dead') });
        const start = () => rig.refusal('StartMessageMoveTask', { SourceArn: arnOf('dead') });
        for (const one of ['kms:Decrypt dead-key', 'kms:GenerateDataKey key', 'kms:Decrypt key']) {
          closed.add(one);
          expect(await start()).toMatchObject({ code: 'KmsAccessDenied' });
          closed.delete(one);
        }
        used.length = 0;
        await rig.ask('StartMessageMoveTask', { SourceArn: arnOf('dead') });
        expect(used).toEqual(['kms:Decrypt dead-key', 'kms:GenerateDataKey key', 'kms:Decrypt key']);
      },
    },
    {
      says: 'a task whose key is closed while it goes on fails with the code of that, and leaves what it has not moved',
      basis: 'undecided',
      source: `${API}/API_ListMessageMoveTasks.html`,
      holds: async () => {
        let isClosed = false;
        const rig = new SqsRig({
          check: (_sender, action) => {
            if (isClosed && action.startsWith('kms:')) throw new ServiceError('DisabledException', 'disabled');
          },
        });
        const dead = await rig.queue('dead');
        await rig.queue('orders', { KmsMasterKeyId: 'key', ...redrive('dead') });
        await rig.queue('elsewhere', { KmsMasterKeyId: 'key' });
        await rig.send(dead, 'one');
        await rig.ask('StartMessageMoveTask', { SourceArn: arnOf('dead'), DestinationArn: arnOf('elsewhere') });
        isClosed = true;
        await rig.clock.advance(1);
        expect(await moved(rig, arnOf('dead'))).toMatchObject([{ Status: 'FAILED', FailureReason: 'KMS.DisabledException' }]);
        expect(await rig.bodies(dead)).toEqual(['one']);
      },
    },
    {
      says: 'the ten latest tasks of a queue are told, and one of an earlier time is told no more',
      basis: 'documented',
      source: `${API}/API_ListMessageMoveTasks.html`,
      holds: async () => {
        const [rig] = await withDeadLetter();
        const SourceArn = arnOf('dead');
        for (let n = 0; n < 12; n += 1) {
          await rig.ask('StartMessageMoveTask', { SourceArn });
          await rig.clock.advance(1_000);
        }
        const times = ((await moved(rig, SourceArn)) as { StartedTimestamp: number }[]).map((task) => task.StartedTimestamp);
        expect(times).toEqual(Array.from({ length: 10 }, (_one, n) => 978307201000 + (11 - n) * 1_000));
        expect(rig.queues.moves.of(SourceArn)).toHaveLength(10);
      },
    },
  ],
};
