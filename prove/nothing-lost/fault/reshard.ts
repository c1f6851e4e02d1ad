import {
  ListShardsCommand,
  MergeShardsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
  type Shard,
} from '@aws-sdk/client-kinesis';
import type { Session } from '../lake/session.ts';

/** How long a stream is UPDATING, and a little more: milliseconds, simulated. */
export const CHANGE = 6_000;

export async function openShards(session: Session): Promise<Shard[]> {
  const { Shards = [] } = await session.kinesis.send(new ListShardsCommand({ StreamName: session.dataset().intake.name }));
  return Shards.filter(({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined);
}

/** Shards that were closed by changes of their number. */
export async function closedShards(session: Session): Promise<number> {
  const { Shards = [] } = await session.kinesis.send(new ListShardsCommand({ StreamName: session.dataset().intake.name }));
  return Shards.filter(({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber !== undefined).length;
}

/** Begins to double the shards of the stream; it takes records meanwhile. */
export async function double(session: Session): Promise<void> {
  const { length } = await openShards(session);
  const StreamName = session.dataset().intake.name;
  await session.kinesis.send(
    new UpdateShardCountCommand({ StreamName, TargetShardCount: 2 * length, ScalingType: 'UNIFORM_SCALING' }),
  );
}

/** Begins to split the first open shard in the middle. */
export async function split(session: Session): Promise<void> {
  const [shard] = await openShards(session);
  const { StartingHashKey = '0', EndingHashKey = '0' } = shard?.HashKeyRange ?? {};
  const middle = (BigInt(StartingHashKey) + BigInt(EndingHashKey)) / 2n;
  await session.kinesis.send(
    new SplitShardCommand({
      StreamName: session.dataset().intake.name,
      ShardToSplit: shard?.ShardId,
      NewStartingHashKey: String(middle),
    }),
  );
}

/** Begins to merge the first two neighbours; with one shard alone there is nothing to merge. */
export async function merge(session: Session): Promise<void> {
  const shards = (await openShards(session)).sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
  const [lower, upper] = shards;
  if (lower === undefined || upper === undefined) return;
  await session.kinesis.send(
    new MergeShardsCommand({
      StreamName: session.dataset().intake.name,
      ShardToMerge: lower.ShardId,
      AdjacentShardToMerge: upper.ShardId,
    }),
  );
}

const startOf = ({ HashKeyRange }: Shard): bigint => BigInt(HashKeyRange?.StartingHashKey ?? '0');
