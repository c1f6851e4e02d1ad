import { base64, conversion, direct, lambda, MINUTE, partitioned, refusal, rig, roleArn, target } from '../../firehose/rig.ts';
import type { FactTable } from '../fact.ts';

const guide = (page: string): string => `https://docs.aws.amazon.com/firehose/latest/dev/${page}.html`;
const api = (page: string): string => `https://docs.aws.amazon.com/firehose/latest/APIReference/API_${page}.html`;
const TERRAFORM = 'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/firehose/delivery_stream.go';
const KIB = 1024;

/** What the creation of a delivery stream is refused with. */
const creation = (s3: object, more: object = {}) =>
  refusal(
    Promise.resolve().then(() => {
      rig().create(s3, more);
    }),
  );
const invalid = { code: 'InvalidArgumentException' };
const sized = (bytes: number) => ({ Data: Buffer.alloc(bytes).toString('base64') });
const versionOf = async ({ call }: ReturnType<typeof rig>): Promise<unknown> =>
  ((await call('DescribeDeliveryStream')).DeliveryStreamDescription as { readonly VersionId: string }).VersionId;
const update = (CurrentDeliveryStreamVersionId: string, ExtendedS3DestinationUpdate: object) => ({
  CurrentDeliveryStreamVersionId,
  DestinationId: 'destinationId-000000000001',
  ExtendedS3DestinationUpdate,
});

