import { gunzipSync } from 'node:zlib';
import { direct, MINUTE, refusal, rig, roleArn } from '../../firehose/rig.ts';
import type { FactTable } from '../fact.ts';

const guide = (page: string): string => `https://docs.aws.amazon.com/firehose/latest/dev/${page}.html`;
const HOUR = 60 * MINUTE;

const backup = {
  S3BackupMode: 'Enabled',
  S3BackupConfiguration: {
    BucketARN: 'arn:aws:s3:::raw',
    RoleARN: roleArn,
    Prefix: 'raw/',
    CompressionFormat: 'GZIP',
    BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 120 },
  },
};

/** How records become objects. */
export const firehoseDelivering: FactTable = {
  service: 'Data Firehose',
  facts: [
    {
      says: 'payloads are joined byte for byte, with nothing between them: three times abc is abcabcabc',
      basis: 'documented',
      source: guide('basic-deliver#format'),
      holds: async () => {
        const { clock, put, create, bodies } = rig();
        create();
        put('abc', 'abc', 'abc');
        await clock.advance(2 * MINUTE);
        expect(bodies('data').map(String)).toEqual(['abcabcabc']);
      },
    },
    {
      says: 'a buffer goes out at its size or its interval, whichever comes first; the interval counts from its first record',
      basis: 'documented',
      source: guide('buffering-hints'),
      holds: async () => {
        const { clock, put, create, bodies } = rig();
        create();
        for (let second = 0; second < 3; second++) {
          put('x'.repeat(600_000));
          await clock.advance(1000);
        }
        await clock.advance(1000);
        expect(bodies('data').map(({ length }) => length)).toEqual([600_000, 600_000]);
        await clock.advance(58_999);
        expect(bodies('data')).toHaveLength(2);
        await clock.advance(1);
        expect(bodies('data')).toHaveLength(3);
      },
    },
    {
      says: 'without hints a buffer is 5 MiB and 300 seconds',
      basis: 'documented',
      source: guide('buffering-hints'),
      holds: async () => {
        const { clock, put, create, objects, call } = rig();
        create({ BufferingHints: undefined });
        const { DeliveryStreamDescription } = await call('DescribeDeliveryStream');
        expect(DeliveryStreamDescription).toMatchObject({
          Destinations: [{ ExtendedS3DestinationDescription: { BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 } } }],
        });
        put('a');
        await clock.advance(300_999);
        expect(objects.size).toBe(0);
        await clock.advance(1000);
        expect(objects.size).toBe(1);
      },
    },
    {
      says: 'an object’s prefix tells the arrival of its oldest record, not when it is written',
      basis: 'documented',
      source: guide('s3-prefixes'),
      holds: async () => {
        const { clock, put, create, keys } = rig();
        create();
        put('a');
        await clock.advance(59_000);
        put('b');
        await clock.advance(5 * MINUTE);
        expect(keys()).toEqual(['lake/data/dt=2001-01-09/hr=07/clean-1-2001-01-09-07-59-00-UUID']);
      },
    },
    {
      says: 'an object is named <stream>-<version>-yyyy-MM-dd-HH-mm-ss-<uuid><extension>, in UTC',
      basis: 'documented',
      source: guide('s3-object-name'),
      holds: async () => {
        const { clock, put, create, objects } = rig();
        create({ FileExtension: '.ndjson' });
        put('a');
        await clock.advance(5 * MINUTE);
        expect([...objects.keys()][0]).toMatch(
          /\/clean-1-2001-01-09-07-59-00-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.ndjson$/,
        );
      },
    },
    {
      says: 'a prefix without an expression gets yyyy/MM/dd/HH/ appended as it is, without a slash before it',
      basis: 'documented',
      source: guide('s3-prefixes#prefix-rules'),
      holds: async () => {
        const { clock, put, create, keys } = rig();
        create({ Prefix: 'legacy', ErrorOutputPrefix: undefined });
        put('a');
        await clock.advance(5 * MINUTE);
        expect(keys()[0]).toMatch(/^lake\/legacy2001\/01\/09\/07\/clean-1-/);
      },
    },
    {
      says: 'the timestamp namespace is the same instant wherever a prefix has it, and random-string is eleven characters, new for each object',
      basis: 'documented',
      source: guide('s3-prefixes'),
      holds: async () => {
        const { clock, put, create, keys } = rig();
        create({ Prefix: '!{firehose:random-string}/!{timestamp:yyyy}/!{timestamp:MM-dd}/' });
        for (const text of ['a', 'b']) {
          put(text);
          await clock.advance(5 * MINUTE);
        }
        const [one = '', other = ''] = keys();
        expect(one).toMatch(/^lake\/[0-9a-z]{11}\/2001\/01-09\//i);
        expect(one.split('/')[1]).not.toBe(other.split('/')[1]);
      },
    },
    {
      says: 'GZIP compresses the object and ends its name with .gz',
      basis: 'documented',
      source: guide('s3-object-name'),
      holds: async () => {
        const { clock, put, create, keys, bodies } = rig();
        create({ CompressionFormat: 'GZIP' });
        put('abc', 'abc');
        await clock.advance(5 * MINUTE);
        expect(keys()[0]).toMatch(/\.gz$/);
        expect(bodies('data').map((body) => String(gunzipSync(body)))).toEqual(['abcabc']);
      },
    },
    {
      says: 'source record backup writes every payload as it came, whatever the function did to it, under the backup’s own prefix and bucket',
      basis: 'documented',
      source: guide('data-transformation-source-record-backup'),
      holds: async () => {
        const { clock, put, create, bodies, keys } = rig();
        create(backup);
        put('abc', 'def');
        await clock.advance(5 * MINUTE);
        expect(keys().some((key) => key.startsWith('raw/raw/2001/01/09/07/'))).toBe(true);
        expect(bodies('raw/raw/').map((body) => String(gunzipSync(body)))).toEqual(['abcdef']);
      },
    },
    {
      says: 'a delivery stream reads its Kinesis stream from LATEST: what was in it before is not delivered',
      basis: 'documented',
      source: guide('writing-with-kinesis-streams'),
      holds: async () => {
        const { clock, put, create, bodies } = rig();
        put('before');
        create();
        put('after');
        await clock.advance(5 * MINUTE);
        expect(bodies('data').map(String)).toEqual(['after']);
      },
    },
    {
      says: 'it calls GetRecords on each shard once a second, and that call counts against the shard’s five',
      basis: 'documented',
      source: guide('writing-with-kinesis-streams'),
      holds: async () => {
        const { clock, put, create, kinesisCall } = rig();
        create();
        put('a');
        await clock.advance(1000);
        const input = { StreamName: 'events', ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' };
        const { ShardIterator } = await kinesisCall('GetShardIterator', input);
        for (let call = 0; call < 4; call++) await kinesisCall('GetRecords', { ShardIterator });
        expect((await refusal(kinesisCall('GetRecords', { ShardIterator }))).code).toBe('ProvisionedThroughputExceededException');
      },
    },
    {
      says: 'of a stream that was split, the children are delivered too',
      basis: 'documented',
      source: guide('writing-with-kinesis-streams'),
      holds: async () => {
        const { clock, put, create, bodies, kinesisCall } = rig();
        create();
        put('parent ');
        await kinesisCall('SplitShard', { StreamName: 'events', ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '99' });
        await clock.advance(30_000);
        put('child');
        await clock.advance(5 * MINUTE);
        expect(bodies('data').map(String).join('')).toBe('parent child');
      },
    },
    {
      says: 'what S3 refuses is tried again, and with a Kinesis stream as source nothing more is read meanwhile',
      basis: 'documented',
      source: guide('retry'),
      holds: async () => {
        const { clock, put, create, denied, checks, bodies } = rig();
        create();
        denied.add('s3:PutObject');
        put('a');
        await clock.advance(10 * MINUTE);
        checks.length = 0;
        put('b');
        await clock.advance(2 * MINUTE);
        expect(checks.filter((check) => check.startsWith('kinesis:GetRecords'))).toEqual([]);
        denied.clear();
        await clock.advance(HOUR);
        expect(bodies('data').map(String).sort()).toEqual(['a', 'b']);
      },
    },
    {
      says: 'what was put directly is kept for 24 hours while S3 refuses it, and lost then',
      basis: 'documented',
      source: guide('retry'),
      holds: async () => {
        const { clock, create, denied, call, objects } = rig();
        const delivery = create({}, direct);
        denied.add('s3:PutObject');
        await call('PutRecord', { Record: { Data: 'YQ==' } });
        await clock.advance(24 * HOUR);
        expect(delivery.lost).toBe(0);
        await clock.advance(HOUR);
        expect(delivery.lost).toBe(1);
        denied.clear();
        await clock.advance(HOUR);
        expect(objects.size).toBe(0);
      },
    },
    {
      says: 'with a Kinesis stream as source it tries on until the stream’s retention is over',
      basis: 'documented',
      source: guide('retry'),
      holds: async () => {
        const { clock, put, create, denied, stream, objects } = rig();
        stream.retain(72);
        const delivery = create();
        denied.add('s3:PutObject');
        put('a');
        await clock.advance(70 * HOUR);
        expect(delivery.lost).toBe(0);
        denied.clear();
        await clock.advance(HOUR);
        expect(objects.size).toBe(1);
      },
    },
    {
      says: 'an error goes to the log group with its code, as S3.AccessDenied, beside the stream’s ARN, its version and the destination',
      basis: 'documented',
      source: guide('monitoring-with-cloudwatch-logs'),
      holds: async () => {
        const { clock, put, create, denied, lines } = rig();
        create();
        denied.add('s3:PutObject');
        put('a');
        await clock.advance(2 * MINUTE);
        expect(lines[0]?.logGroup).toBe('/headwaters/delivery');
        expect(JSON.parse(lines[0]?.message ?? '{}')).toMatchObject({
          deliveryStreamARN: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/clean',
          destination: 'arn:aws:s3:::lake',
          deliveryStreamVersionId: 1,
          errorCode: 'S3.AccessDenied',
        });
      },
    },
    {
      says: 'when the error prefix cannot be written either, delivery stops until one of both can',
      basis: 'documented',
      source: guide('retry'),
      holds: async () => {
        const { clock, put, create, denied, bodies } = rig();
        const delivery = create();
        denied.add('s3:PutObject lake');
        put('a');
        await clock.advance(HOUR);
        expect(delivery.undelivered).toBe(1);
        denied.clear();
        await clock.advance(HOUR);
        expect(bodies('data').map(String)).toEqual(['a']);
      },
    },
  ],
};
