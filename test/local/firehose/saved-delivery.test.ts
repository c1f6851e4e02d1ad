import { AGGREGATED } from './aggregated.ts';
import {
  base64,
  conversion,
  direct,
  lambda,
  MINUTE,
  otherRoleArn,
  partitioned,
  refusal,
  restarted,
  rig,
  start,
  target,
  type Rig,
} from './rig.ts';

const HOUR = 60 * MINUTE;
const put = (world: Rig, text: string) => world.call('PutRecord', { Record: { Data: base64(text) } });

test('what was put directly, and waits in a buffer, is delivered by the next process when its time has come', async () => {
  const create = (next: Rig) => next.create({}, direct);
  const before = rig();
  create(before);
  await put(before, 'a');
  await before.clock.advance(30_000);
  const after = await restarted(before, create);
  expect(after.firehose.all()[0]?.undelivered).toBe(1);
  await after.clock.advance(29_999);
  expect(after.objects.size).toBe(0);
  await after.clock.advance(1);
  expect(after.bodies('data').map(String)).toEqual(['a']);
  expect(after.keys()).toEqual(['lake/data/dt=2001-01-09/hr=07/clean-1-2001-01-09-07-59-00-UUID']);
});

test('an object that S3 refused goes out under the name it had', async () => {
  const create = (next: Rig) => next.create({}, direct);
  const before = rig();
  create(before);
  before.denied.add('s3:PutObject');
  await put(before, 'a');
  await before.clock.advance(5 * MINUTE);
  const after = await restarted(before, create, HOUR);
  after.denied.clear();
  await after.clock.advance(MINUTE);
  expect(after.keys()).toEqual(['lake/data/dt=2001-01-09/hr=07/clean-1-2001-01-09-07-59-00-UUID']);
});

test('partitions, and lines for the error prefix, are where they were', async () => {
  const create = (next: Rig) => next.create(partitioned(), direct);
  const before = rig();
  create(before);
  for (const text of ['{"dataset":"a","reason":"x"}', '{"dataset":"b","reason":"x"}', '{}']) await put(before, text);
  const after = await restarted(before, create);
  await after.clock.advance(5 * MINUTE);
  expect(after.keys().map((key) => key.split('/').slice(1, 3).join('/'))).toEqual([
    '_errors/metadata-extraction-failed',
    'q/a',
    'q/b',
  ]);
});

test('records in the stream are read on from where the reading stood', async () => {
  const create = (next: Rig) => next.create({ ...lambda(), ...conversion });
  const before = rig();
  create(before);
  before.put('{"id":1}');
  await before.clock.advance(1000);
  before.put('{"id":2}');
  const after = await restarted(before, create);
  after.put('{"id":3}');
  await after.clock.advance(5 * MINUTE);
  expect(after.bodies('data').map(String)).toEqual(['PARQUET(id){"id":1}{"id":2}{"id":3}']);
  const ids = after.calls.flatMap(({ records }) => records.map(({ recordId }) => recordId));
  expect(new Set(ids).size).toBe(3);
});

const update = (world: Rig, changes: object, version = '1') =>
  world.call('UpdateDestination', {
    CurrentDeliveryStreamVersionId: version,
    DestinationId: 'destinationId-000000000001',
    ExtendedS3DestinationUpdate: changes,
  });
const described = async (world: Rig) => (await world.call('DescribeDeliveryStream')).DeliveryStreamDescription;
const tagsOf = async (world: Rig) => (await world.call('ListTagsForDeliveryStream')).Tags;

test('a destination that was updated stays so, with its version and its times', async () => {
  const create = (next: Rig) => next.create({}, direct);
  const before = rig();
  create(before);
  await put(before, 'a');
  await before.clock.advance(1000);
  await update(before, { CompressionFormat: 'GZIP' });
  expect(before.objects.size).toBe(1); // the buffer of the version before
  const again = await restarted(before, create, HOUR);
  const after = await restarted(again, create, HOUR);
  expect(await described(after)).toEqual(await described(before));
  expect(await described(after)).toMatchObject({
    VersionId: '2',
    CreateTimestamp: start / 1000,
    LastUpdateTimestamp: start / 1000 + 1,
    Destinations: [{ ExtendedS3DestinationDescription: { CompressionFormat: 'GZIP', Prefix: target().Prefix } }],
  });
  await put(after, 'b');
  await after.clock.advance(MINUTE);
  expect(after.keys().at(-1)).toMatch(/clean-2-.*\.gz$/);
});

test('a template with another destination than the last one wins over an update, as a further version', async () => {
  const before = rig();
  before.create({}, direct);
  await update(before, { CompressionFormat: 'GZIP' });
  const after = await restarted(before, (next) => next.create({ Prefix: 'other/' }, direct), HOUR);
  expect(await described(after)).toMatchObject({
    VersionId: '3',
    CreateTimestamp: start / 1000,
    LastUpdateTimestamp: (start + HOUR) / 1000,
    Destinations: [{ ExtendedS3DestinationDescription: { CompressionFormat: 'UNCOMPRESSED', Prefix: 'other/' } }],
  });
});

