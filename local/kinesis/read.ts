import { ServiceError } from '../service.ts';
import { accountOf, invalidArgument, shardNamed, STREAM_NAMES, type Context, type StreamOperation } from './context.ts';
import { encodeIterator, iteratorPosition } from './iterator.ts';
import { hashKeyRange } from './describe.ts';
import type { Shard, StreamRecord } from './shard.ts';
import type { Stream } from './stream.ts';

/** Most records and bytes of one GetRecords. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const READ_RECORDS = 10_000;
const READ_BYTES = 10 * 1024 * 1024;

export const getShardIterator: StreamOperation = (stream, input, { now }) => {
  input.only([...STREAM_NAMES, 'ShardId', 'ShardIteratorType', 'StartingSequenceNumber', 'Timestamp']);
  stream.expire();
  const shard = shardNamed(stream, input.text('ShardId'));
  return { ShardIterator: encodeIterator(stream, shard, iteratorPosition(shard, input, now), now) };
};

/** The answer to GetRecords at a place that an iterator names. @throws ServiceError InvalidArgumentException, ProvisionedThroughputExceededException */
export function getRecords(
  stream: Stream,
  { shardId, position, limit = READ_RECORDS }: { shardId: string; position: number; limit?: number | undefined },
  context: Context,
): object {
  if (limit > READ_RECORDS) throw invalidArgument(`'Limit' must be at most ${READ_RECORDS}, got ${limit}`);
  if (limit < 1) throw new ServiceError('ValidationException', `'Limit' must be at least 1, got ${limit}`);
  stream.expire();
  const shard = shardNamed(stream, shardId);
  const records = fetchRecords(stream, shard, context, () => shard.read(position, limit, READ_BYTES));
  const next = records.reduce((last, { ordinal }) => Math.max(last, ordinal + 1), Math.max(position, shard.start));
  const last = records.at(-1);
  const ended = shard.closedAt !== undefined && next >= shard.end;
  return {
    Records: records.map((record) => ({
      SequenceNumber: record.sequenceNumber,
      ApproximateArrivalTimestamp: record.arrival / 1000,
      Data: record.data.toString('base64'),
      PartitionKey: record.partitionKey,
      ...(stream.settings.keyArn === undefined ? {} : { EncryptionType: 'KMS' }),
    })),
    ...(ended
      ? { ChildShards: childrenOf(stream, shard) }
      : { NextShardIterator: encodeIterator(stream, shard, next, context.now) }),
    MillisBehindLatest: last === undefined || next >= shard.end ? 0 : context.now - last.arrival,
  };
}

/**
 * Reads from a shard as GetRecords does: every reader counts against the shard's rate.
 *
 * @throws ServiceError ProvisionedThroughputExceededException
 */
export function fetchRecords(
  stream: Stream,
  shard: Shard,
  { now, faults }: Context,
  read: () => readonly StreamRecord[],
): readonly StreamRecord[] {
  if (!shard.reads.take(now)) throw exceeded(stream, shard);
  const records = read();
  if (records.length === 0) return records;
  shard.reads.give(records.reduce((sum, { data }) => sum + data.length, 0));
  switch (faults?.take('kinesis:read', { operation: 'kinesis:GetRecords', resource: stream.settings.arn, time: now })) {
    case undefined:
      return records;
    case 'throttle':
      throw exceeded(stream, shard);
    case 'duplicate':
      return [...records, ...records.slice(-1)];
    case 'reorder':
      return [...records].reverse();
  }
}

function exceeded(stream: Stream, { id }: Shard): ServiceError {
  return new ServiceError(
    'ProvisionedThroughputExceededException',
    `Rate exceeded for shard ${id} in stream ${stream.settings.name} under account ${accountOf(stream)}.`,
  );
}

function childrenOf(stream: Stream, parent: Shard): object[] {
  return stream.shards
    .filter(({ parents }) => parents.includes(parent.id))
    .map(({ id, parents, range }) => ({ ShardId: id, ParentShards: parents, HashKeyRange: hashKeyRange(range) }));
}
