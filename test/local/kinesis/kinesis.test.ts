import { SimulatedClock } from '../../../local/clock.ts';
import { Kinesis } from '../../../local/kinesis/kinesis.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';

const arn = 'arn:aws:kinesis:us-east-1:123456789012:stream/events';
const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/one';
const caller: Caller = { arn: 'arn:aws:sts::123456789012:assumed-role/producer/s', accountId: '123456789012' };
const start = Date.UTC(2001, 0, 1);

function kinesis({
  denied = [] as string[],
  checks = [] as string[],
  ...settings
}: Partial<Parameters<Kinesis['createStream']>[0]> & { denied?: string[]; checks?: string[] } = {}) {
  const clock = new SimulatedClock(start);
  const access = {
    check: (_caller: Caller, action: string, resource: string) => {
      checks.push(`${action} ${resource}`);
      if (denied.includes(action)) throw new ServiceError('AccessDeniedException', `not allowed: ${action}`);
    },
  };
  const service = new Kinesis({ clock, access, region: 'us-east-1' });
  const stream = service.createStream({ name: 'events', arn, ...settings });
  const call = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const run = service.service.operations[operation];
    if (run === undefined) throw new Error(`no operation ${operation}`);
    return (await run({ StreamName: 'events', ...input }, caller)) as Record<string, unknown>;
  };
  return { clock, stream, call };
}
const base64 = (text: string) => Buffer.from(text).toString('base64');
const record = (text: string, key = 'k') => ({ Data: base64(text), PartitionKey: key });

test('keeps the order of one key, with sequence numbers that grow', async () => {
  const { call, clock } = kinesis({ shardCount: 1 });
  const numbers: bigint[] = [];
  for (const text of ['a', 'b', 'c']) {
    const { SequenceNumber } = await call('PutRecord', record(text));
    numbers.push(BigInt(SequenceNumber as string));
    await clock.advance(7);
  }
  expect([...numbers].sort((a, b) => (a < b ? -1 : 1))).toEqual(numbers);
  expect(new Set(numbers).size).toBe(3);
  const { ShardIterator } = await call('GetShardIterator', {
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const { Records } = await call('GetRecords', { ShardIterator });
  expect(Records).toMatchObject([
    { Data: base64('a'), ApproximateArrivalTimestamp: start / 1000 },
    { Data: base64('b'), ApproximateArrivalTimestamp: (start + 7) / 1000 },
    { Data: base64('c') },
  ]);
});

test('an on-demand stream has four shards that cover every hash key', async () => {
  const { call } = kinesis();
  const { Shards } = await call('ListShards', {});
  const ranges = (Shards as { HashKeyRange: { StartingHashKey: string; EndingHashKey: string } }[]).map(
    ({ HashKeyRange }) => HashKeyRange,
  );
  expect(ranges.map(({ StartingHashKey }) => BigInt(StartingHashKey))).toEqual([0n, 1n << 126n, 1n << 127n, 3n << 126n]);
  expect(ranges.at(-1)?.EndingHashKey).toBe(String((1n << 128n) - 1n));
});

test('a shard takes 1 MiB a simulated second; the excess fails alone', async () => {
  const { call, clock } = kinesis({ shardCount: 1 });
  const large = { Data: Buffer.alloc(400 * 1024).toString('base64'), PartitionKey: 'k' };
  const first = await call('PutRecords', { Records: [large, large, large, record('small')] });
  expect(first.FailedRecordCount).toBe(1);
  expect((first.Records as object[])[2]).toMatchObject({ ErrorCode: 'ProvisionedThroughputExceededException' });
  await clock.advance(1000);
  expect(await call('PutRecords', { Records: [large] })).toMatchObject({ FailedRecordCount: 0 });
});

test('a shard takes 1,000 records a simulated second', async () => {
  const { call } = kinesis({ shardCount: 1 });
  const Records = Array.from({ length: 500 }, () => record('x'));
  await call('PutRecords', { Records });
  await call('PutRecords', { Records });
  expect(await call('PutRecords', { Records })).toMatchObject({ FailedRecordCount: 500 });
  await expect(call('PutRecord', record('x'))).rejects.toMatchObject({ code: 'ProvisionedThroughputExceededException' });
});

test.each([
  ['more than 500 records', { Records: Array.from({ length: 501 }, () => record('x')) }, 'InvalidArgumentException'],
  [
    'a record over 1 MiB',
    { Records: [{ Data: Buffer.alloc(1024 * 1024).toString('base64'), PartitionKey: 'k' }] },
    'ValidationException',
  ],
  ['no partition key', { Records: [{ Data: base64('x') }] }, 'ValidationException'],
])('fails for %s', async (_name, input, code) => {
  await expect(kinesis().call('PutRecords', input)).rejects.toMatchObject({ code });
});

test('forgets records when their retention ends, and counts those that nobody had read', async () => {
  const { call, clock, stream } = kinesis({ shardCount: 1, retentionHours: 24 });
  const consumer = stream.addConsumer();
  await call('PutRecord', record('old'));
  await clock.advance(25 * 3_600_000);
  expect(consumer.pending()).toBe(0);
  expect(stream.lost).toBe(1);
});

test('a reader under the limit of memory still sees what a delivery has passed', async () => {
  const { call, stream } = kinesis({ shardCount: 1 });
  const consumer = stream.addConsumer();
  await call('PutRecord', record('seen'));
  const shard = stream.shards[0];
  if (shard === undefined) throw new Error('no shard');
  const [read] = consumer.read(shard, 10, 1000);
  if (read === undefined) throw new Error('no record');
  consumer.pass(shard, read);
  expect(consumer.pending()).toBe(0);
  expect(consumer.read(shard, 10, 1000)).toEqual([]);
  const { ShardIterator } = await call('GetShardIterator', { ShardId: shard.id, ShardIteratorType: 'TRIM_HORIZON' });
  expect((await call('GetRecords', { ShardIterator })).Records).toHaveLength(1);
});

test('iterators start after a sequence number, at the end, and expire', async () => {
  const { call, clock } = kinesis({ shardCount: 1 });
  const { SequenceNumber, ShardId } = await call('PutRecord', record('a'));
  await call('PutRecord', record('b'));
  const after = await call('GetShardIterator', {
    ShardId,
    ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
    StartingSequenceNumber: SequenceNumber,
  });
  expect((await call('GetRecords', after)).Records).toMatchObject([{ Data: base64('b') }]);
  const latest = await call('GetShardIterator', { ShardId, ShardIteratorType: 'LATEST' });
  expect((await call('GetRecords', latest)).Records).toEqual([]);
  await clock.advance(301_000);
  await expect(call('GetRecords', latest)).rejects.toMatchObject({ code: 'ExpiredIteratorException' });
});

test('authorizes producers and readers on the stream, and on its key', async () => {
  const checks: string[] = [];
  const { call } = kinesis({ checks, keyArn, shardCount: 1 });
  await call('PutRecords', { Records: [record('a')] });
  const iterator = await call('GetShardIterator', { ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' });
  await call('GetRecords', iterator);
  expect(checks).toEqual([
    `kinesis:PutRecords ${arn}`,
    `kms:GenerateDataKey ${keyArn}`,
    `kinesis:GetShardIterator ${arn}`,
    `kinesis:GetRecords ${arn}`,
    `kms:Decrypt ${keyArn}`,
  ]);
});

test('fails with the stream’s own code when the key is closed to the producer', async () => {
  const { call } = kinesis({ denied: ['kms:GenerateDataKey'], keyArn });
  await expect(call('PutRecord', record('a'))).rejects.toMatchObject({ code: 'KMSAccessDeniedException' });
});
