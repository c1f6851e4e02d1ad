import type { FaultKinds, Faults, FaultPoint } from '../../../local/faults/faults.ts';
import { arn, base64, HOUR, keyArn, kinesis, record, refusal } from './rig.ts';

/** Gives each fault once, in order, at its point. */
function faultsOnce(...once: { readonly [Point in FaultPoint]: readonly [Point, FaultKinds[Point]] }[FaultPoint][]): Faults {
  const left = [...once];
  return {
    take: (point) => {
      const at = left.findIndex(([other]) => other === point);
      return at === -1 ? undefined : (left.splice(at, 1)[0]?.[1] as never);
    },
  };
}

test('forgets records when their retention ends, and counts those that nobody had read', async () => {
  const { call, clock, stream } = kinesis({ shardCount: 1, retentionHours: 24 });
  const consumer = stream.addConsumer();
  await call('PutRecord', record('old'));
  await clock.advance(25 * HOUR);
  expect(consumer.pending()).toBe(0);
  expect(stream.lost).toBe(1);
});

test('a reader under the limit of memory still sees what a delivery has passed', async () => {
  const { call, stream, read } = kinesis({ shardCount: 1 });
  const consumer = stream.addConsumer();
  await call('PutRecord', record('seen'));
  const shard = stream.shards[0];
  if (shard === undefined) throw new Error('no shard');
  const [first] = consumer.read(shard, 10, 1000);
  if (first === undefined) throw new Error('no record');
  consumer.pass(shard, first);
  expect(consumer.pending()).toBe(0);
  expect(consumer.read(shard, 10, 1000)).toEqual([]);
  expect(await read('TRIM_HORIZON')).toEqual(['seen']);
});

test('authorizes producers and readers on the stream, and on its key', async () => {
  const checks: string[] = [];
  const { call, get, iterator } = kinesis({ checks, keyArn, shardCount: 1 });
  await call('PutRecords', { Records: [record('a')] });
  await get(await iterator('TRIM_HORIZON'));
  expect(checks).toEqual([
    `kinesis:PutRecords ${arn}`,
    `kms:GenerateDataKey ${keyArn}`,
    `kinesis:GetShardIterator ${arn}`,
    `kinesis:GetRecords ${arn}`,
    `kms:Decrypt ${keyArn}`,
  ]);
});

test('tells a caller who may not ask nothing of what exists', async () => {
  const { send } = kinesis({ denied: ['kinesis:PutRecord'] });
  expect((await refusal(send('PutRecord', { StreamName: 'none', ...record('a') }))).code).toBe('AccessDeniedException');
});

test.each([
  ['a member that nobody reads', { StreamName: 'events', DryRun: true, ...record('a') }, 'DryRun'],
  ['no stream', record('a'), 'StreamName'],
  ['a name that is not that of the ARN', { StreamName: 'other', StreamARN: arn, ...record('a') }, 'StreamARN'],
])('fails for %s', async (_name, input, named) => {
  expect((await refusal(kinesis().send('PutRecord', input))).message).toContain(named);
});

test('a throttle that is injected fails its record and no other', async () => {
  const { call } = kinesis({ faults: faultsOnce(['kinesis:put', 'throttle']) });
  const answer = await call('PutRecords', { Records: [record('a'), record('b')] });
  expect(answer).toMatchObject({ FailedRecordCount: 1, Records: [{ ErrorCode: 'ProvisionedThroughputExceededException' }, {}] });
});

test('a record whose answer is lost is stored, and stored twice when it is put again', async () => {
  const { call, read } = kinesis({ shardCount: 1, faults: faultsOnce(['kinesis:put', 'answerLost']) });
  expect((await refusal(call('PutRecord', record('a')))).code).toBe('InternalFailure');
  await call('PutRecord', record('a'));
  expect(await read('TRIM_HORIZON')).toEqual(['a', 'a']);
});

test.each([
  ['duplicate', ['a', 'b', 'b']],
  ['reorder', ['b', 'a']],
] as const)('a reader meets %s once, and then goes on behind it', async (fault, seen) => {
  const { call, iterator, get } = kinesis({ shardCount: 1, faults: faultsOnce(['kinesis:read', fault]) });
  await call('PutRecords', { Records: [record('a'), record('b')] });
  const first = await get(await iterator('TRIM_HORIZON'));
  expect(first.Records.map(({ Data }) => Data)).toEqual(seen.map(base64));
  expect((await get(first.NextShardIterator)).Records).toEqual([]);
});
