import { createHash } from 'node:crypto';
import { Members } from '../../input.ts';
import { ServiceError, type Caller, type JsonService } from '../../service.ts';
import type { DynamoDb } from '../dynamodb.ts';
import { constraint, invalid } from '../errors.ts';
import { enumOf } from '../request.ts';
import { attributesOf } from '../table/key-text.ts';
import { asksChildren, checkArn, limitOf } from './check-members.ts';
import { imagesOf, type Change, type ChangeStream } from './change-stream.ts';
import { BEFORE_ALL, ordinalOf, readIterator, sequenceNumber, writeIterator } from './position.ts';

/** Records and bytes of one answer. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html */
const MOST = 1000;
const LARGEST = 1024 * 1024;
const MOST_STREAMS = 100;

type StreamOperation = (db: DynamoDb, input: Members, caller: Caller) => object;

/** The service that tells what was written to tables. */
export const streamsService = (db: DynamoDb): JsonService => ({
  name: 'dynamodbstreams',
  signs: 'dynamodb',
  targetPrefix: 'DynamoDBStreams_20120810',
  version: '1.0',
  operations: Object.fromEntries(
    Object.entries({
      DescribeStream: describeStream,
      GetRecords: getRecords,
      GetShardIterator: getShardIterator,
      ListStreams: listStreams,
    }).map(([name, run]) => [
      name,
      async (raw: Readonly<Record<string, unknown>>, caller: Caller) => run(db, new Members(raw), caller),
    ]),
  ),
});

function streamOf(db: DynamoDb, arn: string | undefined, caller: Caller, action: string): ChangeStream {
  if (arn === undefined) throw constraint(undefined, 'streamArn', 'Member must not be null');
  db.parts.access.check(caller, action, checkArn(arn, 'streamArn'));
  const stream = db.stream(arn);
  if (stream === undefined)
    throw new ServiceError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  return stream;
}

const listStreams: StreamOperation = (db, input, caller) => {
  input.only(['TableName', 'Limit', 'ExclusiveStartStreamArn']);
  db.parts.access.check(caller, 'dynamodb:ListStreams', '*'); // policies of the CDK name no stream for it
  const [name, start] = [input.optionalText('TableName'), input.optionalText('ExclusiveStartStreamArn')];
  const limit = limitOf(input, MOST_STREAMS);
  if (start !== undefined) checkArn(start, 'exclusiveStartStreamArn');
  const all = db.everyStream
    .filter((stream) => (name === undefined || stream.tableName === name) && (start === undefined || stream.arn > start))
    .sort((one, other) => (one.arn < other.arn ? -1 : 1));
  return {
    Streams: all
      .slice(0, limit)
      .map(({ arn, label, tableName }) => ({ StreamArn: arn, StreamLabel: label, TableName: tableName })),
    ...(all.length > limit && { LastEvaluatedStreamArn: all[limit - 1]?.arn }),
  };
};

const describeStream: StreamOperation = (db, input, caller) => {
  input.only(['StreamArn', 'Limit', 'ExclusiveStartShardId', 'ShardFilter']);
  const stream = streamOf(db, input.optionalText('StreamArn'), caller, 'dynamodb:DescribeStream');
  const table = db.find(db.arnOf(stream.tableName));
  const behind = input.optionalText('ExclusiveStartShardId');
  const isBehind = (behind !== undefined && behind >= stream.shardId) || asksChildren(input); // it is the only one
  const shard = {
    ShardId: stream.shardId,
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceNumber(BEFORE_ALL),
      ...(!stream.isEnabled && { EndingSequenceNumber: sequenceNumber(Math.max(0, stream.end - 1)) }),
    },
  };
  return {
    StreamDescription: {
      CreationRequestDateTime: stream.created / 1000,
      KeySchema:
        table === undefined
          ? []
          : attributesOf(table.settings.keys).map(({ name }, place) => ({
              AttributeName: name,
              KeyType: place === 0 ? 'HASH' : 'RANGE',
            })),
      Shards: isBehind ? [] : [shard],
      StreamArn: stream.arn,
      StreamLabel: stream.label,
      StreamStatus: stream.isEnabled ? 'ENABLED' : 'DISABLED',
      StreamViewType: stream.view,
      TableName: stream.tableName,
    },
  };
};

