import { caller, kinesis, shardId, start } from '../kinesis/rig.ts';
import { AMZ_CBOR, overAmzCbor } from './over-amz-cbor.ts';

function streaming() {
  const { service } = kinesis({ shardCount: 1 });
  return (operation: string, input: Readonly<Record<string, unknown>>) => overAmzCbor(service.service, operation, input, caller);
}

test('a record is put and read in bytes, and its time is in milliseconds', async () => {
  const call = streaming();
  const Data = new TextEncoder().encode('a record');
  expect(await call('PutRecord', { StreamName: 'events', Data, PartitionKey: 'k' })).toMatchObject({
    status: 200,
    contentType: AMZ_CBOR,
    content: { ShardId: shardId(0) },
  });
  const place = { StreamName: 'events', ShardId: shardId(0), ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(start) };
  const { ShardIterator } = (await call('GetShardIterator', place)).content;
  const { Records } = (await call('GetRecords', { ShardIterator })).content;
  expect(Records).toMatchObject([{ Data, PartitionKey: 'k', ApproximateArrivalTimestamp: new Date(start) }]);
});

test('several records are put in one call, and a stream tells when it was made', async () => {
  const call = streaming();
  const Records = ['a', 'b'].map((text) => ({ Data: new TextEncoder().encode(text), PartitionKey: text }));
  expect((await call('PutRecords', { StreamName: 'events', Records })).content).toMatchObject({ FailedRecordCount: 0 });
  expect((await call('DescribeStreamSummary', { StreamName: 'events' })).content).toMatchObject({
    StreamDescriptionSummary: { StreamCreationTimestamp: new Date(start) },
  });
});
