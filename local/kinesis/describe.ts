import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import { invalidArgument, STREAM_NAMES, type StreamOperation } from './context.ts';
import { readToken, writeToken } from './page-token.ts';
import type { HashRange, Shard } from './shard.ts';
import type { Stream } from './stream.ts';

/** Most shards in one answer. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html */
const DESCRIBED = 100;
/** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html */
const LISTED = 1000;
const MOST_ASKED = 10_000;

export const describeStreamSummary: StreamOperation = (stream, input) => {
  input.only(STREAM_NAMES);
  return {
    StreamDescriptionSummary: {
      ...common(stream),
      OpenShardCount: stream.openShards.length,
      ConsumerCount: 0,
      MaxRecordSizeInKiB: stream.maxRecordKib,
    },
  };
};

export const describeStream: StreamOperation = (stream, input) => {
  input.only([...STREAM_NAMES, 'Limit', 'ExclusiveStartShardId']);
  stream.expire();
  const after = shardsAfter(stream.shards, input.optionalText('ExclusiveStartShardId'));
  const limit = Math.min(countAsked(input, 'Limit') ?? DESCRIBED, DESCRIBED);
  return {
    StreamDescription: {
      ...common(stream),
      Shards: after.slice(0, limit).map(describeShard),
      HasMoreShards: after.length > limit,
    },
  };
};

export const listShards: StreamOperation = (stream, input, { now }) => {
  stream.expire();
  const token = input.optionalText('NextToken');
  const found =
    token === undefined
      ? shardsAfter(filtered(stream, input.optionalObject('ShardFilter')), input.optionalText('ExclusiveStartShardId')).map(
          ({ id }) => id,
        )
      : readToken(token, now).left;
  const limit = Math.min(countAsked(input, 'MaxResults') ?? LISTED, LISTED);
  const shards = found.slice(0, limit).flatMap((id) => stream.shard(id) ?? []);
  return {
    Shards: shards.map(describeShard),
    ...(found.length > limit && { NextToken: writeToken({ arn: stream.settings.arn, left: found.slice(limit) }, now) }),
  };
};

/** Shards whose life meets what the filter asks for. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ShardFilter.html */
function filtered(stream: Stream, filter: Members | undefined): readonly Shard[] {
  if (filter === undefined) return stream.shards;
  filter.only(['Type', 'ShardId', 'Timestamp']);
  const time = (): number => {
    const seconds = filter.optionalNumber('Timestamp');
    if (seconds === undefined) throw invalidArgument("'ShardFilter.Timestamp' is required for this type of filter");
    return seconds * 1000;
  };
  const endOf = ({ closedAt = Infinity }: Shard): number => closedAt;
  switch (filter.text('Type')) {
    case 'FROM_TRIM_HORIZON':
      return stream.shards;
    case 'AT_LATEST':
      return stream.openShards;
    case 'AFTER_SHARD_ID':
      return shardsAfter(stream.shards, filter.text('ShardId'));
    case 'AT_TRIM_HORIZON':
      return stream.shards.filter(({ parents }) => !parents.some((id) => stream.shard(id) !== undefined));
    case 'AT_TIMESTAMP': {
      const at = time();
      return stream.shards.filter((shard) => shard.began <= at && endOf(shard) >= at);
    }
    case 'FROM_TIMESTAMP': {
      const from = time();
      return stream.shards.filter((shard) => endOf(shard) >= from);
    }
    default:
      throw invalidArgument("'ShardFilter.Type' is not one that ListShards knows");
  }
}

function shardsAfter(shards: readonly Shard[], id: string | undefined): readonly Shard[] {
  return id === undefined ? shards : shards.filter((shard) => shard.id > id);
}

/** How many entries of a list are asked for. @throws ServiceError ValidationException */
export function countAsked(input: Members, name: string): number | undefined {
  const count = input.optionalNumber(name);
  if (count !== undefined && !(count >= 1 && count <= MOST_ASKED)) {
    throw new ServiceError('ValidationException', `'${name}' must be 1 to ${MOST_ASKED}, got ${count}`);
  }
  return count;
}

/** What ListStreams and the two descriptions tell of a stream. */
export function streamSummary({ settings, status, mode, created }: Stream): object {
  return {
    StreamName: settings.name,
    StreamARN: settings.arn,
    StreamStatus: status,
    StreamModeDetails: { StreamMode: mode },
    StreamCreationTimestamp: created / 1000,
  };
}

function common(stream: Stream): object {
  const { keyArn } = stream.settings;
  return {
    ...streamSummary(stream),
    RetentionPeriodHours: stream.retentionHours,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: keyArn === undefined ? 'NONE' : 'KMS',
    ...(keyArn !== undefined && { KeyId: keyArn }),
  };
}

function describeShard({ id, range, parents: [parent, adjacent], sequenceNumbers: { start, end } }: Shard): object {
  return {
    ShardId: id,
    ...(parent !== undefined && { ParentShardId: parent }),
    ...(adjacent !== undefined && { AdjacentParentShardId: adjacent }),
    HashKeyRange: hashKeyRange(range),
    SequenceNumberRange: { StartingSequenceNumber: start, ...(end !== undefined && { EndingSequenceNumber: end }) },
  };
}

export function hashKeyRange({ start, end }: HashRange): object {
  return { StartingHashKey: String(start), EndingHashKey: String(end) };
}
