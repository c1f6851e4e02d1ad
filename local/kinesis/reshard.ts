import { ServiceError } from '../service.ts';
import { accountOf, invalidArgument, refuseOnDemand, shardNamed, STREAM_NAMES, type StreamOperation } from './context.ts';
import type { Shard } from './shard.ts';
import { uniformRanges, type Stream } from './stream.ts';

/** Changes of the shard count that a stream takes in 24 hours. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html */
const CHANGES_A_DAY = 10;
const DAY = 86_400_000;

/** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SplitShard.html */
export const splitShard: StreamOperation = (stream, input) => {
  input.only([...STREAM_NAMES, 'ShardToSplit', 'NewStartingHashKey']);
  refuseOnDemand(stream, 'SplitShard');
  const shard = openShard(stream, input.text('ShardToSplit'));
  const text = input.text('NewStartingHashKey');
  if (!/^(0|[1-9]\d{0,38})$/.test(text)) {
    throw new ServiceError('ValidationException', "'NewStartingHashKey' must be a decimal number of at most 39 digits");
  }
  const at = BigInt(text);
  const { start, end } = shard.range;
  if (at <= start + 1n || at >= end) {
    throw invalidArgument(
      `NewStartingHashKey ${text} used in SplitShard() on shard ${shard.id} in stream ${stream.settings.name} under account ${accountOf(stream)} ` +
        `is not both greater than one plus the shard's StartingHashKey ${start} and less than the shard's EndingHashKey ${end}.`,
    );
  }
  stream.begin(() => {
    stream.split(shard, at);
  });
  return {};
};

/** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_MergeShards.html */
export const mergeShards: StreamOperation = (stream, input) => {
  input.only([...STREAM_NAMES, 'ShardToMerge', 'AdjacentShardToMerge']);
  refuseOnDemand(stream, 'MergeShards');
  const one = openShard(stream, input.text('ShardToMerge'));
  const other = openShard(stream, input.text('AdjacentShardToMerge'));
  const [lower, upper] = one.range.start < other.range.start ? [one, other] : [other, one];
  if (lower.range.end + 1n !== upper.range.start) {
    throw invalidArgument(
      `Shards ${one.id} and ${other.id} in stream ${stream.settings.name} under account ${accountOf(stream)} are not an adjacent pair of shards eligible for merging`,
    );
  }
  stream.begin(() => {
    stream.merge(lower, upper);
  });
  return {};
};

/** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html */
export const updateShardCount: StreamOperation = (stream, input, { now }) => {
  input.only([...STREAM_NAMES, 'TargetShardCount', 'ScalingType']);
  refuseOnDemand(stream, 'UpdateShardCount');
  if (input.text('ScalingType') !== 'UNIFORM_SCALING')
    throw new ServiceError('ValidationException', "'ScalingType' must be UNIFORM_SCALING");
  const target = input.number('TargetShardCount');
  if (!Number.isInteger(target) || target < 1)
    throw new ServiceError('ValidationException', `'TargetShardCount' must be an integer of at least 1, got ${target}`);
  const current = stream.openShards.length;
  const counts = `Current open shard count: ${current}, Target shard count: ${target}`;
  if (target > current * 2)
    throw exceeded(`UpdateShardCount cannot scale up over double your current open shard count. ${counts}`);
  if (target < current / 2)
    throw exceeded(`UpdateShardCount cannot scale down below half your current open shard count. ${counts}`);
  const today = stream.rescaled.filter((time) => time > now - DAY);
  if (today.length >= CHANGES_A_DAY) {
    throw exceeded(`UpdateShardCount is allowed ${CHANGES_A_DAY} times in 24 hours for one stream.`);
  }
  stream.begin(() => {
    scale(stream, target);
  });
  stream.rescaled = [...today, now];
  const { name, arn } = stream.settings;
  return { StreamName: name, StreamARN: arn, CurrentShardCount: current, TargetShardCount: target };
};

/** Splits at every border that is missing, then merges what lies between two: the short-lived shards of AWS come to be here too. */
export function scale(stream: Stream, target: number): void {
  const ranges = uniformRanges(target);
  for (const { start } of ranges) {
    const across = stream.openShards.find(({ range }) => range.start < start && start <= range.end);
    if (across !== undefined) stream.split(across, start);
  }
  for (const { start, end } of ranges) {
    const within = (): readonly Shard[] =>
      stream.openShards
        .filter(({ range }) => range.start >= start && range.end <= end)
        .toSorted((a, b) => (a.range.start < b.range.start ? -1 : 1));
    for (let [lower, upper] = within(); lower !== undefined && upper !== undefined; [lower, upper] = within()) {
      stream.merge(lower, upper);
    }
  }
}

function openShard(stream: Stream, id: string): Shard {
  const shard = shardNamed(stream, id);
  if (shard.closedAt === undefined) return shard;
  throw invalidArgument(`Shard ${id} in stream ${stream.settings.name} under account ${accountOf(stream)} is closed.`);
}

function exceeded(message: string): ServiceError {
  return new ServiceError('LimitExceededException', message);
}
