import { arn, HOUR, kinesis, MIB, record, refusal, shardId, sized } from '../../kinesis/rig.ts';
import type { FactTable } from '../fact.ts';

const api = (operation: string): string => `https://docs.aws.amazon.com/kinesis/latest/APIReference/API_${operation}.html`;
const OBSERVED = 'https://github.com/mhart/kinesalite/blob/master/test';
const AFTER_RESHARD = 'https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html';

const MIDDLE = String(1n << 127n);
const SETTLED = 60_000;

/** A stream whose one shard, holding `before`, was split in the middle. */
async function split() {
  const rig = kinesis({ shardCount: 1 });
  await rig.call('PutRecord', record('before'));
  await rig.call('SplitShard', { ShardToSplit: shardId(0), NewStartingHashKey: MIDDLE });
  await rig.clock.advance(SETTLED);
  return rig;
}

/** How streams are described, resharded and set. */
export const kinesisShards: FactTable = {
  service: 'Kinesis Data Streams',
  facts: [
    {
      says: 'SplitShard closes the parent, which keeps its records, and opens two children that share its hash keys at the key given',
      basis: 'documented',
      source: AFTER_RESHARD,
      holds: async () => {
        const { shards, read } = await split();
        const [parent, lower, upper] = await shards();
        expect(parent?.SequenceNumberRange.EndingSequenceNumber).toEqual(expect.any(String));
        expect(lower).toMatchObject({
          ParentShardId: shardId(0),
          HashKeyRange: { StartingHashKey: '0', EndingHashKey: String((1n << 127n) - 1n) },
        });
        expect(upper).toMatchObject({ ParentShardId: shardId(0), HashKeyRange: { StartingHashKey: MIDDLE } });
        expect(await read('TRIM_HORIZON')).toEqual(['before']);
      },
    },
    {
      says: 'at the end of a closed shard GetRecords gives no NextShardIterator, but ChildShards',
      basis: 'documented',
      source: api('GetRecords'),
      holds: async () => {
        const { iterator, get } = await split();
        const answer = await get(await iterator('TRIM_HORIZON'));
        expect(answer).not.toHaveProperty('NextShardIterator');
        expect(answer.ChildShards).toMatchObject([
          { ShardId: shardId(1), ParentShards: [shardId(0)] },
          { ShardId: shardId(2), ParentShards: [shardId(0)] },
        ]);
      },
    },
    {
      says: 'after a split, puts go to the children: the same partition key has a new shard',
      basis: 'documented',
      source: AFTER_RESHARD,
      holds: async () => {
        const { call } = await split();
        expect((await call('PutRecord', { ...record('a'), ExplicitHashKey: '0' })).ShardId).toBe(shardId(1));
        expect((await call('PutRecord', { ...record('a'), ExplicitHashKey: MIDDLE })).ShardId).toBe(shardId(2));
      },
    },
    {
      says: 'two children take 2 MiB a second where the parent took one',
      basis: 'documented',
      source: api('SplitShard'),
      holds: async () => {
        const { call } = await split();
        const Records = ['0', MIDDLE].map((ExplicitHashKey) => ({ ...sized(MIB - 1), ExplicitHashKey }));
        expect(await call('PutRecords', { Records })).toMatchObject({ FailedRecordCount: 0 });
      },
    },
    {
      says: 'while a stream is resharded it is UPDATING: reads and writes go on, and a second change is refused with ResourceInUseException',
      basis: 'documented',
      source: api('SplitShard'),
      holds: async () => {
        const { call, status, clock, read } = kinesis({ shardCount: 2 });
        const splitFirst = () => call('SplitShard', { ShardToSplit: shardId(0), NewStartingHashKey: '1000' });
        await splitFirst();
        expect(await status()).toBe('UPDATING');
        await call('PutRecord', { ...record('meanwhile'), ExplicitHashKey: '0' });
        expect(await read('TRIM_HORIZON')).toEqual(['meanwhile']);
        expect((await refusal(splitFirst())).code).toBe('ResourceInUseException');
        await clock.advance(SETTLED);
        expect(await status()).toBe('ACTIVE');
      },
    },
    {
      says: 'a NewStartingHashKey must be above the shard’s first hash key plus one and below its last, else InvalidArgumentException',
      basis: 'observed',
      source: `${OBSERVED}/splitShard.js`,
      holds: async () => {
        const { call } = kinesis({ shardCount: 1 });
        const at = (NewStartingHashKey: string) => call('SplitShard', { ShardToSplit: shardId(0), NewStartingHashKey });
        expect((await refusal(at('1'))).code).toBe('InvalidArgumentException');
        expect((await refusal(at(String((1n << 128n) - 1n)))).code).toBe('InvalidArgumentException');
        expect(await at('2')).toEqual({});
      },
    },
    {
      says: 'MergeShards closes two neighbours and opens one with both as parents, over the hash keys of both',
      basis: 'documented',
      source: api('MergeShards'),
      holds: async () => {
        const { call, clock, shards } = kinesis({ shardCount: 2 });
        await call('MergeShards', { ShardToMerge: shardId(0), AdjacentShardToMerge: shardId(1) });
        await clock.advance(SETTLED);
        const all = await shards();
        expect(all.filter(({ SequenceNumberRange }) => SequenceNumberRange.EndingSequenceNumber === undefined)).toMatchObject([
          {
            ParentShardId: shardId(0),
            AdjacentParentShardId: shardId(1),
            HashKeyRange: { StartingHashKey: '0', EndingHashKey: String((1n << 128n) - 1n) },
          },
        ]);
      },
    },
    {
      says: 'shards that are not neighbours cannot be merged: InvalidArgumentException',
      basis: 'observed',
      source: `${OBSERVED}/mergeShards.js`,
      holds: async () => {
        const { call } = kinesis({ shardCount: 3 });
        const refused = await refusal(call('MergeShards', { ShardToMerge: shardId(0), AdjacentShardToMerge: shardId(2) }));
        expect(refused).toMatchObject({
          code: 'InvalidArgumentException',
          message: expect.stringContaining('not an adjacent pair') as string,
        });
      },
    },
    {
      says: 'UpdateShardCount makes open shards of equal size',
      basis: 'documented',
      source: api('UpdateShardCount'),
      holds: async () => {
        const { call, clock, stream } = kinesis({ shardCount: 2 });
        expect(await call('UpdateShardCount', { TargetShardCount: 3, ScalingType: 'UNIFORM_SCALING' })).toMatchObject({
          CurrentShardCount: 2,
          TargetShardCount: 3,
        });
        await clock.advance(SETTLED);
        const sizes = stream.openShards.map(({ range }) => range.end - range.start);
        expect(sizes).toHaveLength(3);
        expect(new Set(sizes.map((size) => size >> 8n)).size).toBe(1);
      },
    },
    {
      says: 'UpdateShardCount refuses more than double and less than half of the open shards',
      basis: 'documented',
      source: api('UpdateShardCount'),
      holds: async () => {
        const { call } = kinesis({ shardCount: 4 });
        const to = (TargetShardCount: number) => call('UpdateShardCount', { TargetShardCount, ScalingType: 'UNIFORM_SCALING' });
        expect((await refusal(to(9))).message).toContain('cannot scale up over double your current open shard count');
        expect((await refusal(to(1))).message).toContain('cannot scale down below half your current open shard count');
        expect(await to(8)).toMatchObject({ TargetShardCount: 8 });
      },
    },
    {
      says: 'the code of that refusal: the operation lists both LimitExceededException and InvalidArgumentException; here it is the former',
      basis: 'undecided',
      source: api('UpdateShardCount'),
      holds: async () => {
        const { call } = kinesis({ shardCount: 1 });
        const refused = await refusal(call('UpdateShardCount', { TargetShardCount: 3, ScalingType: 'UNIFORM_SCALING' }));
        expect(refused.code).toBe('LimitExceededException');
      },
    },
    {
      says: 'a stream is scaled at most ten times in 24 hours',
      basis: 'documented',
      source: api('UpdateShardCount'),
      holds: async () => {
        const { call, clock } = kinesis({ shardCount: 2 });
        const to = async (TargetShardCount: number) => {
          await call('UpdateShardCount', { TargetShardCount, ScalingType: 'UNIFORM_SCALING' });
          await clock.advance(SETTLED);
        };
        for (let change = 0; change < 10; change++) await to(change % 2 === 0 ? 3 : 2);
        expect((await refusal(to(3))).code).toBe('LimitExceededException');
        await clock.advance(24 * HOUR);
        await to(3);
      },
    },
    {
      says: 'an on-demand stream refuses SplitShard, MergeShards and UpdateShardCount with ValidationException',
      basis: 'documented',
      source: api('UpdateShardCount'),
      holds: async () => {
        const { call } = kinesis();
        const codes = await Promise.all(
          [
            call('SplitShard', { ShardToSplit: shardId(0), NewStartingHashKey: '5' }),
            call('MergeShards', { ShardToMerge: shardId(0), AdjacentShardToMerge: shardId(1) }),
            call('UpdateShardCount', { TargetShardCount: 5, ScalingType: 'UNIFORM_SCALING' }),
          ].map(async (asked) => (await refusal(asked)).code),
        );
        expect(codes).toEqual(['ValidationException', 'ValidationException', 'ValidationException']);
      },
    },
    {
      says: 'a switch of the mode keeps the shards, and a stream switches at most twice in 24 hours',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html#switchingmodes',
      holds: async () => {
        const { send, clock, shards } = kinesis({ shardCount: 2 });
        const to = async (StreamMode: string) => {
          await send('UpdateStreamMode', { StreamARN: arn, StreamModeDetails: { StreamMode } });
          await clock.advance(SETTLED);
        };
        await to('ON_DEMAND');
        await to('PROVISIONED');
        expect(await shards()).toHaveLength(2);
        expect((await refusal(to('ON_DEMAND'))).code).toBe('LimitExceededException');
      },
    },
    {
      says: 'a closed shard is listed until its records’ retention has ended, and then no more',
      basis: 'documented',
      source: AFTER_RESHARD,
      holds: async () => {
        const { shards, clock } = await split();
        expect(await shards()).toHaveLength(3);
        await clock.advance(24 * HOUR);
        expect((await shards()).map(({ ShardId }) => ShardId)).toEqual([shardId(1), shardId(2)]);
      },
    },
    {
      says: 'ListShards gives pages of MaxResults with a NextToken, which lives 300 seconds: then ExpiredNextTokenException',
      basis: 'documented',
      source: api('ListShards'),
      holds: async () => {
        const { call, send, clock } = kinesis({ shardCount: 3 });
        const { Shards, NextToken } = await call('ListShards', { MaxResults: 2 });
        expect(Shards).toHaveLength(2);
        const rest = await send('ListShards', { NextToken });
        expect(rest.Shards).toMatchObject([{ ShardId: shardId(2) }]);
        expect(rest).not.toHaveProperty('NextToken');
        await clock.advance(300_001);
        expect((await refusal(send('ListShards', { NextToken }))).code).toBe('ExpiredNextTokenException');
      },
    },
    {
      says: 'ListShards takes a NextToken or a StreamName, not both: InvalidArgumentException',
      basis: 'documented',
      source: api('ListShards'),
      holds: async () => {
        const { call } = kinesis({ shardCount: 2 });
        const { NextToken } = await call('ListShards', { MaxResults: 1 });
        expect((await refusal(call('ListShards', { NextToken }))).code).toBe('InvalidArgumentException');
      },
    },
    {
      says: 'ShardFilter AT_LATEST gives the open shards alone, FROM_TRIM_HORIZON closed ones too, AFTER_SHARD_ID those behind an id',
      basis: 'documented',
      source: api('ShardFilter'),
      holds: async () => {
        const { shards } = await split();
        const filtered = async (ShardFilter: object) =>
          (await shards({ ShardFilter })).map(({ ShardId }) => Number(ShardId.slice(-1)));
        expect(await filtered({ Type: 'AT_LATEST' })).toEqual([1, 2]);
        expect(await filtered({ Type: 'FROM_TRIM_HORIZON' })).toEqual([0, 1, 2]);
        expect(await filtered({ Type: 'AT_TRIM_HORIZON' })).toEqual([0]);
        expect(await filtered({ Type: 'AFTER_SHARD_ID', ShardId: shardId(1) })).toEqual([2]);
      },
    },
    {
      says: 'DescribeStream gives at most 100 shards, whatever the Limit, and says HasMoreShards',
      basis: 'documented',
      source: api('DescribeStream'),
      holds: async () => {
        const { call } = kinesis({ shardCount: 101 });
        const page = async (input: object) =>
          (await call('DescribeStream', input)).StreamDescription as { Shards: { ShardId: string }[]; HasMoreShards: boolean };
        const first = await page({ Limit: 500 });
        expect([first.Shards.length, first.HasMoreShards]).toEqual([100, true]);
        const rest = await page({ ExclusiveStartShardId: first.Shards.at(-1)?.ShardId });
        expect([rest.Shards.length, rest.HasMoreShards]).toEqual([1, false]);
      },
    },
    {
      says: 'DescribeStreamSummary counts the open shards alone and lists none',
      basis: 'documented',
      source: api('DescribeStreamSummary'),
      holds: async () => {
        const { call } = await split();
        const { StreamDescriptionSummary } = await call('DescribeStreamSummary');
        expect(StreamDescriptionSummary).toMatchObject({ OpenShardCount: 2, RetentionPeriodHours: 24 });
        expect(StreamDescriptionSummary).not.toHaveProperty('Shards');
      },
    },
    {
      says: 'ListStreams gives names in pages, the next one after the last name',
      basis: 'documented',
      source: api('ListStreams'),
      holds: async () => {
        const { service, send } = kinesis();
        for (const name of ['orders', 'alarms']) service.createStream({ name, arn: arn.replace('events', name) });
        const first = await send('ListStreams', { Limit: 2 });
        expect(first).toMatchObject({ StreamNames: ['alarms', 'events'], HasMoreStreams: true });
        expect(await send('ListStreams', { ExclusiveStartStreamName: 'events' })).toMatchObject({
          StreamNames: ['orders'],
          HasMoreStreams: false,
        });
      },
    },
    {
      says: 'a stream has at most 50 tags; a tag that is added again takes the new value, and one that is not there is removed without an error',
      basis: 'documented',
      source: api('AddTagsToStream'),
      holds: async () => {
        const { call } = kinesis();
        await call('AddTagsToStream', { Tags: { owner: 'a' } });
        await call('AddTagsToStream', { Tags: { owner: 'b' } });
        await call('RemoveTagsFromStream', { TagKeys: ['none'] });
        expect(await call('ListTagsForStream')).toEqual({ Tags: [{ Key: 'owner', Value: 'b' }], HasMoreTags: false });
        const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, '']));
        expect((await refusal(call('AddTagsToStream', { Tags: many }))).code).toBe('InvalidArgumentException');
      },
    },
    {
      says: 'UpdateShardCount and UpdateStreamMode know no stream as their resource in IAM: the action is asked for on *',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html',
      holds: async () => {
        const checks: string[] = [];
        const { call, clock } = kinesis({ shardCount: 1, checks });
        await call('UpdateShardCount', { TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' });
        await clock.advance(SETTLED);
        expect(checks).toEqual(['kinesis:UpdateShardCount *']);
      },
    },
  ],
};
