import type { Members } from '../input.ts';
import { shareAfter } from '../pages.ts';
import { countAsked, streamSummary } from './describe.ts';
import type { Stream } from './stream.ts';

/** Most streams in one answer. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html */
const LISTED = 100;

/** Shards of an account, and on-demand streams. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const SHARDS = { largest: 20_000, others: 6_000 } as const;
const LARGEST_REGIONS: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1'];
const ON_DEMAND_STREAMS = 50;

/** By name; the next page begins after the last name, which the token holds. */
export function listStreams(streams: readonly Stream[], input: Members): object {
  input.only(['Limit', 'ExclusiveStartStreamName', 'NextToken']);
  const token = input.optionalText('NextToken');
  const after = input.optionalText('ExclusiveStartStreamName') ?? (token && Buffer.from(token, 'base64').toString());
  const byName = streams.toSorted((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
  const limit = Math.min(countAsked(input, 'Limit') ?? LISTED, LISTED);
  const { items, last } = shareAfter(byName, ({ settings }) => settings.name, after, limit);
  return {
    StreamNames: items.map(({ settings }) => settings.name),
    HasMoreStreams: last !== undefined,
    StreamSummaries: items.map(streamSummary),
    ...(last !== undefined && { NextToken: Buffer.from(last).toString('base64') }),
  };
}

export function shardLimits(streams: readonly Stream[], region: string): object {
  return {
    ShardLimit: LARGEST_REGIONS.includes(region) ? SHARDS.largest : SHARDS.others,
    OpenShardCount: streams
      .filter(({ mode }) => mode === 'PROVISIONED')
      .reduce((sum, { openShards }) => sum + openShards.length, 0),
    OnDemandStreamCount: streams.filter(({ mode }) => mode === 'ON_DEMAND').length,
    OnDemandStreamCountLimit: ON_DEMAND_STREAMS,
  };
}