test('a template that changes tags or the encryption leaves the destination, and its version, as they are', async () => {
  const before = rig();
  before.create({}, { ...direct, Tags: [{ Key: 'team', Value: 'a' }] });
  await update(before, { CompressionFormat: 'GZIP' });
  const more = { ...direct, DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' } };
  const after = await restarted(before, (next) => next.create({}, more));
  expect(await described(after)).toMatchObject({
    VersionId: '2',
    DeliveryStreamEncryptionConfiguration: { Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' },
    Destinations: [{ ExtendedS3DestinationDescription: { CompressionFormat: 'GZIP' } }],
  });
  expect(await tagsOf(after)).toEqual([]);
});

test('a destination stays updated whose role the next templates leave out', async () => {
  const create = (next: Rig) => next.create({}, direct);
  const before = rig();
  create(before);
  await update(before, { S3BackupMode: 'Enabled', S3BackupUpdate: { BucketARN: 'arn:aws:s3:::raw', RoleARN: otherRoleArn } });
  const after = await restarted(before, create);
  await put(after, 'a');
  await after.clock.advance(6 * MINUTE);
  expect(after.keys()).toHaveLength(1);
  expect(after.firehose.all()[0]?.blocked).toBe(true);
});

test('an encryption that calls started or stopped stays so, and counts for the day', async () => {
  const key = { KeyType: 'AWS_OWNED_CMK' };
  const create = (next: Rig) => next.create({}, { ...direct, DeliveryStreamEncryptionConfigurationInput: key });
  const before = rig();
  create(before);
  for (let change = 0; change < 12; change++) {
    await before.call('StopDeliveryStreamEncryption');
    await before.call('StartDeliveryStreamEncryption');
  }
  await before.call('StopDeliveryStreamEncryption');
  const after = await restarted(before, create);
  expect(await described(after)).toMatchObject({ DeliveryStreamEncryptionConfiguration: { Status: 'DISABLING' } });
  await after.clock.advance(5000);
  expect(await described(after)).toMatchObject({ DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' } });
  expect((await refusal(after.call('StartDeliveryStreamEncryption'))).code).toBe('LimitExceededException');
});

test('a template with another encryption than the last one wins over what calls did', async () => {
  const before = rig();
  before.create({}, direct);
  await before.call('StartDeliveryStreamEncryption');
  const KeyARN = 'arn:aws:kms:us-east-1:123456789012:key/k';
  const input = { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN } };
  const after = await restarted(before, (next) => next.create({}, { ...direct, ...input }), MINUTE);
  expect(await described(after)).toMatchObject({ DeliveryStreamEncryptionConfiguration: { Status: 'ENABLED', KeyARN } });
});

test('tags are as calls left them, but for those that the template changes', async () => {
  const tagged = (tags: Record<string, string>) => (next: Rig) =>
    next.create({}, { ...direct, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) });
  const before = rig();
  tagged({ team: 'a', gone: 'x', old: 'x' })(before);
  await before.call('TagDeliveryStream', { Tags: [{ Key: 'team', Value: 'changed' }, { Key: 'added' }] });
  await before.call('UntagDeliveryStream', { TagKeys: ['gone'] });
  const same = await restarted(before, tagged({ team: 'a', gone: 'x', old: 'x' }));
  expect(await tagsOf(same)).toEqual([
    { Key: 'added', Value: '' },
    { Key: 'old', Value: 'x' },
    { Key: 'team', Value: 'changed' },
  ]);
  const other = await restarted(same, tagged({ team: 'a', gone: 'back' }));
  expect(await tagsOf(other)).toEqual([
    { Key: 'added', Value: '' },
    { Key: 'gone', Value: 'back' },
    { Key: 'team', Value: 'changed' },
  ]);
});

test('of what earlier versions saved, which is silent about the template, the template wins', async () => {
  const create = (next: Rig) => next.create({}, { ...direct, Tags: [{ Key: 'team', Value: 'a' }] });
  const before = rig();
  create(before);
  await update(before, { CompressionFormat: 'GZIP' });
  await before.call('UntagDeliveryStream', { TagKeys: ['team'] });
  const silent = (saved: Record<string, unknown>) => ({
    ...saved,
    declared: undefined,
    encryption: undefined,
    tags: undefined,
    updated: undefined,
  });
  const after = await restarted(before, create, 0, silent);
  expect(await described(after)).toMatchObject({
    VersionId: '3',
    Destinations: [{ ExtendedS3DestinationDescription: { CompressionFormat: 'UNCOMPRESSED' } }],
  });
  expect(await tagsOf(after)).toEqual([{ Key: 'team', Value: 'a' }]);
  const untouched = rig();
  create(untouched);
  const unchanged = await restarted(untouched, create, 0, silent);
  expect(await described(unchanged)).toMatchObject({ VersionId: '1' });
});

test('nothing begins after a halt: what is put stays in the buffers', async () => {
  const world = rig();
  world.create({}, direct);
  await world.firehose.halt();
  await put(world, 'x'.repeat(900_000));
  await put(world, 'x'.repeat(900_000));
  await world.clock.advance(HOUR);
  expect(world.objects.size).toBe(0);
  expect(world.firehose.all()[0]?.undelivered).toBe(2);
});

test('records that came packed in one keep their places within it', async () => {
  const create = (next: Rig) => next.create({ ...lambda(), ...conversion });
  const before = rig();
  create(before);
  before.stream.put('k', AGGREGATED);
  await before.clock.advance(1000);
  const after = await restarted(before, create);
  await after.clock.advance(5 * MINUTE);
  expect(after.calls.flatMap(({ records }) => records)).toMatchObject(
    [0, 1, 2].map((subsequenceNumber) => ({ kinesisRecordMetadata: { subsequenceNumber } })),
  );
});