const getShardIterator: StreamOperation = (db, input, caller) => {
  input.only(['StreamArn', 'ShardId', 'ShardIteratorType', 'SequenceNumber']);
  const stream = streamOf(db, input.optionalText('StreamArn'), caller, 'dynamodb:GetShardIterator');
  if (input.text('ShardId') !== stream.shardId)
    throw new ServiceError('ResourceNotFoundException', 'Requested resource not found: Shard does not exist');
  const type = enumOf(input, 'ShardIteratorType', ['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']);
  if (type === undefined) throw constraint(undefined, 'shardIteratorType', 'Member must not be null');
  return { ShardIterator: writeIterator({ arn: stream.arn, ordinal: firstOf(stream, type, input), made: db.now }) };
};

function firstOf(stream: ChangeStream, type: string, input: Members): number {
  const given = input.optionalText('SequenceNumber');
  if ((type === 'TRIM_HORIZON' || type === 'LATEST') && given !== undefined)
    throw invalid(`Invalid SequenceNumber: SequenceNumber must not be specified for ${type}`);
  if (type === 'TRIM_HORIZON') return stream.start;
  if (type === 'LATEST') return stream.end;
  if (given === undefined) throw invalid('Invalid SequenceNumber: SequenceNumber must be specified for this ShardIteratorType');
  const ordinal = ordinalOf(given);
  if (ordinal === undefined || ordinal >= stream.end) throw invalid('Invalid SequenceNumber in ShardIterator');
  if (ordinal === BEFORE_ALL && stream.start === 0) return 0;
  if (ordinal < stream.start)
    throw new ServiceError(
      'TrimmedDataAccessException',
      'The operation attempted to read past the oldest stream record in a shard.',
    );
  return type === 'AT_SEQUENCE_NUMBER' ? ordinal : ordinal + 1;
}

const getRecords: StreamOperation = (db, input, caller) => {
  input.only(['ShardIterator', 'Limit']);
  const limit = limitOf(input, MOST);
  const { arn, ordinal } = readIterator(input.text('ShardIterator'), db.now);
  const stream = streamOf(db, arn, caller, 'dynamodb:GetRecords');
  if (ordinal < stream.start && stream.end > 0 && ordinal > 0)
    throw new ServiceError(
      'TrimmedDataAccessException',
      'The operation attempted to read past the oldest stream record in a shard.',
    );
  const records: object[] = [];
  let [next, bytes] = [Math.max(ordinal, stream.start), 0];
  for (const change of stream.from(ordinal, limit, db.now)) {
    const { record, size } = recordOf(change, stream, db.parts.region);
    if (records.length > 0 && bytes + size > LARGEST) break;
    bytes += size;
    next = change.ordinal + 1;
    records.push(record);
  }
  const isOver = !stream.isEnabled && next >= stream.end;
  return { Records: records, ...(!isOver && { NextShardIterator: writeIterator({ arn, ordinal: next, made: db.now }) }) };
};

/** A record as clients and functions get it. */
export function recordOf(
  change: Change,
  { arn, view }: ChangeStream,
  awsRegion: string,
): { readonly record: object; readonly size: number } {
  const { images, bytes } = imagesOf(change, view);
  const record = {
    awsRegion,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(change.time / 1000),
      ...images,
      SequenceNumber: sequenceNumber(change.ordinal),
      SizeBytes: bytes,
      StreamViewType: view,
    },
    eventID: createHash('md5').update(`${arn} ${change.ordinal}`).digest('hex'),
    eventName: change.name,
    eventSource: 'aws:dynamodb',
    eventVersion: '1.1',
    ...(change.isExpiry === true && { userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' } }),
  };
  return { record, size: bytes };
}