/** What is refused at the creation, and the operations on what was created. */
export const firehoseOperations: FactTable = {
  service: 'Data Firehose',
  facts: [
    {
      says: 'hints are 1 to 128 MiB and 0 to 900 seconds, and both are given or neither',
      basis: 'documented',
      source: api('BufferingHints'),
      holds: async () => {
        expect(await creation({ BufferingHints: { SizeInMBs: 129, IntervalInSeconds: 60 } })).toMatchObject(invalid);
        expect(await creation({ BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 901 } })).toMatchObject(invalid);
        expect(await creation({ BufferingHints: { SizeInMBs: 1 } })).toMatchObject(invalid);
      },
    },
    {
      says: 'where records are converted or partitions are dynamic the buffer is at least 64 MiB',
      basis: 'documented',
      source: guide('buffering'),
      holds: async () => {
        const BufferingHints = { SizeInMBs: 63, IntervalInSeconds: 60 };
        expect(await creation({ ...conversion, BufferingHints })).toMatchObject(invalid);
        expect(await creation({ ...partitioned(), BufferingHints })).toMatchObject(invalid);
      },
    },
    {
      says: 'zero buffering is not for dynamic partitions',
      basis: 'documented',
      source: guide('buffering'),
      holds: async () => {
        expect(await creation({ ...partitioned(), BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 0 } })).toMatchObject(
          invalid,
        );
      },
    },
    {
      says: 'a converting delivery is not compressed by the destination: CompressionFormat must be UNCOMPRESSED',
      basis: 'documented',
      source: guide('record-format-conversion'),
      holds: async () => {
        expect(await creation({ ...conversion, CompressionFormat: 'GZIP' })).toMatchObject(invalid);
      },
    },
    {
      says: 'the function’s buffer is 0.2 to 3 MiB and 0 to 900 seconds, and both are given or neither',
      basis: 'documented',
      source: guide('data-transformation'),
      holds: async () => {
        expect(await creation(lambda({ BufferSizeInMBs: '3.1' }))).toMatchObject(invalid);
        expect(await creation(lambda({ BufferSizeInMBs: '0.1' }))).toMatchObject(invalid);
        expect(await creation(lambda({ BufferIntervalInSeconds: '901' }))).toMatchObject(invalid);
        expect(await creation(lambda({ BufferIntervalInSeconds: undefined }))).toMatchObject(invalid);
      },
    },
    {
      says: 'error-output-type may not be in Prefix, and must be in ErrorOutputPrefix where that is given',
      basis: 'documented',
      source: guide('s3-prefixes#prefix-rules'),
      holds: async () => {
        expect(await creation({ Prefix: '!{firehose:error-output-type}/' })).toMatchObject(invalid);
        expect(await creation({ ErrorOutputPrefix: '!{timestamp:yyyy}/' })).toMatchObject(invalid);
      },
    },
    {
      says: 'a Prefix with an expression needs an ErrorOutputPrefix',
      basis: 'documented',
      source: guide('s3-prefixes#prefix-rules'),
      holds: async () => {
        expect(await creation({ ErrorOutputPrefix: undefined })).toMatchObject(invalid);
      },
    },
    {
      says: 'keys of dynamic partitions may not be in ErrorOutputPrefix',
      basis: 'documented',
      source: guide('s3-prefixes#prefix-rules'),
      holds: async () => {
        const ErrorOutputPrefix = '!{firehose:error-output-type}/!{partitionKeyFromQuery:dataset}/';
        expect(await creation({ ...partitioned(), ErrorOutputPrefix })).toMatchObject(invalid);
      },
    },
    {
      says: 'a prefix with an unknown namespace or an expression that is not closed is refused',
      basis: 'documented',
      source: guide('s3-prefixes'),
      holds: async () => {
        expect(await creation({ Prefix: '!{kinesis:shard}/' })).toMatchObject(invalid);
        expect(await creation({ Prefix: '!{timestamp:yyyy/' })).toMatchObject(invalid);
      },
    },
    {
      says: 'a role that does not trust Firehose refuses the creation: Firehose is unable to assume role',
      basis: 'observed',
      source: TERRAFORM,
      holds: async () => {
        const { code, message } = await creation({ RoleARN: 'arn:aws:iam::123456789012:role/other' });
        expect(code).toBe('InvalidArgumentException');
        expect(message).toMatch(
          /^Firehose is unable to assume role arn:aws:iam::123456789012:role\/other\. Please check the role provided\./,
        );
      },
    },
    {
      says: 'a role of the schema that may not read the Glue table refuses the creation: Access was denied when calling Glue',
      basis: 'observed',
      source: 'https://github.com/hashicorp/terraform-provider-aws/pull/17254',
      holds: async () => {
        const { create, denied } = rig();
        denied.add('glue:GetTable');
        const refused = await refusal(Promise.resolve().then(() => create(conversion)));
        expect(refused).toMatchObject({
          ...invalid,
          message: expect.stringMatching(/^Access was denied when calling Glue\./) as string,
        });
      },
    },
    {
      says: 'a schema whose table does not exist refuses the creation, with Glue’s EntityNotFoundException inside',
      basis: 'observed',
      source: 'https://github.com/floci-io/floci/blob/main/docs/services/firehose.md',
      holds: async () => {
        const { DataFormatConversionConfiguration: configuration } = conversion;
        const SchemaConfiguration = { ...configuration.SchemaConfiguration, TableName: 'none' };
        const { code, message } = await creation({
          ...conversion,
          DataFormatConversionConfiguration: { ...configuration, SchemaConfiguration },
        });
        expect(code).toBe('InvalidArgumentException');
        expect(message).toContain('EntityNotFoundException');
      },
    },
    {
      says: 'a delivery stream with a Kinesis source cannot be encrypted itself',
      basis: 'documented',
      source: api('StartDeliveryStreamEncryption'),
      holds: async () => {
        const { create, call } = rig();
        create();
        expect(await refusal(call('StartDeliveryStreamEncryption'))).toMatchObject(invalid);
      },
    },
    {
      says: 'StartDeliveryStreamEncryption goes by ENABLING to ENABLED, and puts answer Encrypted from then on',
      basis: 'documented',
      source: api('StartDeliveryStreamEncryption'),
      holds: async () => {
        const { create, call, clock } = rig();
        create({}, direct);
        const put = async () => (await call('PutRecord', { Record: { Data: base64('a') } })).Encrypted;
        expect(await put()).toBe(false);
        await call('StartDeliveryStreamEncryption');
        expect((await call('DescribeDeliveryStream')).DeliveryStreamDescription).toMatchObject({
          DeliveryStreamEncryptionConfiguration: { Status: 'ENABLING', KeyType: 'AWS_OWNED_CMK' },
        });
        await clock.advance(MINUTE);
        expect(await put()).toBe(true);
        await call('StopDeliveryStreamEncryption');
        await clock.advance(MINUTE);
        expect(await put()).toBe(false);
      },
    },
    {
      says: 'encryption is started and stopped 25 times in 24 hours, both together: then LimitExceededException',
      basis: 'documented',
      source: api('StopDeliveryStreamEncryption'),
      holds: async () => {
        const { create, call } = rig();
        create({}, direct);
        for (let change = 0; change < 25; change++) {
          await call(change % 2 === 0 ? 'StartDeliveryStreamEncryption' : 'StopDeliveryStreamEncryption');
        }
        expect((await refusal(call('StopDeliveryStreamEncryption'))).code).toBe('LimitExceededException');
      },
    },
    {
      says: 'PutRecord takes 1,000 KiB, before base64',
      basis: 'documented',
      source: api('PutRecord'),
      holds: async () => {
        const { create, call } = rig();
        create({}, direct);
        expect(await call('PutRecord', { Record: sized(1000 * KIB) })).toHaveProperty('RecordId');
        expect(await refusal(call('PutRecord', { Record: sized(1000 * KIB + 1) }))).toMatchObject(invalid);
      },
    },
    {
      says: 'PutRecordBatch takes 500 records and 4 MiB, and answers an id for each in their order',
      basis: 'documented',
      source: api('PutRecordBatch'),
      holds: async () => {
        const { create, call, clock } = rig();
        create({}, direct);
        const { RequestResponses, FailedPutCount } = await call('PutRecordBatch', {
          Records: Array.from({ length: 500 }, () => sized(1)),
        });
        const ids = (RequestResponses as { readonly RecordId: string }[]).map(({ RecordId }) => RecordId);
        expect([new Set(ids).size, FailedPutCount]).toEqual([500, 0]);
        expect(await refusal(call('PutRecordBatch', { Records: Array.from({ length: 501 }, () => sized(1)) }))).toMatchObject(
          invalid,
        );
        await clock.advance(1000);
        expect(
          await refusal(call('PutRecordBatch', { Records: Array.from({ length: 5 }, () => sized(900 * KIB)) })),
        ).toMatchObject(invalid);
      },
    },
    {
      says: 'Direct PUT takes 5 MiB a second in us-east-1: beyond it, ServiceUnavailableException',
      basis: 'documented',
      source: guide('limits'),
      holds: async () => {
        const { create, call, clock } = rig();
        create({}, direct);
        const put = () => call('PutRecord', { Record: sized(1000 * KIB) });
        for (let call5 = 0; call5 < 5; call5++) await put();
        expect((await refusal(put())).code).toBe('ServiceUnavailableException');
        await clock.advance(1000);
        expect(await put()).toHaveProperty('RecordId');
      },
    },
    {
      says: 'in other regions Direct PUT takes 1 MiB a second',
      basis: 'documented',
      source: guide('limits'),
      holds: async () => {
        const { create, call } = rig({ region: 'eu-central-1' });
        create({}, direct);
        await call('PutRecord', { Record: sized(1000 * KIB) });
        expect((await refusal(call('PutRecord', { Record: sized(100 * KIB) }))).code).toBe('ServiceUnavailableException');
      },
    },
    {
      says: 'Direct PUT takes 2,000 requests a second in us-east-1',
      basis: 'documented',
      source: guide('limits'),
      holds: async () => {
        const { create, call } = rig();
        create({}, direct);
        for (let request = 0; request < 2000; request++) await call('PutRecord', { Record: sized(0) });
        expect((await refusal(call('PutRecord', { Record: sized(0) }))).code).toBe('ServiceUnavailableException');
      },
    },
    {
      says: 'a batch that the quota has room for in part succeeds in part: FailedPutCount counts the entries with ServiceUnavailableException',
      basis: 'documented',
      source: api('PutRecordBatch'),
      holds: async () => {
        const { create, call } = rig();
        create({}, direct);
        const Records = Array.from({ length: 4 }, () => sized(1000 * KIB));
        await call('PutRecordBatch', { Records });
        const { FailedPutCount, RequestResponses } = await call('PutRecordBatch', { Records });
        expect(FailedPutCount).toBe(3);
        expect(RequestResponses).toMatchObject([
          { RecordId: expect.any(String) as string },
          ...Array.from({ length: 3 }, () => ({ ErrorCode: 'ServiceUnavailableException' })),
        ]);
      },
    },
    {
      says: 'a put to a delivery stream whose source is a Kinesis stream is refused with InvalidArgumentException',
      basis: 'documented',
      source: guide('writing-with-kinesis-streams'),
      holds: async () => {
        const { create, call } = rig();
        create();
        expect(await refusal(call('PutRecord', { Record: sized(1) }))).toMatchObject(invalid);
      },
    },
    {
      says: 'an update counts the version up, and objects carry it in their names',
      basis: 'documented',
      source: guide('s3-object-name'),
      holds: async () => {
        const world = rig();
        world.create({}, direct);
        await world.call('UpdateDestination', update('1', { Prefix: 'next/!{timestamp:yyyy}/' }));
        expect(await versionOf(world)).toBe('2');
        await world.call('PutRecord', { Record: { Data: base64('a') } });
        await world.clock.advance(5 * MINUTE);
        expect(world.keys()[0]).toMatch(/^lake\/next\/2001\/clean-2-/);
      },
    },
    {
      says: 'UpdateDestination with another version than the present one is refused with ConcurrentModificationException',
      basis: 'documented',
      source: api('UpdateDestination'),
      holds: async () => {
        const world = rig();
        world.create({}, direct);
        await world.call('UpdateDestination', update('1', { CompressionFormat: 'GZIP' }));
        const refused = await refusal(world.call('UpdateDestination', update('1', { CompressionFormat: 'UNCOMPRESSED' })));
        expect(refused.code).toBe('ConcurrentModificationException');
      },
    },
    {
      says: 'UpdateDestination keeps what it does not name',
      basis: 'documented',
      source: api('UpdateDestination'),
      holds: async () => {
        const { create, call } = rig();
        create({}, direct);
        await call('UpdateDestination', update('1', { CompressionFormat: 'GZIP' }));
        const { DeliveryStreamDescription } = await call('DescribeDeliveryStream');
        expect(DeliveryStreamDescription).toMatchObject({
          Destinations: [{ ExtendedS3DestinationDescription: { CompressionFormat: 'GZIP', Prefix: target().Prefix } }],
        });
      },
    },
    {
      says: 'source record backup cannot be disabled again',
      basis: 'documented',
      source: guide('data-transformation-source-record-backup'),
      holds: async () => {
        const { create, call } = rig();
        create({ S3BackupMode: 'Enabled', S3BackupConfiguration: { BucketARN: 'arn:aws:s3:::raw', RoleARN: roleArn } }, direct);
        expect(await refusal(call('UpdateDestination', update('1', { S3BackupMode: 'Disabled' })))).toMatchObject(invalid);
      },
    },
    {
      says: 'dynamic partitioning is chosen at the creation: an update can neither enable nor disable it',
      basis: 'documented',
      source: guide('dynamic-partitioning-enable'),
      holds: async () => {
        const { create, call } = rig();
        create(partitioned(), direct);
        const off = update('1', { DynamicPartitioningConfiguration: { Enabled: false } });
        expect(await refusal(call('UpdateDestination', off))).toMatchObject(invalid);
      },
    },
    {
      says: 'ListDeliveryStreams gives ten names unless a Limit asks for others, in alphabetical order, and says whether there are more',
      basis: 'documented',
      source: api('ListDeliveryStreams'),
      holds: async () => {
        const { firehose, send } = rig();
        for (const letter of 'lkjihgfedcba') {
          firehose.createDeliveryStream(letter, `arn:${letter}`, { ExtendedS3DestinationConfiguration: target() });
        }
        expect(await send('ListDeliveryStreams', {})).toEqual({
          DeliveryStreamNames: Array.from('abcdefghij'),
          HasMoreDeliveryStreams: true,
        });
        expect(await send('ListDeliveryStreams', { ExclusiveStartDeliveryStreamName: 'j' })).toEqual({
          DeliveryStreamNames: ['k', 'l'],
          HasMoreDeliveryStreams: false,
        });
      },
    },
    {
      says: 'a delivery stream has at most 50 tags, and a tag that is set again takes the new value',
      basis: 'documented',
      source: api('TagDeliveryStream'),
      holds: async () => {
        const { create, call } = rig();
        create({}, direct);
        await call('TagDeliveryStream', { Tags: [{ Key: 'owner', Value: 'a' }] });
        await call('TagDeliveryStream', { Tags: [{ Key: 'owner', Value: 'b' }] });
        expect(await call('ListTagsForDeliveryStream')).toEqual({ Tags: [{ Key: 'owner', Value: 'b' }], HasMoreTags: false });
        const many = Array.from({ length: 50 }, (_, index) => ({ Key: `t${index}` }));
        expect(await refusal(call('TagDeliveryStream', { Tags: many }))).toMatchObject(invalid);
      },
    },
    {
      says: 'an operation on a delivery stream that is not there is refused with ResourceNotFoundException, naming stream and account',
      basis: 'observed',
      source: 'https://github.com/turbot/steampipe-plugin-aws/issues/759',
      holds: async () => {
        expect(await refusal(rig().call('DescribeDeliveryStream'))).toEqual({
          code: 'ResourceNotFoundException',
          message: 'Firehose clean under account 123456789012 not found.',
        });
      },
    },
  ],
};
