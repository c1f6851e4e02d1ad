import { createHash } from 'node:crypto';
import { arn, base64, HOUR, keyArn, kinesis, MIB, record, refusal, sized, start } from '../../kinesis/rig.ts';
import type { FactTable } from '../fact.ts';

const LIMITS = 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html';
const PUT_RECORD = 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html';
const PUT_RECORDS = 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html';
const LARGE_RECORDS = 'https://docs.aws.amazon.com/streams/latest/dev/large-records.html';
const OBSERVED = 'https://github.com/mhart/kinesalite/blob/master/test';

const LAST_HASH_KEY = String((1n << 128n) - 1n);
const shardOf = (answer: object): unknown => ('ShardId' in answer ? answer.ShardId : undefined);
const errorsOf = (answer: Readonly<Record<string, unknown>>): unknown[] =>
  (answer.Records as { readonly ErrorCode?: string }[]).map(({ ErrorCode }) => ErrorCode);

/** What a producer meets. */
export const kinesisWriting: FactTable = {
  service: 'Kinesis Data Streams',
  facts: [
    {
      says: 'the MD5 of the partition key, as a number of 128 bits, chooses the shard whose range of hash keys holds it',
      basis: 'documented',
      source: PUT_RECORDS,
      holds: async () => {
        const { call } = kinesis({ shardCount: 4 });
        for (const key of ['a', 'b', 'seat 12', 'grün', '🛫']) {
          const md5 = BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
          expect(shardOf(await call('PutRecord', record('x', key)))).toBe(`shardId-00000000000${md5 >> 126n}`);
        }
      },
    },
    {
      says: 'ExplicitHashKey overrides the hash of the partition key, from 0 to 2^128 - 1',
      basis: 'documented',
      source: PUT_RECORD,
      holds: async () => {
        const { call } = kinesis({ shardCount: 4 });
        expect(shardOf(await call('PutRecord', { ...record('x'), ExplicitHashKey: '0' }))).toBe('shardId-000000000000');
        expect(shardOf(await call('PutRecord', { ...record('x'), ExplicitHashKey: LAST_HASH_KEY }))).toBe('shardId-000000000003');
      },
    },
    {
      says: 'an ExplicitHashKey of 2^128 is refused with InvalidArgumentException, one that is no decimal number with ValidationException',
      basis: 'observed',
      source: `${OBSERVED}/putRecord.js`,
      holds: async () => {
        const { call } = kinesis();
        const put = (ExplicitHashKey: string) => refusal(call('PutRecord', { ...record('x'), ExplicitHashKey }));
        expect((await put(String(1n << 128n))).code).toBe('InvalidArgumentException');
        expect((await put('07')).code).toBe('ValidationException');
      },
    },
    {
      says: 'sequence numbers grow within a shard, from call to call and within one call',
      basis: 'documented',
      source: PUT_RECORD,
      holds: async () => {
        const { call, clock, iterator, get } = kinesis({ shardCount: 1 });
        await call('PutRecords', { Records: [record('a'), record('b')] });
        await clock.advance(1);
        await call('PutRecord', record('c'));
        const numbers = (await get(await iterator('TRIM_HORIZON'))).Records.map(({ SequenceNumber }) => BigInt(SequenceNumber));
        expect(numbers).toEqual([...numbers].sort((one, other) => (one < other ? -1 : 1)));
        expect(new Set(numbers).size).toBe(3);
      },
    },
    {
      says: 'a record put with SequenceNumberForOrdering has a greater sequence number than the one named',
      basis: 'documented',
      source: PUT_RECORD,
      holds: async () => {
        const { call } = kinesis({ shardCount: 1 });
        const first = await call('PutRecord', record('a'));
        const next = await call('PutRecord', { ...record('b'), SequenceNumberForOrdering: first.SequenceNumber });
        expect(BigInt(String(next.SequenceNumber))).toBeGreaterThan(BigInt(String(first.SequenceNumber)));
      },
    },
    {
      says: 'a SequenceNumberForOrdering that is no sequence number is refused with InvalidArgumentException',
      basis: 'observed',
      source: `${OBSERVED}/putRecord.js`,
      holds: async () => {
        const { call } = kinesis();
        const refused = await refusal(call('PutRecord', { ...record('a'), SequenceNumberForOrdering: '12' }));
        expect(refused).toMatchObject({
          code: 'InvalidArgumentException',
          message: expect.stringContaining('ExclusiveMinimum') as string,
        });
      },
    },
    {
      says: 'a new stream takes records of 1 MiB with their partition key, and refuses one byte more with ValidationException',
      basis: 'documented',
      source: LARGE_RECORDS,
      holds: async () => {
        const { call } = kinesis();
        expect(await call('PutRecord', sized(MIB - 1))).toHaveProperty('SequenceNumber');
        expect((await refusal(call('PutRecord', sized(MIB)))).code).toBe('ValidationException');
      },
    },
    {
      says: 'UpdateMaxRecordSize lets a stream take records of up to 10 MiB; above 10,240 KiB and below 1,024 KiB it is a ValidationException',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html',
      holds: async () => {
        const { call, send, clock } = kinesis({ shardCount: 1 });
        const resize = (MaxRecordSizeInKiB: number) => send('UpdateMaxRecordSize', { StreamARN: arn, MaxRecordSizeInKiB });
        expect((await refusal(resize(10_241))).code).toBe('ValidationException');
        expect((await refusal(resize(1023))).code).toBe('ValidationException');
        await resize(10_240);
        await clock.advance(60_000);
        expect(await call('PutRecord', sized(10 * MIB - 1))).toHaveProperty('SequenceNumber');
      },
    },
    {
      says: 'a large record is a burst: its shard throttles what follows until its rate of 1 MiB a second has paid for it',
      basis: 'documented',
      source: LARGE_RECORDS,
      holds: async () => {
        const { call, clock } = kinesis({ shardCount: 1, maxRecordKib: 10_240 });
        await call('PutRecord', sized(5 * MIB));
        await clock.advance(3000);
        expect((await refusal(call('PutRecord', record('small')))).code).toBe('ProvisionedThroughputExceededException');
        await clock.advance(3000);
        expect(await call('PutRecord', record('small'))).toHaveProperty('SequenceNumber');
      },
    },
    {
      says: 'PutRecords takes 500 records; 501 are refused as a whole with ValidationException',
      basis: 'observed',
      source: `${OBSERVED}/putRecords.js`,
      holds: async () => {
        const { call } = kinesis();
        const Records = Array.from({ length: 500 }, (_, index) => record('x', String(index)));
        expect(await call('PutRecords', { Records })).toMatchObject({ FailedRecordCount: 0 });
        expect((await refusal(call('PutRecords', { Records: [...Records, record('x')] }))).code).toBe('ValidationException');
      },
    },
    {
      says: 'PutRecords takes 10 MiB in all, partition keys included',
      basis: 'documented',
      source: PUT_RECORDS,
      holds: async () => {
        const { call } = kinesis({ shardCount: 20 });
        const Records = Array.from({ length: 11 }, () => sized(MIB - 1));
        expect((await refusal(call('PutRecords', { Records }))).code).toBe('InvalidArgumentException');
        expect(await call('PutRecords', { Records: Records.slice(1) })).toHaveProperty('FailedRecordCount');
      },
    },
    {
      says: 'a shard takes 1 MiB a second: in one PutRecords the records beyond it fail alone, in their place, and later ones are still tried',
      basis: 'documented',
      source: PUT_RECORDS,
      holds: async () => {
        const { call, read } = kinesis({ shardCount: 1 });
        const answer = await call('PutRecords', { Records: [sized(700 * 1024), sized(700 * 1024), record('small')] });
        expect(answer.FailedRecordCount).toBe(1);
        expect(errorsOf(answer)).toEqual([undefined, 'ProvisionedThroughputExceededException', undefined]);
        expect((await read('TRIM_HORIZON')).at(-1)).toBe('small');
      },
    },
    {
      says: 'the message of a throttled record names its shard, its stream and the account',
      basis: 'documented',
      source: PUT_RECORDS,
      holds: async () => {
        const { call } = kinesis({ shardCount: 1 });
        const answer = await call('PutRecords', { Records: [sized(MIB - 1), sized(MIB - 1)] });
        expect((answer.Records as object[])[1]).toEqual({
          ErrorCode: 'ProvisionedThroughputExceededException',
          ErrorMessage: 'Rate exceeded for shard shardId-000000000000 in stream events under account 123456789012.',
        });
      },
    },
    {
      says: 'a shard takes 1,000 records a second, however small',
      basis: 'documented',
      source: LIMITS,
      holds: async () => {
        const { call, clock } = kinesis({ shardCount: 1 });
        const Records = Array.from({ length: 500 }, () => record(''));
        await call('PutRecords', { Records });
        await call('PutRecords', { Records });
        expect(await call('PutRecords', { Records })).toMatchObject({ FailedRecordCount: 500 });
        await clock.advance(1000);
        expect(await call('PutRecords', { Records })).toMatchObject({ FailedRecordCount: 0 });
      },
    },
    {
      says: 'PutRecord to a shard whose rate is used up is refused with ProvisionedThroughputExceededException, and stores nothing',
      basis: 'documented',
      source: PUT_RECORD,
      holds: async () => {
        const { call, read } = kinesis({ shardCount: 1 });
        await call('PutRecord', sized(MIB - 1));
        expect((await refusal(call('PutRecord', record('late')))).code).toBe('ProvisionedThroughputExceededException');
        expect(await read('TRIM_HORIZON')).toHaveLength(1);
      },
    },
    {
      says: 'a new on-demand stream takes 4 MiB a second, 1 MiB in each of four shards',
      basis: 'documented',
      source: LIMITS,
      holds: async () => {
        const { call, shards } = kinesis();
        expect(await shards()).toHaveLength(4);
        const each = Array.from({ length: 4 }, (_, index) => ({
          ...sized(MIB - 1),
          ExplicitHashKey: String(BigInt(index) << 126n),
        }));
        expect(await call('PutRecords', { Records: each })).toMatchObject({ FailedRecordCount: 0 });
        expect(await call('PutRecords', { Records: [record('a'), record('b')] })).toMatchObject({ FailedRecordCount: 2 });
      },
    },
    {
      says: 'a partition key has 1 to 256 Unicode characters',
      basis: 'documented',
      source: PUT_RECORD,
      holds: async () => {
        const { call } = kinesis();
        expect(await call('PutRecord', record('x', '🛫'.repeat(256)))).toHaveProperty('SequenceNumber');
        expect((await refusal(call('PutRecord', record('x', 'k'.repeat(257))))).code).toBe('ValidationException');
        expect((await refusal(call('PutRecord', record('x', '')))).code).toBe('ValidationException');
      },
    },
    {
      says: 'a producer needs kms:GenerateDataKey on the key of an encrypted stream, and is otherwise told KMSAccessDeniedException',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html',
      holds: async () => {
        const { call } = kinesis({ keyArn, denied: ['kms:GenerateDataKey'] });
        expect((await refusal(call('PutRecord', { Data: base64('a'), PartitionKey: 'k' }))).code).toBe(
          'KMSAccessDeniedException',
        );
      },
    },
    {
      says: 'a put to a stream that is not there is refused with ResourceNotFoundException, naming stream and account',
      basis: 'observed',
      source: `${OBSERVED}/putRecord.js`,
      holds: async () => {
        const { send } = kinesis();
        expect(await refusal(send('PutRecord', { StreamName: 'none', ...record('a') }))).toEqual({
          code: 'ResourceNotFoundException',
          message: 'Stream none under account 123456789012 not found.',
        });
      },
    },
    {
      says: 'a record stays where it was put when its ApproximateArrivalTimestamp is set: the time of the put, in milliseconds',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html',
      holds: async () => {
        const { call, clock, get, iterator } = kinesis({ shardCount: 1 });
        await clock.advance(HOUR + 7);
        await call('PutRecord', record('a'));
        await clock.advance(HOUR);
        const { Records } = await get(await iterator('TRIM_HORIZON'));
        expect(Records[0]?.ApproximateArrivalTimestamp).toBe((start + HOUR + 7) / 1000);
      },
    },
  ],
};
