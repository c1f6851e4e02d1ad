import { SimulatedClock } from '../../../../local/clock.ts';
import { arn, HOUR, keyArn, kinesis, MIB, record, refusal, shardId, sized, start } from '../../kinesis/rig.ts';
import type { FactTable } from '../fact.ts';

const LIMITS = 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html';
const GET_RECORDS = 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html';
const GET_ITERATOR = 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html';
const RETENTION = 'https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html';
const OBSERVED = 'https://github.com/mhart/kinesalite/blob/master/test';

/** A shard with one record each second: `0`, `1`, … */
async function everySecond(count: number, settings: Parameters<typeof kinesis>[0] = {}) {
  const rig = kinesis({ shardCount: 1, ...settings });
  const numbers: unknown[] = [];
  for (let index = 0; index < count; index++) {
    numbers.push((await rig.call('PutRecord', record(String(index)))).SequenceNumber);
    await rig.clock.advance(1000);
  }
  return { ...rig, numbers };
}

/** What a consumer meets. */
export const kinesisReading: FactTable = {
  service: 'Kinesis Data Streams',
  facts: [
    {
      says: 'TRIM_HORIZON begins with the oldest record, LATEST after the newest',
      basis: 'documented',
      source: GET_ITERATOR,
      holds: async () => {
        const { read, iterator, get, call } = await everySecond(2);
        expect(await read('TRIM_HORIZON')).toEqual(['0', '1']);
        const latest = await iterator('LATEST');
        await call('PutRecord', record('new'));
        expect((await get(latest)).Records).toHaveLength(1);
      },
    },
    {
      says: 'AT_SEQUENCE_NUMBER begins with the record named, AFTER_SEQUENCE_NUMBER with the one behind it',
      basis: 'documented',
      source: GET_ITERATOR,
      holds: async () => {
        const { read, numbers } = await everySecond(3);
        const StartingSequenceNumber = numbers[1];
        expect(await read('AT_SEQUENCE_NUMBER', { StartingSequenceNumber })).toEqual(['1', '2']);
        expect(await read('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber })).toEqual(['2']);
      },
    },
    {
      says: 'AT_TIMESTAMP begins with the first record at or after the time; a time before the oldest means TRIM_HORIZON',
      basis: 'documented',
      source: GET_ITERATOR,
      holds: async () => {
        const { read } = await everySecond(3);
        expect(await read('AT_TIMESTAMP', { Timestamp: start / 1000 + 1 })).toEqual(['1', '2']);
        expect(await read('AT_TIMESTAMP', { Timestamp: start / 1000 + 0.001 })).toEqual(['1', '2']);
        expect(await read('AT_TIMESTAMP', { Timestamp: 0 })).toEqual(['0', '1', '2']);
      },
    },
    {
      says: 'AT_TIMESTAMP with a time to come, or with none, is refused with InvalidArgumentException',
      basis: 'observed',
      source: `${OBSERVED}/getShardIterator.js`,
      holds: async () => {
        const { iterator } = kinesis();
        expect((await refusal(iterator('AT_TIMESTAMP', { Timestamp: start / 1000 + 1 }))).code).toBe('InvalidArgumentException');
        expect((await refusal(iterator('AT_TIMESTAMP'))).code).toBe('InvalidArgumentException');
      },
    },
    {
      says: 'LATEST with a StartingSequenceNumber, and AT_SEQUENCE_NUMBER without one, are refused with InvalidArgumentException',
      basis: 'observed',
      source: `${OBSERVED}/getShardIterator.js`,
      holds: async () => {
        const { iterator, numbers } = await everySecond(1);
        const both = await refusal(iterator('LATEST', { StartingSequenceNumber: numbers[0] }));
        expect(both).toMatchObject({
          code: 'InvalidArgumentException',
          message: expect.stringMatching(/^Must either specify/) as string,
        });
        expect((await refusal(iterator('AT_SEQUENCE_NUMBER'))).code).toBe('InvalidArgumentException');
      },
    },
    {
      says: 'a sequence number of another shard is refused with InvalidArgumentException, which names both shards',
      basis: 'observed',
      source: `${OBSERVED}/getShardIterator.js`,
      holds: async () => {
        const { call, iterator } = kinesis({ shardCount: 2 });
        const { SequenceNumber } = await call('PutRecord', { ...record('a'), ExplicitHashKey: '0' });
        const { code, message } = await refusal(iterator('AT_SEQUENCE_NUMBER', { StartingSequenceNumber: SequenceNumber }, 1));
        expect(code).toBe('InvalidArgumentException');
        expect(message).toContain(`encodes ${shardId(0)}`);
        expect(message).toContain(shardId(1));
      },
    },
    {
      says: 'an iterator lives 5 minutes: then GetRecords is refused with ExpiredIteratorException',
      basis: 'documented',
      source: GET_ITERATOR,
      holds: async () => {
        const { iterator, get, clock } = kinesis({ shardCount: 1 });
        const made = await iterator('TRIM_HORIZON');
        await clock.advance(300_000);
        expect((await get(made)).Records).toEqual([]);
        await clock.advance(1);
        expect((await refusal(get(made))).code).toBe('ExpiredIteratorException');
      },
    },
    {
      says: 'a text that is no iterator is refused with InvalidArgumentException',
      basis: 'observed',
      source: `${OBSERVED}/getRecords.js`,
      holds: async () => {
        expect(await refusal(kinesis().get('nonsense'))).toEqual({
          code: 'InvalidArgumentException',
          message: 'Invalid ShardIterator.',
        });
      },
    },
    {
      says: 'an iterator is unlike the one before it, where nothing was read and no time has passed too',
      basis: 'observed',
      source: 'https://github.com/localstack/localstack/blob/main/tests/aws/services/kinesis/test_kinesis.py',
      holds: async () => {
        const { get, iterator } = kinesis();
        const first = await iterator('LATEST');
        const { NextShardIterator: second } = await get(first);
        const { NextShardIterator: third } = await get(second);
        expect(new Set([first, second, third]).size).toBe(3);
      },
    },
    {
      says: 'each answer holds an iterator for the next; where there is nothing it holds an empty list and an iterator all the same',
      basis: 'documented',
      source: GET_RECORDS,
      holds: async () => {
        const { iterator, get } = await everySecond(2);
        const first = await get(await iterator('TRIM_HORIZON'), { Limit: 1 });
        const second = await get(first.NextShardIterator);
        const third = await get(second.NextShardIterator);
        expect([first, second, third].map(({ Records }) => Records.length)).toEqual([1, 1, 0]);
        expect(third.NextShardIterator).toEqual(expect.any(String));
      },
    },
    {
      says: 'one GetRecords gives at most 10,000 records, and a higher Limit is refused with InvalidArgumentException',
      basis: 'documented',
      source: GET_RECORDS,
      holds: async () => {
        const { call, clock, iterator, get } = kinesis({ shardCount: 1 });
        const Records = Array.from({ length: 500 }, () => record(''));
        for (let put = 0; put < 21; put++) {
          await call('PutRecords', { Records });
          await clock.advance(500);
        }
        const from = await iterator('TRIM_HORIZON');
        expect((await get(from)).Records).toHaveLength(10_000);
        expect((await refusal(get(from, { Limit: 10_001 }))).code).toBe('InvalidArgumentException');
      },
    },
    {
      says: 'one GetRecords gives at most 10 MiB, and calls within the 5 seconds after one that gave so much are throttled',
      basis: 'documented',
      source: GET_RECORDS,
      holds: async () => {
        const { call, clock, iterator, get } = kinesis({ shardCount: 1 });
        for (let put = 0; put < 12; put++) {
          await call('PutRecord', sized(MIB - 1));
          await clock.advance(1000);
        }
        const first = await get(await iterator('TRIM_HORIZON'));
        expect(first.Records).toHaveLength(10);
        await clock.advance(4990);
        expect((await refusal(get(first.NextShardIterator))).code).toBe('ProvisionedThroughputExceededException');
        await clock.advance(10);
        expect((await get(first.NextShardIterator)).Records).toHaveLength(2);
      },
    },
    {
      says: 'a shard serves 5 GetRecords a second; the sixth is refused with ProvisionedThroughputExceededException',
      basis: 'documented',
      source: LIMITS,
      holds: async () => {
        const { clock, iterator, get } = kinesis({ shardCount: 1 });
        const from = await iterator('TRIM_HORIZON');
        for (let call = 0; call < 5; call++) await get(from);
        expect((await refusal(get(from))).code).toBe('ProvisionedThroughputExceededException');
        await clock.advance(1000);
        expect((await get(from)).Records).toEqual([]);
      },
    },
    {
      says: 'a shard gives 2 MiB a second to all readers together',
      basis: 'documented',
      source: LIMITS,
      holds: async () => {
        const { call, clock, iterator, get } = kinesis({ shardCount: 1 });
        for (let put = 0; put < 3; put++) {
          await call('PutRecord', sized(MIB - 1));
          await clock.advance(1000);
        }
        const from = await iterator('TRIM_HORIZON');
        expect((await get(from)).Records).toHaveLength(3);
        expect((await refusal(get(from))).code).toBe('ProvisionedThroughputExceededException');
      },
    },
    {
      says: 'MillisBehindLatest is the age of what was read while more is there, and 0 at the tip',
      basis: 'documented',
      source: GET_RECORDS,
      holds: async () => {
        const { iterator, get } = await everySecond(3);
        const first = await get(await iterator('TRIM_HORIZON'), { Limit: 1 });
        expect(first.MillisBehindLatest).toBe(3000);
        expect((await get(first.NextShardIterator)).MillisBehindLatest).toBe(0);
      },
    },
    {
      says: 'a record is readable for 24 hours after it was put, and gone then',
      basis: 'documented',
      source: RETENTION,
      holds: async () => {
        const { call, clock, read } = kinesis({ shardCount: 1 });
        await call('PutRecord', record('a'));
        await clock.advance(24 * HOUR);
        expect(await read('TRIM_HORIZON')).toEqual(['a']);
        await clock.advance(1);
        expect(await read('TRIM_HORIZON')).toEqual([]);
      },
    },
    {
      says: 'IncreaseStreamRetentionPeriod keeps what has not expired for longer, up to 8,760 hours, and revives nothing',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html',
      holds: async () => {
        const { call, clock, read } = kinesis({ shardCount: 1 });
        await call('PutRecord', record('expired'));
        await clock.advance(20 * HOUR);
        await call('PutRecord', record('kept'));
        await clock.advance(5 * HOUR);
        await call('IncreaseStreamRetentionPeriod', { RetentionPeriodHours: 8760 });
        await clock.advance(8000 * HOUR);
        expect(await read('TRIM_HORIZON')).toEqual(['kept']);
        expect((await refusal(call('IncreaseStreamRetentionPeriod', { RetentionPeriodHours: 8761 }))).code).toBe(
          'InvalidArgumentException',
        );
      },
    },
    {
      says: 'DecreaseStreamRetentionPeriod makes what is older than the new period inaccessible at once',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DecreaseStreamRetentionPeriod.html',
      holds: async () => {
        const { call, clock, read } = kinesis({ shardCount: 1, retentionHours: 48 });
        await call('PutRecord', record('old'));
        await clock.advance(30 * HOUR);
        await call('DecreaseStreamRetentionPeriod', { RetentionPeriodHours: 24 });
        expect(await read('TRIM_HORIZON')).toEqual([]);
      },
    },
    {
      says: 'a retention under 24 hours, a shorter one for Increase and a longer one for Decrease are refused with InvalidArgumentException',
      basis: 'observed',
      source: `${OBSERVED}/increaseStreamRetentionPeriod.js`,
      holds: async () => {
        const { call } = kinesis({ retentionHours: 48 });
        const increase = (RetentionPeriodHours: number) =>
          refusal(call('IncreaseStreamRetentionPeriod', { RetentionPeriodHours }));
        expect((await increase(23)).message).toMatch(/^Minimum allowed retention period is 24 hours/);
        expect((await increase(36)).message).toMatch(/Use DecreaseRetentionPeriod API\.$/);
        const decrease = await refusal(call('DecreaseStreamRetentionPeriod', { RetentionPeriodHours: 72 }));
        expect(decrease).toMatchObject({
          code: 'InvalidArgumentException',
          message: expect.stringMatching(/Use IncreaseRetentionPeriod API\.$/) as string,
        });
      },
    },
    {
      says: 'a reader needs kms:Decrypt on the key of an encrypted stream, and is otherwise told KMSAccessDeniedException',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html',
      holds: async () => {
        const { iterator, get } = kinesis({ keyArn, denied: ['kms:Decrypt'] });
        const from = await iterator('TRIM_HORIZON');
        expect((await refusal(get(from))).code).toBe('KMSAccessDeniedException');
      },
    },
    {
      says: 'an iterator of a shard that is not there is refused with ResourceNotFoundException, naming shard, stream and account',
      basis: 'observed',
      source: `${OBSERVED}/getShardIterator.js`,
      holds: async () => {
        expect(await refusal(kinesis({ shardCount: 1 }).iterator('LATEST', {}, 7))).toEqual({
          code: 'ResourceNotFoundException',
          message: 'Shard shardId-000000000007 in stream events under account 123456789012 does not exist',
        });
      },
    },
    {
      says: 'a stream is named by its ARN as well as by its name',
      basis: 'documented',
      source: GET_RECORDS,
      holds: async () => {
        const { send, call } = kinesis({ shardCount: 1, clock: new SimulatedClock(start) });
        expect(await send('DescribeStream', { StreamARN: arn })).toEqual(await call('DescribeStream'));
      },
    },
  ],
};
