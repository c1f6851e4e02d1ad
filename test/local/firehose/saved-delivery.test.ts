import { AGGREGATED } from './aggregated.ts';
import { base64, conversion, direct, lambda, MINUTE, partitioned, restarted, rig, target, type Rig } from './rig.ts';

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

test('a configuration that was updated is a version of its own, and the template wins at the next start', async () => {
  const create = (next: Rig) => next.create({}, direct);
  const before = rig();
  create(before);
  await put(before, 'a');
  await before.call('UpdateDestination', {
    CurrentDeliveryStreamVersionId: '1',
    DestinationId: 'destinationId-000000000001',
    ExtendedS3DestinationUpdate: { CompressionFormat: 'GZIP' },
  });
  expect(before.objects.size).toBe(1); // the buffer of the version before
  const after = await restarted(before, create);
  expect((await after.call('DescribeDeliveryStream')).DeliveryStreamDescription).toMatchObject({
    VersionId: '3',
    Destinations: [{ ExtendedS3DestinationDescription: { CompressionFormat: 'UNCOMPRESSED', Prefix: target().Prefix } }],
  });
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
